// The product's spool with its jobs in memory, for a till without a disk.

import { createMemoryJobStore } from '../../shared/devices/spool/job-store.ts';
import { createPrintSpool } from '../../shared/devices/spool/print-spool.ts';
import type { PrintSpool, SpoolDevices } from '../../shared/devices/ports.ts';

export function createMemorySpool(devices: SpoolDevices): PrintSpool {
  let ids = 0;
  return createPrintSpool({
    ...devices,
    store: createMemoryJobStore(),
    withLock: (_name, work) => work(),
    now: () => Date.now(),
    newId: () => `job-${String((ids += 1))}`,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
}

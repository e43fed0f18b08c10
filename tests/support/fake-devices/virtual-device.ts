// The virtual printer at the end of a fake cable. Each opening is a job; what was in the printer's memory when the cable was
// closed is printed as soon as there is paper again, and lost with the power.

import { EscPosDecoder } from '../../../shared/devices/paper/decode-escpos.ts';
import { isStopped, Mechanism, WELL, type Condition, type Mishap } from '../virtual-printer/mechanism.ts';
import { toJob, type PrintJob } from '../virtual-printer.ts';
import type { DeviceHost } from './device-host.ts';

/** A printer without paper takes about this much before it takes nothing more. */
const MEMORY_BYTES = 4_096;

export type VirtualDevice = DeviceHost & {
  /** Finished jobs, oldest first; those of status questions alone are none. */
  readonly jobs: readonly PrintJob[];
  change(condition: Partial<Condition>): void;
  condition(): Condition;
  /** Happens in the next job that is a receipt. */
  setMishap(mishap: Mishap | null): void;
};

type Session = { readonly mechanism: Mechanism; readonly chunks: Uint8Array[] };

export function createVirtualDevice(
  given: {
    readonly dotsPerLine?: number;
    /** It prints and never says anything, as cheap printers do. */
    readonly isMute?: boolean;
    readonly onJob?: (job: PrintJob) => void;
  } = {},
): VirtualDevice {
  const jobs: PrintJob[] = [];
  const listeners = new Set<(bytes: Uint8Array) => void>();
  let condition: Condition = WELL;
  let session: Session | null = null;
  let mishap: Mishap | null = null;
  const left: Session[] = [];
  let hasRoom = (): void => undefined;
  let room = Promise.resolve();
  const newRoom = (): void => {
    room = new Promise((resolve) => {
      hasRoom = resolve;
    });
  };
  newRoom();

  const end = (ended: Session, isLost: boolean): void => {
    const { mechanism, chunks } = ended;
    if (mechanism.held > 0 && !isLost) {
      left.push(ended);
      return;
    }
    mechanism.decoder.end();
    const isJob = mechanism.operations.some(({ kind }) => kind !== 'status-request');
    if (!isJob && mechanism.held === 0) return;
    const job = toJob(Buffer.concat(chunks), {
      decoder: isLost ? new EscPosDecoder() : mechanism.decoder,
      operations: mechanism.operations,
      dotsPerLine: given.dotsPerLine ?? 576,
      isComplete: mechanism.held === 0 && !isLost,
    });
    jobs.push(job);
    given.onJob?.(job);
  };
  return {
    jobs,
    condition: () => condition,
    opened() {
      session = {
        chunks: [],
        mechanism: new Mechanism({
          condition: () => condition,
          say(bytes) {
            if (given.isMute !== true) for (const listener of listeners) listener(bytes);
          },
          mishap,
        }),
      };
    },
    async take(bytes) {
      if (isStopped(condition) && (session?.mechanism.held ?? 0) > MEMORY_BYTES) await room;
      session?.chunks.push(bytes);
      session?.mechanism.receive(bytes);
    },
    onSay: (listener) => void listeners.add(listener),
    closed() {
      if (session !== null) end(session, false);
      session = null;
    },
    lost() {
      for (const each of left.splice(0)) end(each, true);
      if (session !== null) end(session, true);
      session = null;
    },
    change(changed) {
      condition = { ...condition, ...changed };
      for (const each of left.splice(0)) {
        each.mechanism.conditionChanged();
        end(each, false);
      }
      session?.mechanism.conditionChanged();
      if (isStopped(condition)) return;
      hasRoom();
      newRoom();
    },
    setMishap(next) {
      mishap = next;
    },
  };
}

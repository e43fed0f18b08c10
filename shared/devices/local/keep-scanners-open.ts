// Keeps the scanners of this till open: at the start, whenever one is plugged in, and again after a while where it could not
// be opened (another program holds it, or the till has just started).

import type { DeviceHealth, ScannerSetup } from '../device-ports.ts';
import type { Wait } from '../link/within.ts';
import type { ScanEvent } from '../ports.ts';
import { openHidScanner, shapesOf } from '../scanners/hid-scanner.ts';
import { openSerialScanner } from '../scanners/serial-scanner.ts';
import { healthOfReason } from './printer-health.ts';
import { findPort, type WebDevices } from './web-devices.ts';

export type ScannerTimers = {
  readonly now: () => number;
  readonly setTimeout: (run: () => void, afterMs: number) => number;
  readonly clearTimeout: (timer: number) => void;
};

type Given = ScannerTimers & {
  readonly wait: Wait;
  readonly onScan: (event: ScanEvent) => void;
  readonly onHealth: (scannerId: string, health: DeviceHealth) => void;
};

type Opened = { readonly close: () => Promise<void> } | { readonly health: DeviceHealth };

const AGAIN_MS = 5_000;

/** Ends with the returned function. */
export function keepScannersOpen(
  web: WebDevices,
  scanners: readonly ScannerSetup[],
  given: Given,
): () => void {
  const open = new Map<string, () => Promise<void>>();
  const opening = new Set<string>();
  const stopping = new AbortController();
  const tryOne = async (setup: ScannerSetup): Promise<void> => {
    if (open.has(setup.id) || opening.has(setup.id)) return;
    opening.add(setup.id);
    given.onHealth(setup.id, 'connecting');
    const opened = await openOne(web, setup, given);
    opening.delete(setup.id);
    if ('health' in opened) {
      given.onHealth(setup.id, opened.health);
      if (opened.health === 'claimed') void given.wait(AGAIN_MS).then(tryAll);
    } else if (stopping.signal.aborted) await opened.close();
    else {
      open.set(setup.id, opened.close);
      given.onHealth(setup.id, 'ready');
    }
  };
  const tryAll = (): void => {
    if (!stopping.signal.aborted) for (const setup of scanners) void tryOne(setup);
  };
  const onGone = (): void => {
    void closeGone(web, scanners, open).then((gone) => {
      for (const id of gone) given.onHealth(id, 'disconnected');
    });
  };
  const sources = [web.hid, web.serial].filter((one) => one !== undefined);
  for (const source of sources) {
    source.addEventListener('connect', tryAll);
    source.addEventListener('disconnect', onGone);
  }
  tryAll();
  return () => {
    stopping.abort();
    for (const source of sources) {
      source.removeEventListener('connect', tryAll);
      source.removeEventListener('disconnect', onGone);
    }
    for (const close of open.values()) void close();
    open.clear();
  };
}

async function openOne(web: WebDevices, { connection }: ScannerSetup, given: Given): Promise<Opened> {
  if (connection.kind === 'serial') {
    if (web.serial === undefined) return { health: 'not-supported' };
    const port = await findPort(web.serial, connection);
    if (port === null) return { health: 'disconnected' };
    const opened = await openSerialScanner(port, { baudRate: connection.baudRate }, given);
    return opened.ok ? { close: opened.value } : { health: healthOfReason(opened.reason) };
  }
  if (web.hid === undefined) return { health: 'not-supported' };
  const device = await findHid(web.hid, connection);
  if (device === null) return { health: 'disconnected' };
  // A scanner in keyboard mode shows itself as a keyboard, which no page may open.
  if (shapesOf(device.collections).size === 0) return { health: 'wrong-device' };
  try {
    return { close: await openHidScanner(device, given.onScan) };
  } catch {
    return { health: 'claimed' };
  }
}

/** Closes what is no longer there, and returns whose it was. */
async function closeGone(
  web: WebDevices,
  scanners: readonly ScannerSetup[],
  open: Map<string, () => Promise<void>>,
): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const { id, connection } of scanners) {
    const close = open.get(id);
    if (close === undefined) continue;
    const found =
      connection.kind === 'serial'
        ? web.serial !== undefined && (await findPort(web.serial, connection)) !== null
        : web.hid !== undefined && (await findHid(web.hid, connection)) !== null;
    if (found) continue;
    open.delete(id);
    gone.push(id);
    await close();
  }
  return gone;
}

async function findHid(
  hid: HID,
  wanted: { readonly vendorId: number; readonly productId: number },
): Promise<HIDDevice | null> {
  const devices = await hid.getDevices();
  const same = devices.filter(
    ({ vendorId, productId }) => vendorId === wanted.vendorId && productId === wanted.productId,
  );
  // One scanner shows several devices; the one with codes in its reports is meant.
  return same.find(({ collections }) => shapesOf(collections).size > 0) ?? same[0] ?? null;
}

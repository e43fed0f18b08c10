// A serial port is chosen once by a person and found again by what its adapter says of itself. Two equal adapters cannot be told
// apart: the first one is taken, as the browser lists them.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';

/** The ids of its adapter, or nothing for a built-in one. */
export function nameOfPort(port: Pick<SerialPort, 'getInfo'>): string {
  const { usbVendorId, usbProductId } = port.getInfo();
  return `${usbVendorId ?? ''}:${usbProductId ?? ''}`;
}

/** Asks the person which port. `serial-not-here` in a browser without serial ports, `serial-not-chosen`. */
export async function choosePort(serial: Pick<Serial, 'requestPort'> | undefined): Promise<Outcome<string>> {
  if (serial === undefined) return refuse('serial-not-here');
  try {
    return accept(nameOfPort(await serial.requestPort()));
  } catch {
    return refuse('serial-not-chosen');
  }
}

/** The port of this name, or null when it is not there (any more). */
export async function findPort(
  name: string,
  serial: Pick<Serial, 'getPorts'> | undefined,
): Promise<SerialPort | null> {
  const ports = (await serial?.getPorts()) ?? [];
  return ports.find((port) => nameOfPort(port) === name) ?? null;
}

// The customer's display of this device: on a serial line, which is opened once and again after it was lost, or at the address of a
// configured printer, which the server sends to.

import { refuse, type Outcome } from '../../domain/refusal.ts';
import type { ByteLink } from '../link/byte-link.ts';
import { openSerialLink } from '../link/serial-link.ts';
import { findPort } from '../link/serial-port.ts';
import type { LineDisplay } from '../ports.ts';
import { createPoleDisplay } from './pole-display.ts';

export type BrowserLineDisplayGiven = {
  readonly serial: Pick<Serial, 'getPorts'> | undefined;
  readonly sendToPrinter: (printerId: string, bytes: Uint8Array) => Promise<Outcome<unknown>>;
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Nearly every pole display. */
const LINE = { baudRate: 9600 } as const;
const NETWORK_STEP_MS = 600;

export function openLineDisplay(
  chosen: { readonly kind: 'serial' | 'network'; readonly at: string },
  { serial, sendToPrinter, wait }: BrowserLineDisplayGiven,
): LineDisplay & { close(): void } {
  let link: ByteLink | null = null;
  const sendBySerial = async (bytes: Uint8Array): Promise<Outcome<unknown>> => {
    if (link === null) {
      const port = await findPort(chosen.at, serial);
      if (port === null) return refuse('line-display-gone');
      const opened = await openSerialLink(port, LINE);
      if (!opened.ok) return opened;
      link = opened.value;
    }
    const written = await link.write(bytes);
    if (written.ok) return written;
    await link.close();
    link = null;
    return written;
  };
  const display = createPoleDisplay({
    // The way through the server is for a few lines a second at most.
    wait: (milliseconds) => wait(chosen.kind === 'network' ? NETWORK_STEP_MS : milliseconds),
    send: (bytes) => (chosen.kind === 'serial' ? sendBySerial(bytes) : sendToPrinter(chosen.at, bytes)),
  });
  return {
    ...display,
    close() {
      void link?.close();
      link = null;
    },
  };
}

// A network printer (raw TCP, usually port 9100) as a link. The address is one that a person configured; a request can only
// name the printer. Finishing waits until the printer has taken what was sent.

import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import { createListeners, type ByteLink, type LinkRefusal } from '../../shared/devices/link/byte-link.ts';

export type PrinterAddress = { readonly host: string; readonly port: number };

const CONNECT_TIMEOUT_MS = 4_000;
const CHUNK_BYTES = 4_096;
/** Some printers never close their side: what they acknowledged by then is theirs. */
const CLOSE_GRACE_MS = 250;

/** Connects, or says that nobody answers there. */
export async function openSocketLink(
  address: PrinterAddress,
): Promise<Outcome<ByteLink, 'printer-unreachable'>> {
  try {
    return accept(linkOf(await connectTo(address)));
  } catch (error) {
    return refuse('printer-unreachable', { because: reasonOf(error) });
  }
}

function connectTo({ host, port }: PrinterAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const timer = setTimeout(() => socket.destroy(timedOut()), CONNECT_TIMEOUT_MS);
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

function linkOf(socket: Socket): ByteLink {
  const heard = createListeners<Uint8Array>();
  let gone: 'ended' | 'broken' | null = null;
  const isGone = new Promise<'gone'>((resolve) => {
    // `close` follows every error; without a listener an error would end the process.
    socket.on('error', () => {
      gone = 'broken';
    });
    socket.once('close', () => {
      gone ??= 'ended';
      resolve('gone');
    });
  });
  // Read from the start: what a printer says unheard would keep the socket open.
  socket.on('data', (bytes) => heard.tell(bytes));
  return {
    chunkBytes: CHUNK_BYTES,
    canRead: true,
    async write(chunk): Promise<Outcome<null, LinkRefusal>> {
      if (gone !== null) return refuse('printer-unplugged');
      const written = new Promise<'written' | 'gone'>((resolve) => {
        socket.write(chunk, (error) => resolve(error === null || error === undefined ? 'written' : 'gone'));
      });
      return (await Promise.race([written, isGone])) === 'written'
        ? accept(null)
        : refuse('printer-unplugged');
    },
    async finish(): Promise<Outcome<null, LinkRefusal>> {
      const ended = new Promise<void>((resolve) => socket.end(resolve));
      await Promise.race([isGone, ended.then(() => pause(CLOSE_GRACE_MS, undefined, { ref: false }))]);
      return gone === 'broken' ? refuse('printer-unplugged') : accept(null);
    },
    onBytes: (listener) => heard.add(listener),
    close() {
      socket.destroy();
      return Promise.resolve();
    },
  };
}

const timedOut = (): Error => Object.assign(new Error('the printer does not answer'), { code: 'ETIMEDOUT' });

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

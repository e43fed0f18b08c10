// Bytes to a network printer (raw TCP, usually port 9100). The address is one that a person configured; a request
// can only name the printer. What matters to the caller is whether paper may have come out.

import { connect, type Socket } from 'node:net';

export type PrinterAddress = { readonly host: string; readonly port: number };

export type SendResult =
  | { readonly kind: 'sent' }
  /** Nothing reached the printer: printing again is safe. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The printer took something and then stopped: paper may show a part. */
  | { readonly kind: 'interrupted'; readonly reason: string };

const CONNECT_TIMEOUT_MS = 4_000;
/** Longest silence while the printer takes nothing: a full buffer at 80 mm/s, with room to change paper is not meant. */
const STALL_TIMEOUT_MS = 8_000;
const CHUNK_BYTES = 4_096;

/** Sends all bytes and waits until the printer has closed or taken them; never throws. */
export async function sendToPrinter(address: PrinterAddress, bytes: Uint8Array): Promise<SendResult> {
  let socket: Socket;
  try {
    socket = await connectTo(address);
  } catch (error) {
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
  let written = 0;
  try {
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
      const chunk = bytes.subarray(from, from + CHUNK_BYTES);
      await within(STALL_TIMEOUT_MS, writeChunk(socket, chunk));
      written += chunk.length;
    }
    await within(STALL_TIMEOUT_MS, finish(socket));
    return { kind: 'sent' };
  } catch (error) {
    const reason = reasonOf(error);
    return written === 0 && socket.bytesWritten === 0
      ? { kind: 'unreachable', reason }
      : { kind: 'interrupted', reason };
  } finally {
    socket.destroy();
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
      // What a printer says back (its status) is not read here; unread it would keep the socket open.
      socket.resume();
      resolve(socket);
    });
  });
}

function writeChunk(socket: Socket, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.write(chunk, (error) => {
      socket.off('error', reject);
      if (error === null || error === undefined) resolve();
      else reject(error);
    });
  });
}

/** Half-closes and waits until the other side has taken everything and closes too, or ends the connection. */
function finish(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => resolve());
    socket.end(() => {
      // Some printers never close their side: what they acknowledged is theirs.
      setTimeout(resolve, CLOSE_GRACE_MS).unref();
    });
  });
}
const CLOSE_GRACE_MS = 250;

async function within<Value>(limitMs: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut()), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const timedOut = (): Error => Object.assign(new Error('the printer does not answer'), { code: 'ETIMEDOUT' });

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

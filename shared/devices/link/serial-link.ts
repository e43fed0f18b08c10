// A printer on a serial line (or on the virtual serial port that its vendor's Windows driver makes, which is the way around
// the driver that holds the USB printer). The stream's own back-pressure says when the printer has taken a piece.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { createListeners, type ByteLink, type LinkRefusal, type OpenRefusal } from './byte-link.ts';

const CHUNK_BYTES = 1_024;

export type SerialLine = {
  readonly baudRate: number;
  readonly dataBits?: 7 | 8;
  readonly parity?: ParityType;
  readonly flowControl?: FlowControlType;
};

/** Opens the port with these settings of the line. */
export async function openSerialLink(
  port: SerialPort,
  line: SerialLine,
): Promise<Outcome<ByteLink, OpenRefusal>> {
  try {
    await port.open({ ...line, bufferSize: CHUNK_BYTES * 4 });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NetworkError' || name === 'InvalidStateError') return refuse('printer-claimed');
    return refuse(name === 'NotFoundError' ? 'printer-unplugged' : 'printer-not-answering');
  }
  const writer = port.writable?.getWriter();
  if (writer === undefined) {
    await port.close().catch(() => undefined);
    return refuse('printer-wrong-kind');
  }
  const heard = createListeners<Uint8Array>();
  const reader = port.readable?.getReader();
  if (reader !== undefined) void readAll(reader, (bytes) => heard.tell(bytes));
  return accept({
    chunkBytes: CHUNK_BYTES,
    canRead: reader !== undefined,
    async write(chunk): Promise<Outcome<null, LinkRefusal>> {
      try {
        await writer.ready;
        await writer.write(chunk.slice());
        return accept(null);
      } catch {
        return refuse('printer-unplugged');
      }
    },
    onBytes: (listener) => heard.add(listener),
    async close() {
      // A write that hangs is thrown away; the port closes only when both streams are free.
      await Promise.allSettled([reader?.cancel(), writer.abort()]);
      reader?.releaseLock();
      writer.releaseLock();
      await port.close().catch(() => undefined);
    },
  });
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  tell: (bytes: Uint8Array) => void,
): Promise<void> {
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      tell(value);
    }
  } catch {
    // The line is gone; the next write says so.
  }
}

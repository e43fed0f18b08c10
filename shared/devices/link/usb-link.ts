// A printer on WebUSB. It takes the printer interface (class 7) of the device and no other, sends in pieces, and believes a
// transfer only when its status says `ok`: a stalled pipe is cleared and the piece sent once more. A transfer may hang for
// ever (a printer without paper says "not now" without end): then the device is closed, which ends it.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { createListeners, type ByteLink, type LinkRefusal, type OpenRefusal } from './byte-link.ts';
import { TOO_LATE, within, type Wait } from './within.ts';

const PRINTER_CLASS = 7;
const CHUNK_BYTES = 4_096;
const READ_BYTES = 64;
/** Claiming never ends on some composite devices. */
const OPEN_MS = 5_000;

type Place = {
  readonly configuration: number;
  readonly interfaceNumber: number;
  readonly alternate: number;
  readonly out: USBEndpoint;
  readonly in: USBEndpoint | null;
};

/** Opens the device and claims its printer interface. */
export async function openUsbLink(device: USBDevice, wait: Wait): Promise<Outcome<ByteLink, OpenRefusal>> {
  try {
    const opened = await within(claim(device), OPEN_MS, wait);
    if (opened === TOO_LATE) {
      void device.close().catch(() => undefined);
      return refuse('printer-not-answering');
    }
    if (opened === null) {
      await device.close();
      return refuse('printer-wrong-kind');
    }
    return accept(linkOf(device, opened));
  } catch (error) {
    await device.close().catch(() => undefined);
    return refuse(openRefusalOf(error));
  }
}

async function claim(device: USBDevice): Promise<Place | null> {
  if (!device.opened) await device.open();
  const place = placeOf(device);
  if (place === null) return null;
  if (device.configuration?.configurationValue !== place.configuration)
    await device.selectConfiguration(place.configuration);
  await device.claimInterface(place.interfaceNumber);
  if (place.alternate !== 0) await device.selectAlternateInterface(place.interfaceNumber, place.alternate);
  return place;
}

/** Where the device prints. Vendors put other interfaces (keyboards, firmware) before it, so the class decides. */
function placeOf(device: USBDevice): Place | null {
  for (const configuration of device.configurations) {
    for (const each of configuration.interfaces) {
      for (const alternate of each.alternates) {
        if (alternate.interfaceClass !== PRINTER_CLASS) continue;
        const bulk = alternate.endpoints.filter(({ type }) => type === 'bulk');
        const out = bulk.find(({ direction }) => direction === 'out');
        if (out === undefined) continue;
        return {
          configuration: configuration.configurationValue,
          interfaceNumber: each.interfaceNumber,
          alternate: alternate.alternateSetting,
          out,
          in: bulk.find(({ direction }) => direction === 'in') ?? null,
        };
      }
    }
  }
  return null;
}

function linkOf(device: USBDevice, place: Place): ByteLink {
  const heard = createListeners<Uint8Array>();
  const closing = new AbortController();
  const read = async (endpoint: USBEndpoint): Promise<void> => {
    while (!closing.signal.aborted) {
      const { data, status } = await device.transferIn(endpoint.endpointNumber, READ_BYTES);
      if (status === 'stall') await device.clearHalt('in', endpoint.endpointNumber);
      if (data !== undefined && data.byteLength > 0)
        heard.tell(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
  };
  // Ends with the device: a read is outstanding as long as the link is open.
  if (place.in !== null) void read(place.in).catch(() => undefined);
  return {
    chunkBytes: CHUNK_BYTES,
    canRead: place.in !== null,
    write: (chunk) => writeAll(device, place.out.endpointNumber, chunk),
    onBytes: (listener) => heard.add(listener),
    async close() {
      closing.abort();
      await device.close().catch(() => undefined);
    },
  };
}

/** The whole piece; what a short write left is sent after it, and a stalled pipe is cleared once. */
async function writeAll(
  device: USBDevice,
  endpoint: number,
  chunk: Uint8Array,
): Promise<Outcome<null, LinkRefusal>> {
  let from = 0;
  let mayStall = true;
  try {
    while (from < chunk.length) {
      const result = await device.transferOut(endpoint, chunk.slice(from));
      if (result.status === 'ok') {
        if (result.bytesWritten === 0) return refuse('printer-stalled');
        from += result.bytesWritten;
      } else if (mayStall) {
        mayStall = false;
        await device.clearHalt('out', endpoint);
        from += result.bytesWritten;
      } else return refuse('printer-stalled');
    }
    return accept(null);
  } catch {
    // NetworkError comes before the `disconnect` event; both mean that the device is gone.
    return refuse('printer-unplugged');
  }
}

function openRefusalOf(error: unknown): OpenRefusal {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'SecurityError' || name === 'InvalidStateError') return 'printer-claimed';
  if (name === 'NotFoundError' || name === 'NetworkError') return 'printer-unplugged';
  return 'printer-not-answering';
}

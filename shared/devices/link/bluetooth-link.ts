// A printer on Bluetooth Low Energy. There is no standard for them: the services below are those of the boards that nearly
// all portable printers are built on. A write that is answered may be as long as an attribute (512 bytes; browsers refuse
// more); one that is not answered must fit the smallest packet, because no browser says how large packets are.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { createListeners, type ByteLink, type LinkRefusal, type OpenRefusal } from './byte-link.ts';
import { TOO_LATE, within, type Wait } from './within.ts';

/** Asked for when the printer is chosen: only services named then may be used later. */
export const BLUETOOTH_PRINTER_SERVICES: readonly string[] = [
  '000018f0-0000-1000-8000-00805f9b34fb',
  '0000ff00-0000-1000-8000-00805f9b34fb',
  '0000ffe0-0000-1000-8000-00805f9b34fb',
  '49535343-fe7d-4ae5-8fa9-9fafd205e455',
  'e7810a71-73ae-499d-8c15-faa9aef0c3f2',
];

const ANSWERED_BYTES_MAX = 512;
const UNANSWERED_BYTES_MAX = 20;
const CONNECT_MS = 15_000;

/** Connects and finds the characteristic that takes what is printed. */
export async function openBluetoothLink(
  device: BluetoothDevice,
  wait: Wait,
): Promise<Outcome<ByteLink, OpenRefusal>> {
  const server = device.gatt;
  if (server === undefined) return refuse('printer-wrong-kind');
  try {
    const found = await within(connect(server), CONNECT_MS, wait);
    if (found === TOO_LATE) {
      server.disconnect();
      return refuse('printer-not-answering');
    }
    if (found === null) {
      server.disconnect();
      return refuse('printer-wrong-kind');
    }
    return accept(await linkOf(device, server, found));
  } catch (error) {
    server.disconnect();
    const isForbidden = error instanceof DOMException && error.name === 'SecurityError';
    return refuse(isForbidden ? 'printer-needs-permission' : 'printer-unplugged');
  }
}

type Characteristics = {
  readonly out: BluetoothRemoteGATTCharacteristic;
  readonly in: BluetoothRemoteGATTCharacteristic | null;
};

async function connect(server: BluetoothRemoteGATTServer): Promise<Characteristics | null> {
  await server.connect();
  for (const service of await server.getPrimaryServices()) {
    if (!BLUETOOTH_PRINTER_SERVICES.includes(service.uuid)) continue;
    const all = await service.getCharacteristics();
    const out = all.find(({ properties }) => properties.write || properties.writeWithoutResponse);
    if (out === undefined) continue;
    return { out, in: all.find(({ properties }) => properties.notify) ?? null };
  }
  return null;
}

async function linkOf(
  device: BluetoothDevice,
  server: BluetoothRemoteGATTServer,
  { out, in: notifying }: Characteristics,
): Promise<ByteLink> {
  const heard = createListeners<Uint8Array>();
  const onValue = (): void => {
    const value = notifying?.value;
    if (value !== undefined) heard.tell(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  };
  if (notifying !== null) {
    notifying.addEventListener('characteristicvaluechanged', onValue);
    await notifying.startNotifications();
  }
  let gone = (): void => undefined;
  const isGone = new Promise<'gone'>((resolve) => {
    gone = () => resolve('gone');
  });
  device.addEventListener('gattserverdisconnected', gone);
  const isAnswered = out.properties.write;
  return {
    chunkBytes: isAnswered ? ANSWERED_BYTES_MAX : UNANSWERED_BYTES_MAX,
    canRead: notifying !== null,
    async write(chunk): Promise<Outcome<null, LinkRefusal>> {
      try {
        const bytes = chunk.slice();
        const write = isAnswered ? out.writeValueWithResponse(bytes) : out.writeValueWithoutResponse(bytes);
        return (await Promise.race([write, isGone])) === 'gone' ? refuse('printer-unplugged') : accept(null);
      } catch {
        return refuse('printer-unplugged');
      }
    },
    onBytes: (listener) => heard.add(listener),
    close() {
      device.removeEventListener('gattserverdisconnected', gone);
      notifying?.removeEventListener('characteristicvaluechanged', onValue);
      server.disconnect();
      return Promise.resolve();
    },
  };
}

// Finds devices in the browser: by its chooser, which needs a person's press, and later without one among those that were
// allowed before. What a device is recognised by is what the browser tells every time.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type {
  ChooseRefusal,
  Chosen,
  LocalKind,
  PrinterConnection,
  ScannerConnection,
  SerialConnection,
} from '../device-ports.ts';
import { openBluetoothLink, BLUETOOTH_PRINTER_SERVICES } from '../link/bluetooth-link.ts';
import type { ByteLink, OpenRefusal } from '../link/byte-link.ts';
import { openSerialLink } from '../link/serial-link.ts';
import { openUsbLink } from '../link/usb-link.ts';
import type { Wait } from '../link/within.ts';
import { HID_SCANNER_FILTER } from '../scanners/hid-scanner.ts';

const PRINTER_CLASS = 7;
const SERIAL_LABEL = 'Serial';

/** The parts of `navigator` that reach devices; each is missing in some browsers. */
export type WebDevices = {
  readonly usb?: USB;
  readonly serial?: Serial;
  readonly bluetooth?: Bluetooth;
  readonly hid?: HID;
  /** Bluetooth devices that were chosen in this window: most browsers do not list them again after it. */
  readonly bluetoothChosen: Map<string, BluetoothDevice>;
};

/** Only what the browser really has: a page without a secure context has none of it. */
export function webDevicesOf(all: Partial<Navigator>): WebDevices {
  return {
    bluetoothChosen: new Map(),
    ...(all.usb !== undefined && { usb: all.usb }),
    ...(all.serial !== undefined && { serial: all.serial }),
    ...(all.bluetooth !== undefined && { bluetooth: all.bluetooth }),
    ...(all.hid !== undefined && { hid: all.hid }),
  };
}

export async function choosePrinter(
  web: WebDevices,
  kind: LocalKind,
  baudRate: number,
): Promise<Outcome<Chosen<PrinterConnection>, ChooseRefusal>> {
  switch (kind) {
    case 'usb':
      return choosing(web.usb, async (usb) => {
        // Vendors that set no printer class at the device set it at the interface, which no filter sees: all are offered.
        const device = await usb.requestDevice({ filters: [{ classCode: PRINTER_CLASS }, {}] });
        const { vendorId, productId, serialNumber, productName } = device;
        return { connection: { kind, vendorId, productId, serialNumber }, label: productName ?? 'USB' };
      });
    case 'serial':
      return choosing(web.serial, (serial) => choosePort(serial, baudRate));
    case 'bluetooth':
      return choosing(web.bluetooth, async (bluetooth) => {
        const device = await bluetooth.requestDevice({
          filters: BLUETOOTH_PRINTER_SERVICES.map((service) => ({ services: [service] })),
          optionalServices: [...BLUETOOTH_PRINTER_SERVICES],
        });
        web.bluetoothChosen.set(device.id, device);
        return { connection: { kind, bluetoothId: device.id }, label: device.name ?? 'Bluetooth' };
      });
  }
}

export async function chooseScanner(
  web: WebDevices,
  kind: 'hid' | 'serial',
  baudRate: number,
): Promise<Outcome<Chosen<ScannerConnection>, ChooseRefusal>> {
  if (kind === 'serial') return choosing(web.serial, (serial) => choosePort(serial, baudRate));
  return choosing(web.hid, async (hid) => {
    const [device] = await hid.requestDevice({ filters: [HID_SCANNER_FILTER] });
    if (device === undefined) return null;
    const { vendorId, productId, productName } = device;
    return { connection: { kind, vendorId, productId }, label: productName };
  });
}

async function choosePort(serial: Serial, baudRate: number): Promise<Chosen<SerialConnection>> {
  const { usbVendorId = null, usbProductId = null } = (await serial.requestPort()).getInfo();
  return { connection: { kind: 'serial', usbVendorId, usbProductId, baudRate }, label: SERIAL_LABEL };
}

async function choosing<Api, Connection>(
  api: Api | undefined,
  choose: (api: Api) => Promise<Chosen<Connection> | null>,
): Promise<Outcome<Chosen<Connection>, ChooseRefusal>> {
  if (api === undefined) return refuse('device-not-supported');
  try {
    const chosen = await choose(api);
    return chosen === null ? refuse('device-not-chosen') : accept(chosen);
  } catch (error) {
    const isForbidden = error instanceof DOMException && error.name === 'SecurityError';
    return refuse(isForbidden ? 'device-choosing-forbidden' : 'device-not-chosen');
  }
}

/** Opens the cable to a printer that was chosen before. */
export async function openPrinterLink(
  web: WebDevices,
  connection: Exclude<PrinterConnection, { kind: 'network' }>,
  wait: Wait,
): Promise<Outcome<ByteLink, OpenRefusal>> {
  switch (connection.kind) {
    case 'usb': {
      if (web.usb === undefined) return refuse('printer-not-supported');
      const device = (await web.usb.getDevices()).find((one) => isSameUsb(one, connection));
      // A device that is unplugged is not listed either; only the chooser can tell the two apart.
      return device === undefined ? refuse('printer-unplugged') : openUsbLink(device, wait);
    }
    case 'serial': {
      if (web.serial === undefined) return refuse('printer-not-supported');
      const port = await findPort(web.serial, connection);
      if (port === null) return refuse('printer-unplugged');
      return openSerialLink(port, { baudRate: connection.baudRate });
    }
    case 'bluetooth': {
      if (web.bluetooth === undefined) return refuse('printer-not-supported');
      const listed = 'getDevices' in web.bluetooth ? await web.bluetooth.getDevices() : [];
      const device =
        listed.find(({ id }) => id === connection.bluetoothId) ??
        web.bluetoothChosen.get(connection.bluetoothId);
      return device === undefined ? refuse('printer-needs-permission') : openBluetoothLink(device, wait);
    }
  }
}

function isSameUsb(
  device: USBDevice,
  { vendorId, productId, serialNumber }: Extract<PrinterConnection, { kind: 'usb' }>,
): boolean {
  return (
    device.vendorId === vendorId &&
    device.productId === productId &&
    (serialNumber === null || device.serialNumber === serialNumber)
  );
}

export async function findPort(serial: Serial, connection: SerialConnection): Promise<SerialPort | null> {
  const ports = await serial.getPorts();
  const isSame = (port: SerialPort): boolean => {
    const { usbVendorId = null, usbProductId = null } = port.getInfo();
    return usbVendorId === connection.usbVendorId && usbProductId === connection.usbProductId;
  };
  return ports.find(isSame) ?? null;
}

// What was set up at this till, as it is kept on its disk. Whatever cannot be read counts as not set up: a damaged line costs
// one device and never the till.

import {
  BAUD_RATES,
  CUTS,
  NO_DEVICES,
  PAPER_COLUMNS,
  USUAL_WEDGE,
  type DeviceBook,
  type PrinterConnection,
  type PrinterSetup,
  type ScannerConnection,
  type ScannerSetup,
  type SerialConnection,
  type WedgeSetup,
} from '../device-ports.ts';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;
type Fields = Readonly<Record<string, unknown>>;

const KEY = 'tillandsia.devices';
const DEVICES_MAX = 20;
const NAME_LENGTH_MAX = 60;
export const WEDGE_PREFIX_LENGTH_MAX = 8;
const GAP_MS = { min: 20, max: 1_000 } as const;

export function readDeviceBook(storage: Storage): DeviceBook {
  try {
    return parseDeviceBook(JSON.parse(storage.getItem(KEY) ?? '{}'));
  } catch {
    return NO_DEVICES;
  }
}

/** False where this device refuses storage: then the devices are forgotten with the window. */
export function writeDeviceBook(storage: Storage, book: DeviceBook): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(book));
    return true;
  } catch {
    return false;
  }
}

export function parseDeviceBook(value: unknown): DeviceBook {
  if (!isFields(value)) return NO_DEVICES;
  return {
    printers: listOf(value['printers'], printerOf),
    scanners: listOf(value['scanners'], scannerOf),
    wedge: wedgeOf(value['wedge']),
  };
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function listOf<One>(value: unknown, parse: (fields: Fields) => One | null): readonly One[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, DEVICES_MAX)
    .filter(isFields)
    .map(parse)
    .filter((one) => one !== null);
}

function printerOf(fields: Fields): PrinterSetup | null {
  const base = named(fields);
  const connection = isFields(fields['connection']) ? printerConnection(fields['connection']) : null;
  if (base === null || connection === null) return null;
  const columns = fields['columns'];
  return {
    ...base,
    connection,
    columns:
      typeof columns === 'number' && columns >= 24 && columns <= 64 ? Math.floor(columns) : PAPER_COLUMNS[0],
    profile: textOf(fields['profile']) ?? '',
    cut: CUTS.find((one) => one === fields['cut']) ?? 'partial',
    drawerPin: ([0, 1] as const).find((one) => one === fields['drawerPin']) ?? null,
    insteadId: textOf(fields['insteadId']),
  };
}

function scannerOf(fields: Fields): ScannerSetup | null {
  const base = named(fields);
  const connection = isFields(fields['connection']) ? scannerConnection(fields['connection']) : null;
  return base === null || connection === null ? null : { ...base, connection };
}

function named(fields: Fields): { readonly id: string; readonly name: string } | null {
  const id = textOf(fields['id']);
  return id === null ? null : { id, name: textOf(fields['name']) ?? id };
}

function printerConnection(fields: Fields): PrinterConnection | null {
  switch (fields['kind']) {
    case 'network': {
      const printerId = textOf(fields['printerId']);
      return printerId === null ? null : { kind: 'network', printerId };
    }
    case 'usb': {
      const vendorId = numberOf(fields['vendorId']);
      const productId = numberOf(fields['productId']);
      if (vendorId === null || productId === null) return null;
      return { kind: 'usb', vendorId, productId, serialNumber: textOf(fields['serialNumber']) };
    }
    case 'serial':
      return serialConnection(fields);
    case 'bluetooth': {
      const bluetoothId = textOf(fields['bluetoothId']);
      return bluetoothId === null ? null : { kind: 'bluetooth', bluetoothId };
    }
    default:
      return null;
  }
}

function scannerConnection(fields: Fields): ScannerConnection | null {
  if (fields['kind'] === 'serial') return serialConnection(fields);
  const vendorId = numberOf(fields['vendorId']);
  const productId = numberOf(fields['productId']);
  return fields['kind'] === 'hid' && vendorId !== null && productId !== null
    ? { kind: 'hid', vendorId, productId }
    : null;
}

function serialConnection(fields: Fields): SerialConnection {
  return {
    kind: 'serial',
    usbVendorId: numberOf(fields['usbVendorId']),
    usbProductId: numberOf(fields['usbProductId']),
    baudRate: BAUD_RATES.find((one) => one === fields['baudRate']) ?? BAUD_RATES[0],
  };
}

/** Also what a person types: out-of-bounds becomes the nearest that works. */
export function wedgeOf(value: unknown): WedgeSetup {
  if (!isFields(value)) return USUAL_WEDGE;
  const { prefix, suffix, gapMaxMs } = value;
  return {
    prefix: typeof prefix === 'string' ? prefix.slice(0, WEDGE_PREFIX_LENGTH_MAX) : '',
    suffix: (['enter', 'tab', 'either', 'none'] as const).find((one) => one === suffix) ?? USUAL_WEDGE.suffix,
    gapMaxMs:
      typeof gapMaxMs === 'number' && Number.isFinite(gapMaxMs)
        ? Math.min(GAP_MS.max, Math.max(GAP_MS.min, Math.round(gapMaxMs)))
        : USUAL_WEDGE.gapMaxMs,
  };
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, NAME_LENGTH_MAX * 4) : null;

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff ? value : null;

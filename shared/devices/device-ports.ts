// Devices that a person set up at this till: what is remembered of each, how it is now, and the desk that reaches them. The
// desk is fetched only where a device was set up here or is being set up; until then a till costs nothing for it.

import type { Outcome } from '../domain/refusal.ts';
import type { Language } from '../domain/localized-text.ts';
import type { PrintProof, ScanEvent, SpoolDevice } from './ports.ts';

export const CUTS = ['partial', 'full', 'none'] as const;
/** Paper widths by columns of font A. */
export const PAPER_COLUMNS = [48, 42, 32] as const;
export const BAUD_RATES = [9_600, 19_200, 38_400, 57_600, 115_200] as const;

/** How a device is found again after a restart. */
export type PrinterConnection =
  | { readonly kind: 'network'; readonly printerId: string }
  | {
      readonly kind: 'usb';
      readonly vendorId: number;
      readonly productId: number;
      readonly serialNumber: string | null;
    }
  | SerialConnection
  | { readonly kind: 'bluetooth'; readonly bluetoothId: string };

export type SerialConnection = {
  readonly kind: 'serial';
  /** Null for ports that are no USB adapters: then the only such port is meant. */
  readonly usbVendorId: number | null;
  readonly usbProductId: number | null;
  readonly baudRate: number;
};

export type ScannerConnection =
  | { readonly kind: 'hid'; readonly vendorId: number; readonly productId: number }
  | SerialConnection;

export type PrinterSetup = {
  readonly id: string;
  readonly name: string;
  readonly connection: PrinterConnection;
  readonly columns: number;
  /** Key of a known family of printers; empty for the usual. */
  readonly profile: string;
  readonly cut: (typeof CUTS)[number];
  /** Connector of the drawer; null where none hangs on it. */
  readonly drawerPin: 0 | 1 | null;
  /** Printer that takes over, `screen`, or null. */
  readonly insteadId: string | null;
};

export type ScannerSetup = {
  readonly id: string;
  readonly name: string;
  readonly connection: ScannerConnection;
};

/** How scanners that type like a keyboard were programmed. */
export type WedgeSetup = {
  readonly prefix: string;
  readonly suffix: 'enter' | 'tab' | 'either' | 'none';
  /** A longer pause between two keys ends a code. */
  readonly gapMaxMs: number;
};

export type DeviceBook = {
  readonly printers: readonly PrinterSetup[];
  readonly scanners: readonly ScannerSetup[];
  readonly wedge: WedgeSetup;
};

export const USUAL_WEDGE: WedgeSetup = { prefix: '', suffix: 'either', gapMaxMs: 150 };
export const NO_DEVICES: DeviceBook = { printers: [], scanners: [], wedge: USUAL_WEDGE };

/** The printer of last resort: it shows the receipt. */
export const SCREEN_PRINTER = 'screen';

/** How a device is, in one word; each has a sentence that says what to do. */
export const DEVICE_HEALTHS = [
  'not-set-up',
  'unknown',
  'needs-permission',
  'connecting',
  'ready',
  'printing',
  'paper-near-end',
  'paper-out',
  'cover-open',
  'fault',
  'overheated',
  'broken',
  'paused',
  'not-responding',
  'disconnected',
  'claimed',
  'wrong-device',
  'not-supported',
  'not-confirmed',
  'bridge-offline',
  'busy',
] as const;
export type DeviceHealth = (typeof DEVICE_HEALTHS)[number];

export type ChooseRefusal = 'device-not-chosen' | 'device-not-supported' | 'device-choosing-forbidden';

export type Chosen<Connection> = { readonly connection: Connection; readonly label: string };

export type LocalKind = 'usb' | 'serial' | 'bluetooth';

/** Reaches the devices that were set up here. */
export type DeviceDesk = {
  /** What this browser can reach. */
  readonly supports: Readonly<Record<LocalKind | 'hid', boolean>>;
  /** Families of printers to choose from, the usual first. */
  readonly profiles: readonly { readonly key: string; readonly name: string }[];
  /** Shows the browser's chooser; asked by a person's press only. */
  choosePrinter(
    kind: LocalKind,
    baudRate: number,
  ): Promise<Outcome<Chosen<PrinterConnection>, ChooseRefusal>>;
  chooseScanner(
    kind: 'hid' | 'serial',
    baudRate: number,
  ): Promise<Outcome<Chosen<ScannerConnection>, ChooseRefusal>>;
  /** The printer and its drawer. */
  open(setup: PrinterSetup): SpoolDevice;
  /** Asks how it is, without moving paper. */
  check(setup: PrinterSetup): Promise<DeviceHealth>;
  /** A page that shows what the printer can: ruler, letters, bars, QR code. */
  printTestPage(
    setup: PrinterSetup,
    words: { readonly language: Language; readonly title: string; readonly date: string },
  ): Promise<Outcome<PrintProof>>;
  openDrawerNow(setup: PrinterSetup): Promise<Outcome<unknown>>;
  /** Keeps these scanners connected, again and again; calls back with codes and with how each is. */
  listen(
    scanners: readonly ScannerSetup[],
    given: {
      readonly onScan: (event: ScanEvent) => void;
      readonly onHealth: (scannerId: string, health: DeviceHealth) => void;
    },
  ): () => void;
};

// The devices of this till as screens see them: what is set up, how each is, and the desk that reaches them, which is fetched
// when something is first printed, checked or set up. Every printer of the store counts as set up with the usual paper until
// somebody sets it up here.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import {
  SCREEN_PRINTER,
  type DeviceBook,
  type DeviceDesk,
  type DeviceHealth,
  type PrinterSetup,
  type WedgeSetup,
} from '../../shared/devices/device-ports.ts';
import type { CashDrawer, PosPrinter, ScanEvent, SpoolDevice } from '../../shared/devices/ports.ts';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import { isReceiptPrinter, type ConfiguredPrinter, type StoreSettings } from '../../shared/domain/store.ts';

/** What the desk tells the till while it works. */
export type DeskEvents = {
  readonly onHealth: (deviceId: string, health: DeviceHealth) => void;
  readonly onPlugged: () => void;
};

export type DevicesGiven = {
  readonly settings: ReadonlySignal<StoreSettings | null>;
  readonly readBook: () => DeviceBook;
  readonly writeBook: (book: DeviceBook) => boolean;
  readonly makeDesk: (events: DeskEvents) => Promise<DeviceDesk>;
  readonly screenPrinter: (show: (receipt: Receipt) => Promise<void>) => PosPrinter;
};

export type Devices = {
  readonly book: ReadonlySignal<DeviceBook>;
  /** Printers of the store and of this till. */
  readonly printers: ReadonlySignal<readonly PrinterSetup[]>;
  readonly health: ReadonlySignal<ReadonlyMap<string, DeviceHealth>>;
  desk(): Promise<DeviceDesk>;
  /** Keeps the change; false where this device refuses storage. */
  change(change: Partial<DeviceBook>): boolean;
  /** A printer by its id, or null where it is not set up (any more). */
  deviceOf(id: string): SpoolDevice | null;
  insteadOf(id: string): string | null;
  /** The receipt that the customer sees instead of paper. */
  readonly shown: ReadonlySignal<{ readonly receipt: Receipt; readonly close: () => void } | null>;
  /** Connects the scanners that are set up; their codes go to `onScan`. */
  startScanners(onScan: (event: ScanEvent) => void): void;
  /** Called when a device was plugged in or out. */
  onPlugged(listener: () => void): void;
  wedge(): WedgeSetup;
};

export function createDevices(given: DevicesGiven): Devices {
  const book = signal(given.readBook());
  const health = signal<ReadonlyMap<string, DeviceHealth>>(new Map());
  const shown = signal<{ readonly receipt: Receipt; readonly close: () => void } | null>(null);
  const plugged = new Set<() => void>();
  let fetching: Promise<DeviceDesk> | null = null;
  let listening: { readonly onScan: (event: ScanEvent) => void; readonly stop: () => void } | null = null;

  const onHealth = (id: string, now: DeviceHealth): void => {
    health.value = new Map(health.value).set(id, now);
  };
  const desk = (): Promise<DeviceDesk> => {
    fetching ??= given.makeDesk({ onHealth, onPlugged: () => plugged.forEach((listener) => listener()) });
    // What could not be fetched is asked for again the next time.
    fetching.catch(() => {
      fetching = null;
    });
    return fetching;
  };
  const printers = computed(() => {
    const own = book.value.printers;
    const store = (given.settings.value?.printers ?? []).filter(isReceiptPrinter);
    return [...store.filter(({ id }) => own.every((one) => one.id !== id)).map(usualSetup), ...own];
  });
  const screen = given.screenPrinter(
    (receipt) =>
      new Promise((resolve) => {
        const close = (): void => {
          shown.value = null;
          resolve();
        };
        shown.value = { receipt, close };
      }),
  );
  const startScanners = (onScan: (event: ScanEvent) => void): void => {
    listening?.stop();
    const { scanners } = book.value;
    if (scanners.length === 0) {
      listening = { onScan, stop: () => undefined };
      return;
    }
    const stopping = desk().then((found) => found.listen(scanners, { onScan, onHealth }));
    listening = { onScan, stop: () => void stopping.then((stop) => stop()) };
  };
  return {
    book,
    printers,
    health,
    desk,
    shown,
    startScanners,
    change(change) {
      book.value = { ...book.value, ...change };
      if (change.scanners !== undefined && listening !== null) startScanners(listening.onScan);
      return given.writeBook(book.value);
    },
    deviceOf(id) {
      if (id === SCREEN_PRINTER) return { printer: screen, drawer: NO_DRAWER };
      const setup = printers.value.find((one) => one.id === id);
      return setup === undefined ? null : deviceOf(setup, desk);
    },
    insteadOf: (id) => printers.value.find((one) => one.id === id)?.insteadId ?? null,
    onPlugged: (listener) => void plugged.add(listener),
    wedge: () => book.value.wedge,
  };
}

const NO_DRAWER: CashDrawer = {
  open: () => Promise.resolve({ ok: false, reason: 'drawer-not-set-up', details: {} }),
};

/** The device behind the desk, which may have to be fetched first. */
function deviceOf(setup: PrinterSetup, desk: () => Promise<DeviceDesk>): SpoolDevice {
  const device = async (): Promise<SpoolDevice> => (await desk()).open(setup);
  return {
    isKept: setup.connection.kind === 'network',
    printer: { print: async (receipt, jobId) => (await device()).printer.print(receipt, jobId) },
    drawer: { open: async () => (await device()).drawer.open() },
  };
}

function usualSetup(printer: ConfiguredPrinter): PrinterSetup {
  return {
    id: printer.id,
    name: printer.name,
    connection: { kind: 'network', printerId: printer.id },
    columns: printer.columns,
    profile: printer.profile ?? '',
    cut: 'partial',
    drawerPin: 0,
    insteadId: null,
  };
}

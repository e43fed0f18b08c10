// Reaches the devices that were set up at this till. Printers of every kind speak through the same talk; those of the network
// go through the server, which alone may connect to them. Scanners are opened again whenever they are plugged in.

import { USUAL_DRAWER_PULSE } from '../cash-drawer.ts';
import type { DeviceDesk, DeviceHealth, PrinterSetup } from '../device-ports.ts';
import { knownPrinters, paperOf } from '../escpos/printer-profiles.ts';
import type { RasterText } from '../escpos/raster-text.ts';
import { createLinkPrinter, type LinkPrinter } from '../link/link-printer.ts';
import { newPrinterMemory, type PrinterMemory } from '../link/printer-talk.ts';
import type { Wait } from '../link/within.ts';
import type { PrinterStatus, SpoolDevice } from '../ports.ts';
import { buildTestPage } from '../test-page.ts';
import { createServerPrinter, type PrintServer } from './server-printer.ts';
import { healthAfterPrint, healthOfReason, healthOfStatus } from './printer-health.ts';
import { keepScannersOpen, type ScannerTimers } from './keep-scanners-open.ts';
import { choosePrinter, chooseScanner, openPrinterLink, type WebDevices } from './web-devices.ts';

export type DeskGiven = {
  readonly web: WebDevices;
  readonly rasterText: RasterText;
  readonly server: PrintServer;
  readonly wait: Wait;
  readonly timers: ScannerTimers;
  /** Called with how a printer is, whenever something of it is learnt. */
  readonly onHealth: (printerId: string, health: DeviceHealth) => void;
  /** Something was plugged in or out: what waits may go on, and who was well may not be. */
  readonly onPlugged: () => void;
};

export function createDeviceDesk(given: DeskGiven): DeviceDesk {
  const { web, wait, onHealth } = given;
  const memories = new Map<string, PrinterMemory>();
  const statuses = new Map<string, PrinterStatus>();
  const memoryOf = (id: string): PrinterMemory => {
    const memory = memories.get(id) ?? newPrinterMemory();
    memories.set(id, memory);
    return memory;
  };
  const linkPrinterOf = (setup: PrinterSetup): LinkPrinter => {
    const { connection, id, drawerPin } = setup;
    const common = {
      rasterText: given.rasterText,
      pulse: drawerPin === null ? null : { ...USUAL_DRAWER_PULSE, pin: drawerPin },
    };
    const printer = { columns: setup.columns, ...(setup.profile !== '' && { profile: setup.profile }) };
    if (connection.kind === 'network')
      return createServerPrinter({
        ...common,
        server: given.server,
        printerId: connection.printerId,
        printer: { ...printer, cut: setup.cut },
      });
    return createLinkPrinter({
      ...common,
      paper: { ...paperOf(printer), cut: setup.cut },
      open: () => openPrinterLink(web, connection, wait),
      memory: memoryOf(id),
      wait,
      onStatus: (status) => statuses.set(id, status),
    });
  };
  const open = (setup: PrinterSetup): SpoolDevice => {
    const device = linkPrinterOf(setup);
    return {
      drawer: device.drawer,
      isKept: setup.connection.kind === 'network',
      printer: {
        async print(receipt, jobId) {
          onHealth(setup.id, 'printing');
          statuses.delete(setup.id);
          const outcome = await device.printer.print(receipt, jobId);
          const status = statuses.get(setup.id) ?? null;
          onHealth(setup.id, healthAfterPrint(outcome, status));
          return outcome;
        },
      },
    };
  };
  watchPlugs(web, given.onPlugged);
  return {
    supports: {
      usb: web.usb !== undefined,
      serial: web.serial !== undefined,
      bluetooth: web.bluetooth !== undefined,
      hid: web.hid !== undefined,
    },
    profiles: families(),
    choosePrinter: (kind, baudRate) => choosePrinter(web, kind, baudRate),
    chooseScanner: (kind, baudRate) => chooseScanner(web, kind, baudRate),
    open,
    async check(setup) {
      onHealth(setup.id, 'connecting');
      const asked = await linkPrinterOf(setup).askStatus();
      const health = asked.ok ? healthOfStatus(asked.value) : healthOfReason(asked.reason);
      onHealth(setup.id, health);
      return health;
    },
    printTestPage: (setup, words) => open(setup).printer.print(buildTestPage({ ...setup, ...words })),
    openDrawerNow: (setup) => linkPrinterOf(setup).drawer.open(),
    listen: (scanners, listening) => keepScannersOpen(web, scanners, { ...listening, ...given.timers, wait }),
  };
}

/** What most printers are like, then those of the table. */
function families(): DeviceDesk['profiles'] {
  return [{ key: '', name: 'ESC/POS (Epson)' }, ...knownPrinters().map(({ key, name }) => ({ key, name }))];
}

/** Calls back when anything is plugged in or out. */
function watchPlugs(web: WebDevices, changed: () => void): void {
  for (const source of [web.usb, web.serial]) {
    for (const event of ['connect', 'disconnect']) source?.addEventListener(event, changed);
  }
}

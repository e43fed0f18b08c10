// Which printer is meant, how the last print went, and what a receipt says. A print that fails is said in words and
// never touches the sale.

import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Workstation } from '../../shared/client/runtime.ts';
import { SCREEN_PRINTER } from '../../shared/devices/device-ports.ts';
import type { PosPrinter, PrintSpool, SpoolDevices, WaitingPrint } from '../../shared/devices/ports.ts';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import type { Preferences } from '../../shared/ui/preferences.ts';
import type { Speech } from '../../shared/ui/speech.ts';
import { refusalText } from '../../shared/ui/trouble-text.ts';
import type { Devices } from './create-devices.ts';
import type { PosKey } from './message-keys.ts';
import type { PosContext, PrinterState, Sold } from './pos-context.ts';
import { createReceiptWords } from './receipt-words.ts';

export type CreatePrintingGiven = {
  readonly workstation: Workstation;
  readonly speech: ReadonlySignal<Speech<PosKey>>;
  readonly preferences: ReadonlySignal<Preferences>;
  readonly browserPrinter: PosPrinter;
  readonly devices: Pick<Devices, 'printers' | 'deviceOf' | 'insteadOf' | 'onPlugged' | 'health'>;
  readonly makeSpool: (devices: SpoolDevices) => PrintSpool;
  readonly say: PosContext['say'];
  readonly report: PosContext['report'];
};

type Printing = Pick<
  PosContext,
  | 'printer'
  | 'printerState'
  | 'printerHealth'
  | 'drawer'
  | 'openDrawer'
  | 'print'
  | 'printInBrowser'
  | 'printReport'
  | 'printQueue'
  | 'receiptWords'
>;

export function createPrinting(given: CreatePrintingGiven): Printing {
  const { workstation, speech, preferences, devices, say, report } = given;
  /** How the last print went, and on which choice of printer: another choice knows nothing yet. */
  const lastPrint = signal<{ readonly choice: string | null; readonly isOk: boolean } | null>(null);
  const configured = computed(() => {
    const chosen = preferences.value.printer;
    if (chosen === SCREEN_PRINTER) return SCREEN_PRINTER;
    const all = devices.printers.value;
    // Nobody has chosen yet: a till with one printer means that one.
    const found = chosen === null && all.length === 1 ? all[0] : all.find((one) => one.id === chosen);
    return found?.id ?? null;
  });
  const chosenDevice = computed(() =>
    configured.value === null ? null : devices.deviceOf(configured.value),
  );
  const printer = computed(() =>
    preferences.value.printer === 'browser' ? given.browserPrinter : (chosenDevice.value?.printer ?? null),
  );
  // The drawer hangs on the printer that prints receipts.
  const drawer = computed(() =>
    configured.value === SCREEN_PRINTER ? null : (chosenDevice.value?.drawer ?? null),
  );
  const waiting = signal<readonly WaitingPrint[]>([]);
  const spool = given.makeSpool({
    deviceOf: devices.deviceOf,
    insteadOf: devices.insteadOf,
    repeatSentence: () => speech.value.t('print.repeat'),
    copySentence: () => speech.value.t('print.copy'),
    onChange: (jobs) => {
      waiting.value = jobs;
    },
  });
  // A printer that is back prints at once what waited for it.
  devices.onPlugged(() => spool.retry());
  // What was left behind is taken up once it is known which printers there are.
  let isStarted = false;
  effect(() => {
    if (isStarted || workstation.settings.value === null) return;
    isStarted = true;
    void spool.start();
  });
  const receiptWords = createReceiptWords({ settings: workstation.settings, speech });
  const printWith = async (device: PosPrinter | null, sold: Sold, copyNumber: number) => {
    if (device === null) return false;
    // Fetched by now, with the screen that offers to print.
    const { receiptOf } = await import('./receipts.ts');
    return printOn(device, receiptOf({ workstation, receiptWords }, sold, copyNumber));
  };
  const printOn = async (device: PosPrinter, receipt: Receipt) => {
    const id = configured.value;
    const isQueued = device !== given.browserPrinter && id !== null;
    const outcome = await (isQueued ? spool.print(id, receipt) : device.print(receipt));
    if (device !== given.browserPrinter) {
      lastPrint.value = { choice: preferences.value.printer, isOk: outcome.ok };
    }
    if (outcome.ok && device !== given.browserPrinter) say('good', speech.value.t('print.sent'));
    const isPrinted = report(outcome);
    if (!outcome.ok && isQueued && outcome.reason !== 'printer-queue-full') {
      const why = refusalText(speech.value, outcome, null);
      say('danger', `${why} ${speech.value.t('print.waits')}`);
    }
    return isPrinted;
  };
  const stateOf = (): PrinterState => {
    if (printer.value === null) return 'not-set-up';
    if (lastPrint.value?.choice !== preferences.value.printer) return 'unknown';
    return lastPrint.value.isOk ? 'ok' : 'failed';
  };
  return {
    drawer,
    async openDrawer() {
      const id = drawer.value === null ? null : configured.value;
      const outcome = id === null ? undefined : await spool.openDrawer(id);
      if (outcome === undefined || outcome.ok) return;
      const why = refusalText(speech.value, outcome, null);
      say('danger', speech.value.t('drawer.failed', { why }));
    },
    printer,
    printerState: computed(stateOf),
    printerHealth: computed(() =>
      configured.value === null ? undefined : devices.health.value.get(configured.value),
    ),
    print: (sold, copyNumber) => printWith(printer.value, sold, copyNumber),
    printInBrowser: (sold, copyNumber) => printWith(given.browserPrinter, sold, copyNumber),
    printReport: (report) => printOn(printer.value ?? given.browserPrinter, report),
    receiptWords,
    printQueue: {
      waiting,
      retry: () => spool.retry(),
      move: (printId, printerId) => spool.moveTo(printerId, printId),
      printCopy: (print) => spool.printCopy(configured.value ?? print.deviceId, print.id),
      forget: (printId) => spool.discard(printId),
      async moveToChosen() {
        if (configured.value !== null) await spool.moveTo(configured.value);
      },
    },
  };
}

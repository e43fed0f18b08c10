// Composition root of the till: the real workstation, devices, clock and workers are made here and nowhere else.

import './css/register.css';
import './css/sell.css';
import './css/cart.css';
import './css/questions.css';
import './css/pay.css';
import './css/tenders.css';
import './css/lists.css';
import './css/receipt.css';
import './css/orders.css';
import './css/channel-orders.css';
import './css/devices.css';
import './css/narrow.css';
import { signal, type Signal } from '@preact/signals';
import { render } from 'preact';
// The build makes the default export of a `?worker&url` import; the lint rule looks into the file instead.
// oxlint-disable-next-line import/default
import argon2WorkerUrl from '../shared/client/argon2.worker.ts?worker&url';
import { createBrowserWorkstation } from '../shared/client/browser.ts';
// oxlint-disable-next-line import/default
import catalogueWorkerUrl from '../shared/client/catalogue/catalogue.worker.ts?worker&url';
import { trustedScriptUrl } from '../shared/client/trusted-script-url.ts';
import type { Workstation } from '../shared/client/runtime.ts';
import { asPrinterId } from '../shared/domain/ids.ts';
import { createBrowserPrinter } from '../shared/devices/browser-printer.ts';
import { createBrowserChannel } from '../shared/client/storage/browser-ports.ts';
import { createLazyCamera } from '../shared/devices/camera/lazy-camera.ts';
// oxlint-disable-next-line import/default
import scanWorkerUrl from '../shared/devices/camera/zxing.worker.ts?worker&url';
import { wedgeSettingsOf } from '../shared/devices/keyboard-wedge.ts';
import { createKeyboardScanner } from '../shared/devices/keyboard-scanner.ts';
import { createCanvasRasterText } from '../shared/devices/escpos/canvas-raster-text.ts';
import type { RasterText } from '../shared/devices/escpos/raster-text.ts';
import type { DeviceDesk } from '../shared/devices/device-ports.ts';
import { readDeviceBook, writeDeviceBook } from '../shared/devices/local/device-book.ts';
import { createScreenPrinter } from '../shared/devices/screen-printer.ts';
import { createIndexedDbJobStore } from '../shared/devices/spool/job-store.ts';
import { createPrintSpool } from '../shared/devices/spool/print-spool.ts';
import { createLazyCardTerminal } from '../shared/devices/lazy-card-terminal.ts';
import { createPaperPreview } from '../shared/devices/paper/preview-paper.ts';
import { createLabelDesk } from '../shared/devices/zpl/label-desk.ts';
import { createSimulatedCardTerminal } from '../shared/devices/simulated-card-terminal.ts';
import { createStandaloneCardTerminal } from '../shared/devices/standalone-card-terminal.ts';
import type { Preferences } from '../shared/ui/preferences.ts';
import { watchForUpdate } from '../shared/ui/app-update.ts';
import { SpeechContext } from '../shared/ui/speech-context.tsx';
import type { Speech } from '../shared/ui/speech.ts';
import { createDevices, type DeskEvents } from './shell/create-devices.ts';
import { createPos } from './shell/create-pos.ts';
import { openDrawerAfterSale } from './shell/open-drawer-after-sale.ts';
import { DISPLAY_CHANNEL, publishDisplay } from './shell/publish-display.ts';
import type { PosKey } from './shell/message-keys.ts';
import { PosProvider } from './shell/pos-context.ts';
import { publishLineDisplay } from './shell/publish-line-display.ts';
import { createPrintView } from './shell/print-view.tsx';
import { Register } from './shell/register.tsx';
import { ringNewOrders } from './shell/ring-new-orders.ts';
import { speakAsStore } from './shell/speak-as-store.ts';
import { tellPassportsGone } from './shell/tell-passports-gone.ts';

export type StartAppGiven = {
  readonly root: HTMLElement;
  readonly preferences: Preferences;
  readonly speech: Signal<Speech<PosKey>>;
};

const CLOCK_STEP_MS = 5_000;
const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    window.setTimeout(resolve, milliseconds);
  });
const APP_VERSION = import.meta.env['VITE_APP_VERSION'] ?? '0.1.0';
const RECEIPT_FACE = 'Vazirmatn Variable';

/** Starts the till in this window and draws it into `root`. Resolves when it is drawn. */
export async function startApp(given: StartAppGiven): Promise<void> {
  const { speech } = given;
  const now = signal(Date.now());
  setInterval(() => {
    now.value = Date.now();
  }, CLOCK_STEP_MS);
  const workstation = createBrowserWorkstation({
    kind: 'pos',
    appVersion: APP_VERSION,
    makeCatalogueWorker: (name) => makeWorker(catalogueWorkerUrl, name),
    makeArgon2Worker: () => makeWorker(argon2WorkerUrl, 'argon2'),
  });
  const timers = {
    setTimeout: (run: () => void, afterMs: number) => window.setTimeout(run, afterMs),
    clearTimeout: (timer: number) => window.clearTimeout(timer),
  };
  const rasterText = createCanvasRasterText({ fonts: document.fonts, family: RECEIPT_FACE });
  const devices = createDevices({
    settings: workstation.settings,
    readBook: () => readDeviceBook(localStorage),
    writeBook: (book) => writeDeviceBook(localStorage, book),
    screenPrinter: createScreenPrinter,
    makeDesk: (events) => makeDesk(workstation, { ...timers, ...events, rasterText }),
  });
  const keyboard = createKeyboardScanner({
    window,
    ...timers,
    settings: () => wedgeSettingsOf(devices.wedge()),
  });
  const pos = createPos({
    workstation,
    speech,
    preferences: given.preferences,
    keyboard,
    now,
    update: watchForUpdate(import.meta.env.BASE_URL, trustedScriptUrl),
    camera: createLazyCamera(async () => {
      const { createBrowserCamera } = await import('../shared/devices/camera/browser-camera.ts');
      return createBrowserCamera({ makeDecoderWorker: () => makeWorker(scanWorkerUrl, 'scan') });
    }),
    browserPrinter: createBrowserPrinter({ view: createPrintView(document), window, ...timers }),
    makeSpool: (devices) =>
      createPrintSpool({
        ...devices,
        store: createIndexedDbJobStore(indexedDB),
        withLock: async (name, work) => {
          await navigator.locks.request(name, work);
        },
        now: () => Date.now(),
        newId: () => crypto.randomUUID(),
        wait,
      }),
    devices,
    previewPaper: createPaperPreview({ rasterText }),
    labels: createLabelDesk({
      rasterText,
      send: ({ id }, bytes) => workstation.printThroughServer(id, bytes),
    }),
    appVersion: APP_VERSION,
    document,
    storage: localStorage,
    openScale: async (chosen) => {
      const { openChosenScale } = await import('../shared/devices/scale/browser-scale.ts');
      return openChosenScale(chosen, { serial: navigator.serial, wait, now: () => performance.now() });
    },
    async choosePort() {
      const { choosePort } = await import('../shared/devices/link/serial-port.ts');
      return choosePort(navigator.serial);
    },
    makeServed: (terminal) =>
      createLazyCardTerminal({
        ...terminal,
        load: async () => {
          const { createServedCardTerminal } = await import('../shared/devices/served-card-terminal.ts');
          return createServedCardTerminal({
            ...terminal,
            link: workstation.askTerminalServer,
            wait,
            now: () => performance.now(),
          });
        },
      }),
    makeStandalone: (id, ask) => createStandaloneCardTerminal({ id, ask }),
    makeSimulated: (id, nextStep) =>
      createSimulatedCardTerminal({
        id,
        nextStep,
        memory: localStorage,
        wait,
      }),
  });
  devices.startScanners(keyboard.deliver);
  closeWithPage(workstation);
  speakAsStore(pos);
  openDrawerAfterSale(pos);
  ringNewOrders(pos);
  tellPassportsGone(pos);
  publishDisplay(pos, createBrowserChannel(DISPLAY_CHANNEL));
  publishLineDisplay(pos, async (chosen) => {
    const { openLineDisplay } = await import('../shared/devices/line-display/browser-line-display.ts');
    return openLineDisplay(chosen, {
      serial: navigator.serial,
      sendToPrinter: (printer, bytes) => workstation.printThroughServer(asPrinterId(printer), bytes),
      wait,
    });
  });
  render(
    <SpeechContext.Provider value={speech}>
      <PosProvider value={pos}>
        <Register isDemoServer={isDemoServer} />
      </PosProvider>
    </SpeechContext.Provider>,
    given.root,
  );
}

type DeskParts = {
  readonly setTimeout: (run: () => void, afterMs: number) => number;
  readonly clearTimeout: (timer: number) => void;
  readonly rasterText: RasterText;
};

/** Everything that reaches devices is one chunk, fetched when the first is needed. */
async function makeDesk(workstation: Workstation, given: DeskParts & DeskEvents): Promise<DeviceDesk> {
  const { createBrowserDesk } = await import('../shared/devices/local/browser-desk.ts');
  return createBrowserDesk({
    ...given,
    navigator,
    server: {
      send: (printerId, bytes, job) => workstation.printThroughServer(asPrinterId(printerId), bytes, job),
      ask: (printerId) => workstation.askPrinter(asPrinterId(printerId)),
    },
  });
}

function makeWorker(url: string, name: string): Worker {
  return new Worker(trustedScriptUrl(url), { type: 'module', name });
}

// A page that is put aside whole (back/forward cache) would go on holding the journal's lock.
function closeWithPage(workstation: Workstation): void {
  window.addEventListener('pagehide', () => void workstation.close());
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}

/** Does the server offer its demo store in one tap? False as long as it does not say so. */
async function isDemoServer(): Promise<boolean> {
  try {
    const answer = await fetch('/api/v1/status');
    const status: unknown = await answer.json();
    return typeof status === 'object' && status !== null && 'isDemo' in status && status.isDemo === true;
  } catch {
    return false;
  }
}

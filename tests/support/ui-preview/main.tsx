// Shows the till's screens over the fake workstation, so that a state that is hard to bring about (a damaged
// journal, a full disk) can be looked at. `window.preview` puts it into any state. Never part of a build.
//   npx vite --config tests/support/ui-preview/vite.config.ts

import '../../../shared/ui/css/tokens.css';
import '../../../shared/ui/css/base.css';
import '../../../shared/ui/css/components.css';
import '../../../shared/ui/css/overlays.css';
import '../../../shared/ui/css/stage.css';
import '../../../pos/css/register.css';
import '../../../pos/css/sell.css';
import '../../../pos/css/cart.css';
import '../../../pos/css/questions.css';
import '../../../pos/css/pay.css';
import '../../../pos/css/tenders.css';
import '../../../pos/css/lists.css';
import '../../../pos/css/receipt.css';
import '../../../pos/css/orders.css';
import '../../../pos/css/channel-orders.css';
import '../../../pos/css/narrow.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { createMemorySpool } from '../memory-spool.ts';
import { devicesWith } from '../fake-devices/devices-with.ts';
import { NO_CAMERA } from '../no-camera.ts';
import { loadMessages } from '../../../pos/shell/load-messages.ts';
import { createPos } from '../../../pos/shell/create-pos.ts';
import type { PosKey } from '../../../pos/shell/message-keys.ts';
import { PosProvider } from '../../../pos/shell/pos-context.ts';
import { createPrintView } from '../../../pos/shell/print-view.tsx';
import { Register } from '../../../pos/shell/register.tsx';
import { createBrowserPrinter } from '../../../shared/devices/browser-printer.ts';
import { createKeyboardScanner } from '../../../shared/devices/keyboard-scanner.ts';
import { createCanvasRasterText } from '../../../shared/devices/escpos/canvas-raster-text.ts';
import { createNetworkPrinter } from '../../../shared/devices/network-printer.ts';
import { createPaperPreview } from '../../../shared/devices/paper/preview-paper.ts';
import { createLabelDesk } from '../../../shared/devices/zpl/label-desk.ts';
import { createSimulatedCardTerminal } from '../../../shared/devices/simulated-card-terminal.ts';
import { createLazyCardTerminal } from '../../../shared/devices/lazy-card-terminal.ts';
import { createStandaloneCardTerminal } from '../../../shared/devices/standalone-card-terminal.ts';
import { asOperatorId, asPrinterId } from '../../../shared/domain/ids.ts';
import { PERMISSIONS } from '../../../shared/domain/operator.ts';
import { accept, refuse } from '../../../shared/domain/refusal.ts';
import { showLanguage, showTheme } from '../../../shared/ui/look.ts';
import { languageToStart, readPreferences } from '../../../shared/ui/preferences.ts';
import { SpeechContext } from '../../../shared/ui/speech-context.tsx';
import { createSpeech } from '../../../shared/ui/speech.ts';
import { CATEGORIES, TAX_GROUPS } from '../../../sync-server/demo/categories.ts';
import { demoItems } from '../../../sync-server/demo/demo-items.ts';
import { DEMO_STORES, TAX_RULES } from '../../../sync-server/demo/stores.ts';
import { createFakeWorkstation } from '../fake-workstation.ts';

const store = DEMO_STORES[0]?.store;
if (store === undefined) throw new Error('no demo store');
const items = [...demoItems(2000, 2026)].map((one) => one.item);
const workstation = createFakeWorkstation({
  items,
  settings: {
    store,
    taxRules: TAX_RULES,
    taxGroups: Object.fromEntries(TAX_GROUPS.map((group) => [group.id, group])),
    categories: CATEGORIES,
    printers: [{ id: asPrinterId('counter'), name: 'Counter', columns: 48 }],
    isDemo: true,
  },
  operators: (['manager', 'supervisor', 'cashier'] as const).map((roleName, place) => ({
    id: asOperatorId(`o${String(place + 1)}`),
    number: place + 1,
    name: ['Maryam Rahimi', 'Jonas Weber', 'Ewa Nowak'][place] ?? '',
    roleName,
    permissions: PERMISSIONS,
    pinVerifier: '',
    isActive: true,
  })),
});
const preferences = readPreferences(localStorage);
const language = languageToStart(preferences, navigator.languages);
const speech = signal(createSpeech<PosKey>(language, await loadMessages(language)));
showLanguage(document.documentElement, speech.value);
showTheme(document.documentElement, preferences.theme);
const timers = {
  setTimeout: (run: () => void, afterMs: number) => window.setTimeout(run, afterMs),
  clearTimeout: (timer: number) => window.clearTimeout(timer),
};
const rasterText = createCanvasRasterText({ fonts: document.fonts, family: 'Vazirmatn Variable' });
const pos = createPos({
  workstation,
  speech,
  preferences,
  keyboard: createKeyboardScanner({ window, ...timers }),
  now: signal(Date.now()),
  update: { isWaiting: signal(new URLSearchParams(location.search).has('update')), apply: () => undefined },
  camera: NO_CAMERA,
  makeSpool: createMemorySpool,
  browserPrinter: createBrowserPrinter({ view: createPrintView(document), window, ...timers }),
  devices: devicesWith({
    settings: workstation.settings,
    printer: createNetworkPrinter({
      printer: { columns: 48 },
      send: () => Promise.resolve(accept('on-paper')),
      rasterText,
    }),
  }),
  previewPaper: createPaperPreview({ rasterText }),
  labels: createLabelDesk({ rasterText, send: () => Promise.resolve(accept(null)) }),
  appVersion: '0.1.0',
  document,
  storage: localStorage,
  openScale: () => Promise.resolve(null),
  choosePort: () => Promise.resolve(refuse('serial-not-here')),
  makeServed: (terminal) =>
    createLazyCardTerminal({ ...terminal, load: () => Promise.reject(new Error('no server')) }),
  makeStandalone: (id, ask) => createStandaloneCardTerminal({ id, ask }),
  makeSimulated: (id, nextStep) =>
    createSimulatedCardTerminal({
      id,
      nextStep,
      memory: localStorage,
      wait: (milliseconds) => new Promise((resolve) => window.setTimeout(resolve, milliseconds)),
    }),
});
const root = document.getElementById('app');
if (root !== null) {
  render(
    <SpeechContext.Provider value={speech}>
      <PosProvider value={pos}>
        <Register isDemoServer={() => Promise.resolve(true)} />
      </PosProvider>
    </SpeechContext.Provider>,
    root,
  );
}
Object.assign(window, { preview: { workstation, pos, items } });

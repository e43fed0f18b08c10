// @vitest-environment happy-dom
// The till's screens over a workstation of plain signals: what a cashier does and what then stands on the screen.

import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { devicesWith } from '../tests/support/fake-devices/devices-with.ts';
import { createMemorySpool } from '../tests/support/memory-spool.ts';
import { NO_CAMERA } from '../tests/support/no-camera.ts';
import { asPrinterId } from '../shared/domain/ids.ts';
import type { Item } from '../shared/domain/item.ts';
import type { Receipt } from '../shared/domain/receipt-blocks.ts';
import { accept, refuse } from '../shared/domain/refusal.ts';
import { createSpeech } from '../shared/ui/speech.ts';
import { SpeechContext } from '../shared/ui/speech-context.tsx';
import { aSettings, anItem, anOperator } from '../tests/support/a-shop.ts';
import { createLazyCardTerminal } from '../shared/devices/lazy-card-terminal.ts';
import { createStandaloneCardTerminal } from '../shared/devices/standalone-card-terminal.ts';
import { createProgrammedTerminal } from '../tests/support/card-terminal-program.ts';
import { createFakeWorkstation, type FakeWorkstation } from '../tests/support/fake-workstation.ts';
import { createPos } from './shell/create-pos.ts';
import { loadMessages } from './shell/load-messages.ts';
import type { PosKey } from './shell/message-keys.ts';
import { PosProvider, type KeyPress, type PosContext } from './shell/pos-context.ts';
import { receiptOf } from './shell/receipts.ts';
import { fetchForSale, Register } from './shell/register.tsx';

const MILK: Item = anItem(1, {
  name: { en: 'Milk', fa: 'شیر' },
  priceMinor: 119,
  barcodes: ['04006381333931'],
});
const APPLES: Item = anItem(2, { name: { en: 'Apples' }, priceMinor: 200, unit: 'kilogram' });
const TWINS: readonly Item[] = [3, 4].map((ordinal) => anItem(ordinal, { barcodes: ['TWIN'] }));

let workstation: FakeWorkstation;
let pos: PosContext;
let scan: (code: string) => void;
let press: (key: string) => boolean;
let isPrinterThere = true;

async function type(keys: Iterable<string>): Promise<void> {
  for (const key of keys) await act(() => void press(key));
}

// As on a till that has been signed on to for a moment.
beforeAll(fetchForSale);

beforeEach(async () => {
  isPrinterThere = true;
  workstation = createFakeWorkstation({
    items: [MILK, APPLES, ...TWINS],
    settings: { ...aSettings(), printers: [{ id: asPrinterId('p1'), name: 'Counter', columns: 48 }] },
    operators: [anOperator()],
  });
  const scanListeners = new Set<(code: string) => void>();
  const keyListeners = new Set<(key: KeyPress) => boolean>();
  scan = (code) => scanListeners.forEach((listener) => listener(code));
  press = (key) => [...keyListeners].some((listener) => listener({ key, code: key, isInField: false }));
  const speech = signal(createSpeech<PosKey>('en', await loadMessages('en')));
  pos = createPos({
    workstation,
    speech,
    preferences: {
      language: 'en',
      theme: 'system',
      printer: null,
      terminal: null,
      scale: null,
      lineDisplay: null,
      isSoundOn: false,
      hasRemoteDisplay: false,
    },
    keyboard: {
      onScan(listener) {
        const one = (code: string) => listener({ code, source: 'keyboard', atMs: 0 });
        scanListeners.add(one);
        return () => scanListeners.delete(one);
      },
      onTyped(listener) {
        keyListeners.add(listener);
        return () => keyListeners.delete(listener);
      },
    },
    now: signal(Date.now()),
    update: { isWaiting: signal(true), apply: () => undefined },
    camera: NO_CAMERA,
    previewPaper: () => Promise.resolve(refuse('printer-font-missing')),
    labels: {
      print: () => Promise.resolve(accept(null)),
      preview: () => Promise.resolve(refuse('printer-font-missing')),
    },
    makeSpool: createMemorySpool,
    browserPrinter: { print: () => Promise.resolve(accept(null)) },
    devices: devicesWith({
      settings: workstation.settings,
      printer: {
        print: () => Promise.resolve(isPrinterThere ? accept(null) : refuse('printer-not-reached')),
      },
    }),
    appVersion: 'test',
    document,
    storage: { getItem: () => null, setItem: () => undefined },
    openScale: () => Promise.resolve(null),
    choosePort: () => Promise.resolve(refuse('serial-not-here')),
    makeServed: (terminal) =>
      createLazyCardTerminal({ ...terminal, load: () => Promise.reject(new Error('no server')) }),
    makeStandalone: (id, ask) => createStandaloneCardTerminal({ id, ask }),
    makeSimulated: () => createProgrammedTerminal([]),
  });
  render(
    <SpeechContext.Provider value={speech}>
      <PosProvider value={pos}>
        <Register isDemoServer={() => Promise.resolve(true)} />
      </PosProvider>
    </SpeechContext.Provider>,
  );
});
afterEach(cleanup);

async function signOn(): Promise<void> {
  fireEvent.click(screen.getByTestId('operator-1'));
  await screen.findByTestId('pin');
  await type('1234');
  await type(['Enter']);
  await screen.findByTestId('sell-screen');
}

const lineCount = () => screen.getByTestId('cart-panel').getAttribute('data-lines');

describe('signing on', () => {
  test('a wrong PIN says how many tries are left and the dots are empty again', async () => {
    fireEvent.click(screen.getByTestId('operator-1'));
    await screen.findByTestId('pin');
    await type('9999');
    await type(['Enter']);
    await waitFor(() =>
      expect(screen.getByTestId('pin-problem').textContent).toBe('Wrong PIN. 3 tries left.'),
    );
    expect(screen.getByTestId('pin-dots').getAttribute('data-length')).toBe('0');
  });

  test('a locked operator sees the seconds that are left and cannot type', async () => {
    fireEvent.click(screen.getByTestId('operator-1'));
    await screen.findByTestId('pin');
    await type('0000');
    await type(['Enter']);
    await waitFor(() => expect(screen.getByTestId('pin-problem').textContent).toContain('30 seconds'));
    expect(screen.getByTestId('pin-1').hasAttribute('disabled')).toBe(true);
  });
});

describe('selling', () => {
  beforeEach(signOn);

  test('a scan stands in the cart before the task of its key ends', async () => {
    const tile = screen.getByTestId('catalogue-panel');
    scan('4006381333931');
    // Preact draws in a microtask of the same task; nothing else is waited for.
    await Promise.resolve();
    await Promise.resolve();
    expect(screen.getByTestId('line-1').getAttribute('data-sku')).toBe('SKU-1');
    expect(screen.getByTestId('catalogue-panel')).toBe(tile);
    expect(screen.getByTestId('total').getAttribute('data-amount-minor')).toBe('119');
  });

  test('an unknown code adds nothing and asks; the next scan answers', async () => {
    await act(() => scan('5901234123457'));
    expect(screen.getByTestId('unknown-code-value').textContent).toBe('5901234123457');
    expect(lineCount()).toBe('0');
    await act(() => scan('4006381333931'));
    expect(screen.queryByTestId('unknown-code')).toBeNull();
    expect(lineCount()).toBe('1');
  });

  test('a misread code is told apart from an unknown one', async () => {
    await act(() => scan('4006381333932'));
    expect(screen.getByTestId('unknown-code').textContent).toContain('misread');
  });

  test('a code of two items asks which one', async () => {
    await act(() => scan('TWIN'));
    fireEvent.click(screen.getByTestId('choose-SKU-4'));
    await waitFor(() => expect(screen.getByTestId('line-1').getAttribute('data-sku')).toBe('SKU-4'));
  });

  test('digits and × set the quantity of the next item only', async () => {
    await type(['3', '*']);
    expect(screen.getByTestId('multiplier').getAttribute('data-quantity-milli')).toBe('3000');
    await act(() => scan('4006381333931'));
    expect(screen.getByTestId('line-1-quantity').getAttribute('data-quantity-milli')).toBe('3000');
    await act(() => scan('4006381333931'));
    expect(screen.getByTestId('line-1-quantity').getAttribute('data-quantity-milli')).toBe('4000');
    expect(screen.queryByTestId('multiplier')).toBeNull();
  });

  test('weighed goods ask for their weight and take decimals', async () => {
    await act(() => scan('SKU-2'));
    await type(['1', '.', '2', '5']);
    expect(screen.getByTestId('quantity-entry').getAttribute('data-entry')).toBe('1.25');
    await type(['Enter']);
    expect(screen.getByTestId('line-1-quantity').getAttribute('data-quantity-milli')).toBe('1250');
    expect(screen.getByTestId('line-1-total').getAttribute('data-amount-minor')).toBe('250');
  });

  test('typed digits and Enter take a code; plus and minus change the chosen line', async () => {
    await type('4006381333931');
    await type(['Enter']);
    await type(['+']);
    expect(screen.getByTestId('line-1-quantity').getAttribute('data-quantity-milli')).toBe('2000');
    await type(['-', '-']);
    expect(lineCount()).toBe('0');
  });

  test('an update is offered while the cart is empty and never during a sale', async () => {
    expect(screen.queryByTestId('update-offer')).not.toBeNull();
    await act(() => scan('4006381333931'));
    expect(screen.queryByTestId('update-offer')).toBeNull();
  });

  test('the status bar says exactly what waits, and "synced" only when nothing does', async () => {
    expect(screen.getByTestId('status-pending').textContent).toContain('Synced');
    await act(() =>
      workstation.set({
        connection: 'offline',
        pendingCount: 2,
        oldestPendingAt: new Date(Date.now() - 61_000).toISOString(),
      }),
    );
    const bar = screen.getByTestId('status-bar');
    expect(bar.dataset['pending']).toBe('2');
    expect(bar.dataset['connection']).toBe('offline');
    expect(bar.textContent).toContain('2 entries wait');
    expect(bar.textContent).not.toContain('Synced');
  });
});

describe('paying', () => {
  beforeEach(async () => {
    await signOn();
    await act(() => scan('4006381333931'));
    await type(['F9']);
  });

  test('the typed amount shows its change, and the sale ends with it', async () => {
    await type('2');
    expect(screen.getByTestId('pay-change').getAttribute('data-amount-minor')).toBe('81');
    await type(['Enter']);
    await screen.findByTestId('finished-screen');
    expect(screen.getByTestId('change').getAttribute('data-amount-minor')).toBe('81');
    expect(screen.getByTestId('receipt-number').textContent).toBe('01-02-A000002');
  });

  test('less than what is due is refused and nothing is sold', async () => {
    await type('1');
    expect(screen.getByTestId('pay-confirm').hasAttribute('disabled')).toBe(true);
    await type(['Enter']);
    expect(screen.getByTestId('pay-problem').textContent).toBe('€0.19 is still missing.');
    expect(screen.queryByTestId('finished-screen')).toBeNull();
  });

  test('a scan while paying is refused aloud and adds nothing', async () => {
    await act(() => scan('4006381333931'));
    expect(pos.toast.value?.text).toContain('not added');
    expect(workstation.cart.value?.cart.lines).toHaveLength(1);
  });

  test('a scan after the sale starts the next one', async () => {
    await type(['Enter']);
    await screen.findByTestId('finished-screen');
    await act(() => scan('4006381333931'));
    await screen.findByTestId('sell-screen');
    expect(lineCount()).toBe('1');
  });

  test('a reprint is marked as a copy', async () => {
    await type(['Enter']);
    await screen.findByTestId('finished-screen');
    const [own] = await workstation.ownTransactions(1);
    if (own === undefined) throw new Error('nothing was sold');
    const texts = receiptOf(pos, own, 1).blocks.flatMap((block) =>
      block.kind === 'text' ? [block.text] : [],
    );
    expect(texts).toContain('COPY 1');
  });
});

describe('troubles', () => {
  test('a blocking trouble says what happened, what is safe and what to do, and takes the screen', async () => {
    await signOn();
    await act(() =>
      workstation.set({
        troubles: [
          {
            code: 'JR-02',
            blocksSelling: true,
            values: { fromSequence: 5, toSequence: 7 },
            actions: ['retry', 'start-new-epoch'],
          },
        ],
      }),
    );
    expect(screen.getByTestId('trouble-code').textContent).toBe('JR-02');
    expect(screen.getByRole('alert').textContent).toContain('5 to 7');
    expect(screen.queryByTestId('pay')).toBeNull();
    fireEvent.click(screen.getByTestId('trouble-retry'));
    await screen.findByTestId('sell-screen');
  });

  test('a code that this version does not know still says something true', async () => {
    await act(() =>
      workstation.set({
        troubles: [{ code: 'NW-99', blocksSelling: true, values: {}, actions: [] }],
      }),
    );
    expect(screen.getByRole('alert').textContent).toContain('NW-99');
    expect(screen.getByTestId('trouble-reload')).toBeDefined();
  });
});

test('the language changes at once, with direction and digits, and is kept', async () => {
  await signOn();
  await act(() => scan('4006381333931'));
  await act(() => pos.choosePreferences({ language: 'fa' }));
  await waitFor(() => expect(document.documentElement.dir).toBe('rtl'));
  await waitFor(() => expect(screen.getByTestId('line-1').textContent).toContain('شیر'));
  expect(screen.getByTestId('total').textContent).toContain('۱٫۱۹');
  expect(pos.preferences.value.language).toBe('fa');
});

describe('GS1 codes at the till', () => {
  const GTIN = '04006381333931';

  test('the goods are found whichever way the code is sent, and stand in the cart at once', async () => {
    await signOn();
    for (const code of [`]d201${GTIN}10LOT7`, `https://id.gs1.org/01/${GTIN}`, `(01)${GTIN}`]) {
      await act(() => scan(code));
    }
    const [line] = workstation.cart.value?.cart.lines ?? [];
    expect(line).toMatchObject({ itemId: MILK.id, quantityMilli: 3000 });
  });

  test('goods past their last day are asked about, and left out unless somebody says otherwise', async () => {
    await signOn();
    await act(() => scan(`(01)${GTIN}(17)200131`));
    expect((await screen.findByTestId('expired-day')).getAttribute('data-day')).toBe('2020-01-31');
    fireEvent.click(screen.getByTestId('expired-leave'));
    expect(workstation.cart.value).toBeNull();
    await act(() => scan(`(01)${GTIN}(17)200131`));
    fireEvent.click(await screen.findByTestId('expired-sell'));
    expect(workstation.cart.value?.cart.lines).toHaveLength(1);
  });

  test('a field that is wrong is said, and nothing is sold', async () => {
    await signOn();
    await act(() => scan(`(01)${GTIN}(17)201399`));
    expect(pos.sell.question.value).toMatchObject({ kind: 'unknown-code', reason: 'wrong-fields' });
    expect(workstation.cart.value).toBeNull();
  });
});

const X_REPORT: Receipt = { language: 'en', blocks: [{ kind: 'text', text: 'X report' }] };

describe('prints that wait', () => {
  test('a printer that fails leaves the print waiting, and the status says so', async () => {
    await signOn();
    await pos.printReport(X_REPORT);
    expect(pos.printQueue.waiting.value).toEqual([]);
    pos.choosePreferences({ printer: 'p1' });
    isPrinterThere = false;
    await act(async () => void (await pos.printReport(X_REPORT)));
    expect(screen.getByTestId('status-bar').getAttribute('data-waiting-prints')).toBe('1');
    expect(pos.toast.value?.text).toContain('tried again by itself');
    isPrinterThere = true;
    await act(() => pos.printQueue.retry());
    await waitFor(() => expect(pos.printQueue.waiting.value).toEqual([]));
  });
});

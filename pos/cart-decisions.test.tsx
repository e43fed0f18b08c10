// @vitest-environment happy-dom
// What a cashier decides about lines, cart and till, what asks before it is sold, and the manager who helps: done on the
// screens over a workstation with the real rules.

import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { devicesWith } from '../tests/support/fake-devices/devices-with.ts';
import { createMemorySpool } from '../tests/support/memory-spool.ts';
import { NO_CAMERA } from '../tests/support/no-camera.ts';
import { asOperatorId } from '../shared/domain/ids.ts';
import type { Item } from '../shared/domain/item.ts';
import type { PriceBook } from '../shared/domain/promotion-document.ts';
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
import { fetchForSale, Register } from './shell/register.tsx';

const SHIRT: Item = anItem(1, { name: { en: 'Shirt' }, priceMinor: 2000 });
const WINE: Item = anItem(2, { name: { en: 'Wine' }, priceMinor: 900, ageMinimum: 18 });
const PHONE: Item = anItem(3, { name: { en: 'Phone' }, priceMinor: 50_000, trackBy: 'serial' });
const BOTTLE: Item = anItem(4, { name: { en: 'Bottle deposit' }, priceMinor: 25 });
const WATER: Item = anItem(5, { name: { en: 'Water' }, priceMinor: 100, depositItemId: BOTTLE.id });

const GIFT: Item = anItem(6, {
  name: { en: 'Gift wrap' },
  priceMinor: 0,
  openPrice: { minMinor: 100, maxMinor: 1000 },
});
const OLIVES: Item = anItem(7, {
  name: { en: 'Olives' },
  priceMinor: 1000,
  unit: 'kilogram',
  tareMilli: 20,
});

/** None of it is in this store. */
const LAMP: Item = anItem(60, { name: { en: 'Lamp' }, priceMinor: 4000 });

const BOOK: PriceBook = {
  promotions: [
    {
      id: 'members',
      name: 'Members pay less',
      priority: 0,
      scope: { itemIds: [SHIRT.id] },
      conditions: [{ kind: 'customer-group', group: 'members' }],
      reward: { kind: 'percent-off', ratePpm: 100_000, roundedOn: 'sum' },
    },
  ],
  priceRules: [
    {
      id: 'r1',
      name: 'From three',
      itemIds: [SHIRT.id],
      minQuantityMilli: 3000,
      priceMinor: 1500,
      priority: 1,
    },
  ],
  reasonCodes: [
    { id: 'damaged', name: { en: 'Damaged' }, actions: ['discount', 'override-price'], position: 1 },
    { id: 'loyal', name: { en: 'Regular customer' }, actions: ['discount'], position: 2 },
  ],
};

let workstation: FakeWorkstation;
let pos: PosContext;
let scan: (code: string) => void;
let press: (key: string) => boolean;

async function type(keys: Iterable<string>): Promise<void> {
  for (const key of keys) await act(() => void press(key));
}

async function start(isManager: boolean): Promise<void> {
  const cashier = anOperator({
    name: 'Ewa',
    roleName: 'cashier',
    permissions: isManager ? anOperator().permissions : ['sell'],
  });
  workstation = createFakeWorkstation({
    items: [SHIRT, WINE, PHONE, BOTTLE, WATER, GIFT, OLIVES, LAMP],
    settings: aSettings(),
    operators: [cashier, anOperator({ id: asOperatorId('o2'), number: 2, name: 'Maryam' })],
    priceBook: BOOK,
  });
  const scanListeners = new Set<(code: string) => void>();
  const keyListeners = new Set<(key: KeyPress) => boolean>();
  scan = (code) => [...scanListeners].forEach((listener) => listener(code));
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
    update: { isWaiting: signal(false), apply: () => undefined },
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
      printer: { print: () => Promise.resolve(accept(null)) },
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
  fireEvent.click(screen.getByTestId('operator-1'));
  await screen.findByTestId('pin');
  await type('1234');
  await type(['Enter']);
  await screen.findByTestId('sell-screen');
}
afterEach(cleanup);

const amountOf = (testId: string) => screen.getByTestId(testId).getAttribute('data-amount-minor');

// As on a till that has been signed on to for a moment.
beforeAll(fetchForSale);

describe('an operator who may', () => {
  beforeEach(() => start(true));

  test('changes a price by keys alone: F7, the amount, the reason, Enter', async () => {
    await act(() => scan('SKU-1'));
    await type(['F7']);
    fireEvent.click(await screen.findByTestId('line-sheet-override'));
    await screen.findByTestId('override-price');
    await type('15');
    await type(['ArrowDown', 'Enter']);
    await waitFor(() => expect(screen.queryByTestId('override-price')).toBeNull());
    expect(amountOf('line-1-total')).toBe('1500');
    expect(amountOf('total-savings')).toBe('500');
    expect(screen.getByTestId('line-1-modifier-0').textContent).toContain('Price changed');
  });

  test('gives a discount in percent, sees it on the line, and takes it back', async () => {
    await act(() => scan('SKU-1'));
    await type(['F7']);
    fireEvent.click(await screen.findByTestId('line-sheet-discount'));
    await screen.findByTestId('discount-line');
    await type('10');
    expect(screen.getByTestId('discount-line-ok').hasAttribute('disabled')).toBe(true);
    fireEvent.click(screen.getByTestId('reason-loyal'));
    fireEvent.click(screen.getByTestId('discount-line-ok'));
    await waitFor(() => expect(amountOf('line-1-total')).toBe('1800'));
    expect(screen.getByTestId('line-1-modifier-0').textContent).toContain('Discount 10');
    await type(['F7']);
    fireEvent.click(await screen.findByTestId('line-sheet-take-back-0'));
    await waitFor(() => expect(amountOf('line-1-total')).toBe('2000'));
  });

  test('says at the line which offer is about its goods, and why it was not given', async () => {
    await act(() => scan('SKU-1'));
    await act(() => scan('SKU-5'));
    await type(['ArrowUp', 'F7']);
    fireEvent.click(await screen.findByTestId('line-1-open'));
    const offer = await screen.findByTestId('line-offer-members');
    expect(offer.getAttribute('data-reason')).toBe('customer-not-in-group');
    expect(offer.textContent).toContain('a group that this customer is not in');
  });

  test('gives a discount on the cart and an exemption, and takes both back', async () => {
    await act(() => scan('SKU-1'));
    await type(['F3']);
    fireEvent.click(await screen.findByTestId('cart-sheet-discount'));
    await screen.findByTestId('discount-cart');
    fireEvent.click(screen.getByTestId('discount-by-amount'));
    await type('5');
    fireEvent.click(screen.getByTestId('reason-damaged'));
    fireEvent.click(screen.getByTestId('discount-cart-ok'));
    await waitFor(() => expect(amountOf('total')).toBe('1500'));
    await type(['F3']);
    fireEvent.click(await screen.findByTestId('cart-sheet-exempt'));
    fireEvent.input(await screen.findByTestId('exempt-certificate'), { target: { value: 'EX-7' } });
    fireEvent.input(screen.getByTestId('reason-text'), { target: { value: 'Embassy' } });
    fireEvent.click(screen.getByTestId('exempt-ok'));
    await waitFor(() => expect(screen.getByTestId('total-exempt').textContent).toContain('EX-7'));
    expect(amountOf('total')).toBe('1220');
    await type(['F3']);
    fireEvent.click(await screen.findByTestId('cart-sheet-exemption-take-back'));
    fireEvent.click(await screen.findByTestId('cart-sheet-discount-0-take-back'));
    await waitFor(() => expect(amountOf('total')).toBe('2000'));
  });

  test('a coupon that nobody knows stays in the field with its sentence', async () => {
    await act(() => scan('SKU-1'));
    await type(['F3']);
    fireEvent.click(await screen.findByTestId('cart-sheet-coupon'));
    await screen.findByTestId('coupon');
    await act(() => scan('NOPE'));
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
    expect(workstation.cart.value?.cart.lines).toHaveLength(1);
  });

  test('a deposit stands below its item and opens what its item opens', async () => {
    await act(() => scan('SKU-5'));
    expect(screen.getByTestId('line-2').getAttribute('data-is-child')).toBe('true');
    fireEvent.click(screen.getByTestId('line-2-choose'));
    expect(screen.queryByTestId('line-2-remove')).toBeNull();
  });
});

describe('goods that ask', () => {
  beforeEach(() => start(true));

  test('age is asked with the scan, asked again before paying, and a child is refused', async () => {
    await act(() => scan('SKU-2'));
    await screen.findByTestId('age-check');
    fireEvent.click(screen.getByTestId('age-check-close'));
    await waitFor(() => expect(screen.getByTestId('line-1-need')).toBeDefined());
    await type(['F9']);
    await screen.findByTestId('age-check');
    expect(screen.queryByTestId('pay-screen')).toBeNull();
    await type(`0101${String(new Date().getFullYear() - 10)}`);
    await type(['Enter']);
    expect(screen.getByTestId('age-problem').textContent).toContain('too young');
    fireEvent.click(screen.getByTestId('age-seen'));
    await screen.findByTestId('pay-screen');
  });

  test('a scan answers the question for a serial number and sells nothing', async () => {
    await act(() => scan('SKU-3'));
    await screen.findByTestId('serials');
    await act(() => scan('IMEI-1'));
    await waitFor(() => expect(screen.queryByTestId('serials')).toBeNull());
    expect(workstation.cart.value?.cart.lines).toHaveLength(1);
    expect(screen.getByTestId('line-1').textContent).toContain('IMEI-1');
  });
});

describe('goods whose price or weight is typed', () => {
  beforeEach(() => start(true));

  test('an open price is asked for and kept within the limits of the item', async () => {
    await act(() => scan('SKU-6'));
    await screen.findByTestId('open-price');
    await type(['2', '0', 'Enter']);
    expect(screen.getByRole('alert').textContent).toContain('€10.00');
    expect(workstation.cart.value).toBeNull();
    await type(['Backspace', 'Backspace', '2', '.', '5', 'Enter']);
    await waitFor(() => expect(amountOf('line-1-total')).toBe('250'));
  });

  test('the packing is taken off the weight, unless somebody says no', async () => {
    await act(() => scan('SKU-7'));
    await type(['1', 'Enter']);
    expect(screen.getByTestId('line-1-quantity').getAttribute('data-quantity-milli')).toBe('980');
    await act(() => scan('SKU-7'));
    fireEvent.click(screen.getByTestId('quantity-tare'));
    await type(['1', 'Enter']);
    expect(screen.getByTestId('line-2-quantity').getAttribute('data-quantity-milli')).toBe('1000');
  });
});

describe('the till', () => {
  beforeEach(() => start(true));

  const countFive = async (euros: string) => {
    fireEvent.input(await screen.findByTestId('count-500'), { target: { value: euros } });
    fireEvent.click(screen.getByTestId('count-ok'));
  };

  test('is opened with a float, cash is paid out, it is counted blind and closed with its Z', async () => {
    fireEvent.click(screen.getByTestId('open-till'));
    await countFive('20');
    fireEvent.click(await screen.findByTestId('till-move'));
    fireEvent.click(await screen.findByTestId('move-paid-out'));
    fireEvent.input(screen.getByTestId('move-amount'), { target: { value: '15' } });
    fireEvent.input(screen.getByTestId('reason-text'), { target: { value: 'Flowers' } });
    fireEvent.click(screen.getByTestId('move-ok'));
    fireEvent.click(await screen.findByTestId('till-count'));
    expect(screen.getByTestId('till').textContent).not.toContain('€85.00');
    await countFive('16');
    await waitFor(() => expect(amountOf('till-counted')).toBe('8000'));
    fireEvent.click(screen.getByTestId('till-close'));
    const report = await screen.findByTestId('receipt-view');
    expect(report.textContent).toContain('Z report 1');
    expect(report.textContent).toContain('Expected€85.00');
    expect(report.textContent).toContain('Difference-€5.00');
    expect(workstation.till.value?.open).toBeNull();
  });

  test('X shows the session and leaves it open', async () => {
    fireEvent.click(screen.getByTestId('open-till'));
    await countFive('10');
    fireEvent.click(await screen.findByTestId('till-x'));
    expect((await screen.findByTestId('receipt-view')).textContent).toContain('Float€50.00');
    expect(workstation.till.value?.open?.sessionNumber).toBe(1);
  });

  test('the last transaction can be voided with a reason; a refusal is said and the dialog stays', async () => {
    await act(() => scan('SKU-1'));
    await type(['F9']);
    await screen.findByTestId('pay-screen');
    await type(['Enter']);
    await screen.findByTestId('finished-screen');
    await type(['F8']);
    fireEvent.click(await screen.findByTestId('transaction-01-02-A000002'));
    fireEvent.click(await screen.findByTestId('void-transaction'));
    await waitFor(() => expect(amountOf('void-amount')).toBe('2000'));
    expect(screen.getByTestId('void-ok').hasAttribute('disabled')).toBe(true);
    fireEvent.input(screen.getByTestId('reason-text'), { target: { value: 'Wrong customer' } });
    fireEvent.click(screen.getByTestId('void-ok'));
    await waitFor(() => expect(pos.toast.value?.tone).toBe('danger'));
    expect(screen.getByTestId('void')).toBeDefined();
  });

  test('a count that is no number opens nothing', async () => {
    fireEvent.click(screen.getByTestId('open-till'));
    fireEvent.input(await screen.findByTestId('count-500'), { target: { value: 'two' } });
    expect(screen.getByTestId('count-ok').hasAttribute('disabled')).toBe(true);
  });
});

describe('an operator who may not', () => {
  beforeEach(() => start(false));

  test('a manager agrees with a PIN to exactly this, and the discount stands', async () => {
    await act(() => scan('SKU-1'));
    await type(['F7']);
    fireEvent.click(await screen.findByTestId('line-sheet-discount'));
    await screen.findByTestId('discount-line');
    await type('10');
    await type(['ArrowDown', 'Enter']);
    await screen.findByTestId('approval');
    expect(amountOf('line-1-total')).toBe('2000');
    await screen.findByTestId('pin');
    await type('1234');
    await type(['Enter']);
    await waitFor(() => expect(screen.queryByTestId('approval')).toBeNull());
    await waitFor(() => expect(amountOf('line-1-total')).toBe('1800'));
    expect(workstation.operator.value?.name).toBe('Ewa');
  });

  test('without a manager nothing changes', async () => {
    await act(() => scan('SKU-1'));
    await type(['F7']);
    fireEvent.click(await screen.findByTestId('line-sheet-override'));
    await screen.findByTestId('override-price');
    await type('1');
    await type(['ArrowDown', 'Enter']);
    await screen.findByTestId('approval');
    fireEvent.click(screen.getByTestId('approval-close'));
    await waitFor(() => expect(screen.queryByTestId('approval')).toBeNull());
    expect(amountOf('line-1-total')).toBe('2000');
  });
});

describe('goods that are not here', () => {
  beforeEach(() => start(true));

  test('are looked for at the other stores straight from the search', async () => {
    await act(() => {
      pos.sell.query.value = 'SKU-6';
    });
    fireEvent.click(await screen.findByTestId('hit-elsewhere-SKU-60'));
    expect((await screen.findByTestId('elsewhere')).textContent).toContain('Lamp');
    expect(screen.queryByTestId('hit-elsewhere-SKU-6')).toBeNull();
    expect(workstation.cart.value).toBeNull();
  });
});

describe('the board of orders', () => {
  beforeEach(() => start(true));

  test('shows the orders of one channel, and all of them again', async () => {
    const all = workstation.channelOrders.value;
    const cards = () => document.querySelectorAll('.board-card').length;
    await act(() => {
      pos.view.value = { kind: 'channel-orders', orderId: null };
    });
    fireEvent.click(await screen.findByTestId('channel-from-web'));
    const ofWeb = all.filter(({ order }) => order.channel === 'web').length;
    await waitFor(() => expect(cards()).toBe(ofWeb));
    expect(ofWeb).toBeLessThan(all.length);
    fireEvent.click(screen.getByTestId('channel-from-all'));
    await waitFor(() => expect(cards()).toBe(all.length));
  });
});

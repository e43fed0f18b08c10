// What a cashier, a scanner or a broken rule may throw at a till: each is refused with a sentence of its own in every language,
// and the cart is as it was before.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHeadlessDevice, createHeadlessWorkstation } from '../../shared/client/headless.ts';
import type { RunningWorkstation } from '../../shared/client/create-workstation.ts';
import { asOperatorId } from '../../shared/domain/ids.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { dueInCash } from '../../shared/domain/tender.ts';
import type { Promotion } from '../../shared/domain/promotions/promotion.ts';
import { loadMessages } from '../../pos/shell/load-messages.ts';
import type { PosKey } from '../../pos/shell/message-keys.ts';
import { createSpeech } from '../../shared/ui/speech.ts';
import { refusalText } from '../../shared/ui/trouble-text.ts';
import { aPage, anItem, anOperator, aSettings, exactCash, verifyPlainPin } from '../support/a-shop.ts';
import { createFakeSyncServer } from '../support/fake-sync-server.ts';

const MILK = anItem(0, { priceMinor: 1_99 });
const OPEN = anItem(1, { openPrice: { minMinor: 1_00, maxMinor: 500_00 } });
const CHEESE = anItem(2, { unit: 'kilogram', priceMinor: 12_00 });
const coupon = (id: string, code: string, to: string): Promotion => ({
  id,
  name: code,
  priority: 1,
  scope: {},
  conditions: [
    { kind: 'coupon', code },
    { kind: 'days', from: '2020-01-01', to },
  ],
  reward: { kind: 'percent-off', ratePpm: 100_000, roundedOn: 'sum' },
});

let till: RunningWorkstation;
let clock: () => Date;

beforeEach(async () => {
  clock = () => new Date();
  const server = createFakeSyncServer();
  const settings = aSettings();
  server.put('settings', {
    id: 'store',
    ...settings,
    store: { ...settings.store, maySellWithoutTill: true },
  });
  server.put('staff', { ...anOperator() });
  server.put('staff', { ...anOperator({ id: asOperatorId('o2'), number: 2, pinVerifier: 'plain:2222' }) });
  server.put('catalogue_pages', aPage([MILK, OPEN, CHEESE]));
  for (const body of [coupon('p1', 'OLD', '2020-12-31'), coupon('p2', 'GOOD', '2999-12-31')])
    server.put('promotions', { id: body.id, type: 'promotion', body });
  till = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device: createHeadlessDevice(),
    replace: { fetch: server.fetch, verifyPin: verifyPlainPin, now: () => clock() },
  });
  await till.started;
  valueOf(await till.enrolInDemoStore());
  await until(() => till.operators.value.length === 2 && till.settings.value !== null);
  await until(() => till.status.value.catalogue.phase === 'ready');
  await until(() => till.priceBook.value.promotions.length === 2);
  valueOf(await till.signOn(asOperatorId('o1'), '1234'));
  valueOf(till.addItem(MILK));
});
afterEach(() => till.close());

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
  return outcome.value;
}

/** The reason, where it is refused with a sentence of its own in English and Persian and nothing has changed. */
async function refusalOf(act: () => Outcome<unknown> | Promise<Outcome<unknown>>): Promise<string> {
  const before = till.cart.value?.cart;
  const outcome = await act();
  if (outcome.ok) return 'taken';
  for (const language of ['en', 'fa'] as const) {
    const words = createSpeech<PosKey>(language, await loadMessages(language));
    if (!words.has(`refusal.${outcome.reason}`)) return `${outcome.reason} without a sentence`;
    const sentence = refusalText(words, outcome, 'EUR');
    if (/[{}]|undefined|NaN/.test(sentence)) return `a broken sentence: ${sentence}`;
  }
  return till.cart.value?.cart === before ? outcome.reason : 'the cart changed';
}

describe('bad input', () => {
  test('prices of more than ten digits, below nothing, or of half a cent', async () => {
    const action = { reasonCode: 'damaged' };
    for (const price of [99_999_999_999_99, -1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER]) {
      expect(await refusalOf(() => till.overridePrice(1, price, action))).toBe('price-out-of-bounds');
      expect(await refusalOf(() => till.addItem(OPEN, { unitPriceMinor: price }))).toBe(
        'price-out-of-bounds',
      );
    }
    expect(await refusalOf(() => till.addItem(OPEN, { unitPriceMinor: 500_01 }))).toBe(
      'open-price-out-of-limits',
    );
  });

  test('quantities of nothing, below nothing, in parts of a piece, or beyond any shop', async () => {
    for (const quantity of [0, -1_000, Number.NaN, 1e15])
      expect(await refusalOf(() => till.changeQuantity(1, quantity))).toBe('quantity-out-of-bounds');
    expect(await refusalOf(() => till.changeQuantity(1, 1_500))).toBe('quantity-not-whole');
  });

  test('amounts that no register can add up', async () => {
    valueOf(till.overridePrice(1, 9_999_999_999_99, { reasonCode: 'damaged' }));
    expect(await refusalOf(() => till.changeQuantity(1, 99_999_000))).toBe('amount-too-large');
  });

  test('a step of nothing to round cash by is an error, never a sum', () => {
    expect(() => dueInCash(10_02, { stepMinor: 0 })).toThrow(RangeError);
    expect(() => dueInCash(10_02, { stepMinor: -5 })).toThrow(RangeError);
  });

  test('coupons that are over, unknown, empty, or there already', async () => {
    expect(await refusalOf(() => till.addCoupon('old'))).toBe('coupon-expired');
    expect(await refusalOf(() => till.addCoupon('NEVER'))).toBe('coupon-unknown');
    expect(await refusalOf(() => till.addCoupon('  '))).toBe('coupon-missing');
    valueOf(till.addCoupon('good'));
    expect(await refusalOf(() => till.addCoupon('GOOD'))).toBe('coupon-already-there');
  });

  test('payments of nothing, below nothing, without end, or by a card that nobody approved', async () => {
    for (const amount of [0, -1, 0.5, Number.NaN])
      expect(await refusalOf(() => till.addTender({ kind: 'cash', tenderedMinor: amount }))).toBe(
        'amount-out-of-bounds',
      );
    expect(await refusalOf(() => till.addTender({ kind: 'cash', tenderedMinor: 4_006_381_333_931 }))).toBe(
      'over-tendered',
    );
    expect(
      await refusalOf(() => till.addTender({ kind: 'voucher', number: 'GIFT1', amountMinor: 2_00 })),
    ).toBe('more-than-due');
    expect(
      await refusalOf(() => till.addTender({ kind: 'voucher', number: '<script>', amountMinor: 1_00 })),
    ).toBe('voucher-number-missing');
    expect(
      await refusalOf(() => till.addTender({ kind: 'foreign-cash', currency: 'XXX', foreignMinor: 1_00 })),
    ).toBe('currency-not-taken');
    expect(await refusalOf(() => till.completeSale({ tenders: exactCash(1_00) }))).toBe('under-tendered');
    expect(await refusalOf(() => till.completeSale({ tenders: exactCash(2_00) }))).toBe('over-tendered');
    expect(
      await refusalOf(() =>
        till.completeSale({
          tenders: [{ kind: 'cash', amountMinor: 1_99, tenderedMinor: 1_00, changeMinor: 0 }],
        }),
      ),
    ).toBe('tender-inconsistent');
    expect(
      await refusalOf(() =>
        till.completeSale({
          tenders: [{ kind: 'card', amountMinor: 1_99, tenderedMinor: 0, changeMinor: 0 }],
        }),
      ),
    ).toBe('card-not-approved');
  });

  test('PINs tried one after the other: waiting, then locked, and the right one too late', async () => {
    const seen = new Set<string>();
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const outcome = await till.signOn(asOperatorId('o2'), String(1_000 + attempt));
      if (!outcome.ok) seen.add(outcome.reason);
    }
    expect([...seen]).toContain('pin-wrong');
    expect([...seen].some((reason) => reason === 'pin-wait' || reason === 'pin-locked')).toBe(true);
    const late = await till.signOn(asOperatorId('o2'), '2222');
    expect(late.ok).toBe(false);
    expect(till.operator.value?.id).toBe('o1');
  });

  test('a clock set back by a year: the sale is numbered and added up as ever', async () => {
    const first = valueOf(await till.completeSale({ tenders: exactCash(1_99) }));
    clock = () => new Date(Date.now() - 365 * 86_400_000);
    valueOf(till.addItem(MILK));
    const second = valueOf(await till.completeSale({ tenders: exactCash(1_99) }));
    expect(second.fact.sequence).toBeGreaterThan(first.fact.sequence);
    expect(second.fact.previousHash).not.toBe(first.fact.previousHash);
    expect(await till.drained(60_000)).toBe(true);
  });
});

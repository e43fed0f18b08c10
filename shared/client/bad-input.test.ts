// What cashiers, settings and clocks get wrong, at a whole till: each of it is refused with a sentence in every language of the screens,
// and neither the cart nor the journal is touched by it.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  aPage,
  anItem,
  anOperator,
  aSettings,
  exactCash,
  verifyPlainPin,
} from '../../tests/support/a-shop.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import { untilWithin } from '../../tests/support/until.ts';
import { asOperatorId } from '../domain/ids.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation } from './headless.ts';

const until = untilWithin(60_000);
const DAY_MS = 86_400_000;
const THING = anItem(0, { priceMinor: 10_00 });
const OPEN = anItem(1, { priceMinor: 0, openPrice: { minMinor: 1, maxMinor: 999_99 } });
const COUPONS = [
  { code: 'OVER', more: [{ kind: 'days', from: '2020-01-01', to: '2020-12-31' }] },
  { code: 'ONCE', limit: 'once', more: [] },
];
const SENTENCES = ['en', 'fa'].map((language) => {
  const text = readFileSync(new URL(`../ui/messages/${language}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as Readonly<Record<string, string>>;
});

let server: FakeSyncServer;
let till: RunningWorkstation;
const clock = { shiftMs: 0 };

beforeEach(async () => {
  clock.shiftMs = 0;
  server = createFakeSyncServer();
  const settings = aSettings();
  server.put('settings', {
    id: 'store',
    ...settings,
    store: { ...settings.store, maySellWithoutTill: true },
  });
  server.put('staff', { ...anOperator() });
  server.put('staff', { ...anOperator({ id: asOperatorId('o2'), number: 2, pinVerifier: 'plain:2222' }) });
  server.put('catalogue_pages', aPage([THING, OPEN]));
  for (const { code, more, ...limit } of COUPONS) {
    const body = {
      id: code,
      name: code,
      priority: 0,
      scope: {},
      conditions: [{ kind: 'coupon', code, ...limit }, ...more],
      reward: { kind: 'amount-off-sum', amountMinor: 1_00 },
    };
    server.put('promotions', { id: code, type: 'promotion', body });
  }
  till = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device: createHeadlessDevice(),
    replace: {
      fetch: server.fetch,
      verifyPin: verifyPlainPin,
      now: () => new Date(Date.now() + clock.shiftMs),
    },
  });
  await till.started;
  valueOf(await till.enrolInDemoStore());
  await until(() => till.operators.value.length === 2 && till.settings.value !== null, 'staff and settings');
  await until(() => till.priceBook.value.promotions.length === COUPONS.length, 'promotions');
  await until(() => till.status.value.catalogue.phase === 'ready', 'catalogue');
  valueOf(await till.signOn(anOperator().id, '1234'));
  valueOf(till.addItem(THING));
});
afterEach(() => till.close());

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}

/** Why it is refused: there is a sentence for it in both languages, and cart and journal are as they were. */
async function refusal(work: () => Outcome<unknown> | Promise<Outcome<unknown>>): Promise<string> {
  const before = { cart: till.cart.value?.cart, head: till.journalHead() };
  const outcome = await work();
  const reason = outcome.ok ? 'not refused' : outcome.reason;
  for (const sentences of SENTENCES) expect(sentences[`refusal.${reason}`]).toBeTypeOf('string');
  expect({ cart: till.cart.value?.cart, head: till.journalHead() }).toEqual(before);
  return reason;
}

describe('amounts and quantities', () => {
  test('a price of ten digits, and one below nothing', async () => {
    expect(await refusal(() => till.addItem(OPEN, { unitPriceMinor: 9_999_999_999 }))).toBe(
      'open-price-out-of-limits',
    );
    expect(await refusal(() => till.addItem(OPEN, { unitPriceMinor: -1 }))).toBe('price-out-of-bounds');
    const action = { reasonCode: 'mistake' };
    expect(await refusal(() => till.overridePrice(1, 99_999_999_999_999, action))).toBe(
      'price-out-of-bounds',
    );
    expect(await refusal(() => till.overridePrice(1, Number.NaN, action))).toBe('price-out-of-bounds');
  });

  test('a negative quantity, none, half a piece, and more than is counted', async () => {
    for (const quantity of [-1000, 0, Number.NaN, Number.POSITIVE_INFINITY, 10 ** 15]) {
      expect(await refusal(() => till.addItem(THING, { quantityMilli: quantity }))).toBe(
        'quantity-out-of-bounds',
      );
      expect(await refusal(() => till.changeQuantity(1, quantity))).toBe('quantity-out-of-bounds');
    }
    expect(await refusal(() => till.changeQuantity(1, 1500))).toBe('quantity-not-whole');
  });

  test('money that is no amount, and a discount below nothing or above everything', async () => {
    expect(await refusal(() => till.addTender({ kind: 'cash', tenderedMinor: -5 }))).toBe(
      'amount-out-of-bounds',
    );
    expect(await refusal(() => till.addTender({ kind: 'cash', tenderedMinor: Number.NaN }))).toBe(
      'amount-out-of-bounds',
    );
    const action = { reasonCode: 'mistake' };
    expect(await refusal(() => till.discountCart({ ratePpm: 1_000_001 }, action))).toBe(
      'discount-out-of-bounds',
    );
    expect(await refusal(() => till.discountCart({ amountMinor: -1 }, action))).toBe(
      'discount-out-of-bounds',
    );
  });

  test('a step of cash of 0 in the settings rounds to the smallest coin', async () => {
    const settings = aSettings();
    const store = { ...settings.store, maySellWithoutTill: true, cashRoundingStepMinor: 0 };
    server.put('settings', { id: 'store', ...settings, store });
    await until(() => till.settings.value?.store.cashRoundingStepMinor === 0, 'the settings');
    expect(till.cart.value?.dueInCashMinor).toBe(10_00);
    valueOf(await till.completeSale({ tenders: exactCash(10_00) }));
  });
});

describe('coupons', () => {
  test('one that is over, one that nobody knows, and one that was used', async () => {
    expect(await refusal(() => till.addCoupon('OVER'))).toBe('coupon-expired');
    expect(await refusal(() => till.addCoupon('NOPE'))).toBe('coupon-unknown');
    valueOf(till.addCoupon('ONCE'));
    expect(await refusal(() => till.addCoupon('ONCE'))).toBe('coupon-already-there');
    valueOf(await till.completeSale({ tenders: exactCash(till.cart.value?.dueMinor ?? 0) }));
    valueOf(till.addItem(THING));
    expect(await refusal(() => till.claimCode('coupon', 'ONCE'))).toBe('coupon-used');
    valueOf(till.addCoupon('ONCE'));
    expect(
      await refusal(() => till.completeSale({ tenders: exactCash(till.cart.value?.dueMinor ?? 0) })),
    ).toBe('coupon-used');
  });
});

describe('clocks', () => {
  test('set back by a day: the sale is made, the journal goes on, and people are told', async () => {
    valueOf(await till.completeSale({ tenders: exactCash(10_00) }));
    clock.shiftMs = -DAY_MS;
    valueOf(till.addItem(THING));
    const { fact } = valueOf(await till.completeSale({ tenders: exactCash(10_00) }));
    expect(fact.sequence).toBeGreaterThan(1);
    await until(() => till.status.value.pendingCount === 0, 'delivered');
    expect(server.facts().filter(({ kind }) => kind === 'transaction-completed')).toHaveLength(2);
    // What the status bar says of the clock, and what every price from now on is judged by.
    const differenceMs = till.status.value.clockDifferenceMs ?? 0;
    expect(Math.abs(differenceMs)).toBeGreaterThan(DAY_MS / 2);
  });
});

describe('PINs', () => {
  test('guessed at: each try is written down, and after a few of them nobody may try for a while', async () => {
    const tries: string[] = [];
    for (let guess = 0; guess < 8; guess += 1) {
      const outcome = await till.signOn(asOperatorId('o2'), String(3000 + guess));
      tries.push(outcome.ok ? 'ok' : outcome.reason);
    }
    expect(tries[0]).toBe('pin-wrong');
    expect(tries.at(-1)).toBe('pin-wait');
    expect(tries).not.toContain('ok');
    // The right one does not help either while the lock holds.
    expect(await till.signOn(asOperatorId('o2'), '2222')).toMatchObject({ ok: false, reason: 'pin-wait' });
    for (const sentences of SENTENCES) expect(sentences['refusal.pin-wait']).toBeTypeOf('string');
    await until(() => till.status.value.pendingCount === 0, 'delivered');
    const failed = server.facts().filter(({ kind }) => kind === 'pin-failed').length;
    expect(failed).toBe(tries.filter((reason) => reason === 'pin-wrong').length);
    expect(till.cart.value?.cart.lines).toHaveLength(1);
  });
});

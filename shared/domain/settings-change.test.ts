import { expect, test } from 'vitest';
import { someSettings } from '../../tests/support/domain-builders.ts';
import { ratesAt } from './foreign-cash.ts';
import { changeStore } from './settings-change.ts';

const { store } = someSettings();
const at = (now: string) => ({ now, setBy: 'Elena' });
const dollar = (rateMicro: number) =>
  ({ kind: 'exchange-rate', currency: 'USD', rateMicro, perUnits: 1 }) as const;

test('a rate counts from now on, the one before it is kept, and an ended currency is no longer taken', () => {
  const first = changeStore(store, dollar(920_000), at('2026-03-02T08:00:00.000Z'));
  if (!first.ok) throw new Error(first.reason);
  const second = changeStore(first.value, dollar(910_000), at('2026-03-03T08:00:00.000Z'));
  if (!second.ok) throw new Error(second.reason);
  const rates = second.value.exchangeRates ?? [];
  expect(rates.map(({ rateMicro, setBy }) => [rateMicro, setBy])).toEqual([
    [920_000, 'Elena'],
    [910_000, 'Elena'],
  ]);
  const rateOn = (now: string) => ratesAt(rates, now).map(({ rateMicro }) => rateMicro);
  expect(rateOn('2026-03-02T12:00:00.000Z')).toEqual([920_000]);
  expect(rateOn('2026-03-03T12:00:00.000Z')).toEqual([910_000]);
  const ended = changeStore(
    second.value,
    { kind: 'exchange-rate-ended', currency: 'USD' },
    at('2026-03-04T08:00:00.000Z'),
  );
  if (!ended.ok) throw new Error(ended.reason);
  expect(ratesAt(ended.value.exchangeRates ?? [], '2026-03-04T09:00:00.000Z')).toEqual([]);
  expect(ended.value.exchangeRates).toHaveLength(2);
});

test("the shop's own currency has no rate, and what is not taken cannot end", () => {
  const now = at('2026-03-02T08:00:00.000Z');
  expect(changeStore(store, { ...dollar(1), currency: 'EUR' }, now)).toMatchObject({
    reason: 'rate-own-currency',
  });
  expect(changeStore(store, { kind: 'exchange-rate-ended', currency: 'USD' }, now)).toMatchObject({
    reason: 'rate-not-taken',
  });
});

test('points are given for so much spent, and no longer when that is taken away', () => {
  const now = at('2026-03-02T08:00:00.000Z');
  const given = changeStore(store, { kind: 'points', spendMinor: 5_00 }, now);
  if (!given.ok) throw new Error(given.reason);
  expect(given.value.points).toEqual({ spendMinor: 5_00 });
  const taken = changeStore(given.value, { kind: 'points', spendMinor: null }, now);
  expect(taken.ok && 'points' in taken.value).toBe(false);
});

test('what the till asks is changed as a whole', () => {
  const change = { kind: 'till-rules', maySellWithoutTill: true, reasonsAskedFor: ['remove-line'] } as const;
  expect(changeStore(store, change, at('2026-03-02T08:00:00.000Z'))).toMatchObject({
    value: { maySellWithoutTill: true, reasonsAskedFor: ['remove-line'] },
  });
});

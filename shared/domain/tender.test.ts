import { describe, expect, test } from 'vitest';
import type { Tender } from './transaction.ts';
import { checkTenders, dueInCash, exactTender, quickAmounts, settleInCash } from './tender.ts';

const CENT = { stepMinor: 1 };
const FIVE = { stepMinor: 5 };
const cash = (amountMinor: number, changeMinor = 0): Tender => ({
  kind: 'cash',
  amountMinor,
  tenderedMinor: Math.max(0, amountMinor) + changeMinor,
  changeMinor,
});

describe('cash', () => {
  test('20.00 for 12.34 gives 7.66 back', () => {
    expect(settleInCash(12_34, 20_00, CENT)).toEqual({
      ok: true,
      value: {
        tenders: [{ kind: 'cash', amountMinor: 12_34, tenderedMinor: 20_00, changeMinor: 7_66 }],
        cashRoundingMinor: 0,
      },
    });
  });

  test('where the smallest coin is 0.05, 12.33 is paid with 12.35 and 12.32 with 12.30', () => {
    expect(settleInCash(12_33, 12_35, FIVE)).toMatchObject({ ok: true, value: { cashRoundingMinor: 2 } });
    expect(settleInCash(12_32, 12_30, FIVE)).toMatchObject({ ok: true, value: { cashRoundingMinor: -2 } });
    expect(dueInCash(-12_33, FIVE)).toBe(-12_35);
  });

  test('less than what is due is refused and says how much is missing', () => {
    expect(settleInCash(12_34, 10_00, CENT)).toMatchObject({
      reason: 'under-tendered',
      details: { missingMinor: 2_34 },
    });
    expect(settleInCash(12_34, Number.NaN, CENT)).toMatchObject({ reason: 'under-tendered' });
  });

  test('a barcode scanned into the amount is refused', () => {
    expect(settleInCash(12_34, 4_006_381_333_931, CENT)).toMatchObject({ reason: 'over-tendered' });
  });

  test('a large note for a small thing is not', () => {
    expect(settleInCash(5, 500_00, CENT).ok).toBe(true);
  });

  test('money that goes back has no change', () => {
    expect(settleInCash(-12_33, 0, FIVE)).toEqual({
      ok: true,
      value: {
        tenders: [{ kind: 'cash', amountMinor: -12_35, tenderedMinor: 0, changeMinor: 0 }],
        cashRoundingMinor: -2,
      },
    });
  });

  test('nothing due needs no tender', () => {
    expect(settleInCash(0, 0, CENT)).toEqual({ ok: true, value: { tenders: [], cashRoundingMinor: 0 } });
  });
});

describe('tenders of a transaction', () => {
  test('card for a part, cash for the rest: only the cash part is rounded', () => {
    const tenders = [exactTender('card', 68), cash(15_05)];
    expect(checkTenders(15_72, tenders, FIVE)).toEqual({
      ok: true,
      value: { tenders, cashRoundingMinor: 1 },
    });
  });

  test('card alone settles to the cent', () => {
    expect(checkTenders(15_72, [exactTender('card', 15_72)], FIVE)).toMatchObject({
      ok: true,
      value: { cashRoundingMinor: 0 },
    });
  });

  test.each([
    ['under-tendered', 10_00, [exactTender('card', 9_00)]],
    ['under-tendered', 10_00, []],
    ['over-tendered', 10_00, [exactTender('card', 11_00)]],
    ['under-tendered', 10_00, [cash(9_00, 1_00)]],
    ['tender-wrong-direction', 10_00, [cash(-1_00), exactTender('card', 11_00)]],
    ['tender-wrong-direction', -10_00, [cash(10_00)]],
    ['tender-wrong-direction', 0, [cash(10_00)]],
    [
      'tender-inconsistent',
      10_00,
      [{ ...exactTender('card', 10_00), tenderedMinor: 12_00, changeMinor: 2_00 }],
    ],
    ['tender-inconsistent', 10_00, [{ ...cash(10_00), changeMinor: 1_00 }]],
    ['tender-inconsistent', 10_00, [{ ...cash(10_00), tenderedMinor: 0.5 }]],
    ['over-tendered', -10_00, [cash(-11_00)]],
    ['under-tendered', -10_00, [cash(-9_00)]],
    ['too-many-tenders', 17, Array.from({ length: 17 }, () => cash(1))],
  ] as const)('are refused: %s', (reason, dueMinor, tenders) => {
    expect(checkTenders(dueMinor, tenders, CENT)).toMatchObject({ ok: false, reason });
  });

  test('a debt written off needs nothing across the counter', () => {
    const written: Tender = { kind: 'bad-debt', amountMinor: 10_00, tenderedMinor: 0, changeMinor: 0 };
    expect(checkTenders(10_00, [written], CENT).ok).toBe(true);
  });
});

describe('quick amounts', () => {
  test.each([
    [12_37, 1, [12_37, 15_00, 20_00, 50_00, 100_00]],
    [3_20, 5, [3_20, 3_50, 4_00, 5_00, 10_00]],
    [87_50, 1, [87_50, 90_00, 100_00]],
    [1_254_000, 1, [1_254_000, 1_500_000, 2_000_000, 5_000_000, 10_000_000]],
    [12_33, 5, [12_35, 15_00, 20_00, 50_00, 100_00]],
    [0, 1, []],
    [-5_00, 1, []],
  ])('for %i in steps of %i', (dueMinor, stepMinor, expected) => {
    expect(quickAmounts(dueMinor, { stepMinor })).toEqual(expected);
  });
});

import { describe, expect, test } from 'vitest';
import { foreignCashAt } from './foreign-cash.ts';
import { checkDraft, positionOf, voucherNumber, type TenderDraft } from './settle-tenders.ts';
import { checkTenders } from './tender.ts';

const CENT = { stepMinor: 1 };
const FIVE = { stepMinor: 5 };
const cash = (tenderedMinor: number): TenderDraft => ({ kind: 'cash', tenderedMinor });
const card = (amountMinor: number, attemptId = 'a1'): TenderDraft => ({
  kind: 'card',
  amountMinor,
  card: { attemptId, terminalId: 't1' },
});
const voucher = (amountMinor: number, number = 'GIFT1'): TenderDraft => ({
  kind: 'voucher',
  number,
  amountMinor,
});
/** A dollar is 0.92 euro. */
const dollars = (foreignMinor: number): TenderDraft => ({
  kind: 'foreign-cash',
  foreign: foreignCashAt({ currency: 'USD', rateMicro: 920_000, perUnits: 1 }, foreignMinor, 'EUR'),
});

describe('tenders in any mix', () => {
  test('card, voucher and cash settle a sale; the change comes from the cash', () => {
    const drafts = [card(20_00), voucher(5_00), cash(10_00)];
    const position = positionOf(32_50, drafts, CENT);
    expect(position).toMatchObject({
      isSettled: true,
      changeMinor: 2_50,
      remainingMinor: 0,
      cashRoundingMinor: 0,
    });
    expect(position.tenders).toMatchObject([
      { kind: 'card', amountMinor: 20_00, changeMinor: 0 },
      { kind: 'voucher', amountMinor: 5_00, changeMinor: 0, voucher: { number: 'GIFT1' } },
      { kind: 'cash', amountMinor: 7_50, tenderedMinor: 10_00, changeMinor: 2_50 },
    ]);
    expect(checkTenders(32_50, position.tenders, CENT).ok).toBe(true);
  });

  test('what is still missing is told for cards exactly and for cash by the cash step', () => {
    expect(positionOf(10_02, [card(5_00)], FIVE)).toMatchObject({
      isSettled: false,
      remainingMinor: 5_02,
      remainingInCashMinor: 5_00,
      changeMinor: 0,
    });
  });

  test('only the part that is paid in cash is rounded, and the rounding stands on its own', () => {
    const { tenders, cashRoundingMinor, changeMinor } = positionOf(10_02, [card(5_00), cash(10_00)], FIVE);
    expect({ cashRoundingMinor, changeMinor }).toEqual({ cashRoundingMinor: -2, changeMinor: 5_00 });
    expect(checkTenders(10_02, tenders, FIVE)).toMatchObject({ ok: true, value: { cashRoundingMinor: -2 } });
  });

  test('several sums of cash count as one; the change comes out of the last', () => {
    const { tenders } = positionOf(17_00, [cash(10_00), cash(10_00)], CENT);
    expect(tenders).toMatchObject([
      { amountMinor: 10_00, changeMinor: 0 },
      { amountMinor: 7_00, changeMinor: 3_00 },
    ]);
  });

  test('a card that is exactly what is left needs no cash and no rounding', () => {
    expect(positionOf(10_02, [card(10_02)], FIVE)).toMatchObject({ isSettled: true, cashRoundingMinor: 0 });
  });

  test('money back: to the card what came from it, the rest in cash', () => {
    const { tenders, isSettled } = positionOf(-15_00, [card(-10_00), cash(0)], CENT);
    expect(isSettled).toBe(true);
    expect(tenders).toMatchObject([
      { kind: 'card', amountMinor: -10_00, tenderedMinor: 0 },
      { kind: 'cash', amountMinor: -5_00, tenderedMinor: 0, changeMinor: 0 },
    ]);
    expect(checkTenders(-15_00, tenders, CENT).ok).toBe(true);
  });
});

describe('foreign cash', () => {
  test('counts by its rate, and its change is given in the own currency', () => {
    const { tenders, changeMinor } = positionOf(40_00, [dollars(50_00)], CENT);
    expect(changeMinor).toBe(6_00);
    expect(tenders).toMatchObject([
      {
        kind: 'foreign-cash',
        tenderedMinor: 46_00,
        changeMinor: 6_00,
        amountMinor: 40_00,
        foreign: { foreignMinor: 50_00 },
      },
    ]);
    expect(checkTenders(40_00, tenders, CENT).ok).toBe(true);
  });

  test('its change is payable in the coins there are', () => {
    const { tenders, changeMinor, cashRoundingMinor } = positionOf(40_02, [dollars(50_00)], FIVE);
    expect({ changeMinor, cashRoundingMinor }).toEqual({ changeMinor: 6_00, cashRoundingMinor: -2 });
    expect(checkTenders(40_02, tenders, FIVE)).toMatchObject({ ok: true, value: { cashRoundingMinor: -2 } });
  });

  test('a value that does not fit its rate is refused', () => {
    const [tender] = positionOf(46_00, [dollars(50_00)], CENT).tenders;
    if (tender === undefined) throw new Error('no tender');
    expect(
      checkTenders(47_00, [{ ...tender, tenderedMinor: 47_00, amountMinor: 47_00 }], CENT),
    ).toMatchObject({
      ok: false,
      reason: 'tender-inconsistent',
    });
  });
});

describe('what is refused before it is taken', () => {
  const refused = (due: number, drafts: readonly TenderDraft[], draft: TenderDraft) => {
    const outcome = checkDraft(due, drafts, { draft, cash: CENT });
    return outcome.ok ? 'taken' : outcome.reason;
  };

  test.each([
    ['anything once all is paid', [cash(10_00)], cash(5_00), 'nothing-due'],
    ['a card above what is left', [cash(5_00)], card(5_01), 'more-than-due'],
    ['a voucher above what is left', [], voucher(10_01), 'more-than-due'],
    ['the same voucher twice', [voucher(2_00)], voucher(3_00), 'voucher-already-there'],
    ['a voucher without a number', [], voucher(3_00, ''), 'voucher-number-missing'],
    ['cash of nothing', [], cash(0), 'amount-out-of-bounds'],
    ['cash below nothing', [], cash(-5_00), 'amount-out-of-bounds'],
    ['a card of nothing', [], card(0), 'amount-out-of-bounds'],
    ['half a cent', [], cash(0.5), 'amount-out-of-bounds'],
    ['a scanned code as cash', [], cash(4_006_381_333_931), 'over-tendered'],
    ['foreign cash below nothing', [], dollars(-1_00), 'amount-out-of-bounds'],
  ])('%s', (_, drafts, draft, reason) => {
    expect(refused(10_00, drafts, draft)).toBe(reason);
  });

  test('a card for part of it, and cash above it, are taken', () => {
    expect(refused(10_00, [], card(4_00))).toBe('taken');
    expect(refused(10_00, [card(4_00)], cash(50_00))).toBe('taken');
  });

  test('no more than is owed goes back to a card', () => {
    expect(refused(-10_00, [], card(-10_01))).toBe('more-than-due');
    expect(refused(-10_00, [], card(-10_00))).toBe('taken');
  });
});

test('numbers of vouchers are kept as capitals and digits, however they were typed', () => {
  expect(voucherNumber(' gift-12 34 ')).toBe('GIFT1234');
  expect(voucherNumber('۱۲۳۴')).toBe(null);
  expect(voucherNumber('abc')).toBe(null);
  expect(voucherNumber('A'.repeat(41))).toBe(null);
});

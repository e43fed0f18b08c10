// Tenders as they are collected at the counter, before the sale is final: each may come and go, in any order. What is still
// missing, what the change is and what cash rounding adds follow from the set alone, never from the order.
//
//   due − cards − vouchers − foreign cash = left    left, rounded to the cash step, is settled in the store's own cash
//   change = own cash handed over − that

import { FOREIGN_MAX_MINOR, valueOfForeign } from './foreign-cash.ts';
import { addAmounts, sumAmounts } from './money.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import { dueInCash, tenderedLimit, TENDERS_MAX, type CashRounding } from './tender.ts';
import type { CardDetails, ForeignCash, Tender } from './transaction.ts';

export type TenderDraft =
  /** What is handed over; when money goes back, 0: the whole rest goes back in cash. */
  | { readonly kind: 'cash'; readonly tenderedMinor: number }
  | { readonly kind: 'foreign-cash'; readonly foreign: ForeignCash }
  | { readonly kind: 'voucher'; readonly number: string; readonly amountMinor: number }
  /** Approved already, so it can be reversed but not taken away. Negative when money goes back to the card. */
  | { readonly kind: 'card'; readonly amountMinor: number; readonly card: CardDetails };

export type TenderPosition = {
  /** What the transaction would hold if it were final now; change is given only once everything is settled. */
  readonly tenders: readonly Tender[];
  /** Still to come, to the minor unit, as a card or a voucher pays it; negative: still to give back. */
  readonly remainingMinor: number;
  /** The same as cash pays it, rounded to the cash step. */
  readonly remainingInCashMinor: number;
  readonly changeMinor: number;
  readonly cashRoundingMinor: number;
  readonly isSettled: boolean;
};

export type DraftRefusal =
  | 'nothing-due'
  | 'amount-out-of-bounds'
  | 'over-tendered'
  | 'more-than-due'
  | 'too-many-tenders'
  | 'voucher-number-missing'
  | 'voucher-already-there';

/** Characters of a voucher's number, after what people write between them is left out. */
const VOUCHER_NUMBER = /^[A-Z0-9]{4,40}$/;

/** The number of a voucher as it is kept: capitals and digits, whatever was typed or scanned; null when it is none. */
export function voucherNumber(typed: string): string | null {
  const number = typed
    .normalize('NFKC')
    .replace(/[\s._-]/g, '')
    .toUpperCase();
  return VOUCHER_NUMBER.test(number) ? number : null;
}

/** Where the tenders stand against what is due. */
export function positionOf(
  dueMinor: number,
  drafts: readonly TenderDraft[],
  cash: CashRounding,
): TenderPosition {
  const hasCash = drafts.some(({ kind }) => kind === 'cash' || kind === 'foreign-cash');
  const cashInMinor = sumAmounts(drafts.map((draft) => (draft.kind === 'cash' ? draft.tenderedMinor : 0)));
  const leftMinor = addAmounts(dueMinor, -sumAmounts(drafts.map(valueBesidesCash)));
  const inCashMinor = dueInCash(leftMinor, cash);
  if (dueMinor < 0) return positionOfRefund(drafts, { leftMinor, inCashMinor, hasCash });
  const missingInCashMinor = Math.max(0, addAmounts(inCashMinor, -cashInMinor));
  const isSettled = hasCash ? missingInCashMinor === 0 : leftMinor === 0;
  const changeMinor = isSettled && hasCash ? addAmounts(cashInMinor, -inCashMinor) : 0;
  return {
    tenders: withChange(drafts, changeMinor),
    remainingMinor: isSettled ? 0 : addAmounts(leftMinor, -cashInMinor),
    remainingInCashMinor: isSettled ? 0 : missingInCashMinor,
    changeMinor,
    cashRoundingMinor: isSettled && hasCash ? addAmounts(inCashMinor, -leftMinor) : 0,
    isSettled,
  };
}

/**
 * May this tender be added to those that are there? Refuses `nothing-due` once everything is settled, `more-than-due`
 * {dueMinor} for a card or voucher above what is left, and `over-tendered` {dueMinor, tenderedMinor} for cash so far above
 * it that it must be a slip.
 */
export function checkDraft(
  dueMinor: number,
  drafts: readonly TenderDraft[],
  given: { readonly draft: TenderDraft; readonly cash: CashRounding },
): Outcome<null, DraftRefusal> {
  const { draft, cash } = given;
  const { remainingMinor, remainingInCashMinor, isSettled } = positionOf(dueMinor, drafts, cash);
  if (isSettled && dueMinor !== 0) return refuse('nothing-due');
  if (drafts.length >= TENDERS_MAX) return refuse('too-many-tenders', { maxTenders: TENDERS_MAX });
  if (dueMinor < 0) return checkRefundDraft(draft, drafts, remainingMinor);
  if (remainingMinor <= 0 && remainingInCashMinor <= 0) return refuse('nothing-due');
  if (draft.kind === 'cash') {
    // Less than the smallest coin is left over: cash settles it with nothing.
    if (remainingInCashMinor === 0 && draft.tenderedMinor === 0) return accept(null);
    return checkHandedOver(draft.tenderedMinor, remainingInCashMinor);
  }
  if (draft.kind === 'foreign-cash') {
    // The change of what is not even a coin would be more than was handed over.
    if (remainingInCashMinor <= 0) return refuse('nothing-due');
    const { foreignMinor } = draft.foreign;
    const isPossible = isAmount(foreignMinor) && foreignMinor <= FOREIGN_MAX_MINOR;
    if (!isPossible) return refuse('amount-out-of-bounds', { maxMinor: FOREIGN_MAX_MINOR });
    const valueMinor = valueOfForeign(draft.foreign);
    return checkHandedOver(valueMinor, Math.max(remainingMinor, remainingInCashMinor));
  }
  if (!isAmount(draft.amountMinor)) return refuse('amount-out-of-bounds', { maxMinor: remainingMinor });
  if (draft.amountMinor > remainingMinor) {
    return refuse('more-than-due', { dueMinor: remainingMinor });
  }
  if (draft.kind === 'card') return accept(null);
  if (voucherNumber(draft.number) !== draft.number) return refuse('voucher-number-missing');
  const isThere = drafts.some((one) => one.kind === 'voucher' && one.number === draft.number);
  return isThere ? refuse('voucher-already-there', { number: draft.number }) : accept(null);
}

function positionOfRefund(
  drafts: readonly TenderDraft[],
  given: { readonly leftMinor: number; readonly inCashMinor: number; readonly hasCash: boolean },
): TenderPosition {
  const { leftMinor, inCashMinor, hasCash } = given;
  let cashLeftMinor = inCashMinor;
  const tenders = drafts.map((draft): Tender => {
    if (draft.kind !== 'cash') return tenderOf(draft, 0);
    const amountMinor = cashLeftMinor;
    cashLeftMinor = 0;
    return { kind: 'cash', amountMinor, tenderedMinor: 0, changeMinor: 0 };
  });
  return {
    tenders,
    remainingMinor: hasCash ? 0 : leftMinor,
    remainingInCashMinor: hasCash ? 0 : inCashMinor,
    changeMinor: 0,
    cashRoundingMinor: hasCash ? addAmounts(inCashMinor, -leftMinor) : 0,
    isSettled: hasCash || leftMinor === 0,
  };
}

// Change comes out of the cash that was handed over last, the store's own first; never more than was handed over.
function withChange(drafts: readonly TenderDraft[], changeMinor: number): readonly Tender[] {
  let leftMinor = changeMinor;
  const changes = drafts.map(() => 0);
  for (const kind of ['cash', 'foreign-cash'] as const) {
    for (const [place, draft] of [...drafts.entries()].reverse()) {
      if (draft.kind !== kind) continue;
      const given = Math.max(0, Math.min(leftMinor, handedOver(draft)));
      changes[place] = given;
      leftMinor = addAmounts(leftMinor, -given);
    }
  }
  return drafts.map((draft, place) => tenderOf(draft, changes[place] ?? 0));
}

function tenderOf(draft: TenderDraft, changeMinor: number): Tender {
  const { kind } = draft;
  switch (kind) {
    case 'cash': {
      const { tenderedMinor } = draft;
      return { kind, amountMinor: addAmounts(tenderedMinor, -changeMinor), tenderedMinor, changeMinor };
    }
    case 'foreign-cash': {
      const tenderedMinor = valueOfForeign(draft.foreign);
      const amountMinor = addAmounts(tenderedMinor, -changeMinor);
      return { kind, amountMinor, tenderedMinor, changeMinor, foreign: draft.foreign };
    }
    case 'voucher': {
      const { amountMinor, number } = draft;
      const tenderedMinor = Math.max(0, amountMinor);
      return { kind, amountMinor, tenderedMinor, changeMinor: 0, voucher: { number } };
    }
    case 'card': {
      const { amountMinor, card } = draft;
      return { kind, amountMinor, tenderedMinor: Math.max(0, amountMinor), changeMinor: 0, card };
    }
  }
}

const handedOver = (draft: TenderDraft): number =>
  draft.kind === 'cash'
    ? draft.tenderedMinor
    : draft.kind === 'foreign-cash'
      ? valueOfForeign(draft.foreign)
      : 0;

const valueBesidesCash = (draft: TenderDraft): number =>
  draft.kind === 'cash'
    ? 0
    : draft.kind === 'foreign-cash'
      ? valueOfForeign(draft.foreign)
      : draft.amountMinor;

function checkHandedOver(
  tenderedMinor: number,
  missingMinor: number,
): Outcome<null, 'amount-out-of-bounds' | 'over-tendered'> {
  if (!isAmount(tenderedMinor)) return refuse('amount-out-of-bounds', { maxMinor: missingMinor });
  return tenderedMinor > tenderedLimit(missingMinor)
    ? refuse('over-tendered', { dueMinor: missingMinor, tenderedMinor })
    : accept(null);
}

/** Cash takes the whole rest; a card and a voucher are given exactly so much, and each voucher once. */
function checkRefundDraft(
  draft: TenderDraft,
  drafts: readonly TenderDraft[],
  remainingMinor: number,
): Outcome<null, DraftRefusal> {
  if (draft.kind !== 'card' && draft.kind !== 'voucher') return accept(null);
  const amount = checkRefundAmount(draft, remainingMinor);
  if (!amount.ok || draft.kind === 'card') return amount;
  if (voucherNumber(draft.number) !== draft.number) return refuse('voucher-number-missing');
  const isThere = drafts.some((one) => one.kind === 'voucher' && one.number === draft.number);
  return isThere ? refuse('voucher-already-there', { number: draft.number }) : accept(null);
}

function checkRefundAmount(
  draft: { readonly amountMinor: number },
  remainingMinor: number,
): Outcome<null, 'amount-out-of-bounds' | 'more-than-due'> {
  const { amountMinor } = draft;
  if (!Number.isSafeInteger(amountMinor) || amountMinor >= 0) {
    return refuse('amount-out-of-bounds', { maxMinor: remainingMinor });
  }
  return amountMinor < remainingMinor ? refuse('more-than-due', { dueMinor: -remainingMinor }) : accept(null);
}

const isAmount = (amountMinor: number): boolean => Number.isSafeInteger(amountMinor) && amountMinor > 0;

// How a transaction is settled. The sum of the tenders is what is due, to the minor unit; only what is paid in cash
// is rounded to the cash step, last of all, so that card and other tenders settle the exact amount. Change comes
// from cash alone, also from foreign cash, and always in the store's own. Signs: money in is positive, money back negative.

import { isRate, valueOfForeign } from './foreign-cash.ts';
import { addAmounts, checkedAmount, roundToStep } from './money.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import type { Tender } from './transaction.ts';

/** Tenders of one transaction. */
export const TENDERS_MAX = 16;

/** How cash is rounded: to multiples of `stepMinor`; half-up unless the country says otherwise. */
export type CashRounding = {
  readonly stepMinor: number;
  readonly mode?: 'half-up' | 'half-even' | 'down' | 'up';
};

export type Settlement = { readonly tenders: readonly Tender[]; readonly cashRoundingMinor: number };

export type TenderRefusal =
  | 'under-tendered'
  | 'over-tendered'
  | 'tender-wrong-direction'
  | 'tender-inconsistent'
  | 'voucher-already-there'
  | 'too-many-tenders';

/** What is to be paid (or given back) in cash for an amount: the amount rounded to the cash step. */
export function dueInCash(dueMinor: number, cash: CashRounding): number {
  return roundToStep(dueMinor, cash.stepMinor, cash.mode ?? 'half-up');
}

/**
 * Settles the whole amount in cash. `tenderedMinor` is what the customer hands over (ignored when money goes back).
 * Refuses less than what is due, and a sum so far above it that it must be a slip of the fingers or a scanned code.
 */
export function settleInCash(
  dueMinor: number,
  tenderedMinor: number,
  cash: CashRounding,
): Outcome<Settlement, 'under-tendered' | 'over-tendered'> {
  const amountMinor = dueInCash(dueMinor, cash);
  const cashRoundingMinor = addAmounts(amountMinor, -dueMinor);
  if (amountMinor <= 0) {
    const tender: Tender = { kind: 'cash', amountMinor, tenderedMinor: 0, changeMinor: 0 };
    return accept({ tenders: dueMinor === 0 ? [] : [tender], cashRoundingMinor });
  }
  if (!Number.isSafeInteger(tenderedMinor) || tenderedMinor < amountMinor) {
    const missingMinor = Number.isSafeInteger(tenderedMinor) ? amountMinor - tenderedMinor : amountMinor;
    return refuse('under-tendered', { dueMinor: amountMinor, missingMinor });
  }
  if (tenderedMinor > tenderedLimit(amountMinor)) {
    return refuse('over-tendered', { dueMinor: amountMinor, tenderedMinor });
  }
  const changeMinor = tenderedMinor - amountMinor;
  return accept({
    tenders: [{ kind: 'cash', amountMinor, tenderedMinor, changeMinor }],
    cashRoundingMinor,
  });
}

/** A tender that settles its exact amount without change: card, or a debt written off. */
export function exactTender(
  kind: Exclude<Tender['kind'], 'cash' | 'foreign-cash'>,
  amountMinor: number,
): Tender {
  return {
    kind,
    amountMinor: checkedAmount(amountMinor),
    tenderedMinor: Math.max(0, amountMinor),
    changeMinor: 0,
  };
}

/**
 * Do these tenders settle `dueMinor` exactly? The store's own cash (what came in less the change of foreign cash) settles
 * what the others leave, rounded to the cash step; without any cash the sum is exact. Returns the tenders with what cash
 * rounding added or took.
 */
export function checkTenders(
  dueMinor: number,
  tenders: readonly Tender[],
  cash: CashRounding,
): Outcome<Settlement, TenderRefusal> {
  if (tenders.length > TENDERS_MAX) return refuse('too-many-tenders', { maxTenders: TENDERS_MAX });
  const doubled = doubledTender(tenders);
  if (doubled !== null) return doubled;
  let [drawerMinor, otherMinor, hasCash] = [0, 0, false];
  for (const tender of tenders) {
    const wrong = refusalOf(tender, dueMinor);
    if (wrong !== null) return wrong;
    const { kind, amountMinor, tenderedMinor, changeMinor } = tender;
    if (kind === 'cash') {
      hasCash = true;
      drawerMinor = addAmounts(drawerMinor, amountMinor);
    } else if (kind === 'foreign-cash') {
      hasCash = true;
      otherMinor = addAmounts(otherMinor, tenderedMinor);
      drawerMinor = addAmounts(drawerMinor, -changeMinor);
    } else {
      otherMinor = addAmounts(otherMinor, amountMinor);
    }
  }
  const leftMinor = addAmounts(dueMinor, -otherMinor);
  const expectedCashMinor = hasCash ? dueInCash(leftMinor, cash) : 0;
  const missingMinor = hasCash ? addAmounts(expectedCashMinor, -drawerMinor) : leftMinor;
  if (missingMinor !== 0) {
    const isUnder = dueMinor >= 0 ? missingMinor > 0 : missingMinor < 0;
    const tenderedMinor = addAmounts(dueMinor, -missingMinor);
    return refuse(isUnder ? 'under-tendered' : 'over-tendered', { dueMinor, missingMinor, tenderedMinor });
  }
  const cashRoundingMinor = hasCash ? addAmounts(expectedCashMinor, -leftMinor) : 0;
  return accept({ tenders, cashRoundingMinor });
}

/**
 * Amounts a customer is likely to hand over, ascending: the exact sum, then the next round sums of 5, 10, 20, 50
 * and 100 of the leading unit. At most `count`; empty when nothing is due.
 */
export function quickAmounts(dueMinor: number, cash: CashRounding, count = 5): readonly number[] {
  const exact = dueInCash(dueMinor, cash);
  if (exact <= 0) return [];
  const leading = Math.max(1, 10 ** (String(exact).length - 2));
  const amounts = new Set([exact]);
  for (const factor of [5, 10, 20, 50, 100]) {
    const stepMinor = leading * factor;
    if (amounts.size < count && stepMinor >= cash.stepMinor) {
      amounts.add(Math.ceil(exact / stepMinor) * stepMinor);
    }
  }
  return [...amounts].sort((left, right) => left - right);
}

/** A thousand times what is due, and at least a hundred thousand minor units, is still a bank note; more is not. */
export function tenderedLimit(amountMinor: number): number {
  return Math.max(amountMinor * 1000, 100_000);
}

type Refused = ReturnType<typeof refuse<TenderRefusal>> | null;

// One voucher, or one approval of a card, settles only once.
function doubledTender(tenders: readonly Tender[]): Refused {
  const seen = new Set<string>();
  for (const { voucher, card } of tenders) {
    const key = voucher === undefined ? card?.attemptId : `voucher ${voucher.number}`;
    if (key === undefined) continue;
    if (seen.has(key)) {
      return voucher === undefined
        ? refuse('tender-inconsistent', { kind: 'card' })
        : refuse('voucher-already-there', { number: voucher.number });
    }
    seen.add(key);
  }
  return null;
}

function refusalOf(tender: Tender, dueMinor: number): Refused {
  const { kind, amountMinor, tenderedMinor, changeMinor } = tender;
  const isWhole = [amountMinor, tenderedMinor, changeMinor].every((amount) => Number.isSafeInteger(amount));
  if (!isWhole || !hasItsDetails(tender)) return refuse('tender-inconsistent', { kind });
  if ((dueMinor >= 0 && amountMinor < 0) || (dueMinor <= 0 && amountMinor > 0)) {
    return refuse('tender-wrong-direction', { kind, amountMinor });
  }
  if (kind === 'foreign-cash') return refusalOfForeign(tender);
  if (changeMinor < 0 || tenderedMinor < 0) return refuse('tender-inconsistent', { kind });
  // Nothing crosses the counter with a card or a debt, so there the sum handed over may also be left at 0.
  const handedOver = Math.max(0, amountMinor) + changeMinor;
  const isBalanced =
    tenderedMinor === handedOver || (kind !== 'cash' && tenderedMinor === 0 && changeMinor === 0);
  if (!isBalanced) return refuse('tender-inconsistent', { kind });
  if (kind !== 'cash' && changeMinor !== 0) return refuse('tender-inconsistent', { kind });
  if (amountMinor < 0 && changeMinor !== 0) return refuse('tender-inconsistent', { kind });
  if (kind === 'cash' && tenderedMinor > tenderedLimit(Math.abs(dueMinor))) {
    return refuse('over-tendered', { dueMinor, tenderedMinor });
  }
  return null;
}

/** Foreign cash has a rate, a voucher a number; nothing else has either. A card may come without an attempt of ours. */
function hasItsDetails({ kind, card, voucher, foreign }: Tender): boolean {
  return (
    (kind === 'foreign-cash') === (foreign !== undefined) &&
    (kind === 'voucher') === (voucher !== undefined) &&
    (kind === 'card' || card === undefined)
  );
}

// Its value is computed again; value, change and amount go the same way, and change is never more than was handed over.
function refusalOfForeign({ kind, amountMinor, tenderedMinor, changeMinor, foreign }: Tender): Refused {
  const sign = tenderedMinor < 0 ? -1 : 1;
  const isBalanced =
    foreign !== undefined &&
    Number.isSafeInteger(foreign.foreignMinor) &&
    isRate(foreign) &&
    valueOfForeign(foreign) === tenderedMinor &&
    tenderedMinor - changeMinor === amountMinor &&
    sign * changeMinor >= 0 &&
    sign * amountMinor >= 0;
  return isBalanced ? null : refuse('tender-inconsistent', { kind });
}

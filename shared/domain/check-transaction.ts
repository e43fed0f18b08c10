// Computes a transaction again from its own lines and rules and says where it differs. The server uses it on every
// fact: money that moved is never thrown away, so a difference marks the fact as disputed with both values.

import { businessDay } from './business-day.ts';
import { checkSettlement } from './check-settlement.ts';
import { kindOf } from './build-transaction.ts';
import { totalsOfLines } from './cart-totals.ts';
import { canonicalJson } from './canonical-json.ts';
import { pointsOf } from './earned-points.ts';
import { negateAmount, sumAmounts } from './money.ts';
import { checkRefund } from './order-refund.ts';
import { settledMinor } from './order-settlement.ts';
import { stockMovements } from './stock-movements.ts';
import type { Store } from './store.ts';
import { checkTenders } from './tender.ts';
import type { AppliedModifier, Transaction, TransactionLine } from './transaction.ts';

export type Difference = {
  /** Where in the transaction, such as totals.grossMinor or lines[2].taxMinor. */
  readonly path: string;
  /** As the workstation wrote it, and as it computes again: numbers, texts, or canonical JSON. */
  readonly stated: string | number;
  readonly computed: string | number;
};

/** What the checker knows better than the transaction itself; each is judged only where it is given. */
export type CheckTransactionGiven = {
  /** Cash step of the store (cashStepOf). */
  readonly cashStepMinor: number;
  readonly receiptNumber?: string;
  readonly store?: Pick<Store, 'timeZone' | 'dayStartsAtMinute' | 'currency'>;
};

/** Most differences that are listed; one is enough to dispute, and a hostile document has thousands. */
export const DIFFERENCES_MAX = 50;

/**
 * All places where `transaction` is not what its lines, rules and tenders come to; empty when it is right. Never
 * throws: a transaction that cannot be computed at all is one difference with the path `transaction`.
 */
export function checkTransaction(
  transaction: Transaction,
  given: CheckTransactionGiven,
): readonly Difference[] {
  try {
    return differencesOf(transaction, given).slice(0, DIFFERENCES_MAX);
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : 'unknown';
    return [{ path: 'transaction', stated: 'computable', computed: reason }];
  }
}

function differencesOf(transaction: Transaction, given: CheckTransactionGiven): readonly Difference[] {
  const differences: Difference[] = [];
  const compare = (path: string, stated: string | number, computed: string | number): void => {
    if (stated !== computed) differences.push({ path, stated, computed });
  };
  const computed = totalsOfLines(
    transaction.lines,
    transaction.exemption !== undefined,
    transaction.taxRules,
    transaction.taxGroups,
  );
  for (const [place, line] of transaction.lines.entries()) {
    const again = computed.lines[place];
    for (const amount of ['extendedMinor', 'netMinor', 'taxMinor', 'grossMinor'] as const) {
      compare(`lines[${String(place)}].${amount}`, line[amount], again?.[amount] ?? 0);
    }
    compareModifiers(compare, `lines[${String(place)}]`, line, again);
    compareRange(compare, `lines[${String(place)}]`, line);
  }
  for (const amount of ['netMinor', 'taxMinor', 'grossMinor'] as const) {
    compare(`totals.${amount}`, transaction.totals[amount], computed.totals[amount]);
  }
  compare('taxes', canonicalJson(transaction.taxes), canonicalJson(computed.taxes));
  compareTenders(compare, transaction, computed.totals.grossMinor, given.cashStepMinor);
  const ordinals = new Map(transaction.stockMovements.map((each) => [each.itemId, each.ordinal]));
  const movements =
    transaction.isTraining === true
      ? []
      : stockMovements(transaction.lines, (item) => ordinals.get(item) ?? -1);
  compare('stockMovements', canonicalJson(transaction.stockMovements), canonicalJson(movements));
  compareKind(compare, transaction);
  if (transaction.order !== undefined) {
    differences.push(...checkSettlement(transaction.order, transaction.voids !== undefined));
  }
  comparePoints(compare, transaction);
  compareIdentity(compare, transaction, given);
  return differences;
}

type Compare = (path: string, stated: string | number, computed: string | number) => void;

function compareRange(compare: Compare, path: string, line: Transaction['lines'][number]): void {
  compare(`${path}.quantityMilli`, line.quantityMilli, Math.max(1, line.quantityMilli));
  compare(`${path}.unitPriceMinor`, line.unitPriceMinor, Math.max(0, line.unitPriceMinor));
}

// Modifiers are taken as stated, but none may turn a price round, and that of an exemption is computed.
function compareModifiers(
  compare: Compare,
  path: string,
  line: TransactionLine,
  again: TransactionLine | undefined,
): void {
  const { modifiers } = line;
  if (modifiers === undefined) return;
  const exemptMinor = (of: readonly AppliedModifier[] = []): number =>
    sumAmounts(of.flatMap(({ kind, amountMinor }) => (kind === 'exemption' ? [amountMinor] : [])));
  compare(`${path}.modifiers.exemption`, exemptMinor(modifiers), exemptMinor(again?.modifiers));
  const priceMinor = sumAmounts([line.extendedMinor, ...modifiers.map(({ amountMinor }) => amountMinor)]);
  const sizeMinor = line.direction === 'return' ? negateAmount(priceMinor) : priceMinor;
  compare(`${path}.modifiers.price`, sizeMinor, Math.max(0, sizeMinor));
}

function compareTenders(
  compare: Compare,
  transaction: Transaction,
  grossMinor: number,
  stepMinor: number,
): void {
  const { order, tenders } = transaction;
  const redeemed = tenders.filter(({ kind }) => kind === 'deposit').map(({ amountMinor }) => amountMinor);
  compare('tenders.deposit', sumAmounts(redeemed), order?.redeemedMinor ?? 0);
  const settled = checkTenders(settledMinor(grossMinor, order), tenders, { stepMinor });
  if (!settled.ok) {
    compare('tenders', canonicalJson(transaction.tenders), settled.reason);
    return;
  }
  const refunded = checkRefund(order, tenders);
  if (!refunded.ok) compare('tenders', canonicalJson(tenders), refunded.reason);
  const { cashRoundingMinor } = settled.value;
  compare('totals.cashRoundingMinor', transaction.totals.cashRoundingMinor, cashRoundingMinor);
}

// Money on the account of an order moves without goods; anything else has lines.
function compareKind(compare: Compare, { kind, lines, order, voids }: Transaction): void {
  const movesNoGoods = order?.step === 'deposit' || order?.step === 'cancellation';
  const forward = movesNoGoods ? 'deposit' : kindOf(lines);
  compare('kind', kind, voids === undefined ? forward : 'void');
  compare('lines.length', lines.length, movesNoGoods ? 0 : Math.max(1, lines.length));
}

// Practice earns none, and nobody earns for somebody unknown.
function comparePoints(compare: Compare, { points, customerId, isTraining, lines }: Transaction): void {
  if (points === undefined) return;
  compare(
    'points.customer',
    isTraining === true ? 'practice' : (customerId ?? 'nobody'),
    customerId ?? 'a customer',
  );
  compare('points.points', points.points, pointsOf(lines, points));
}

function compareIdentity(compare: Compare, transaction: Transaction, given: CheckTransactionGiven): void {
  if (given.receiptNumber !== undefined) {
    compare('receiptNumber', transaction.receiptNumber, given.receiptNumber);
  }
  if (given.store === undefined) return;
  compare('businessDay', transaction.businessDay, businessDay(transaction.completedAt, given.store));
  compare('currency', transaction.currency, given.store.currency);
}

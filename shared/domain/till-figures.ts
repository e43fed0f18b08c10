// What a till took in: sums and counts folded from its entries, one entry after the other. They are plain sums, so figures of
// parts of a session add up to the figures of the whole: X + rest = Z. Amounts are minor units; money in is positive.

import type { CategoryId, OperatorId } from './ids.ts';
import { addAmounts } from './money.ts';
import type { TaxSummary } from './tax.ts';
import type { Tender, TransactionTotals } from './transaction.ts';

export const TILL_COUNTS = [
  'transactions',
  'sales',
  'returns',
  'exchanges',
  'voids',
  'noSales',
  'overrides',
  'discounts',
  'reprints',
  'approvals',
  'trainings',
  'removals',
  'cancellations',
  'suspensions',
  'failedPins',
  'xReports',
] as const;
export type TillCounts = Readonly<Record<(typeof TILL_COUNTS)[number], number>>;

export type CashMoveKind = 'loan' | 'pickup' | 'paid-in' | 'paid-out' | 'safe-drop';

export type ForeignFigures = {
  readonly currency: string;
  readonly count: number;
  /** In its own minor units. */
  readonly foreignMinor: number;
  /** In the store's currency, as is the change. */
  readonly valueMinor: number;
  readonly changeMinor: number;
};

/** Rows are in the order of their keys, so that equal figures are equal documents. */
export type TillFigures = {
  readonly totals: TransactionTotals;
  /** Sum of all transactions with money in, and of all with money back as a positive sum: both only ever grow. */
  readonly salesMinor: number;
  readonly returnsMinor: number;
  readonly tenders: readonly {
    readonly kind: Tender['kind'];
    readonly count: number;
    readonly amountMinor: number;
  }[];
  /** Cash of other currencies by code: what came in, what it was worth at its rates, and the change given for it. */
  readonly foreignCash: readonly ForeignFigures[];
  readonly taxes: readonly TaxSummary[];
  readonly operators: readonly {
    readonly operatorId: OperatorId;
    readonly count: number;
    readonly grossMinor: number;
  }[];
  /** Null: goods without a category. */
  readonly categories: readonly {
    readonly categoryId: CategoryId | null;
    readonly netMinor: number;
    readonly taxMinor: number;
    readonly grossMinor: number;
  }[];
  /** Amounts as they were stated, always positive; the kind says which way the cash went. */
  readonly cashMoves: readonly {
    readonly kind: CashMoveKind;
    readonly count: number;
    readonly amountMinor: number;
  }[];
  /** Money on the accounts of orders; what was sold stands above, so nothing is counted twice. */
  readonly deposits: DepositFigures;
  readonly counts: TillCounts;
};

export type DepositFigures = {
  readonly takenMinor: number;
  /** Became a tender when the goods were handed over. */
  readonly redeemedMinor: number;
  readonly refundedMinor: number;
  /** Kept when an order was given up. */
  readonly forfeitedMinor: number;
};

export const NO_DEPOSITS: DepositFigures = {
  takenMinor: 0,
  redeemedMinor: 0,
  refundedMinor: 0,
  forfeitedMinor: 0,
};

export const NO_COUNTS: TillCounts = {
  transactions: 0,
  sales: 0,
  returns: 0,
  exchanges: 0,
  voids: 0,
  noSales: 0,
  overrides: 0,
  discounts: 0,
  reprints: 0,
  approvals: 0,
  trainings: 0,
  removals: 0,
  cancellations: 0,
  suspensions: 0,
  failedPins: 0,
  xReports: 0,
};

/** Figures of a till at which nothing has happened. */
export const NO_FIGURES: TillFigures = {
  totals: { netMinor: 0, taxMinor: 0, grossMinor: 0, cashRoundingMinor: 0 },
  salesMinor: 0,
  returnsMinor: 0,
  tenders: [],
  foreignCash: [],
  taxes: [],
  operators: [],
  categories: [],
  cashMoves: [],
  deposits: NO_DEPOSITS,
  counts: NO_COUNTS,
};

/** Which way the cash goes: into the drawer or out of it. */
export const CASH_MOVE_SIGN: Readonly<Record<CashMoveKind, 1 | -1>> = {
  loan: 1,
  'paid-in': 1,
  pickup: -1,
  'paid-out': -1,
  'safe-drop': -1,
};

/** The sum of two figures; the order does not matter. An overflow throws RangeError. */
export function addFigures(left: TillFigures, right: TillFigures): TillFigures {
  if (right === NO_FIGURES) return left;
  if (left === NO_FIGURES) return right;
  const counts = { ...left.counts };
  for (const name of TILL_COUNTS) counts[name] += right.counts[name];
  return {
    totals: addNumbers(left.totals, right.totals),
    salesMinor: addAmounts(left.salesMinor, right.salesMinor),
    returnsMinor: addAmounts(left.returnsMinor, right.returnsMinor),
    tenders: addRows(left.tenders, right.tenders, ({ kind }) => kind),
    foreignCash: addRows(left.foreignCash, right.foreignCash, ({ currency }) => currency),
    taxes: addRows(left.taxes, right.taxes, taxKey),
    operators: addRows(left.operators, right.operators, ({ operatorId }) => operatorId),
    categories: addRows(left.categories, right.categories, ({ categoryId }) => categoryId ?? ''),
    cashMoves: addRows(left.cashMoves, right.cashMoves, ({ kind }) => kind),
    deposits: addNumbers(left.deposits, right.deposits),
    counts,
  };
}

/** What the drawer must hold of the store's own cash: the float, what was taken, the change of foreign cash, what was moved. */
export function expectedCash(floatMinor: number, figures: TillFigures): number {
  let cashMinor = floatMinor;
  for (const { kind, amountMinor } of figures.tenders) {
    if (kind === 'cash') cashMinor = addAmounts(cashMinor, amountMinor);
  }
  for (const { changeMinor } of figures.foreignCash) cashMinor = addAmounts(cashMinor, -changeMinor);
  for (const { kind, amountMinor } of figures.cashMoves) {
    cashMinor = addAmounts(cashMinor, CASH_MOVE_SIGN[kind] * amountMinor);
  }
  return cashMinor;
}

const taxKey = (row: TaxSummary): string =>
  [row.taxGroupId, row.componentId, row.letter, row.name, String(row.ratePpm)].join('\n');

/** Rows with the same key become one; amounts and counts are added, everything else belongs to the key. */
function addRows<Row extends object>(
  left: readonly Row[],
  right: readonly Row[],
  keyOf: (row: Row) => string,
): readonly Row[] {
  if (right.length === 0) return left;
  const rows = new Map(left.map((row) => [keyOf(row), row]));
  for (const row of right) {
    const key = keyOf(row);
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : addNumbers(known, row));
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function addNumbers<Row extends object>(left: Row, right: Row): Row {
  const sum: Record<string, unknown> = {};
  const added = new Map<string, unknown>(Object.entries(right));
  for (const [name, value] of Object.entries(left)) {
    const other = added.get(name);
    const isSummed = typeof value === 'number' && typeof other === 'number' && /Minor$|^count$/u.test(name);
    sum[name] = isSummed ? addAmounts(value, other) : value;
  }
  return sum as Row; // Every member of `left` is there, with a value of its own type.
}

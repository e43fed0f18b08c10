// The closing report of a till session: numbered per workstation without gaps, made once, and carrying on the totals of the
// one before. It is computed from the entries of the session alone, so anyone who has them computes the same.

import type { CountedCash, CountedForeign } from './denominations.ts';
import type { JournalPosition } from './journal-position.ts';
import type { OperatorId } from './ids.ts';
import { addAmounts, multiplyDivide } from './money.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import { expectedCash, type TillFigures } from './till-figures.ts';

/** What lies in the drawer of one other currency. */
export type ForeignDrawer = {
  readonly currency: string;
  readonly expectedMinor: number;
  readonly countedMinor: number;
  /** counted − expected. */
  readonly differenceMinor: number;
  readonly counted: CountedCash;
};

/** What a workstation has ever booked, carried from closing to closing. Sales and returns only ever grow. */
export type PerpetualTotals = {
  readonly salesMinor: number;
  readonly returnsMinor: number;
  /** sales − returns. */
  readonly grandMinor: number;
};

export type ZReport = {
  /** From 1, without gaps, per workstation. */
  readonly number: number;
  readonly tillSessionId: string;
  readonly sessionNumber: number;
  readonly currency: string;
  /** Trading dates of the opening and of every transaction, ascending. */
  readonly businessDays: readonly string[];
  readonly openedAt: string;
  readonly closedAt: string;
  readonly openedBy: OperatorId;
  readonly closedBy: OperatorId;
  readonly figures: TillFigures;
  readonly cash: {
    readonly floatMinor: number;
    readonly expectedMinor: number;
    readonly countedMinor: number;
    /** counted − expected: negative when cash is missing. */
    readonly differenceMinor: number;
    readonly counted: CountedCash;
  };
  /** Cash of other currencies, taken or found: each in its own minor units, by code. */
  readonly foreignCash: readonly ForeignDrawer[];
  readonly perpetual: PerpetualTotals;
  /** The opening and the closing entry. */
  readonly firstEpoch: number;
  readonly firstSequence: number;
  readonly lastEpoch: number;
  readonly lastSequence: number;
  /** What the server had not confirmed when the till was closed, as the workstation knew it. */
  readonly pending: { readonly count: number; readonly amountMinor: number };
};

/** A till between opening and closing. */
export type OpenTill = {
  readonly tillSessionId: string;
  readonly sessionNumber: number;
  readonly openedAt: string;
  readonly openedBy: OperatorId;
  readonly currency: string;
  readonly businessDays: readonly string[];
  readonly floatMinor: number;
  readonly first: JournalPosition;
  readonly figures: TillFigures;
  /** The newest count, as long as no cash has moved since. */
  readonly count: {
    readonly counted: CountedCash;
    readonly countedMinor: number;
    readonly foreign?: readonly CountedForeign[];
  } | null;
};

/** What a closing leaves to the next. */
export type FormerZ = { readonly number: number; readonly perpetual: PerpetualTotals };

export type ZReportGiven = {
  /** Null for the first closing of a workstation. */
  readonly former: FormerZ | null;
  readonly closedAt: string;
  readonly closedBy: OperatorId;
  /** Where the closing entry stands. */
  readonly last: JournalPosition;
  readonly pending: ZReport['pending'];
};

/**
 * The report of a session that is closed now. Refuses a till that was not counted or moved cash since it was, and one whose
 * foreign cash was not counted (`foreign-not-counted` {currency}).
 */
export function buildZReport(
  till: OpenTill,
  given: ZReportGiven,
): Outcome<ZReport, 'till-not-counted' | 'foreign-not-counted'> {
  const { figures, floatMinor, count, first } = till;
  if (count === null) return refuse('till-not-counted');
  const missing = notCounted(figures, count.foreign ?? []);
  if (missing !== null) return refuse('foreign-not-counted', { currency: missing });
  const former = given.former ?? { number: 0, perpetual: { salesMinor: 0, returnsMinor: 0, grandMinor: 0 } };
  const salesMinor = addAmounts(former.perpetual.salesMinor, figures.salesMinor);
  const returnsMinor = addAmounts(former.perpetual.returnsMinor, figures.returnsMinor);
  const expectedMinor = expectedCash(floatMinor, figures);
  return accept({
    number: former.number + 1,
    tillSessionId: till.tillSessionId,
    sessionNumber: till.sessionNumber,
    currency: till.currency,
    businessDays: till.businessDays,
    openedAt: till.openedAt,
    closedAt: given.closedAt,
    openedBy: till.openedBy,
    closedBy: given.closedBy,
    figures,
    cash: {
      floatMinor,
      expectedMinor,
      countedMinor: count.countedMinor,
      differenceMinor: addAmounts(count.countedMinor, -expectedMinor),
      counted: count.counted,
    },
    foreignCash: foreignDrawers(figures, count.foreign ?? []),
    perpetual: { salesMinor, returnsMinor, grandMinor: addAmounts(salesMinor, -returnsMinor) },
    firstEpoch: first.epoch,
    firstSequence: first.sequence,
    lastEpoch: given.last.epoch,
    lastSequence: given.last.sequence,
    pending: given.pending,
  });
}

/** The first currency that was taken and not counted; null when all of them were. */
export function notCounted(
  { foreignCash }: Pick<TillFigures, 'foreignCash'>,
  counted: readonly CountedForeign[],
): string | null {
  const found = new Set(counted.map(({ currency }) => currency));
  return foreignCash.find(({ currency }) => !found.has(currency))?.currency ?? null;
}

/**
 * How much of somebody's limit the difference takes: that of the store's own cash, and what is missing or too much of
 * foreign cash at the rates it was taken at, as sizes, so that one does not hide the other.
 */
export function differenceAtStake({
  cash,
  foreignCash,
  figures,
}: Pick<ZReport, 'cash' | 'foreignCash' | 'figures'>): number {
  let stakeMinor = Math.abs(cash.differenceMinor);
  for (const { currency, differenceMinor } of foreignCash) {
    const taken = figures.foreignCash.find((one) => one.currency === currency);
    if (differenceMinor === 0 || taken === undefined || taken.foreignMinor <= 0) continue;
    const valueMinor = multiplyDivide(Math.abs(differenceMinor), taken.valueMinor, taken.foreignMinor);
    stakeMinor = addAmounts(stakeMinor, valueMinor);
  }
  return stakeMinor;
}

function foreignDrawers(figures: TillFigures, counted: readonly CountedForeign[]): readonly ForeignDrawer[] {
  return counted
    .map(({ currency, counted: pieces, countedMinor }) => {
      const taken = figures.foreignCash.find((one) => one.currency === currency);
      const expectedMinor = taken?.foreignMinor ?? 0;
      const differenceMinor = addAmounts(countedMinor, -expectedMinor);
      return { currency, expectedMinor, countedMinor, differenceMinor, counted: pieces };
    })
    .sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

// The closing report of a till session: numbered per workstation without gaps, made once, and carrying on the totals of the
// one before. It is computed from the entries of the session alone, so anyone who has them computes the same.

import type { CountedCash } from './denominations.ts';
import type { JournalPosition } from './journal-position.ts';
import type { OperatorId } from './ids.ts';
import { addAmounts } from './money.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import { expectedCash, type TillFigures } from './till-figures.ts';

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
  readonly count: { readonly counted: CountedCash; readonly countedMinor: number } | null;
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

/** The report of a session that is closed now. Refuses a till that was not counted, or moved cash since it was. */
export function buildZReport(till: OpenTill, given: ZReportGiven): Outcome<ZReport, 'till-not-counted'> {
  const { figures, floatMinor, count, first } = till;
  if (count === null) return refuse('till-not-counted');
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
    perpetual: { salesMinor, returnsMinor, grandMinor: addAmounts(salesMinor, -returnsMinor) },
    firstEpoch: first.epoch,
    firstSequence: first.sequence,
    lastEpoch: given.last.epoch,
    lastSequence: given.last.sequence,
    pending: given.pending,
  });
}

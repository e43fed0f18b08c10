// A workstation's till, folded from its journal: which session is open, what it took in, and what the last closing left.
//
//   closed ──till-opened──► open ──till-counted──► open, counted ──till-closed──► closed
//                            └◄── cash moves ───────┘
//
// A transaction belongs to the session that it names, whenever it arrives; entries that name none belong to the session that
// is open where they stand.

import { canonicalJson } from './canonical-json.ts';
import type { Difference } from './check-transaction.ts';
import type { Fact } from './fact.ts';
import { figuresOfFact } from './figures-of-fact.ts';
import { addFigures, NO_FIGURES, type TillFigures } from './till-figures.ts';
import { buildZReport, type FormerZ, type OpenTill } from './z-report.ts';

export type TillState = {
  readonly open: OpenTill | null;
  readonly former: FormerZ | null;
  /** Of the newest session that was opened; 0 before the first. */
  readonly lastSessionNumber: number;
  /** Float of that session: what the next one is likely to begin with. */
  readonly lastFloatMinor: number;
  /** Is what is sold now practice? */
  readonly isTraining: boolean;
};

/** A till that was never opened. */
export const NEW_TILL: TillState = {
  open: null,
  former: null,
  lastSessionNumber: 0,
  lastFloatMinor: 0,
  isTraining: false,
};

/** Takes in the next entry of the journal. */
export function foldTill(state: TillState, fact: Fact): TillState {
  if (fact.kind === 'till-opened') {
    const { sessionNumber: lastSessionNumber, floatMinor: lastFloatMinor } = fact.body;
    return { ...state, open: opened(fact), lastSessionNumber, lastFloatMinor };
  }
  if (fact.kind === 'till-closed') {
    const { number, perpetual, sessionNumber } = fact.body.z;
    return { ...state, open: null, former: { number, perpetual }, lastSessionNumber: sessionNumber };
  }
  if (fact.kind === 'training-switched') return { ...state, isTraining: fact.body.isOn };
  const { open } = state;
  if (open === null || sessionNamedBy(fact, open.tillSessionId) !== open.tillSessionId) return state;
  if (fact.kind === 'till-counted') {
    const { counted, countedMinor, foreign } = fact.body;
    const count = { counted, countedMinor, ...(foreign === undefined ? {} : { foreign }) };
    return { ...state, open: { ...open, count } };
  }
  const added = figuresOfFact(fact);
  if (added === NO_FIGURES) return state;
  const isPractice = fact.kind === 'transaction-completed' && fact.body.transaction.isTraining === true;
  const movesCash = !isPractice && (fact.kind === 'transaction-completed' || fact.kind === 'cash-moved');
  return {
    ...state,
    open: {
      ...open,
      figures: addFigures(open.figures, added),
      businessDays: withDayOf(fact, open.businessDays),
      count: movesCash ? null : open.count,
    },
  };
}

/** Figures of one session from any entries of its workstation, in any order: what an X report shows. */
export function foldTillSession(facts: readonly Fact[], tillSessionId: string): TillFigures {
  let figures = NO_FIGURES;
  for (const fact of facts) {
    if (sessionNamedBy(fact, null) === tillSessionId) figures = addFigures(figures, figuresOfFact(fact));
  }
  return figures;
}

/**
 * Where a closing says something else than the entries before it come to; empty when it is right. `state` is the till
 * folded up to the closing. What was pending then, only the workstation knows.
 */
export function checkZReport(state: TillState, closing: Fact<'till-closed'>): readonly Difference[] {
  const { z } = closing.body;
  if (state.open === null)
    return [{ path: 'z.tillSessionId', stated: z.tillSessionId, computed: 'not open' }];
  const built = buildZReport(state.open, {
    former: state.former,
    closedAt: closing.recordedAt,
    closedBy: closing.operatorId ?? z.closedBy,
    last: { epoch: closing.epoch, sequence: closing.sequence },
    pending: z.pending,
  });
  if (!built.ok) return [{ path: 'z', stated: 'counted', computed: built.reason }];
  const differences: Difference[] = [];
  const computed = new Map<string, unknown>(Object.entries(built.value));
  for (const [name, value] of Object.entries(z)) {
    const [stated, again] = [canonicalJson(value), canonicalJson(computed.get(name) ?? null)];
    if (stated !== again) differences.push({ path: `z.${name}`, stated, computed: again });
  }
  return differences;
}

/** Does an opening follow what is before it: the next number, and no session left open? */
export function checkOpening(state: TillState, opening: Fact<'till-opened'>): readonly Difference[] {
  const differences: Difference[] = [];
  const { sessionNumber } = opening.body;
  if (sessionNumber !== state.lastSessionNumber + 1) {
    differences.push({ path: 'sessionNumber', stated: sessionNumber, computed: state.lastSessionNumber + 1 });
  }
  if (state.open !== null) {
    differences.push({ path: 'open', stated: 'none', computed: state.open.tillSessionId });
  }
  return differences;
}

function opened(fact: Fact<'till-opened'>): OpenTill {
  const { tillSessionId, sessionNumber, businessDay, floatMinor, currency, openedBy } = fact.body;
  return {
    tillSessionId,
    sessionNumber,
    openedAt: fact.recordedAt,
    openedBy,
    currency,
    businessDays: [businessDay],
    floatMinor,
    first: { epoch: fact.epoch, sequence: fact.sequence },
    figures: NO_FIGURES,
    count: null,
  };
}

/** The session that an entry names itself; `otherwise` for kinds that name none. Transactions always mean what they say. */
export function sessionNamedBy(fact: Fact, otherwise: string | null): string | null {
  switch (fact.kind) {
    case 'transaction-completed':
      return fact.body.transaction.tillSessionId ?? null;
    case 'cash-moved':
    case 'till-counted':
    case 'till-opened':
    case 'x-report-made':
      return fact.body.tillSessionId;
    case 'till-closed':
      return fact.body.z.tillSessionId;
    case 'no-sale':
    case 'cart-action':
      return fact.body.tillSessionId ?? null;
    case 'epoch-started':
    case 'receipt-reprinted':
    case 'operator-signed-on':
    case 'operator-signed-off':
    case 'pin-failed':
    case 'operator-unlocked':
    case 'action-approved':
    case 'card-attempted':
    case 'card-answered':
    case 'clocked-in':
    case 'clocked-out':
    case 'print-discarded':
    case 'training-switched':
    case 'stock-received':
    case 'price-changed':
    case 'attention-resolved':
    case 'settings-changed':
    case 'channel-order-placed':
    case 'channel-order-moved':
    case 'feedback-given':
    case 'rights-moved':
    case 'quotation-made':
    case 'customer-order-placed':
    case 'layaway-opened':
    case 'customer-order-arrived':
    case 'customer-recorded':
      return otherwise;
  }
}

function withDayOf(fact: Fact, days: readonly string[]): readonly string[] {
  if (fact.kind !== 'transaction-completed' || fact.body.transaction.isTraining === true) return days;
  const { businessDay } = fact.body.transaction;
  return days.includes(businessDay) ? days : [...days, businessDay].sort();
}

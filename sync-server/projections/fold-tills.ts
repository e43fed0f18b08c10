// Till sessions of all workstations of a store, folded by the functions that tills use. An entry adds to the session that it
// names, whenever it arrives; entries that name none (copies, approvals, failed PINs) add to the one that is open where they
// stand. What does not fit its schema adds nothing: its numbers cannot be relied on.

import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import { figuresOfFact } from '../../shared/domain/figures-of-fact.ts';
import { addFigures, expectedCash, NO_FIGURES, type TillFigures } from '../../shared/domain/till-figures.ts';
import { sessionNamedBy } from '../../shared/domain/till-session.ts';
import type { TransactionSql } from '../db/database.ts';
import { storableText } from '../db/storable-text.ts';
import type { FeedFact } from './fold-facts.ts';
import { KINDS_OF_TILLS } from './read-effects.ts';

const KINDS: ReadonlySet<string> = new Set([...KINDS_OF_TILLS, 'transaction-completed']);

type Session = {
  readonly workstationId: string;
  readonly tillSessionId: string;
  readonly sessionNumber: number;
  readonly openedAt: string;
  readonly businessDay: string;
  readonly currency: string;
  readonly floatMinor: number;
  closedAt: string | null;
  zNumber: number | null;
  expectedMinor: number;
  countedMinor: number | null;
  differenceMinor: number | null;
  lateCount: number;
  figures: TillFigures;
  isChanged: boolean;
};

/** Folds the facts into the rows of the store and writes these. */
export async function foldTills(
  sql: TransactionSql,
  storeId: string,
  feed: readonly FeedFact[],
): Promise<void> {
  const facts = feed.filter(({ kind, body, mark }) => KINDS.has(kind) && body !== null && mark !== 'kept');
  if (facts.length === 0) return;
  // Admitted, and not kept: it fits its schema.
  const parsed = facts.map((fact) => JSON.parse(fact.body ?? '') as Fact);
  const sessions = await readSessions(sql, storeId, parsed);
  for (const fact of parsed) foldInto(sessions, fact);
  await writeSessions(
    sql,
    storeId,
    [...sessions.values()].filter(({ isChanged }) => isChanged),
  );
}

const keyOf = (workstationId: string, tillSessionId: string): string => `${workstationId}\n${tillSessionId}`;

function foldInto(sessions: Map<string, Session>, fact: Fact): void {
  if (fact.kind === 'till-opened') {
    const { tillSessionId, sessionNumber, businessDay, currency, floatMinor } = fact.body;
    const key = keyOf(fact.workstationId, tillSessionId);
    if (sessions.has(key)) return;
    sessions.set(key, {
      workstationId: fact.workstationId,
      tillSessionId,
      sessionNumber,
      businessDay,
      currency,
      floatMinor,
      openedAt: fact.recordedAt,
      closedAt: null,
      zNumber: null,
      expectedMinor: floatMinor,
      countedMinor: null,
      differenceMinor: null,
      lateCount: 0,
      figures: NO_FIGURES,
      isChanged: true,
    });
    return;
  }
  const named = sessionNamedBy(fact, openOf(sessions, fact.workstationId));
  const session = named === null ? undefined : sessions.get(keyOf(fact.workstationId, named));
  if (session === undefined) return;
  if (fact.kind === 'till-closed') {
    const { z } = fact.body;
    session.closedAt ??= z.closedAt;
    session.zNumber ??= z.number;
    session.countedMinor ??= z.cash.countedMinor;
    session.differenceMinor ??= z.cash.differenceMinor;
    session.isChanged = true;
    return;
  }
  const added = figuresOfFact(fact);
  if (added === NO_FIGURES) return;
  try {
    const figures = addFigures(session.figures, added);
    session.expectedMinor = expectedCash(session.floatMinor, figures);
    session.figures = figures;
    session.lateCount += session.closedAt === null ? 0 : 1;
    session.isChanged = true;
  } catch (error) {
    // A hostile device can send sums beyond what is counted; they are in its journal and disputed there.
    if (!(error instanceof RangeError)) throw error;
  }
}

/** The newest open session of a workstation: all that are open are known here, however the feed is cut. */
function openOf(sessions: ReadonlyMap<string, Session>, workstationId: string): string | null {
  let newest: Session | null = null;
  for (const session of sessions.values()) {
    if (session.workstationId !== workstationId || session.closedAt !== null) continue;
    if (newest === null || session.sessionNumber > newest.sessionNumber) newest = session;
  }
  return newest?.tillSessionId ?? null;
}

/** Sessions that are open at these workstations, and those that the facts name. */
async function readSessions(
  sql: TransactionSql,
  storeId: string,
  facts: readonly Fact[],
): Promise<Map<string, Session>> {
  const workstations = [...new Set(facts.map((fact) => fact.workstationId))];
  const named = [...new Set(facts.flatMap((fact) => sessionNamedBy(fact, null) ?? []))];
  const rows = await sql<(Omit<Session, 'figures' | 'isChanged'> & { figures: string })[]>`
    select workstation_id as "workstationId", till_session_id as "tillSessionId",
           session_number as "sessionNumber", opened_at as "openedAt", business_day as "businessDay", currency,
           float_minor as "floatMinor", closed_at as "closedAt", z_number as "zNumber",
           expected_minor as "expectedMinor", counted_minor as "countedMinor", difference_minor as "differenceMinor",
           late_count as "lateCount", figures
    from till_session_view
    where store_id = ${storeId} and workstation_id = any(${workstations}::text[])
      and (closed_at is null or till_session_id = any(${named}::text[]))
    order by workstation_id, session_number`;
  // Written below, always as canonical JSON of TillFigures, so that the rows are equal however the feed was cut.
  return new Map(
    rows.map((row) => [
      keyOf(row.workstationId, row.tillSessionId),
      { ...row, figures: JSON.parse(row.figures) as TillFigures, isChanged: false },
    ]),
  );
}

async function writeSessions(
  sql: TransactionSql,
  storeId: string,
  sessions: readonly Session[],
): Promise<void> {
  for (const each of sessions) {
    await sql`
      insert into till_session_view (store_id, workstation_id, till_session_id, session_number, opened_at, closed_at,
        z_number, business_day, currency, float_minor, expected_minor, counted_minor, difference_minor, late_count,
        figures)
      values (${storeId}, ${each.workstationId}, ${each.tillSessionId}, ${each.sessionNumber}, ${each.openedAt},
              ${each.closedAt}, ${each.zNumber}, ${each.businessDay}, ${each.currency}, ${each.floatMinor}, ${each.expectedMinor},
              ${each.countedMinor}, ${each.differenceMinor}, ${each.lateCount}, ${storableText(canonicalJson(each.figures))})
      on conflict (store_id, workstation_id, till_session_id) do update set
        closed_at = excluded.closed_at, z_number = excluded.z_number, expected_minor = excluded.expected_minor,
        counted_minor = excluded.counted_minor, difference_minor = excluded.difference_minor,
        late_count = excluded.late_count, figures = excluded.figures`;
  }
}

// Judges facts against the journal that they continue: an opening and a closing of the till against what the till had come to,
// and a void against the transaction that it turns round. What differs is taken in all the same and marked as disputed.

import type { Difference } from '../../shared/domain/check-transaction.ts';
import type { Fact, FactKind, JournalPosition } from '../../shared/domain/fact.ts';
import {
  checkOpening,
  checkZReport,
  foldTill,
  NEW_TILL,
  type TillState,
} from '../../shared/domain/till-session.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import { checkVoid } from '../../shared/domain/void-transaction.ts';
import type { ScopedSql } from '../db/row-scopes.ts';
import { valuesOfDifferences, type JudgedFact } from './judge-fact.ts';

/** Kinds that change what a till has come to. */
const KINDS_OF_TILL: readonly FactKind[] = [
  'till-opened',
  'till-closed',
  'till-counted',
  'transaction-completed',
  'cash-moved',
  'no-sale',
  'receipt-reprinted',
  'action-approved',
  'cart-action',
  'pin-failed',
  'x-report-made',
  'training-switched',
];

/** Facts of one workstation, ascending, each fitting its schema or marked already. */
export async function judgeInContext(
  sql: ScopedSql,
  facts: readonly JudgedFact[],
): Promise<readonly JudgedFact[]> {
  const first = facts[0]?.envelope;
  if (first === undefined) return facts;
  const needsTill = facts.some(({ envelope: { kind } }) => kind === 'till-opened' || kind === 'till-closed');
  const needsLast = facts.some((fact) => voidOf(fact) !== null);
  if (!needsTill && !needsLast) return facts;
  let till = needsTill ? await tillBefore(sql, first.workstationId, first) : NEW_TILL;
  let last = needsLast ? await lastTransactionBefore(sql, first.workstationId, first) : null;
  return facts.map((judged) => {
    const fact = factOf(judged);
    if (fact === null) return judged;
    const differences = differencesOf(fact, till, last);
    till = foldTill(till, fact);
    if (fact.kind === 'transaction-completed') last = fact.body.transaction;
    if (differences.length === 0) return judged;
    return judged.mark === null
      ? { ...judged, mark: 'disputed', values: valuesOfDifferences(differences) }
      : judged;
  });
}

function differencesOf(fact: Fact, till: TillState, last: Transaction | null): readonly Difference[] {
  try {
    if (fact.kind === 'till-opened') return checkOpening(till, fact);
    if (fact.kind === 'till-closed') return checkZReport(till, fact);
    if (fact.kind !== 'transaction-completed') return [];
    const { transaction } = fact.body;
    if (transaction.voids === undefined) return [];
    const isLast = last?.id === transaction.voids.transactionId;
    return checkVoid(transaction, isLast ? last : null, false);
  } catch (problem) {
    // Sums beyond what is counted: nobody closes such a till in good faith.
    return [
      { path: fact.kind, stated: 'computable', computed: problem instanceof Error ? problem.message : '' },
    ];
  }
}

/** The fact, unless it does not fit its schema: then nothing in it can be relied on. */
function factOf({ envelope, mark }: JudgedFact): Fact | null {
  // judgeFact has checked it against the schema of its kind.
  return mark === 'kept' ? null : (envelope as unknown as Fact);
}

function voidOf(judged: JudgedFact): Transaction | null {
  const fact = factOf(judged);
  if (fact?.kind !== 'transaction-completed') return null;
  return fact.body.transaction.voids === undefined ? null : fact.body.transaction;
}

async function tillBefore(sql: ScopedSql, workstationId: string, place: JournalPosition): Promise<TillState> {
  const { epoch, sequence } = place;
  const rows = await sql<{ body: string }[]>`
    with former as (
      select epoch, sequence from fact
      where workstation_id = ${workstationId} and kind = 'till-closed' and mark is distinct from 'kept'
        and (epoch, sequence) < (${epoch}::integer, ${sequence}::integer)
      order by epoch desc, sequence desc limit 1
    )
    select body from fact
    where workstation_id = ${workstationId} and kind = any(${[...KINDS_OF_TILL]}::text[])
      and mark is distinct from 'kept' and (epoch, sequence) < (${epoch}::integer, ${sequence}::integer)
      and (epoch, sequence) >= (coalesce((select epoch from former), 0), coalesce((select sequence from former), 0))
    order by epoch, sequence`;
  let state = NEW_TILL;
  for (const { body } of rows) state = foldTill(state, JSON.parse(body) as Fact); // Admitted, so it fits its schema.
  return state;
}

async function lastTransactionBefore(
  sql: ScopedSql,
  workstationId: string,
  { epoch, sequence }: JournalPosition,
): Promise<Transaction | null> {
  const rows = await sql<{ body: string }[]>`
    select body from fact
    where workstation_id = ${workstationId} and kind = 'transaction-completed' and mark is distinct from 'kept'
      and (epoch, sequence) < (${epoch}::integer, ${sequence}::integer)
    order by epoch desc, sequence desc limit 1`;
  const fact = rows[0] === undefined ? null : (JSON.parse(rows[0].body) as Fact<'transaction-completed'>); // As above.
  return fact === null ? null : fact.body.transaction;
}

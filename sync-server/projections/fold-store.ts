// One step of folding: facts after the cursor of a store become changes of its views, and the cursor moves with
// them in the same transaction. Of several processes one folds a store at a time: the others find it locked.

import { BY_ITSELF, raiseAttention, settleAttention } from '../db/attention.ts';
import { factsScope } from '../db/caller.ts';
import { inTransaction, type Database, type TransactionSql } from '../db/database.ts';
import { foldFacts, pageOf, type FeedFact } from './fold-facts.ts';
import { foldOrders, publishOrders } from './fold-orders.ts';
import { foldPassports } from './fold-passports.ts';
import { foldPayments } from './fold-payments.ts';
import { closeCarts, foldResumed } from './fold-resumed.ts';
import { foldTills } from './fold-tills.ts';
import { KINDS_WITH_EFFECTS } from './read-effects.ts';
import { publishStockPages } from './stock-pages.ts';
import { writeViews } from './write-views.ts';

export const FACTS_AT_ONCE_MAX = 500;

export type FoldStep =
  | { readonly kind: 'folded'; readonly facts: number; readonly hasMore: boolean }
  /** Another process is folding this store right now. */
  | { readonly kind: 'busy' };

/** `now` is the server's clock, milliseconds since 1970. */
export async function foldStep(database: Database, storeId: string, now: () => number): Promise<FoldStep> {
  return inTransaction(database, async (transaction) => {
    const { sql } = transaction;
    const cursor = await lockCursor(sql, storeId, 'skip');
    if (cursor === null) return { kind: 'busy' };
    const facts = await readFacts(sql, { storeId, after: cursor, limit: FACTS_AT_ONCE_MAX });
    const last = facts.at(-1);
    if (last === undefined) return { kind: 'folded', facts: 0, hasMore: false };
    const changes = foldFacts(facts, await storeNumberOf(sql, storeId));
    await writeViews(sql, storeId, changes);
    const pages = new Set([...changes.stock.keys()].map(pageOf));
    await publishStockPages(
      transaction,
      storeId,
      [...pages].sort((left, right) => left - right),
    );
    const { changed, problems } = await foldOrders(sql, storeId, facts);
    await publishOrders(transaction, storeId, changed);
    const at = new Date(now()).toISOString();
    const resumed = await foldResumed(sql, storeId, facts);
    await closeCarts(transaction, storeId, resumed.cartIds);
    const payments = await foldPayments(sql, storeId, facts);
    await foldTills(sql, storeId, facts);
    const passports = await foldPassports(sql, storeId, facts);
    const raised = [...problems, ...resumed.problems, ...payments.problems, ...passports].map((problem) => ({
      ...problem,
      at,
    }));
    if (raised.length > 0) await raiseAttention(transaction, storeId, raised);
    await settleAttention(transaction, storeId, {
      ids: payments.settled,
      resolved: { at, choice: BY_ITSELF },
    });
    await moveCursor(sql, storeId, last.position);
    return { kind: 'folded', facts: facts.length, hasMore: facts.length === FACTS_AT_ONCE_MAX };
  });
}

/** Position of the cursor, locked until the transaction ends; null when it is locked and we may not wait. */
export async function lockCursor(
  sql: TransactionSql,
  storeId: string,
  whenLocked: 'skip' | 'wait',
): Promise<number | null> {
  await sql`insert into projection_cursor (store_id) values (${storeId}) on conflict (store_id) do nothing`;
  const rows =
    whenLocked === 'skip'
      ? await sql<{ position: number }[]>`
          select position from projection_cursor where store_id = ${storeId} for update skip locked`
      : await sql<{ position: number }[]>`
          select position from projection_cursor where store_id = ${storeId} for update`;
  return rows[0]?.position ?? null;
}

export async function moveCursor(sql: TransactionSql, storeId: string, position: number): Promise<void> {
  await sql`update projection_cursor set position = ${position} where store_id = ${storeId}`;
}

export async function storeNumberOf(sql: TransactionSql, storeId: string): Promise<number> {
  const rows = await sql<{ number: number }[]>`select number from store where id = ${storeId}`;
  if (rows[0] === undefined) throw new Error('facts belong to a store that is not there');
  return rows[0].number;
}

/** Facts of a store after a position, in the order of its feed, up to a last position where one is given. */
export async function readFacts(
  sql: TransactionSql,
  given: { readonly storeId: string; readonly after: number; readonly limit: number; readonly upTo?: number },
): Promise<readonly FeedFact[]> {
  const upTo = given.upTo ?? Number.MAX_SAFE_INTEGER;
  return sql<FeedFact[]>`
    select f.position, f.workstation_id as "workstationId", w.number as "workstationNumber", f.epoch, f.sequence,
           f.id, f.kind, f.mark, case when f.kind = any(${[...KINDS_WITH_EFFECTS]}::text[]) then f.body end as body
    from fact f join workstation w on w.id = f.workstation_id
    where f.store_id = ${given.storeId} and f.position > ${given.after} and f.position <= ${upTo}
    order by f.position limit ${given.limit}`;
}

/** Store of a feed scope of facts, null for other scopes. */
export function storeOfScope(scope: string): string | null {
  const prefix = factsScope('');
  return scope.startsWith(prefix) ? scope.slice(prefix.length) : null;
}

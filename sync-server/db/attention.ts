// Needs attention: rows for people, written in the transaction that found the reason and replicated to the
// store's workstations. Raising the same thing twice changes nothing.

import { asFactId, asWorkstationId } from '../../shared/domain/ids.ts';
import type { JournalPosition } from '../../shared/domain/fact.ts';
import type { Attention } from '../../shared/protocol/documents.ts';
import { storeScope } from './caller.ts';
import { inTransaction, type Database, type Transaction } from './database.ts';
import { publishDocuments } from './feed.ts';

export type AttentionRaised = {
  readonly kind: Attention['kind'];
  readonly at: string;
  readonly workstationId: string;
  readonly factId: string;
  readonly position: JournalPosition;
  readonly values: Attention['values'];
};

export async function raiseAttention(
  transaction: Transaction,
  storeId: string,
  raised: readonly AttentionRaised[],
): Promise<void> {
  const rows = [...new Map(raised.map((each) => [idOf(each), documentOf(each)])).values()];
  const fresh = await transaction.sql<{ id: string; body: string }[]>`
    insert into attention (id, store_id, kind, at, workstation_id, fact_id, body)
    select id, ${storeId}, kind, at, workstation_id, fact_id, body
    from unnest(${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.kind)}::text[],
                ${rows.map((row) => row.at)}::timestamptz[], ${rows.map((row) => row.workstationId ?? '')}::text[],
                ${rows.map((row) => row.factId ?? '')}::text[], ${rows.map((row) => JSON.stringify(row))}::text[])
         as incoming (id, kind, at, workstation_id, fact_id, body)
    on conflict (id) do nothing
    returning id, body`;
  if (fresh.length === 0) return;
  await publishDocuments(transaction, {
    scope: storeScope(storeId),
    collection: 'attention',
    documents: fresh.map(({ id, body }) => ({ id, body })),
  });
}

export type Resolution = NonNullable<Attention['resolved']>;

/** What settled by itself: nobody had to decide. */
export const BY_ITSELF = 'by-itself';

/** What has found its answer: the row stays, so that it is not raised again, and workstations show it as settled, by whom and when. */
export async function settleAttention(
  transaction: Transaction,
  storeId: string,
  given: { readonly ids: readonly string[]; readonly resolved: Resolution },
): Promise<void> {
  const ids = [...new Set(given.ids)];
  if (ids.length === 0) return;
  const { sql } = transaction;
  const open = await sql<{ id: string; body: string }[]>`
    select id, body from attention
    where store_id = ${storeId} and id = any(${ids}::text[]) and settled_at is null for update`;
  const documents = open.map(({ id, body }) => {
    const attention = JSON.parse(body) as Attention; // Written here only.
    return { id, body: JSON.stringify({ ...attention, resolved: given.resolved }) };
  });
  if (documents.length === 0) return;
  await sql`
    update attention a set settled_at = ${given.resolved.at}::timestamptz, body = given.body
    from json_to_recordset(${JSON.stringify(documents)}::text::json) as given (id text, body text)
    where a.store_id = ${storeId} and a.id = given.id`;
  await publishDocuments(transaction, {
    scope: storeScope(storeId),
    collection: 'attention',
    documents,
  });
}

/** Rows taken away in one transaction; the rest follows in the next. */
const FORGOTTEN_AT_ONCE = 200;

/**
 * Takes what was settled before this instant off the workstations of all stores: nobody asks about it any more. The rows stay on the
 * server. Answers how many went.
 */
export async function forgetSettled(database: Database, before: string): Promise<number> {
  const stores = await database.sql<{ id: string }[]>`select id from store order by id`;
  let forgotten = 0;
  for (const { id } of stores) {
    for (let taken = FORGOTTEN_AT_ONCE; taken === FORGOTTEN_AT_ONCE; forgotten += taken)
      taken = await inTransaction(database, (transaction) => forgetSome(transaction, id, before));
  }
  return forgotten;
}

async function forgetSome(transaction: Transaction, storeId: string, before: string): Promise<number> {
  const scope = storeScope(storeId);
  const old = await transaction.sql<{ id: string }[]>`
    select d.id from document d join attention a on a.id = d.id and a.store_id = ${storeId}
    where d.scope = ${scope} and d.collection = 'attention' and not d.deleted
      and a.settled_at < ${before}::timestamptz
    order by d.id limit ${FORGOTTEN_AT_ONCE}`;
  if (old.length === 0) return 0;
  await publishDocuments(transaction, {
    scope,
    collection: 'attention',
    documents: old.map(({ id }) => ({ id, body: JSON.stringify({ id }), deleted: true })),
  });
  return old.length;
}

const idOf = ({ kind, workstationId, position }: AttentionRaised): string =>
  `${kind}:${workstationId}:${position.epoch}:${position.sequence}`;

function documentOf(raised: AttentionRaised): Attention {
  return {
    id: idOf(raised),
    kind: raised.kind,
    at: raised.at,
    workstationId: asWorkstationId(raised.workstationId),
    factId: asFactId(raised.factId),
    values: raised.values,
  };
}

// Needs attention: rows for people, written in the transaction that found the reason and replicated to the
// store's workstations. Raising the same thing twice changes nothing.

import { asFactId, asWorkstationId } from '../../shared/domain/ids.ts';
import type { JournalPosition } from '../../shared/domain/fact.ts';
import type { Attention } from '../../shared/protocol/documents.ts';
import { storeScope } from './caller.ts';
import type { Transaction } from './database.ts';
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

/** What has found its answer: the row stays, so that it is not raised again, and no workstation shows it any more. */
export async function settleAttention(
  transaction: Transaction,
  storeId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const settled = await transaction.sql<{ id: string; body: string }[]>`
    update attention set settled_at = now()
    where store_id = ${storeId} and id = any(${[...new Set(ids)]}::text[]) and settled_at is null
    returning id, body`;
  if (settled.length === 0) return;
  await publishDocuments(transaction, {
    scope: storeScope(storeId),
    collection: 'attention',
    documents: settled.map(({ id, body }) => ({ id, body, deleted: true })),
  });
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

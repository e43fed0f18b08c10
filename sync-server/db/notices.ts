// Needs attention, for what the server itself could not do (a message that cannot be sent, a receiver that does not answer): a row for
// people, replicated to the workstations of the store. Raising the same thing twice changes nothing.

import type { Attention } from '../../shared/protocol/documents.ts';
import { storeScope } from './caller.ts';
import type { Transaction } from './database.ts';
import { publishDocuments } from './feed.ts';

export type Notice = Pick<Attention, 'id' | 'kind' | 'at' | 'values'>;

export async function raiseNotice(transaction: Transaction, storeId: string, notice: Notice): Promise<void> {
  const body = JSON.stringify(notice);
  const fresh = await transaction.sql`
    insert into attention (id, store_id, kind, at, body)
    values (${notice.id}, ${storeId}, ${notice.kind}, ${notice.at}::timestamptz, ${body})
    on conflict (id) do nothing returning id`;
  if (fresh.length === 0) return;
  await publishDocuments(transaction, {
    scope: storeScope(storeId),
    collection: 'attention',
    documents: [{ id: notice.id, body }],
  });
}

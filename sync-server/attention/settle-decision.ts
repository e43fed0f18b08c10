// A decision about Needs attention as it is written down: the row is settled once, and an entry of the server's journal says who chose
// what, and where. Whoever comes second is told who was first.

import type { FactBodies } from '../../shared/domain/fact.ts';
import type { StoreId, WorkstationId } from '../../shared/domain/ids.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import type { ResolveAttentionRequest } from '../../shared/protocol/attention-messages.ts';
import type { Attention } from '../../shared/protocol/documents.ts';
import { settleAttention } from '../db/attention.ts';
import type { Transaction } from '../db/database.ts';
import { RequestRefused } from '../db/request-refused.ts';

export type Deciding = {
  readonly attention: Attention;
  readonly storeId: StoreId;
  readonly workstationId: WorkstationId;
  readonly operator: Operator;
  readonly request: ResolveAttentionRequest;
};

/** Marks the row as decided, in the transaction of what was chosen; refuses when somebody was first. */
export async function settle(transaction: Transaction, deciding: Deciding, nowMs: number): Promise<void> {
  const { attention, storeId, operator, request } = deciding;
  const [row] = await transaction.sql<{ body: string; is_settled: boolean }[]>`
    select body, settled_at is not null as is_settled from attention where id = ${attention.id} for update`;
  if (row === undefined) throw unknown();
  if (row.is_settled) throw settledBefore(JSON.parse(row.body) as Attention); // Written by the server only.
  await settleAttention(transaction, storeId, {
    ids: [attention.id],
    resolved: {
      at: new Date(nowMs).toISOString(),
      choice: request.choice,
      operatorId: operator.id,
      operatorName: operator.name,
      ...(request.note === undefined || request.note === '' ? {} : { note: request.note }),
    },
  });
}

/** The entry of the journal that says what was chosen, by whom and where. */
export function journaled(
  { attention, operator, workstationId, request }: Deciding,
  values: Readonly<Record<string, string | number>>,
): FactBodies['attention-resolved'] {
  return {
    attentionId: attention.id,
    attentionKind: attention.kind,
    choice: request.choice,
    operatorId: operator.id,
    workstationId,
    ...(request.note === undefined || request.note === '' ? {} : { note: request.note }),
    values,
  };
}

export const unknown = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'attention-unknown',
    detail: 'Nothing of this kind stands in Needs attention of this store.',
  });

export function settledBefore({ resolved }: Attention): RequestRefused {
  return new RequestRefused({
    status: 409,
    code: 'attention-settled',
    detail: 'Somebody has decided this already. Nothing was changed now.',
    extra: { choice: resolved?.choice ?? '', operatorName: resolved?.operatorName ?? '' },
  });
}

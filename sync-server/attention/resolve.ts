// A person decides what stands in Needs attention. Who may is read from the staff of the store; what was chosen is done, the row is
// settled and an entry of the server's journal says who chose it, all in one transaction. A row is settled once: whoever comes second
// is told who was first.

import { choicesFor, type AttentionChoice } from '../../shared/domain/attention-choices.ts';
import { asStoreId, type StoreId, type WorkstationId } from '../../shared/domain/ids.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import { hasPermission } from '../../shared/domain/permissions.ts';
import type {
  ResolveAttentionRequest,
  ResolveAttentionResponse,
} from '../../shared/protocol/attention-messages.ts';
import type { Attention } from '../../shared/protocol/documents.ts';
import { storeScope } from '../db/caller.ts';
import { inTransaction, type Transaction } from '../db/database.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { AttentionGiven } from './attention-given.ts';
import { resolveOversold } from './resolve-oversold.ts';
import { journaled, settle, settledBefore, unknown, type Deciding } from './settle-decision.ts';

/** Does what was chosen. Refuses what nobody may choose here, what was decided before, and what is not possible any more. */
export async function resolveAttention(
  given: AttentionGiven,
  asked: {
    readonly id: string;
    readonly storeId: string;
    readonly workstationId: WorkstationId;
    readonly request: ResolveAttentionRequest;
  },
): Promise<ResolveAttentionResponse> {
  const { request, workstationId } = asked;
  const storeId = asStoreId(asked.storeId);
  const operator = await operatorOf(given, storeId, request.operatorId);
  const attention = await readAttention(given, { id: asked.id, storeId });
  if (!choicesFor(attention.kind).includes(request.choice)) throw notOffered();
  await given.enrol(storeId);
  const deciding: Deciding = { attention, storeId, workstationId, operator, request };
  if (attention.kind === 'order-oversold') return resolveOversold(given, deciding);
  await inTransaction(given.database, async (transaction) => {
    await settle(transaction, deciding, given.now());
    await act(given, transaction, attention, request.choice);
    await given.append(transaction, storeId, [{ kind: 'attention-resolved', body: journaled(deciding, {}) }]);
  });
  return { choice: request.choice };
}

async function act(
  given: AttentionGiven,
  transaction: Transaction,
  { id }: Attention,
  choice: AttentionChoice,
): Promise<void> {
  const target = id.slice(id.indexOf(':') + 1);
  if (choice === 'replay' && !(await given.replay(transaction, target))) throw gone();
  if (choice === 'resend' && !(await given.resend(transaction, target))) throw gone();
}

/** The row while nobody has decided about it. */
export async function readAttention(
  { database }: Pick<AttentionGiven, 'database'>,
  by: { readonly id: string; readonly storeId: string },
): Promise<Attention> {
  const [row] = await database.sql<{ body: string; is_settled: boolean }[]>`
    select body, settled_at is not null as is_settled from attention
    where id = ${by.id} and store_id = ${by.storeId}`;
  if (row === undefined) throw unknown();
  const attention = JSON.parse(row.body) as Attention; // Written by the server only.
  if (row.is_settled) throw settledBefore(attention);
  return attention;
}

/** Somebody of the store's staff who may decide. */
async function operatorOf(
  { database }: AttentionGiven,
  storeId: StoreId,
  operatorId: string,
): Promise<Operator> {
  const [row] = await database.sql<{ body: string }[]>`
    select body from document
    where scope = ${storeScope(storeId)} and collection = 'staff' and id = ${operatorId} and not deleted`;
  const operator = row === undefined ? null : (JSON.parse(row.body) as Operator); // Published by the server only.
  if (operator !== null && hasPermission(operator, 'decide-attention')) return operator;
  throw new RequestRefused({
    status: 403,
    code: 'permission-missing',
    detail: 'This may be decided by a supervisor or a manager of the store. Nothing was changed.',
  });
}

const notOffered = (): RequestRefused =>
  new RequestRefused({
    status: 422,
    code: 'choice-not-offered',
    detail: 'That cannot be chosen for this. Nothing was changed.',
  });

const gone = (): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'attention-gone',
    detail: 'What it is about is not there any more, or has gone through meanwhile. Nothing was changed.',
  });

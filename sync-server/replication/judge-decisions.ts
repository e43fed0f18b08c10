// Judges what people decided about prices: did the operator hold the permission and stay within the limit, and is every
// approval an earlier entry of the same journal, given by somebody who may, for exactly this? What differs is taken in all the
// same and marked as disputed, because the money has moved.

import { createHash } from 'node:crypto';
import { approvalSubject } from '../../shared/domain/approval.ts';
import type { Difference } from '../../shared/domain/check-transaction.ts';
import { checkDiscountAuthority } from '../../shared/domain/discount-authority.ts';
import { mayRefund } from '../../shared/domain/check-allowed.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import type { OperatorId } from '../../shared/domain/ids.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import { hasPermission } from '../../shared/domain/permissions.ts';
import { usedApprovals, type UsedApproval } from '../../shared/domain/used-approvals.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import type { ScopedSql } from '../db/row-scopes.ts';
import { valuesOfDifferences, type JudgedFact } from './judge-fact.ts';

type Approved = Fact<'action-approved'>;

/** Facts of one workstation, ascending, each fitting its schema or marked already. */
export async function judgeDecisions(
  sql: ScopedSql,
  facts: readonly JudgedFact[],
): Promise<readonly JudgedFact[]> {
  const sales = facts.flatMap((judged) => saleOf(judged) ?? []);
  const decided = sales.filter(({ body }) => hasDecisions(body.transaction));
  const [first] = decided;
  if (first === undefined) return facts;
  const approvals = await approvalsFor(
    sql,
    first.workstationId,
    decided.flatMap(({ body }) => usedApprovals(body.transaction)),
  );
  for (const judged of facts) {
    const fact = factOf(judged);
    if (fact?.kind === 'action-approved') approvals.set(fact.body.approvalId, fact);
  }
  const operators = await operatorsFor(sql, decided, [...approvals.values()]);
  return facts.map((judged) => {
    const sale = saleOf(judged);
    if (sale === null || judged.mark !== null || !hasDecisions(sale.body.transaction)) return judged;
    const differences = differencesOf(sale, approvals, operators);
    return differences.length === 0
      ? judged
      : { ...judged, mark: 'disputed', values: valuesOfDifferences(differences) };
  });
}

function differencesOf(
  sale: Fact<'transaction-completed'>,
  approvals: ReadonlyMap<string, Approved>,
  operators: ReadonlyMap<string, Operator>,
): readonly Difference[] {
  const differences: Difference[] = [];
  const { lines, exemption } = sale.body.transaction;
  const authority = checkDiscountAuthority({ lines, exemption }, (id) => operators.get(id) ?? null);
  if (!authority.ok) {
    const line = authority.details['lineNumber'];
    const path = typeof line === 'number' && line > 0 ? `line ${String(line)}` : 'decisions';
    differences.push({ path, stated: 'allowed', computed: authority.reason });
  }
  const { order, operatorId } = sale.body.transaction;
  if (order?.step === 'cancellation' && order.approvalId === undefined) {
    const mayAlone = mayRefund(operators.get(operatorId) ?? null, order.refundedMinor);
    if (!mayAlone) differences.push({ path: 'order', stated: 'allowed', computed: 'limit-exceeded' });
  }
  const { reservedTaken: taken } = sale.body.transaction;
  if (taken !== undefined && taken.approvalId === undefined) {
    const operator = operators.get(taken.operatorId);
    if (operator === undefined || !hasPermission(operator, 'sell-reserved'))
      differences.push({ path: 'reservedTaken', stated: 'allowed', computed: 'permission-missing' });
  }
  const used = new Set<string>();
  for (const use of usedApprovals(sale.body.transaction)) {
    const computed = used.has(use.approvalId)
      ? 'approval-used'
      : approvalFault(use, sale, approvals, operators);
    used.add(use.approvalId);
    if (computed !== null) differences.push({ path: 'approval', stated: use.approvalId, computed });
  }
  return differences;
}

function approvalFault(
  { approvalId, subject }: UsedApproval,
  sale: Fact,
  approvals: ReadonlyMap<string, Approved>,
  operators: ReadonlyMap<string, Operator>,
): string | null {
  const approval = approvals.get(approvalId);
  const isEarlier =
    approval !== undefined &&
    (approval.epoch < sale.epoch || (approval.epoch === sale.epoch && approval.sequence < sale.sequence));
  if (approval === undefined || !isEarlier) return 'approval-missing';
  const subjectHash = createHash('sha256').update(approvalSubject(subject)).digest('hex');
  if (approval.body.subjectHash !== subjectHash) return 'approval-not-fitting';
  const approver = operators.get(approval.body.approverId);
  return approver !== undefined && hasPermission(approver, 'approve') ? null : 'permission-missing';
}

// A void mirrors decisions that were judged with the original.
function hasDecisions({ lines, exemption, voids, order, reservedTaken }: Transaction): boolean {
  if (voids !== undefined) return false;
  return (
    exemption !== undefined ||
    reservedTaken !== undefined ||
    order?.step === 'cancellation' ||
    lines.some(({ modifiers = [] }) => modifiers.some(({ operatorId }) => operatorId !== undefined))
  );
}

async function approvalsFor(
  sql: ScopedSql,
  workstationId: string,
  used: readonly UsedApproval[],
): Promise<Map<string, Approved>> {
  if (used.length === 0) return new Map();
  const rows = await sql<{ body: string }[]>`
    select body from fact
    where workstation_id = ${workstationId} and kind = 'action-approved' and mark is distinct from 'kept'
      and body::json -> 'body' ->> 'approvalId' = any(${used.map(({ approvalId }) => approvalId)}::text[])`;
  // Admitted and not kept, so each fits the schema of its kind.
  const facts = rows.map(({ body }) => JSON.parse(body) as Approved);
  return new Map(facts.map((fact) => [fact.body.approvalId, fact]));
}

async function operatorsFor(
  sql: ScopedSql,
  sales: readonly Fact<'transaction-completed'>[],
  approvals: readonly Approved[],
): Promise<ReadonlyMap<string, Operator>> {
  const ids = new Set<OperatorId>(approvals.map(({ body }) => body.approverId));
  for (const { body } of sales) {
    const { exemption, lines, order, operatorId: sellerId, reservedTaken } = body.transaction;
    if (reservedTaken !== undefined) ids.add(reservedTaken.operatorId);
    if (order?.step === 'cancellation') ids.add(sellerId);
    if (exemption !== undefined) ids.add(exemption.operatorId);
    for (const { operatorId } of lines.flatMap(({ modifiers = [] }) => modifiers)) {
      if (operatorId !== undefined) ids.add(operatorId);
    }
  }
  const rows = await sql<{ id: string; body: string }[]>`
    select id, body from operator where id = any(${[...ids]}::text[])`;
  // Written by the server alone, always as JSON of Operator.
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as Operator]));
}

function saleOf(judged: JudgedFact): Fact<'transaction-completed'> | null {
  const fact = factOf(judged);
  return fact?.kind === 'transaction-completed' ? fact : null;
}

/** The fact, unless it does not fit its schema: then nothing in it can be relied on. */
function factOf({ envelope, mark }: JudgedFact): Fact | null {
  // judgeFact has checked it against the schema of its kind.
  return mark === 'kept' ? null : (envelope as unknown as Fact);
}

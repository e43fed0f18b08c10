// Judges what people decided, about prices and at the till: did the operator hold the permission and stay within the limit, and
// is every approval an earlier entry of the same journal, given by somebody who may and whose own limit reaches so far, for
// exactly this? What differs is taken in all the same and marked as disputed, because the money has moved.

import { createHash } from 'node:crypto';
import { approvalSubject } from '../../shared/domain/approval.ts';
import type { Difference } from '../../shared/domain/check-transaction.ts';
import { checkDiscountAuthority } from '../../shared/domain/discount-authority.ts';
import { askedOfFact, type AskedOfFact } from '../../shared/domain/asked-of-fact.ts';
import { checkAlone, checkApprover } from '../../shared/domain/check-allowed.ts';
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
  const decided = facts.map(decidedIn);
  const made = decided.filter((each) => each !== null);
  const [first] = made;
  if (first === undefined) return facts;
  const used = made.flatMap(({ uses }) => uses);
  const approvals = await approvalsFor(sql, first.fact.workstationId, used);
  for (const judged of facts) {
    const fact = factOf(judged);
    if (fact?.kind === 'action-approved') approvals.set(fact.body.approvalId, fact);
  }
  const operators = await operatorsFor(sql, made, [...approvals.values()]);
  return facts.map((judged, place) => {
    const each = decided[place] ?? null;
    if (each === null || judged.mark !== null) return judged;
    const differences = differencesOf(each, approvals, operators);
    return differences.length === 0
      ? judged
      : { ...judged, mark: 'disputed', values: valuesOfDifferences(differences) };
  });
}

/** An entry with what somebody decided in it. */
type Decided = {
  readonly fact: Fact;
  /** Of which the lines are judged. */
  readonly sale: Transaction | null;
  readonly asked: AskedOfFact | null;
  readonly uses: readonly UsedApproval[];
};

function decidedIn(judged: JudgedFact): Decided | null {
  const fact = factOf(judged);
  if (fact === null) return null;
  const asked = askedOfFact(fact);
  const transaction = fact.kind === 'transaction-completed' ? fact.body.transaction : null;
  const sale = transaction !== null && hasDecisions(transaction) ? transaction : null;
  if (asked === null && sale === null) return null;
  const uses = sale === null ? [] : usedApprovals(sale);
  if (asked?.approvalId === undefined) return { fact, sale, asked, uses };
  const { approvalId, action } = asked;
  const { subject, limit } = action;
  const own = { approvalId, subject, ...(limit === undefined ? {} : { limit }) };
  return { fact, sale, asked, uses: [...uses, own] };
}

function differencesOf(
  { fact, sale, asked, uses }: Decided,
  approvals: ReadonlyMap<string, Approved>,
  operators: ReadonlyMap<string, Operator>,
): readonly Difference[] {
  const differences: Difference[] = [];
  if (sale !== null) {
    const authority = checkDiscountAuthority(
      { lines: sale.lines, exemption: sale.exemption },
      (id) => operators.get(id) ?? null,
    );
    if (!authority.ok) {
      const line = authority.details['lineNumber'];
      const path = typeof line === 'number' && line > 0 ? `line ${String(line)}` : 'decisions';
      differences.push({ path, stated: 'allowed', computed: authority.reason });
    }
  }
  if (asked !== null && asked.approvalId === undefined) {
    const operator = operators.get(asked.operatorId ?? '');
    const alone = operator === undefined ? null : checkAlone(operator, asked.action);
    if (alone === null || !alone.ok) {
      const computed = alone === null ? 'operator-unknown' : alone.reason;
      differences.push({ path: asked.action.subject.action, stated: 'allowed', computed });
    }
  }
  const taken = sale?.reservedTaken;
  if (taken !== undefined && taken.approvalId === undefined) {
    const operator = operators.get(taken.operatorId);
    if (operator === undefined || !hasPermission(operator, 'sell-reserved'))
      differences.push({ path: 'reservedTaken', stated: 'allowed', computed: 'permission-missing' });
  }
  const served = new Set<string>();
  for (const use of uses) {
    const computed = served.has(use.approvalId)
      ? 'approval-used'
      : approvalFault(use, fact, approvals, operators);
    served.add(use.approvalId);
    if (computed !== null) differences.push({ path: 'approval', stated: use.approvalId, computed });
  }
  return differences;
}

function approvalFault(
  { approvalId, subject, limit }: UsedApproval,
  fact: Fact,
  approvals: ReadonlyMap<string, Approved>,
  operators: ReadonlyMap<string, Operator>,
): string | null {
  const approval = approvals.get(approvalId);
  const isEarlier =
    approval !== undefined &&
    (approval.epoch < fact.epoch || (approval.epoch === fact.epoch && approval.sequence < fact.sequence));
  if (approval === undefined || !isEarlier) return 'approval-missing';
  const subjectHash = createHash('sha256').update(approvalSubject(subject)).digest('hex');
  if (approval.body.subjectHash !== subjectHash) return 'approval-not-fitting';
  const approver = operators.get(approval.body.approverId);
  if (approver === undefined) return 'permission-missing';
  const permitted = checkApprover(approver, limit);
  return permitted.ok ? null : permitted.reason;
}

// A void mirrors decisions that were judged with the original.
function hasDecisions({ lines, exemption, voids, reservedTaken }: Transaction): boolean {
  if (voids !== undefined) return false;
  return (
    exemption !== undefined ||
    reservedTaken !== undefined ||
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
  decided: readonly Decided[],
  approvals: readonly Approved[],
): Promise<ReadonlyMap<string, Operator>> {
  const ids = new Set<OperatorId>(approvals.map(({ body }) => body.approverId));
  for (const { sale, asked } of decided) {
    if (asked?.operatorId !== undefined) ids.add(asked.operatorId);
    if (sale?.reservedTaken !== undefined) ids.add(sale.reservedTaken.operatorId);
    if (sale?.exemption !== undefined) ids.add(sale.exemption.operatorId);
    for (const { operatorId } of sale?.lines.flatMap(({ modifiers = [] }) => modifiers) ?? []) {
      if (operatorId !== undefined) ids.add(operatorId);
    }
  }
  const rows = await sql<{ id: string; body: string }[]>`
    select id, body from operator where id = any(${[...ids]}::text[])`;
  // Written by the server alone, always as JSON of Operator.
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as Operator]));
}

/** The fact, unless it does not fit its schema: then nothing in it can be relied on. */
function factOf({ envelope, mark }: JudgedFact): Fact | null {
  // judgeFact has checked it against the schema of its kind.
  return mark === 'kept' ? null : (envelope as unknown as Fact);
}

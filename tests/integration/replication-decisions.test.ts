// What the server says to prices that people decided: within permission and limit or approved in the same journal they are
// accepted, otherwise disputed and shown; the sale stands in either case.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approvalSubject,
  cartSubjects,
  tillSubjects,
  type ApprovalSubject,
} from '../../shared/domain/approval.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import {
  aTransaction,
  aWorkstation,
  open,
  push,
  write,
  type TestWorkstation,
} from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
  const people: readonly Pick<Operator, 'permissions' | 'limits'>[] = [
    { permissions: ['sell', 'give-discount'], limits: { maxDiscountPpm: 500_000 } },
    { permissions: ['sell'] },
    { permissions: ['sell', 'approve'] },
    { permissions: ['sell', 'open-drawer'], limits: { maxPaidOutMinor: 50_00 } },
    { permissions: ['approve'], limits: { maxPaidOutMinor: 100_00, maxDiscountPpm: 100_000 } },
  ];
  for (const [place, person] of people.entries()) {
    const number = place + 1;
    const body = { id: `person-${String(number)}`, number, name: 'X', isActive: true, ...person };
    await database.sql`insert into operator (id, number, body)
      values (${body.id}, ${number}, ${JSON.stringify(body)})`;
  }
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

/** Two teas of 12.10 with so much off: half of it leaves 12.10, which is 10.00 net and 2.10 tax. */
function discounted(
  till: TestWorkstation,
  given: { readonly operatorId: string; readonly approvalId?: string; readonly cartId?: string },
): Record<string, unknown> {
  const sale = aTransaction(till);
  const { cartId = 'cart-1', ...decided } = given;
  const modifier = {
    kind: 'line-discount',
    amountMinor: -12_10,
    ratePpm: 500_000,
    reasonCode: 'damaged',
    ...decided,
  };
  const [line] = sale['lines'] as readonly Record<string, unknown>[];
  const [movement] = sale['stockMovements'] as readonly Record<string, unknown>[];
  return {
    ...sale,
    cartId,
    lines: [{ ...line, quantityMilli: 2000, extendedMinor: 24_20, modifiers: [modifier] }],
    stockMovements: [{ ...movement, quantityMilli: -2000 }],
  };
}

async function outcomeOf(work: (till: TestWorkstation) => readonly unknown[]): Promise<readonly string[]> {
  const till = await aWorkstation(server);
  const answer = await push(server, till, [open(till), ...work(till)]);
  expect(answer.status).toBe(200);
  return answer.body.results.map(({ outcome }) => outcome).slice(1);
}

const sold = (till: TestWorkstation, given: Parameters<typeof discounted>[1]) =>
  write(till, 'transaction-completed', { transaction: discounted(till, given) });

const approved = (till: TestWorkstation, approverId: string, ratePpm = 500_000) => {
  const subject = cartSubjects.discountLine('cart-1', 1, { ratePpm });
  return write(till, 'action-approved', {
    approvalId: `approval-${till.id}`,
    action: subject.action,
    cartId: 'cart-1',
    lineNumber: 1,
    subjectHash: createHash('sha256').update(approvalSubject(subject)).digest('hex'),
    approverId,
    values: subject.values,
  });
};

test('a discount within permission and limit is accepted, without permission it is disputed', async () => {
  expect(await outcomeOf((till) => [sold(till, { operatorId: 'person-1' })])).toEqual(['accepted']);
  expect(await outcomeOf((till) => [sold(till, { operatorId: 'person-2' })])).toEqual(['disputed']);
  expect(await outcomeOf((till) => [sold(till, { operatorId: 'nobody' })])).toEqual(['disputed']);
});

test('an approval of somebody who may, in the same journal and for exactly this, is accepted', async () => {
  const given = (till: TestWorkstation) => ({ operatorId: 'person-2', approvalId: `approval-${till.id}` });
  const both = (approverId: string, ratePpm?: number) =>
    outcomeOf((till) => [approved(till, approverId, ratePpm), sold(till, given(till))]);
  expect(await both('person-3')).toEqual(['accepted', 'accepted']);
  expect(await both('person-2')).toEqual(['accepted', 'disputed']);
  expect(await both('person-3', 400_000)).toEqual(['accepted', 'disputed']);
  expect(await outcomeOf((till) => [sold(till, given(till))])).toEqual(['disputed']);
});

test('an approval that came in a push before counts, and what is disputed is shown with both values', async () => {
  const till = await aWorkstation(server);
  await push(server, till, [open(till), approved(till, 'person-3')]);
  const sale = sold(till, { operatorId: 'person-2', approvalId: `approval-${till.id}` });
  const answer = await push(server, till, [sale]);
  expect(answer.body.results.map(({ outcome }) => outcome)).toEqual(['accepted']);
  const rows = await database.sql<
    { body: string }[]
  >`select body from attention where kind = 'fact-disputed'`;
  expect(rows.map(({ body }) => body).join('\n')).toContain('approval-not-fitting');
});

/** An approval of anything at the till, and the id it has. */
const agreed = (till: TestWorkstation, approverId: string, subject: ApprovalSubject) =>
  write(till, 'action-approved', {
    approvalId: `approval-${till.id}`,
    action: subject.action,
    cartId: null,
    subjectHash: createHash('sha256').update(approvalSubject(subject)).digest('hex'),
    approverId,
    values: subject.values,
  });
const paidOut = (till: TestWorkstation, operatorId: string, amountMinor: number, isApproved = false) =>
  write(
    till,
    'cash-moved',
    {
      tillSessionId: 'session-1',
      kind: 'paid-out',
      amountMinor,
      reasonCode: 'window-cleaner',
      ...(isApproved ? { approvalId: `approval-${till.id}` } : {}),
    },
    operatorId,
  );

test('cash that is paid out is judged by permission, limit and the limit of whoever approved it', async () => {
  const alone = (operatorId: string, amountMinor: number) =>
    outcomeOf((till) => [paidOut(till, operatorId, amountMinor)]);
  expect(await alone('person-4', 50_00)).toEqual(['accepted']);
  expect(await alone('person-4', 50_01)).toEqual(['disputed']);
  expect(await alone('person-2', 1)).toEqual(['disputed']);
  expect(await alone('nobody', 1)).toEqual(['disputed']);
  const both = (approverId: string, amountMinor: number) =>
    outcomeOf((till) => [
      agreed(till, approverId, tillSubjects.moveCash('session-1', 'paid-out', amountMinor)),
      paidOut(till, 'person-4', amountMinor, true),
    ]);
  expect(await both('person-5', 100_00)).toEqual(['accepted', 'accepted']);
  expect(await both('person-5', 100_01)).toEqual(['accepted', 'disputed']);
  expect(await both('person-4', 60_00)).toEqual(['accepted', 'disputed']);
});

test('what somebody says of a card is judged by their permission or by an approval of exactly that', async () => {
  const decided = (till: TestWorkstation, operatorId: string, isApproved = false) =>
    write(
      till,
      'card-answered',
      {
        attemptId: 'attempt-1',
        outcome: 'approved',
        approvedMinor: 12_10,
        by: 'operator',
        reasonCode: 'slip-seen',
        ...(isApproved ? { approvalId: `approval-${till.id}` } : {}),
      },
      operatorId,
    );
  const subject = (outcome: string) => tillSubjects.decideCard('attempt-1', outcome);
  expect(await outcomeOf((till) => [decided(till, 'operator-1')])).toEqual(['accepted']);
  expect(await outcomeOf((till) => [decided(till, 'person-2')])).toEqual(['disputed']);
  const both = (outcome: string) =>
    outcomeOf((till) => [agreed(till, 'person-3', subject(outcome)), decided(till, 'person-2', true)]);
  expect(await both('approved')).toEqual(['accepted', 'accepted']);
  expect(await both('declined')).toEqual(['accepted', 'disputed']);
});

test('a discount beyond the limit of whoever approved it is disputed', async () => {
  const outcomes = await outcomeOf((till) => [
    approved(till, 'person-5'),
    sold(till, { operatorId: 'person-2', approvalId: `approval-${till.id}` }),
  ]);
  expect(outcomes).toEqual(['accepted', 'disputed']);
});

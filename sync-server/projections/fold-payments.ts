// Payments that must be what they say: a voucher serves once in the whole company, a coupon as often as the shop said, and a card in a sale stands on an approval
// of the same till, whole and once. What is wrong becomes a row in Needs attention and stays sold, because the money has
// moved. A card payment whose outcome nobody knows is such a row until the till finds out.

import { Array, Integer, Literal, Object, Optional, String, Union, Unknown, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { AttentionRaised } from '../db/attention.ts';
import type { TransactionSql } from '../db/database.ts';
import { storableText } from '../db/storable-text.ts';
import type { FeedFact } from './fold-facts.ts';

const text = String({ minLength: 1, maxLength: 64 });
const paidSchema = Object({
  id: text,
  receiptNumber: text,
  tenders: Array(
    Object({
      kind: text,
      amountMinor: Integer(),
      voucher: Optional(Object({ number: text })),
      card: Optional(Object({ attemptId: text })),
    }),
  ),
  usedCoupons: Optional(Array(Object({ code: text, customerId: Optional(text) }))),
  voids: Optional(Object({ transactionId: text })),
  isTraining: Optional(Unknown()),
});
const paidValidator = Compile(Object({ body: Object({ transaction: paidSchema }) }));
const attemptedValidator = Compile(
  Object({ body: Object({ attemptId: text, action: text, amountMinor: Integer({ minimum: 1 }) }) }),
);
const answeredValidator = Compile(
  Object({
    body: Object({
      attemptId: text,
      outcome: Union([Literal('approved'), Literal('declined'), Literal('unknown')]),
      approvedMinor: Integer({ minimum: 0 }),
    }),
  }),
);

/** Of a void only its original may matter. */
const MAY_MATTER = ['"voucher"', '"attemptId"', '"usedCoupons"', '"voids"'] as const;

type Paid = Static<typeof paidSchema>;
type Problem = Omit<AttentionRaised, 'at'>;

export type PaymentsFolded = {
  readonly problems: readonly Problem[];
  /** Attention that has found its answer. */
  readonly settled: readonly string[];
};

/** Remembers vouchers and card attempts, and finds what does not fit. */
export async function foldPayments(
  sql: TransactionSql,
  storeId: string,
  feed: readonly FeedFact[],
): Promise<PaymentsFolded> {
  const problems: Problem[] = [];
  const settled: string[] = [];
  for (const fact of feed) {
    if (fact.body === null) continue;
    if (fact.kind === 'card-attempted') await foldAttempt(sql, storeId, fact);
    if (fact.kind === 'card-answered') await foldAnswer(sql, fact, { problems, settled });
    if (fact.kind !== 'transaction-completed') continue;
    // Parsed only where it may matter: most sales are paid in cash.
    if (!MAY_MATTER.some((sign) => fact.body?.includes(sign) === true)) continue;
    const parsed: unknown = JSON.parse(fact.body);
    if (!paidValidator.Check(parsed)) continue;
    const { transaction } = parsed.body;
    if (transaction.isTraining !== undefined && transaction.isTraining !== false) continue;
    problems.push(...(await foldTenders(sql, storeId, { fact, transaction })));
  }
  return { problems, settled };
}

async function foldAttempt(sql: TransactionSql, storeId: string, fact: FeedFact): Promise<void> {
  const parsed: unknown = JSON.parse(fact.body ?? 'null');
  if (!attemptedValidator.Check(parsed)) return;
  const { attemptId, action, amountMinor } = parsed.body;
  await sql`
    insert into card_attempt (workstation_id, attempt_id, store_id, action, amount_minor)
    values (${fact.workstationId}, ${storableText(attemptId)}, ${storeId}, ${storableText(action)}, ${amountMinor})
    on conflict (workstation_id, attempt_id) do nothing`;
}

async function foldAnswer(
  sql: TransactionSql,
  fact: FeedFact,
  found: { readonly problems: Problem[]; readonly settled: string[] },
): Promise<void> {
  const parsed: unknown = JSON.parse(fact.body ?? 'null');
  if (!answeredValidator.Check(parsed)) return;
  const { attemptId, outcome, approvedMinor } = parsed.body;
  const { workstationId, epoch, sequence } = fact;
  const rows = await sql<{ amount: number; action: string; epoch: number | null; sequence: number | null }[]>`
    select amount_minor as amount, action, asked_at_epoch as epoch, asked_at_sequence as sequence
    from card_attempt where workstation_id = ${workstationId} and attempt_id = ${attemptId} for update`;
  const attempt = rows[0];
  if (attempt === undefined) return;
  const isUnknown = outcome === 'unknown';
  await sql`
    update card_attempt
    set outcome = ${outcome}, approved_minor = ${approvedMinor},
        asked_at_epoch = ${isUnknown ? epoch : null}, asked_at_sequence = ${isUnknown ? sequence : null}
    where workstation_id = ${workstationId} and attempt_id = ${attemptId}`;
  if (attempt.epoch !== null && attempt.sequence !== null) {
    found.settled.push(`card-unknown:${workstationId}:${attempt.epoch}:${attempt.sequence}`);
  }
  if (!isUnknown) return;
  const values = { attemptId, action: attempt.action, amountMinor: attempt.amount };
  found.problems.push(problemOf('card-unknown', fact, values));
}

async function foldTenders(
  sql: TransactionSql,
  storeId: string,
  paid: { readonly fact: FeedFact; readonly transaction: Paid },
): Promise<readonly Problem[]> {
  const { fact, transaction } = paid;
  const problems: Problem[] = [];
  const receiptNumber = storableText(transaction.receiptNumber);
  if (transaction.voids !== undefined) {
    await setFree(sql, fact.workstationId, transaction.voids.transactionId);
  }
  for (const { voucher, card, amountMinor } of transaction.tenders) {
    if (voucher !== undefined && amountMinor < 0) {
      // Given back to the customer: it may be used once more. A void has set free what its original used.
      if (transaction.voids === undefined)
        await sql`delete from code_use where kind = 'voucher' and code = ${storableText(voucher.number)}`;
    } else if (voucher !== undefined) {
      const number = storableText(voucher.number);
      const first = await useCode(sql, storeId, { kind: 'voucher', code: number, receiptNumber, ...paid });
      if (first !== null) {
        const values = { number, receiptNumber, firstReceiptNumber: first, amountMinor };
        problems.push(problemOf('voucher-used-twice', fact, values));
      }
    }
    if (card !== undefined && transaction.voids === undefined) {
      const isGood = await useCard(sql, fact, { ...card, amountMinor, transactionId: transaction.id });
      if (!isGood) {
        const values = { attemptId: card.attemptId, receiptNumber, amountMinor };
        problems.push(problemOf('card-not-approved', fact, values));
      }
    }
  }
  for (const { code, customerId } of transaction.voids === undefined ? (transaction.usedCoupons ?? []) : []) {
    const used = {
      kind: 'coupon',
      code: storableText(code),
      customerId: storableText(customerId ?? ''),
    } as const;
    const first = await useCode(sql, storeId, { ...used, receiptNumber, ...paid });
    if (first === null) continue;
    const values = { code: used.code, receiptNumber, firstReceiptNumber: first };
    problems.push(problemOf('coupon-used-twice', fact, values));
  }
  return problems;
}

/** The receipt that used the code before; null when this is its first use, or the same one again. */
async function useCode(
  sql: TransactionSql,
  storeId: string,
  use: {
    readonly kind: 'voucher' | 'coupon';
    readonly code: string;
    /** Of a coupon that each customer may use once. */
    readonly customerId?: string;
    readonly receiptNumber: string;
    readonly fact: FeedFact;
    readonly transaction: Paid;
  },
): Promise<string | null> {
  const { kind, code, customerId = '', receiptNumber, fact, transaction } = use;
  await sql`
    insert into code_use (kind, code, customer_id, store_id, workstation_id, fact_id, transaction_id, receipt_number)
    values (${kind}, ${code}, ${customerId}, ${storeId}, ${fact.workstationId}, ${fact.id}, ${transaction.id},
      ${receiptNumber})
    on conflict (kind, code, customer_id) do nothing`;
  const [first] = await sql<{ workstation: string; id: string; receipt: string }[]>`
    select workstation_id as workstation, fact_id as id, receipt_number as receipt
    from code_use where kind = ${kind} and code = ${code} and customer_id = ${customerId}`;
  const isOwn = first === undefined || (first.id === fact.id && first.workstation === fact.workstationId);
  return isOwn ? null : first.receipt;
}

/** Was this much approved by the till's own attempt, and is it used for the first time? */
async function useCard(
  sql: TransactionSql,
  fact: FeedFact,
  card: { readonly attemptId: string; readonly amountMinor: number; readonly transactionId: string },
): Promise<boolean> {
  const { attemptId, amountMinor, transactionId } = card;
  const action = amountMinor < 0 ? 'refund' : 'payment';
  const rows = await sql`
    update card_attempt set sold_on = ${transactionId}
    where workstation_id = ${fact.workstationId} and attempt_id = ${attemptId} and action = ${action}
      and outcome = 'approved' and approved_minor = ${Math.abs(amountMinor)}
      and (sold_on is null or sold_on = ${transactionId})
    returning 1`;
  return rows.length > 0;
}

/** A void sets vouchers and coupons free that its original used; the card's approval is the till's to reverse. */
async function setFree(sql: TransactionSql, workstationId: string, transactionId: string): Promise<void> {
  await sql`
    delete from code_use where workstation_id = ${workstationId} and transaction_id = ${transactionId}`;
  await sql`
    update card_attempt set sold_on = null
    where workstation_id = ${workstationId} and sold_on = ${transactionId}`;
}

function problemOf(kind: Problem['kind'], fact: FeedFact, values: Problem['values']): Problem {
  const { workstationId, id: factId, epoch, sequence } = fact;
  return { kind, workstationId, factId, position: { epoch, sequence }, values };
}

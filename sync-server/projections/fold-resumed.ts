// Carts that were set aside and taken up may be paid once. Two tills that did not hear of each other can both have paid one:
// both sales stand, because the money has moved, and the second becomes a row in Needs attention. Whoever paid it, the cart
// is closed for all tills of the store.

import { Array, Integer, Object, Optional, String, Unknown } from 'typebox';
import { Compile } from 'typebox/compile';
import type { AttentionRaised } from '../db/attention.ts';
import { storeScope } from '../db/caller.ts';
import type { Transaction, TransactionSql } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { storableText } from '../db/storable-text.ts';
import type { FeedFact } from './fold-facts.ts';

const text = String({ minLength: 1, maxLength: 64 });
const paidValidator = Compile(
  Object({
    body: Object({
      transaction: Object({
        cartId: text,
        suspendedAs: text,
        receiptNumber: text,
        totals: Object({ grossMinor: Integer() }),
        lines: Array(Unknown()),
        voids: Optional(Unknown()),
        isTraining: Optional(Unknown()),
      }),
    }),
  }),
);

type Paid = {
  readonly fact: FeedFact;
  readonly cartId: string;
  readonly code: string;
  readonly receiptNumber: string;
  readonly amountMinor: number;
};

export type ResumedFolded = {
  /** Carts that were paid. */
  readonly cartIds: readonly string[];
  /** Without the time, which is the server's. */
  readonly problems: readonly Omit<AttentionRaised, 'at'>[];
};

/** Remembers who paid each cart first, and finds those who paid it again. */
export async function foldResumed(
  sql: TransactionSql,
  storeId: string,
  feed: readonly FeedFact[],
): Promise<ResumedFolded> {
  const paid = feed.flatMap(paidCart);
  const problems: Omit<AttentionRaised, 'at'>[] = [];
  for (const { fact, cartId, code, receiptNumber, amountMinor } of paid) {
    await sql`
      insert into resumed_sale (store_id, cart_id, workstation_id, fact_id, receipt_number)
      values (${storeId}, ${cartId}, ${fact.workstationId}, ${fact.id}, ${receiptNumber})
      on conflict (store_id, cart_id) do nothing`;
    const [first] = await sql<{ workstation: string; id: string; receipt: string }[]>`
      select workstation_id as workstation, fact_id as id, receipt_number as receipt
      from resumed_sale where store_id = ${storeId} and cart_id = ${cartId}`;
    if (first === undefined || (first.id === fact.id && first.workstation === fact.workstationId)) continue;
    const { workstationId, id: factId, epoch, sequence } = fact;
    problems.push({
      kind: 'cart-sold-twice',
      workstationId,
      factId,
      position: { epoch, sequence },
      values: { code, receiptNumber, firstReceiptNumber: first.receipt, amountMinor },
    });
  }
  return { cartIds: [...new Set(paid.map(({ cartId }) => cartId))], problems };
}

/** Closes paid carts for every till, also when the till that paid never comes back to do so. */
export async function closeCarts(
  transaction: Transaction,
  storeId: string,
  cartIds: readonly string[],
): Promise<void> {
  if (cartIds.length === 0) return;
  const scope = storeScope(storeId);
  const open = await transaction.sql<{ id: string; body: string }[]>`
    select id, body from document
    where scope = ${scope} and collection = 'carts' and id = any(${[...cartIds]}::text[]) and not deleted`;
  if (open.length === 0) return;
  const documents = open.map(({ id, body }) => ({ id, body, deleted: true }));
  await publishDocuments(transaction, { scope, collection: 'carts', documents });
}

function paidCart(fact: FeedFact): readonly Paid[] {
  // Parsed only where it may be one: nearly no sale is of a cart that waited.
  if (fact.kind !== 'transaction-completed' || fact.body?.includes('"suspendedAs"') !== true) return [];
  const parsed: unknown = JSON.parse(fact.body);
  if (!paidValidator.Check(parsed)) return [];
  const { transaction } = parsed.body;
  if (transaction.voids !== undefined || transaction.isTraining === true) return [];
  return [
    {
      fact,
      cartId: storableText(transaction.cartId),
      code: storableText(transaction.suspendedAs),
      receiptNumber: storableText(transaction.receiptNumber),
      amountMinor: transaction.totals.grossMinor,
    },
  ];
}

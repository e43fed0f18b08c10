// A cart that a customer keeps at the shop and that was paid at a till is bought: the phone says so, and nobody can order it again.
// Where the phone had it back and ordered it before the till was heard of, both stand, because goods and money have moved, and
// people are told. Folding the same sale again changes nothing.

import { Array, Integer, Object, Optional, String, Unknown } from 'typebox';
import { Compile } from 'typebox/compile';
import type { AttentionRaised } from '../db/attention.ts';
import type { TransactionSql } from '../db/database.ts';
import { storableText } from '../db/storable-text.ts';
import type { FeedFact } from './fold-facts.ts';

const text = String({ minLength: 1, maxLength: 64 });
const soldValidator = Compile(
  Object({
    recordedAt: String({ maxLength: 40 }),
    body: Object({
      transaction: Object({
        passport: text,
        receiptNumber: text,
        totals: Object({ grossMinor: Integer() }),
        lines: Array(Unknown()),
        voids: Optional(Unknown()),
        isTraining: Optional(Unknown()),
      }),
    }),
  }),
);

type Sold = {
  readonly fact: FeedFact;
  readonly cartId: string;
  readonly receiptNumber: string;
  readonly amountMinor: number;
  readonly at: string;
};

/** Marks the carts as bought; the answer is what people must know, without the time, which is the server's. */
export async function foldPassports(
  sql: TransactionSql,
  storeId: string,
  feed: readonly FeedFact[],
): Promise<readonly Omit<AttentionRaised, 'at'>[]> {
  const problems: Omit<AttentionRaised, 'at'>[] = [];
  for (const { fact, cartId, receiptNumber, amountMinor, at } of feed.flatMap(soldCart)) {
    const bought = JSON.stringify({ by: 'till', receiptNumber, storeId, at });
    const marked = await sql`
      update channel_cart
      set bought = ${bought}, at_workstation = null, at_store = null, taken_lines = null,
          version = version + 1, changed_at = now()
      where id = ${cartId} and bought is null returning 1`;
    if (marked.length > 0) continue;
    const [kept] = await sql<{ bought: { code?: string; receiptNumber?: string } }[]>`
      select bought::json as bought from channel_cart where id = ${cartId}`;
    const first = kept?.bought.receiptNumber ?? kept?.bought.code;
    if (first === undefined || first === receiptNumber) continue;
    const { workstationId, id: factId, epoch, sequence } = fact;
    problems.push({
      kind: 'cart-sold-twice',
      workstationId,
      factId,
      position: { epoch, sequence },
      values: { code: cartId, receiptNumber, firstReceiptNumber: first, amountMinor },
    });
  }
  return problems;
}

function soldCart(fact: FeedFact): readonly Sold[] {
  // Parsed only where it may be one: few sales begin on a phone.
  if (fact.kind !== 'transaction-completed' || fact.body?.includes('"passport"') !== true) return [];
  const parsed: unknown = JSON.parse(fact.body);
  if (!soldValidator.Check(parsed)) return [];
  const { transaction } = parsed.body;
  if (transaction.voids !== undefined || transaction.isTraining === true) return [];
  return [
    {
      fact,
      cartId: storableText(transaction.passport),
      receiptNumber: storableText(transaction.receiptNumber),
      amountMinor: transaction.totals.grossMinor,
      at: storableText(parsed.recordedAt),
    },
  ];
}

// The desk of a store's orders and rights: whoever changes them holds the store's cursor row, brings both up to date with the
// facts of the store, decides, and writes facts. What facts do is computed in one place, in the order of the feed, so that the
// tables come out the same when they are folded again from the first fact.
//
//   lock cursor ─► fold what is new ─► decide ─► facts by the server's workstation ─► fold them too ─► publish, jobs

import type { FactBodies } from '../../shared/domain/fact.ts';
import type { StoreId } from '../../shared/domain/ids.ts';
import type { Order } from '../../shared/domain/order/order.ts';
import type { FeedbackGiven } from '../../shared/domain/order/order-facts.ts';
import type { RightsBook } from '../../shared/domain/escrow/rights-book.ts';
import { NO_RIGHTS } from '../../shared/domain/escrow/rights-book.ts';
import { raiseAttention, type AttentionRaised } from '../db/attention.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { FACTS_AT_ONCE, KINDS, readFacts, readSheet, touchedBy, writeSheet } from './desk-sheet.ts';
import { foldOrderFacts, type DeskFact } from './fold-order-facts.ts';
import { publishOrderDocuments } from './order-documents.ts';
import { publishRightsPages } from './rights-pages.ts';
import type { OrderChanged } from './order-changed.ts';

/** What the server writes into its own journal; the bodies are those of the fact kinds. */
export type AppendFacts = (
  transaction: Transaction,
  storeId: StoreId,
  events: readonly DeskEvent[],
) => Promise<void>;

export type DeskEvent =
  | Extract<
      DeskFact,
      { readonly kind: 'channel-order-placed' | 'channel-order-moved' | 'rights-moved' }
    >['event']
  /** Changes nothing at the desk: what a person decided, beside what it did. */
  | { readonly kind: 'attention-resolved'; readonly body: FactBodies['attention-resolved'] }
  /** Moves nothing: it is written for what people want to know. */
  | { readonly kind: 'feedback-given'; readonly body: FeedbackGiven };

export type DeskGiven = {
  readonly database: Database;
  readonly append: AppendFacts;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called inside the transaction for every order that changed: messages, webhooks and timers are made here. */
  readonly onChanged: (transaction: Transaction, changed: readonly OrderChanged[]) => Promise<void>;
};

export type DeskPlace = {
  readonly storeId: StoreId;
  readonly orderIds: readonly string[];
  readonly itemIds: readonly string[];
};

export type Desk = {
  readonly transaction: Transaction;
  readonly order: (id: string) => Order | null;
  readonly book: (itemId: string) => RightsBook;
  /** Items whose rights the facts that were folded just now have changed. */
  readonly movedItems: ReadonlySet<string>;
  /** Facts of the server; they are folded when the work is done. */
  readonly write: (event: DeskEvent) => void;
};

/** What one transaction takes in of a long backlog: some twenty deliveries of two hundred items. */
const BACKLOG_STEP_BYTES = 400_000;

/** Runs `work` at the desk of a store. It may run more than once, as every transaction. */
export async function atDesk<Value>(
  given: DeskGiven,
  place: {
    readonly storeId: StoreId;
    readonly orderIds: readonly string[];
    readonly itemIds: readonly string[];
  },
  work: (desk: Desk) => Promise<Value> | Value,
): Promise<Value> {
  return inTransaction(given.database, async (transaction) => {
    const { storeId } = place;
    const caughtUp: CatchUp = { storeId, changed: new Map(), movedItems: new Set() };
    const { movedItems } = caughtUp;
    await lockDesk(transaction, storeId);
    await catchUp(transaction, given, caughtUp);
    const itemIds = [...place.itemIds, ...movedItems];
    const sheet = await readSheet(transaction, storeId, { orderIds: place.orderIds, itemIds });
    const events: DeskEvent[] = [];
    const value = await work({
      transaction,
      order: (id) => sheet.orders.get(id) ?? null,
      book: (itemId) => sheet.books.get(itemId) ?? NO_RIGHTS,
      movedItems: new Set(movedItems),
      write: (event) => events.push(event),
    });
    if (events.length > 0) {
      await given.append(transaction, storeId, events);
      await catchUp(transaction, given, caughtUp);
    }
    await settle(transaction, given, caughtUp);
    return value;
  });
}

/**
 * Takes in a long backlog (the opening stock of a shop, a store that was cut off for a week) in many short transactions, because whoever
 * enrols or sells in the store waits for the one that is under way. Nothing is decided meanwhile. Answers the items that it moved; none
 * where the next transaction at the desk can take in everything by itself. Ends early when `isOver`: the next start goes on.
 */
export async function takeInBacklog(
  given: DeskGiven,
  storeId: StoreId,
  isOver: () => boolean,
): Promise<ReadonlySet<string>> {
  const moved = new Set<string>();
  while (!isOver() && (await isBehind(given.database, storeId))) {
    await inTransaction(given.database, async (transaction) => {
      const caughtUp: CatchUp = { storeId, changed: new Map(), movedItems: new Set() };
      await lockDesk(transaction, storeId);
      await foldSome(transaction, given, caughtUp, BACKLOG_STEP_BYTES);
      await settle(transaction, given, caughtUp);
      for (const itemId of caughtUp.movedItems) moved.add(itemId);
    });
  }
  return moved;
}

async function isBehind({ sql }: Database, storeId: StoreId): Promise<boolean> {
  const [row] = await sql<{ is_behind: boolean }[]>`
    select coalesce(sum(octet_length(body)), 0) > ${BACKLOG_STEP_BYTES} as is_behind from (
      select f.body from fact f
      where f.store_id = ${storeId} and f.kind = any(${[...KINDS]}::text[]) and f.mark is distinct from 'kept'
        and f.position > coalesce((select position from channel_cursor where store_id = ${storeId}), 0)
      order by f.position limit ${FACTS_AT_ONCE}) as waiting`;
  return row?.is_behind === true;
}

/** Tells everybody what the facts that were folded have changed. */
async function settle(
  transaction: Transaction,
  given: DeskGiven,
  { storeId, changed, movedItems }: CatchUp,
): Promise<void> {
  await publishOrderDocuments(transaction, storeId, [...changed.values()]);
  await publishRightsPages(transaction, storeId, movedItems);
  await given.onChanged(transaction, [...changed.values()]);
}

async function lockDesk({ sql }: Transaction, storeId: StoreId): Promise<void> {
  await sql`insert into channel_cursor (store_id, has_pages) values (${storeId}, true)
    on conflict (store_id) do nothing`;
  await sql`select position from channel_cursor where store_id = ${storeId} for update`;
}

type CatchUp = {
  readonly storeId: StoreId;
  readonly changed: Map<string, OrderChanged>;
  readonly movedItems: Set<string>;
};

/** Folds facts that the desk has not seen. The cursor row is locked, so nobody else does. */
async function catchUp(transaction: Transaction, given: DeskGiven, caughtUp: CatchUp): Promise<void> {
  while (await foldSome(transaction, given, caughtUp, null)) continue;
}

/** Folds the next of them, up to so many bytes of facts, at least one; false when there were none or they were the last. */
async function foldSome(
  transaction: Transaction,
  given: DeskGiven,
  { storeId, changed, movedItems }: CatchUp,
  bytesMax: number | null,
): Promise<boolean> {
  const facts = await readFacts(transaction, storeId, bytesMax);
  if (facts.rows.length === 0) return false;
  const touched = touchedBy(facts.rows);
  const sheet = await readSheet(transaction, storeId, touched);
  const before = new Map(sheet.orders);
  const problems = foldOrderFacts(sheet, facts.rows);
  const at = new Date(given.now()).toISOString();
  await writeSheet(transaction, storeId, { sheet, at });
  const raised = problems.map((problem): AttentionRaised => ({ ...problem, at }));
  if (raised.length > 0) await raiseAttention(transaction, storeId, raised);
  for (const itemId of sheet.changedItems) movedItems.add(itemId);
  for (const [id, order] of sheet.orders) {
    if (before.get(id) === order) continue;
    changed.set(id, { order, before: changed.get(id)?.before ?? before.get(id) ?? null });
  }
  await transaction.sql`update channel_cursor set position = ${facts.last} where store_id = ${storeId}`;
  return facts.rows.length === FACTS_AT_ONCE;
}

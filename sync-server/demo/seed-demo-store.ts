// Makes the demo store in an empty database, once. First everything that is looked up (stores, taxes, people,
// items and their pages) in one transaction, then the opening stock as facts, delivery by delivery. A start that
// was cut short goes on where it stopped; a finished one does nothing.
//
//   nothing ──stores, people, goods──► goods ──deliveries 1 … n per shop──► complete

import type { Item } from '../../shared/domain/item.ts';
import type { StoreId } from '../../shared/domain/ids.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { storeScope } from '../db/caller.ts';
import { CATEGORIES, TAX_GROUPS } from './categories.ts';
import { demoCustomers } from './customers.ts';
import type { DemoItem } from './demo-items.ts';
import { openingReceipts, type Receipt } from './opening-stock.ts';
import { DEMO_OPERATORS, operatorDocument } from './operators.ts';
import { demoPriceBook } from './price-book.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';
import { storeGoods } from './special-goods.ts';
import { DEMO_SHOPS, DEMO_STORES, ORDER_RULES, TAX_RULES } from './stores.ts';

/** The seed of the published demo store. */
export const DEMO_SEED = 2026;

export type SeedGiven = {
  readonly items: number;
  readonly seed?: number;
  /** Adds items and publishes their pages; the catalogue's part. */
  readonly addItems: (
    transaction: Transaction,
    rows: readonly { readonly item: Item; readonly costMinor: number }[],
  ) => Promise<void>;
  /** Publishes the settings of every shop from the rows that were just written. */
  readonly publishSettings: (transaction: Transaction) => Promise<void>;
  /** Gives a shop its own workstation of the server; the same one when it has one. */
  readonly enrolServer: (storeId: StoreId) => Promise<void>;
  /** How many facts of the server's workstation are in its journal, its first (`epoch-started`) included. */
  readonly journalLength: (storeId: StoreId) => Promise<number>;
  /** Records deliveries by the server's workstation of the shop, all or none. */
  readonly recordReceipts: (storeId: StoreId, receipts: readonly Receipt[]) => Promise<void>;
  readonly onProgress?: (done: { readonly items: number; readonly receipts: number }) => void;
};

type Stage = 'goods' | 'complete';
type State = { readonly stage: Stage; readonly items: number; readonly seed: number };

const COMPANY_SCOPE = 'company';
const KIOSK_SCOPE = 'kiosk';
const STATE_KEY = 'demo-store';
const ITEMS_AT_ONCE = 4_096;
const RECEIPTS_AT_ONCE = 20;

/** Seeds what is missing. Answers whether there was anything to do. */
export async function seedDemoStore(database: Database, given: SeedGiven): Promise<'seeded' | 'was-there'> {
  let state = await readState(database);
  if (state?.stage === 'complete') return 'was-there';
  if (state === null) {
    const fresh: State = { stage: 'goods', items: given.items, seed: given.seed ?? DEMO_SEED };
    await inTransaction(database, (transaction) => writeGoods(transaction, fresh, given));
    state = fresh;
  }
  for (const storeId of DEMO_SHOPS) await writeOpeningStock(storeId, state, given);
  await writeState(database, { ...state, stage: 'complete' });
  return 'seeded';
}

/** Has this installation a finished or unfinished demo store? */
export async function isDemoStore(database: Database): Promise<boolean> {
  return (await readState(database)) !== null;
}

async function writeGoods(transaction: Transaction, state: State, given: SeedGiven): Promise<void> {
  const random = createSeededRandom(state.seed);
  await writeStores(transaction);
  await writePeople(transaction, random);
  let batch: DemoItem[] = [];
  let done = 0;
  for (const item of storeGoods(state.items, state.seed)) {
    batch.push(item);
    if (batch.length < ITEMS_AT_ONCE) continue;
    await given.addItems(transaction, batch);
    done += batch.length;
    batch = [];
    given.onProgress?.({ items: done, receipts: 0 });
  }
  if (batch.length > 0) await given.addItems(transaction, batch);
  await writePriceBook(transaction);
  await given.publishSettings(transaction);
  await putState(transaction.sql, state);
}

async function writeStores({ sql }: Transaction): Promise<void> {
  for (const { kind, store } of DEMO_STORES) {
    await sql`insert into store (id, number, kind, name, body)
      values (${store.id}, ${store.number}, ${kind}, ${store.name}, ${JSON.stringify(store)})`;
  }
  for (const group of TAX_GROUPS) {
    await sql`insert into tax_group (id, letter, body) values (${group.id}, ${group.letter}, ${JSON.stringify(group)})`;
  }
  for (const category of CATEGORIES) {
    await sql`insert into category (id, position, body)
      values (${category.id}, ${category.position}, ${JSON.stringify(category)})`;
  }
  await sql`insert into setting (key, value) values ('tax-rules', ${JSON.stringify(TAX_RULES)}),
      ('order-rules', ${JSON.stringify(ORDER_RULES)})
    on conflict (key) do update set value = excluded.value`;
}

async function writePriceBook(transaction: Transaction): Promise<void> {
  const documents = demoPriceBook().map((document) => ({
    id: document.id,
    type: document.type,
    body: JSON.stringify(document),
  }));
  await publishDocuments(transaction, { scope: COMPANY_SCOPE, collection: 'promotions', documents });
  // A kiosk shows prices and never asks for a reason.
  const forKiosks = documents.filter(({ type }) => type !== 'reason-code');
  await publishDocuments(transaction, { scope: KIOSK_SCOPE, collection: 'promotions', documents: forKiosks });
}

async function writePeople(transaction: Transaction, random: SeededRandom): Promise<void> {
  const { sql } = transaction;
  const customers = demoCustomers(random).map((customer) => {
    const { id, name } = customer;
    return { id, name, body: JSON.stringify(customer) };
  });
  await sql`insert into customer (id, name, body)
    select * from unnest(${customers.map((each) => each.id)}::text[], ${customers.map((each) => each.name)}::text[],
      ${customers.map((each) => each.body)}::text[])`;
  const staff = [];
  for (const demo of DEMO_OPERATORS) {
    const salt = Uint8Array.from({ length: 16 }, () => random.below(256));
    const document = await operatorDocument(demo, salt);
    const body = JSON.stringify(document);
    await sql`insert into operator (id, number, is_active, body)
      values (${document.id}, ${document.number}, true, ${body})`;
    staff.push({ storeId: demo.storeId, id: document.id, body });
  }
  for (const storeId of DEMO_SHOPS) {
    const scope = storeScope(storeId);
    const own = staff.filter((operator) => operator.storeId === storeId);
    await publishDocuments(transaction, { scope, collection: 'customers', documents: customers });
    await publishDocuments(transaction, { scope, collection: 'staff', documents: own });
  }
}

async function writeOpeningStock(storeId: StoreId, state: State, given: SeedGiven): Promise<void> {
  await given.enrolServer(storeId);
  // The first entry of the journal opens the epoch; every one after it is a delivery.
  const recorded = Math.max(0, (await given.journalLength(storeId)) - 1);
  let place = 0;
  let batch: Receipt[] = [];
  const record = async (): Promise<void> => {
    if (batch.length > 0) await given.recordReceipts(storeId, batch);
    batch = [];
    given.onProgress?.({ items: state.items, receipts: place });
  };
  for (const receipt of openingReceipts(storeGoods(state.items, state.seed), { storeId, seed: state.seed })) {
    place += 1;
    if (place <= recorded) continue;
    batch.push(receipt);
    if (batch.length === RECEIPTS_AT_ONCE) await record();
  }
  await record();
}

async function readState(database: Database): Promise<State | null> {
  const rows = await database.sql<{ value: string }[]>`select value from setting where key = ${STATE_KEY}`;
  const row = rows[0];
  // Proof of the cast: only putState writes this row, always as JSON of a State.
  return row === undefined ? null : (JSON.parse(row.value) as State);
}

async function writeState(database: Database, state: State): Promise<void> {
  await inTransaction(database, ({ sql }) => putState(sql, state));
}

async function putState(sql: Transaction['sql'], state: State): Promise<void> {
  await sql`insert into setting (key, value) values (${STATE_KEY}, ${JSON.stringify(state)})
    on conflict (key) do update set value = excluded.value, changed_at = now()`;
}

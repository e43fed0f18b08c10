// What judging a fact needs to know of a store and a workstation. Number and key of a workstation never change;
// settings of a store may, so they are looked up again after ten seconds.

import type { KeyObject } from 'node:crypto';
import { businessDayOf } from '../../shared/domain/business-day.ts';
import type { Store } from '../../shared/domain/store.ts';
import type { Sql, TransactionSql } from '../db/database.ts';
import { publicKeyOf } from './verify-fact.ts';

export type StoreBook = {
  readonly store: Store;
  readonly storeNumber: number;
  readonly businessDayOf: (instant: string) => string;
};
export type WorkstationBook = { readonly number: number; readonly publicKey: KeyObject };

export type StoreBooks = {
  readonly bookOf: (storeId: string) => Promise<StoreBook | null>;
  readonly workstationOf: (workstationId: string) => Promise<WorkstationBook | null>;
};

const REMEMBER_MS = 10_000;
const REMEMBERED_MAX = 20_000;

export function createStoreBooks(sql: Sql | TransactionSql, now: () => number): StoreBooks {
  const stores = new Map<string, { readonly until: number; readonly book: StoreBook }>();
  const workstations = new Map<string, { readonly until: number; readonly book: WorkstationBook }>();

  async function readStore(storeId: string): Promise<StoreBook | null> {
    const rows = await sql<{ body: string; number: number }[]>`
      select body, number from store where id = ${storeId}`;
    if (rows[0] === undefined) return null;
    // Written by our own settings code as JSON of Store.
    const store = JSON.parse(rows[0].body) as Store;
    return { store, storeNumber: rows[0].number, businessDayOf: businessDayOf(store) };
  }

  async function readWorkstation(id: string): Promise<WorkstationBook | null> {
    const rows = await sql<{ number: number; public_key: string }[]>`
      select number, public_key from workstation where id = ${id}`;
    const row = rows[0];
    return row === undefined ? null : { number: row.number, publicKey: publicKeyOf(row.public_key) };
  }

  return {
    bookOf: (storeId) => remembered(stores, storeId, { now: now(), read: () => readStore(storeId) }),
    workstationOf: (id) => remembered(workstations, id, { now: now(), read: () => readWorkstation(id) }),
  };
}

async function remembered<Book>(
  books: Map<string, { readonly until: number; readonly book: Book }>,
  id: string,
  given: { readonly now: number; readonly read: () => Promise<Book | null> },
): Promise<Book | null> {
  const known = books.get(id);
  if (known !== undefined && known.until > given.now) return known.book;
  const book = await given.read();
  if (book === null) return null;
  if (books.size >= REMEMBERED_MAX) books.clear();
  books.set(id, { until: given.now + REMEMBER_MS, book });
  return book;
}

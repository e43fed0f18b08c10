// What an import needs to know of the installation before the first row: the store and its currency, the tax
// groups and categories that rows may name, and what new items get where the file is silent.

import {
  asCategoryId,
  asStoreId,
  asTaxGroupId,
  type CategoryId,
  type StoreId,
  type TaxGroupId,
} from '../../shared/domain/ids.ts';
import { currencyOf } from '../../shared/domain/currency.ts';
import type { Category } from '../../shared/domain/item.ts';
import { parseDecimal } from '../../shared/domain/parse-decimal.ts';
import type { Store } from '../../shared/domain/store.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { StartRefused } from '../db/start-refused.ts';
import type { PlanGiven } from './plan-batch.ts';

export type Prepared = {
  readonly storeId: StoreId;
  readonly currency: string;
  readonly taxGroups: ReadonlyMap<string, TaxGroupId>;
  readonly categories: ReadonlyMap<string, CategoryId>;
  readonly defaults: PlanGiven['defaults'];
};

export type PrepareGiven = {
  readonly defaultPrice: string | null;
  readonly tax: string | null;
  readonly category: string | null;
  readonly store: string | null;
  readonly isDryRun: boolean;
  /** Tells the workstations of a category that was made. */
  readonly publishSettings: (
    transaction: Transaction,
    given: { readonly isDemo: boolean },
  ) => Promise<unknown>;
};

const IMPORTED: Category = {
  id: asCategoryId('imported'),
  name: { en: 'Imported', fa: 'واردشده', ar: 'مستورد', ru: 'Импорт', pl: 'Zaimportowane' },
  tone: 'stone',
  position: 1_000,
};

/** Reads and checks all of it; StartRefused with a sentence where a wish names nothing. */
export async function prepareImport(database: Database, given: PrepareGiven): Promise<Prepared> {
  const store = await findStore(database, given.store);
  const taxGroups = await readTaxGroups(database);
  const first = taxGroups.values().next().value;
  if (first === undefined)
    throw new StartRefused('There is no tax group yet. Make one first; nothing was changed.');
  const taxGroupId = given.tax === null ? first : taxGroups.get(given.tax.toLowerCase());
  if (taxGroupId === undefined) {
    throw new StartRefused(
      `There is no tax group "${given.tax}". There is: ${[...taxGroups.keys()].join(', ')}.`,
    );
  }
  const priceMinor = given.defaultPrice === null ? null : readPrice(given.defaultPrice, store.currency);
  let categories = await readCategories(database);
  if (given.category === null && !given.isDryRun && !categories.has(IMPORTED.id)) {
    await makeCategory(database, given.publishSettings);
    categories = await readCategories(database);
  }
  const categoryId = given.category === null ? IMPORTED.id : categories.get(given.category.toLowerCase());
  if (categoryId === undefined) throw new StartRefused(`There is no category "${given.category}".`);
  const { currency } = store;
  return {
    storeId: store.id,
    currency,
    taxGroups,
    categories,
    defaults: { priceMinor, taxGroupId, categoryId },
  };
}

async function findStore(database: Database, wish: string | null): Promise<Pick<Store, 'id' | 'currency'>> {
  const rows = await database.sql<{ id: string; number: number; body: string }[]>`
    select id, number, body from store where kind = 'shop' order by number`;
  const row = rows.find((each) => wish === null || each.id === wish || String(each.number) === wish);
  if (row === undefined) {
    const known = rows.map((each) => each.number).join(', ');
    throw new StartRefused(`There is no store "${wish}". There is: ${known}.`);
  }
  // Proof of the cast: the server writes this column, always as JSON of a Store.
  return { id: asStoreId(row.id), currency: (JSON.parse(row.body) as Store).currency };
}

async function readTaxGroups(database: Database): Promise<ReadonlyMap<string, TaxGroupId>> {
  const rows = await database.sql<{ id: string; letter: string }[]>`
    select id, letter from tax_group order by letter, id`;
  const byName = rows.flatMap(({ id, letter }) =>
    [letter, id].map((name) => [name.toLowerCase(), asTaxGroupId(id)] as const),
  );
  return new Map(byName);
}

async function readCategories(database: Database): Promise<ReadonlyMap<string, CategoryId>> {
  const rows = await database.sql<
    { id: string; body: string }[]
  >`select id, body from category order by position`;
  const names = rows.flatMap(({ id, body }) => {
    // Proof of the cast: the server writes this column, always as JSON of a Category.
    const { name } = JSON.parse(body) as Category;
    return [id, ...Object.values(name)].map((text) => [text.toLowerCase(), asCategoryId(id)] as const);
  });
  return new Map(names);
}

async function makeCategory(database: Database, publish: PrepareGiven['publishSettings']): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const { sql } = transaction;
    await sql`insert into category (id, position, body)
      values (${IMPORTED.id}, ${IMPORTED.position}, ${JSON.stringify(IMPORTED)}) on conflict (id) do nothing`;
    const demo = await sql<
      { count: number }[]
    >`select count(*) as count from setting where key = 'demo-store'`;
    await publish(transaction, { isDemo: (demo[0]?.count ?? 0) > 0 });
  });
}

function readPrice(text: string, currency: string): number {
  const { digits } = currencyOf(currency);
  const price = parseDecimal(text, digits);
  if (price.ok && price.value >= 0) return price.value;
  throw new StartRefused(
    `--default-price is "${text}": give a price in ${currency} with at most ${digits} decimals.`,
  );
}

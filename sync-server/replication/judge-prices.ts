// Computes the prices of sales again by the version of the shop's rules that each says it was computed with. Versions never
// change, so what was read once is remembered and a busy store asks the database nothing. What differs is taken in all the
// same and marked as disputed with both values; a sale that states no version is judged by its arithmetic alone.

import { checkPrices, statesPrices, type PublishedPrices } from '../../shared/domain/check-prices.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import { hasPermission } from '../../shared/domain/permissions.ts';
import { wholeStamp } from '../../shared/domain/stated-prices.ts';
import type { PriceBook } from '../../shared/domain/promotion-document.ts';
import { promotionContextOf } from '../../shared/domain/promotion-context.ts';
import type { Store, StoreSettings } from '../../shared/domain/store.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import { storeScope } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { readBook, readSettings } from '../db/reference-versions.ts';
import { sqlInScopes, type ScopedSql } from '../db/row-scopes.ts';
import { valuesOfDifferences, type JudgedFact } from './judge-fact.ts';

/** Where price books of tills are published. */
const BOOK_SCOPE = 'company';
/** Sales of workstations with a till; kiosks write none. */
const CHANNEL = 'pos';
/** Versions remembered; what is forgotten is read again. */
const ITEMS_MAX = 50_000;
const BOOKS_MAX = 32;
const SETTINGS_MAX = 1_000;
const ZONES_MAX = 64;

export type PriceJudge = {
  readonly judge: (storeId: string, facts: readonly JudgedFact[]) => Promise<readonly JudgedFact[]>;
};

type ContextOf = ReturnType<typeof promotionContextOf>;

export function createPriceJudge(database: Database): PriceJudge {
  const books = new Map<number, PriceBook>();
  const settings = new Map<string, StoreSettings>();
  const items = new Map<string, Item>();
  const zones = new Map<string, ContextOf>();

  const contextOf = (store: Store): ContextOf => {
    const zone = `${store.timeZone} ${String(store.dayStartsAtMinute)}`;
    const known = zones.get(zone) ?? promotionContextOf(store);
    remember(zones, zone, known, ZONES_MAX);
    return known;
  };

  /** Reads what is not remembered; what never was stays unknown. */
  async function fetch(sql: ScopedSql, storeId: string, sales: readonly Transaction[]): Promise<void> {
    const needed = sales.map(neededBy);
    for (const revision of new Set(needed.flatMap((each) => each.books))) {
      const book = books.has(revision) ? null : await readBook(sql, BOOK_SCOPE, revision);
      if (book !== null) remember(books, revision, book, BOOKS_MAX);
    }
    for (const revision of new Set(needed.flatMap((each) => each.settings))) {
      const key = settingsKey(storeId, revision);
      const found = settings.has(key) ? null : await readSettings(sql, storeScope(storeId), revision);
      if (found !== null) remember(settings, key, found, SETTINGS_MAX);
    }
    const missing = new Set(needed.flatMap((each) => each.items).filter((key) => !items.has(key)));
    if (missing.size === 0) return;
    const ids = [...missing].map((key) => key.slice(0, key.lastIndexOf(' ')));
    const rows = await database.sql<{ body: string }[]>`
      select body from item where id = any(${ids}::text[])
      union all
      select body from item_version where item_id = any(${ids}::text[])
        and item_id || ' ' || revision::text = any(${[...missing]}::text[])`;
    for (const { body } of rows) {
      const item = JSON.parse(body) as Item; // Written by the catalogue alone, always as JSON of Item.
      remember(items, itemKey(item.id, item.revision ?? 0), item, ITEMS_MAX);
    }
  }

  const publishedIn = (storeId: string): PublishedPrices => ({
    bookOf: (revision) => books.get(revision) ?? null,
    settingsOf: (revision) => settings.get(settingsKey(storeId, revision)) ?? null,
    itemOf: (id, revision) => items.get(itemKey(id, revision)) ?? null,
  });

  return {
    async judge(storeId, facts) {
      const sales = facts.flatMap((judged) => saleToJudge(judged) ?? []);
      if (sales.length === 0) return facts;
      const sql = sqlInScopes(database, [BOOK_SCOPE, storeScope(storeId)]);
      await fetch(sql, storeId, sales);
      const published = publishedIn(storeId);
      const overriders = await overridersOf(sql, sales);
      return facts.map((judged) => {
        const transaction = saleToJudge(judged);
        if (transaction === null) return judged;
        const differences = checkPrices(transaction, {
          ...published,
          channel: CHANNEL,
          mayOverride: overriders.has(transaction.operatorId),
          contextOf: (buyer, store) =>
            contextOf(store)(buyer, { channel: CHANNEL, now: transaction.completedAt }),
        });
        if (differences.length === 0) return judged;
        return { ...judged, mark: 'disputed', values: valuesOfDifferences(differences) };
      });
    },
  };
}

/** Revisions and item versions that a sale names. */
function neededBy(transaction: Transaction): {
  readonly books: readonly number[];
  readonly settings: readonly number[];
  readonly items: readonly string[];
} {
  const { pricedWith, lines, tenders } = transaction;
  if (pricedWith === undefined) return { books: [], settings: [], items: [] };
  const stamps = lines.flatMap((line) => {
    const { bundleOf } = line;
    const own = { id: line.itemId, stamp: wholeStamp(line.priced, pricedWith, line.quantityMilli) };
    if (bundleOf === undefined) return [own];
    const whole = wholeStamp(bundleOf.priced, pricedWith, bundleOf.quantityMilli);
    return [own, { id: bundleOf.itemId, stamp: whole }];
  });
  const hasForeign = tenders.some(({ foreign }) => foreign !== undefined);
  return {
    books: [pricedWith.book, ...stamps.map(({ stamp }) => stamp.book)].filter((revision) => revision > 0),
    settings: hasForeign ? [pricedWith.settings, pricedWith.settings - 1] : [pricedWith.settings],
    items: stamps.map(({ id, stamp }) => itemKey(id, stamp.itemRevision)),
  };
}

/** Those who completed a sale with a price set by hand, and may set one. */
async function overridersOf(sql: ScopedSql, sales: readonly Transaction[]): Promise<ReadonlySet<string>> {
  const ids = sales
    .filter(({ lines }) => lines.some(({ priced }) => priced?.isTyped === true))
    .map(({ operatorId }) => operatorId);
  if (ids.length === 0) return new Set();
  const rows = await sql<{ id: string; body: string }[]>`
    select id, body from operator where id = any(${ids}::text[])`;
  // Written by the server alone, always as JSON of Operator.
  return new Set(
    rows.flatMap(({ id, body }) =>
      hasPermission(JSON.parse(body) as Operator, 'override-price') ? [id] : [],
    ),
  );
}

function saleToJudge({ envelope, mark }: JudgedFact): Transaction | null {
  if (mark !== null || envelope.kind !== 'transaction-completed') return null;
  // judgeFact has checked it against the schema of its kind.
  const { transaction } = (envelope as unknown as Fact<'transaction-completed'>).body;
  return statesPrices(transaction) ? transaction : null;
}

const settingsKey = (storeId: string, revision: number): string => `${storeId} ${String(revision)}`;
const itemKey = (id: string, revision: number): string => `${id} ${String(revision)}`;

function remember<Key, Value>(known: Map<Key, Value>, key: Key, value: Value, max: number): void {
  if (!known.has(key) && known.size >= max) known.clear();
  known.set(key, value);
}

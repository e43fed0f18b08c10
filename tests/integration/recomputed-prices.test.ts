// Real tills, a real server, and prices that change while tills are cut off: no honest sale is ever disputed, and a sale with
// a price or a discount that the shop never had is, with both values, and stays booked.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunningWorkstation } from '../../shared/client/create-workstation.ts';
import { totalsOfLines } from '../../shared/domain/cart-totals.ts';
import { asItemId, asStoreId } from '../../shared/domain/ids.ts';
import { receiptNumber } from '../../shared/domain/journal.ts';
import { BOOK_VERSION_ID } from '../../shared/domain/price-book-version.ts';
import type { PromotionDocument } from '../../shared/domain/promotion-document.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { Transaction, TransactionLine } from '../../shared/domain/transaction.ts';
import { changePrice } from '../../sync-server/catalogue/change-price.ts';
import { insertItems, lockCatalogue } from '../../sync-server/catalogue/item-rows.ts';
import { pagesOf, publishPages } from '../../sync-server/catalogue/publish-pages.ts';
import { inTransaction } from '../../sync-server/db/database.ts';
import { publishDocuments } from '../../sync-server/db/feed.ts';
import { publishSettings } from '../../sync-server/reference-data/publish-settings.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { anItem, anOperator, aSettings, exactCash } from '../support/a-shop.ts';
import { aCabledTill } from '../support/a-cabled-till.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, open, push, write } from '../support/a-workstation.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { untilWithin } from '../support/until.ts';

const ITEMS = 4;
const until = untilWithin(60_000);
let database: TestDatabase;
let server: SyncServer;
/** The newest one; each call of publishBook with something new makes the next. */
let bookRevision = 0;
const running: RunningWorkstation[] = [];

beforeAll(async () => {
  database = await aShop(1);
  const { taxGroups, taxRules } = aSettings();
  for (const group of Object.values(taxGroups)) {
    await database.sql`insert into tax_group (id, letter, body)
      values (${group.id}, ${group.letter}, ${JSON.stringify(group)})`;
  }
  await database.sql`insert into category (id, position, body) values ('things', 1, ${JSON.stringify({
    id: 'things',
    name: { en: 'Things' },
    tone: 'leaf',
    position: 1,
  })})`;
  await database.sql`insert into setting (key, value) values ('tax-rules', ${JSON.stringify(taxRules)})`;
  const operator = anOperator();
  await database.sql`insert into operator (id, number, is_active, body)
    values (${operator.id}, ${operator.number}, true, ${JSON.stringify(operator)})`;
  await inTransaction(database, async (transaction) => {
    await lockCatalogue(transaction);
    const items = Array.from({ length: ITEMS }, (_, place) => anItem(place));
    await insertItems(
      transaction,
      items.map((item) => ({ item, costMinor: null })),
    );
    await publishPages(transaction, pagesOf(items.map(({ ordinal }) => ordinal)));
    await publishSettings(transaction, { isDemo: true });
    await publishDocuments(transaction, {
      scope: 'store:s1',
      collection: 'staff',
      documents: [{ id: operator.id, body: JSON.stringify(operator) }],
    });
  });
  await publishBook([]);
  server = await aSyncServer({ database });
});
afterEach(async () => {
  for (const workstation of running.splice(0)) await workstation.close();
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

/** Some document of the book, so that there is a first revision, and these. */
async function publishBook(documents: readonly PromotionDocument[]): Promise<void> {
  const base: PromotionDocument = {
    id: 'ten-things',
    type: 'price-rule',
    body: { id: 'ten-things', name: 'Ten', minQuantityMilli: 10_000, priority: 0, ratePpm: 100_000 },
  };
  await inTransaction(database, (transaction) =>
    publishDocuments(transaction, {
      scope: 'company',
      collection: 'promotions',
      documents: [base, ...documents].map((each) => ({ id: each.id, body: JSON.stringify(each) })),
    }),
  );
  const [row] = await database.sql<{ revision: number }[]>`
    select (body::json -> 'body' ->> 'revision')::integer as revision from document
    where scope = 'company' and collection = 'promotions' and id = ${BOOK_VERSION_ID}`;
  bookRevision = row?.revision ?? 0;
}

const promotion = (ratePpm: number): PromotionDocument => ({
  id: 'deal',
  type: 'promotion',
  body: {
    id: 'deal',
    name: 'Deal',
    priority: 1,
    scope: { categoryIds: ['things'] },
    conditions: [],
    reward: { kind: 'percent-off', ratePpm, roundedOn: 'sum' },
  },
});
const rule = (place: number, priceMinor: number): PromotionDocument => ({
  id: `rule-${String(place)}`,
  type: 'price-rule',
  body: {
    id: `rule-${String(place)}`,
    name: 'Rule',
    itemIds: [asItemId(`item-${String(place)}`)],
    minQuantityMilli: 2000,
    priority: 5,
    priceMinor,
  },
});

async function reprice(place: number, priceMinor: number): Promise<void> {
  const change = { itemId: asItemId(`item-${String(place)}`), priceMinor, storeId: asStoreId('s1') };
  const outcome = await changePrice(database, change, () => Promise.resolve());
  if (!outcome.ok) throw new Error(outcome.reason);
}

/** A till with a cable of its own. */
const aTill = () =>
  aCabledTill(
    server,
    running,
    (till) =>
      till.settings.value?.revision !== undefined &&
      till.findByCode('SKU-1').length > 0 &&
      till.priceBook.value.revision !== undefined,
  );

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}

async function sell(till: RunningWorkstation, places: readonly number[]): Promise<Transaction> {
  for (const place of places) {
    const [item] = till.findByCode(`SKU-${String(place)}`);
    if (item === undefined) throw new Error('no item');
    valueOf(till.addItem(item));
  }
  const tenders = exactCash(till.cart.value?.totals.grossMinor ?? 0);
  return valueOf(await till.completeSale({ tenders })).transaction;
}

const disputes = () => database.sql<{ body: string }[]>`
  select body from attention where kind = 'fact-disputed' order by id`;

test('tills that are cut off sell by the prices they have, and no sale is disputed when they are back', async () => {
  const random = seededRandom(20);
  const tills = [await aTill(), await aTill()];
  let sold = 0;
  for (let round = 0; round < 40; round += 1) {
    await reprice(random.integer(ITEMS), 50 + random.integer(500));
    if (random.integer(3) === 0)
      await publishBook([
        promotion(random.integer(900_000)),
        rule(random.integer(ITEMS), random.integer(400)),
      ]);
    for (const { till, cable } of tills) {
      cable.isCut = random.integer(4) > 0;
      // Now and then a till hears everything before it sells.
      if (!cable.isCut) await until(() => till.priceBook.value.revision === bookRevision, 'new prices');
      await sell(
        till,
        Array.from({ length: 1 + random.integer(5) }, () => random.integer(ITEMS)),
      );
      sold += 1;
    }
  }
  for (const { cable } of tills) cable.isCut = false;
  await until(() => tills.every(({ till }) => till.status.value.pendingCount === 0), 'all sales');
  const sales = await database.sql<{ transaction: Transaction }[]>`
    select body::json -> 'body' -> 'transaction' as transaction from fact where kind = 'transaction-completed'`;
  expect(sales).toHaveLength(sold);
  // Nearly all of them say by which prices: only one in the middle of taking in a new book may not.
  const stating = sales.filter(({ transaction }) => transaction.pricedWith !== undefined);
  expect(stating.length).toBeGreaterThan(sold / 2);
  expect(new Set(stating.map(({ transaction }) => transaction.pricedWith?.book)).size).toBeGreaterThan(3);
  expect(await disputes()).toEqual([]);
});

test('a lower price, a discount that no promotion gave and a version that never was are disputed with both values', async () => {
  const { till } = await aTill();
  await until(() => till.status.value.connection === 'online', 'online');
  const honest = await sell(till, [2, 3]);
  const tampered: readonly ((line: TransactionLine) => Partial<TransactionLine>)[] = [
    (line) => ({ unitPriceMinor: line.unitPriceMinor - 1 }),
    (line) => ({
      modifiers: [
        ...(line.modifiers ?? []),
        { kind: 'promotion', amountMinor: -1, promotionId: 'deal', name: 'Deal' },
      ],
    }),
    () => ({ priced: { itemRevision: 999 } }),
  ];
  const forger = await aWorkstation(server);
  await push(server, forger, [open(forger)]);
  const forged = (change: (line: TransactionLine) => Partial<TransactionLine>) => {
    const lines = honest.lines.map((line, place) => (place === 0 ? { ...line, ...change(line) } : line));
    const again = totalsOfLines(lines, false, honest.taxRules, honest.taxGroups);
    const { epoch, sequence } = { epoch: forger.head.epoch, sequence: forger.head.sequence + 1 };
    return write(forger, 'transaction-completed', {
      transaction: {
        ...honest,
        ...again,
        id: crypto.randomUUID(),
        workstationId: forger.id,
        receiptNumber: receiptNumber({ storeNumber: 1, workstationNumber: forger.number, epoch, sequence }),
        completedAt: '2026-03-02T10:00:00.000Z',
        businessDay: '2026-03-02',
        tenders: exactCash(again.totals.grossMinor),
      },
    });
  };
  const before = (await disputes()).length;
  const answer = await push(server, forger, [forged(() => ({})), ...tampered.map(forged)]);
  expect(answer.body.results.map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'disputed',
    'disputed',
    'disputed',
  ]);
  const shown = (await disputes())
    .slice(before)
    .map(({ body }) => body)
    .join('\n');
  expect(shown).toContain('lines[0].unitPriceMinor');
  expect(shown).toContain('no such version');
});

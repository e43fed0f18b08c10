// Offers for newcomers, at two tills of one company with the real server: given on the first purchase of a customer, at whichever till,
// and not again; a void makes it the first again; a till without a network gives it only to whom it has taken down itself.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunningWorkstation } from '../../shared/client/create-workstation.ts';
import { asCustomerId, type CustomerId } from '../../shared/domain/ids.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { rebuildViews } from '../../sync-server/projections/rebuild-views.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { anItem, aSettings, exactCash } from '../support/a-shop.ts';
import { aCabledTill } from '../support/a-cabled-till.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { publishDocument, publishShop } from '../support/publish-shop.ts';
import { untilWithin } from '../support/until.ts';
import { viewsAreCurrent } from '../support/views-are-current.ts';

const until = untilWithin(60_000);
const GRACE = asCustomerId('grace');

let database: TestDatabase;
let server: SyncServer;
const running: RunningWorkstation[] = [];

beforeAll(async () => {
  database = await aShop(1);
  server = await aSyncServer({ database });
  const settings = aSettings();
  await publishShop(database, {
    items: [anItem(1, { priceMinor: 50_00 })],
    settings: { ...settings, store: { ...settings.store, maySellWithoutTill: true } },
  });
  const body = {
    id: 'welcome',
    name: 'For newcomers',
    priority: 0,
    scope: {},
    conditions: [{ kind: 'first-purchase' }],
    reward: { kind: 'amount-off-sum', amountMinor: 5_00 },
  };
  const place = { scope: 'company', collection: 'promotions' };
  await publishDocument(database, place, { id: 'welcome', type: 'promotion', body });
});
afterEach(async () => {
  for (const till of running.splice(0)) await till.close();
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const aTill = () =>
  aCabledTill(
    server,
    running,
    (till) => till.priceBook.value.promotions.length > 0 && till.findByCode('SKU-1').length > 0,
  );

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}

/** A sale to the customer, as the screen makes it; what was paid. */
async function sellTo(till: RunningWorkstation, id: CustomerId) {
  const [item] = till.findByCode('SKU-1');
  if (item === undefined) throw new Error('no item');
  valueOf(till.addItem(item));
  const isFirstPurchase = await till.isFirstPurchase(id);
  valueOf(till.setCustomer({ id, ...(isFirstPurchase ? { isFirstPurchase } : {}) }));
  const dueMinor = till.cart.peek()?.dueMinor ?? 0;
  const { transaction } = valueOf(await till.completeSale({ tenders: exactCash(dueMinor) }));
  return { paidMinor: dueMinor, transaction };
}
async function settled(till: RunningWorkstation): Promise<void> {
  await until(() => till.status.value.pendingCount === 0, 'delivered');
  await viewsAreCurrent(database.sql);
}

test('the first purchase is cheaper at whichever till, the second is not, and a void makes it the first again', async () => {
  const [{ till: one }, { till: other }] = [await aTill(), await aTill()];
  const first = await sellTo(one, GRACE);
  expect(first.paidMinor).toBe(45_00);
  // Known here at once, and elsewhere when the server has it.
  expect(await one.isFirstPurchase(GRACE)).toBe(false);
  await settled(one);
  expect((await sellTo(other, GRACE)).paidMinor).toBe(50_00);
  await settled(other);
  const { transaction } = await sellTo(other, asCustomerId('ada'));
  await settled(other);
  expect(await one.isFirstPurchase(asCustomerId('ada'))).toBe(false);
  valueOf(await other.voidTransaction({ transactionId: transaction.id, reasonCode: 'mistake' }));
  await settled(other);
  expect(await one.isFirstPurchase(asCustomerId('ada'))).toBe(true);
  expect(await other.isFirstPurchase(asCustomerId('ada'))).toBe(true);
  expect(await database.sql`select 1 from fact where mark is not null`).toHaveLength(0);
  expect((await rebuildViews(database)).filter(({ isEqual }) => !isEqual)).toEqual([]);
});

test('a till that is cut off gives it only to whom it has taken down itself, once', async () => {
  const { till, cable } = await aTill();
  cable.isCut = true;
  await until(() => till.status.value.connection === 'offline', 'cut off');
  expect(await till.isFirstPurchase(asCustomerId('stranger'))).toBe(false);
  const { id } = valueOf(
    await till.recordCustomer({ name: 'New', phone: '+49 30 123456', email: '', consents: [] }),
  );
  expect((await sellTo(till, id)).paidMinor).toBe(45_00);
  expect((await sellTo(till, id)).paidMinor).toBe(50_00);
  cable.isCut = false;
  await settled(till);
  expect(await database.sql`select 1 from fact where mark is not null`).toHaveLength(0);
});

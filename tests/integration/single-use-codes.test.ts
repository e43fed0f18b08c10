// Vouchers and coupons that serve once, at two tills of one company, with the real server and its database: with a network the second
// till is refused at once, before anybody pays; without one the second use is found on contact and shown. A sale is never undone by it.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningWorkstation } from '../../shared/client/create-workstation.ts';
import { asCustomerId } from '../../shared/domain/ids.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { CLAIM_MS, forgetClaims } from '../../sync-server/codes/claim-code.ts';
import { rebuildViews } from '../../sync-server/projections/rebuild-views.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { anItem, aSettings, exactCash } from '../support/a-shop.ts';
import { aCabledTill } from '../support/a-cabled-till.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { publishDocument, publishShop } from '../support/publish-shop.ts';
import { untilWithin } from '../support/until.ts';
import { viewsAreCurrent } from '../support/views-are-current.ts';

const until = untilWithin(60_000);
const GRACE = { id: asCustomerId('grace'), name: 'Grace' };
const ANNA = { id: asCustomerId('anna'), name: 'Anna' };
const ZOFIA = { id: asCustomerId('zofia'), name: 'Zofia' };
const COUPONS = [
  { code: 'GOLDEN', limit: 'once' },
  { code: 'FRIEND', limit: 'once-per-customer' },
  { code: 'WELCOME' },
];

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
  for (const coupon of COUPONS) {
    const body = {
      id: coupon.code,
      name: coupon.code,
      priority: 0,
      scope: {},
      conditions: [{ kind: 'coupon', ...coupon }],
      reward: { kind: 'amount-off-sum', amountMinor: 5_00 },
    };
    const place = { scope: 'company', collection: 'promotions' };
    await publishDocument(database, place, { id: coupon.code, type: 'promotion', body });
  }
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
    (till) =>
      till.priceBook.value.promotions.length === COUPONS.length && till.findByCode('SKU-1').length > 0,
  );

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}
const reasonOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.reason);

function fill(
  till: RunningWorkstation,
  customer: { readonly id: ReturnType<typeof asCustomerId> } | null = null,
) {
  const [item] = till.findByCode('SKU-1');
  if (item === undefined) throw new Error('no item');
  valueOf(till.addItem(item));
  if (customer !== null) valueOf(till.setCustomer(customer));
}
/** As the screen does it: asks, and then puts it into the cart. */
async function show(till: RunningWorkstation, code: string): Promise<string> {
  const free = await till.claimCode('coupon', code);
  return reasonOf(free.ok ? till.addCoupon(code) : free);
}
const pay = (till: RunningWorkstation) =>
  till.completeSale({ tenders: exactCash(till.cart.peek()?.dueMinor ?? 0) });
const delivered = (till: RunningWorkstation) =>
  until(() => till.status.value.pendingCount === 0, 'delivered');

async function attention(kind: string): Promise<readonly unknown[]> {
  await viewsAreCurrent(database.sql);
  const rows = await database.sql<
    { body: string }[]
  >`select body from attention where kind = ${kind} order by id`;
  return rows.map(({ body }) => (JSON.parse(body) as { readonly values: unknown }).values);
}

describe('a coupon for the first who brings it', () => {
  test('is kept for the till that asked, used there, and refused elsewhere and here afterwards', async () => {
    const [{ till: one }, { till: other }] = [await aTill(), await aTill()];
    fill(one);
    fill(other);
    expect(await show(one, 'golden')).toBe('ok');
    expect(one.cart.value?.dueMinor).toBe(45_00);
    expect(await show(other, 'GOLDEN')).toBe('code-held');
    // Given back it is free at once, and asked for again it is held again.
    valueOf(one.removeCoupon('GOLDEN'));
    one.releaseCode('coupon', 'GOLDEN');
    await expect.poll(() => show(other, 'GOLDEN'), { timeout: 60_000 }).toBe('ok');
    valueOf(other.removeCoupon('GOLDEN'));
    other.releaseCode('coupon', 'GOLDEN');
    await expect.poll(() => show(one, 'GOLDEN'), { timeout: 60_000 }).toBe('ok');
    const { transaction } = valueOf(await pay(one));
    expect(transaction).toMatchObject({ coupons: ['GOLDEN'], usedCoupons: [{ code: 'GOLDEN' }] });
    await delivered(one);
    await viewsAreCurrent(database.sql);
    expect(await show(other, 'GOLDEN')).toBe('coupon-used');
    fill(one);
    expect(await show(one, 'GOLDEN')).toBe('coupon-used');
    expect(await attention('coupon-used-twice')).toEqual([]);
    expect(await database.sql`select 1 from fact where mark is not null`).toHaveLength(0);
  });

  test('is free again when its sale is voided', async () => {
    const [{ till: one }, { till: other }] = [await aTill(), await aTill()];
    fill(one, ANNA);
    expect(await show(one, 'FRIEND')).toBe('ok');
    const { transaction } = valueOf(await pay(one));
    await delivered(one);
    await viewsAreCurrent(database.sql);
    fill(other, ANNA);
    expect(await show(other, 'FRIEND')).toBe('coupon-used');
    valueOf(await one.voidTransaction({ transactionId: transaction.id, reasonCode: 'mistake' }));
    await delivered(one);
    await viewsAreCurrent(database.sql);
    fill(one, ANNA);
    expect(await show(one, 'FRIEND')).toBe('ok');
    valueOf(one.removeCoupon('FRIEND'));
    one.releaseCode('coupon', 'FRIEND');
    await expect.poll(() => show(other, 'FRIEND'), { timeout: 60_000 }).toBe('ok');
    other.releaseCode('coupon', 'FRIEND');
  });

  test('two tills that are cut off use it both: both sales stand, and that is shown', async () => {
    const [first, second] = [await aTill(), await aTill()];
    for (const { till, cable } of [first, second]) {
      // A coupon of another test is used up by now: this one is per customer.
      fill(till, ZOFIA);
      cable.isCut = true;
      expect(await show(till, 'FRIEND')).toBe('ok');
      valueOf(await pay(till));
      cable.isCut = false;
      await delivered(till);
    }
    expect(await attention('coupon-used-twice')).toMatchObject([{ code: 'FRIEND' }]);
    expect(await database.sql`select 1 from fact where mark is not null`).toHaveLength(0);
    expect((await rebuildViews(database)).filter(({ isEqual }) => !isEqual)).toEqual([]);
  });
});

describe('a coupon for each customer', () => {
  test('asks who it is for, serves each of them once, and stays with that customer', async () => {
    const { till } = await aTill();
    fill(till);
    expect(await show(till, 'FRIEND')).toBe('coupon-needs-customer');
    valueOf(till.setCustomer(GRACE));
    expect(await show(till, 'FRIEND')).toBe('ok');
    expect(reasonOf(till.setCustomer(ZOFIA))).toBe('coupon-of-customer');
    expect(reasonOf(till.setCustomer(null))).toBe('coupon-of-customer');
    const { transaction } = valueOf(await pay(till));
    expect(transaction.usedCoupons).toEqual([{ code: 'FRIEND', customerId: GRACE.id }]);
    await delivered(till);
    fill(till, GRACE);
    expect(await show(till, 'FRIEND')).toBe('coupon-used');
    // Added past the question it is refused before the sale is written.
    valueOf(till.addCoupon('FRIEND'));
    expect(reasonOf(await pay(till))).toBe('coupon-used');
    valueOf(till.removeCoupon('FRIEND'));
    valueOf(await pay(till));
  });
});

describe('a voucher', () => {
  test('that another till is taking or has taken is refused before anybody pays', async () => {
    const [{ till: one }, { till: other }] = [await aTill(), await aTill()];
    fill(one);
    expect(reasonOf(await one.claimCode('voucher', 'gift-777'))).toBe('ok');
    expect(reasonOf(await other.claimCode('voucher', 'GIFT-777'))).toBe('code-held');
    valueOf(one.addTender({ kind: 'voucher', number: 'gift-777', amountMinor: 50_00 }));
    valueOf(await one.completeSale({ tenders: one.tenders.value?.position.tenders ?? [] }));
    await delivered(one);
    await viewsAreCurrent(database.sql);
    expect(reasonOf(await other.claimCode('voucher', 'GIFT-777'))).toBe('voucher-used');
  });

  test('that a till kept and never used is free after its time, and claims are not kept for ever', async () => {
    const [{ till: one }, { till: other }] = [await aTill(), await aTill()];
    expect(reasonOf(await one.claimCode('voucher', 'GIFT-888'))).toBe('ok');
    await database.sql`update code_claim set claimed_until = '2020-01-01Z'`;
    expect(reasonOf(await other.claimCode('voucher', 'GIFT-888'))).toBe('ok');
    expect(reasonOf(await one.claimCode('voucher', 'GIFT-888'))).toBe('code-held');
    await forgetClaims(database, Date.now() + 3 * CLAIM_MS);
    expect(await database.sql`select 1 from code_claim`).toHaveLength(0);
  });
});

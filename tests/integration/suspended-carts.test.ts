// Two tills of one store, a real server, and the carts between them: set aside here and taken up there, taken up twice while
// the network is cut, and paid twice in the worst case, which is seen.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningWorkstation } from '../../shared/client/create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation } from '../../shared/client/headless.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { anItem, anOperator, exactCash, verifyPlainPin } from '../support/a-shop.ts';
import { publishShop } from '../support/publish-shop.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';

let database: TestDatabase;
let server: SyncServer;
const running: RunningWorkstation[] = [];

beforeAll(async () => {
  database = await aShop(1);
  await publishShop(database, { items: [anItem(0), anItem(1)] });
  server = await aSyncServer({ database });
});
afterEach(async () => {
  for (const workstation of running.splice(0)) await workstation.close();
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}

/** A till with a cable of its own. */
async function aTill() {
  let isCut = false;
  const till = createHeadlessWorkstation({
    serverUrl: server.url.replace(/\/api\/v1$/, ''),
    device: createHeadlessDevice(),
    replace: {
      fetch: (input, init) =>
        isCut ? Promise.reject(new TypeError('the cable is cut')) : globalThis.fetch(input, init),
      verifyPin: verifyPlainPin,
      carts: 'replicated',
    },
  });
  running.push(till);
  await till.started;
  valueOf(await till.enrol({ code: await server.code(), name: 'Till' }));
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
  await until(() => till.findByCode('SKU-1').length > 0, 'catalogue');
  valueOf(await till.signOn(anOperator().id, '1234'));
  return {
    till,
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
  };
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}

function add(till: RunningWorkstation, place: number): void {
  const [item] = till.findByCode(`SKU-${String(place)}`);
  if (item === undefined) throw new Error('no item');
  valueOf(till.addItem(item));
}

const knows = (till: RunningWorkstation, id: string): boolean =>
  till.suspendedCarts.value.some((cart) => cart.id === id);

describe('a cart that is set aside', () => {
  test('is taken up on another till, paid once, and closed everywhere', async () => {
    const [one, two] = [await aTill(), await aTill()];
    add(one.till, 0);
    add(one.till, 1);
    const cart = valueOf(await one.till.suspendCart({ label: 'Blue coat' }));
    await until(() => knows(two.till, cart.id), 'the cart on the other till');
    valueOf(await two.till.resumeCart(cart.id));
    expect(two.till.cart.value?.cart.lines).toHaveLength(2);
    await until(() => !knows(one.till, cart.id), 'no longer free');
    expect(await one.till.resumeCart(cart.id)).toMatchObject({
      reason: 'cart-taken',
      details: { workstationNumber: two.till.identity.value?.workstationNumber },
    });
    const sold = valueOf(await two.till.completeSale({ tenders: exactCash(201) }));
    expect(sold.transaction.suspendedAs).toBe(cart.suspended?.code);
    await until(async () => {
      const refused = await one.till.resumeCart(cart.id);
      return !refused.ok && refused.reason === 'cart-not-found';
    }, 'closed everywhere');
  });

  test('taken up twice while one till is cut off: the earlier has it, the other is told and keeps what it added', async () => {
    const [one, two] = [await aTill(), await aTill()];
    add(one.till, 0);
    const cart = valueOf(await one.till.suspendCart());
    await until(() => knows(two.till, cart.id), 'the cart on the other till');
    two.cut();
    valueOf(await one.till.resumeCart(cart.id));
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000);
    });
    valueOf(await two.till.resumeCart(cart.id));
    add(two.till, 1);
    two.mend();
    await until(() => two.till.takenCart.value !== null, 'being told');
    expect(two.till.takenCart.value).toMatchObject({ code: cart.suspended?.code, keptLines: 1 });
    expect(two.till.cart.value?.cart).toMatchObject({ lines: [{ sku: 'SKU-1' }] });
    expect(two.till.cart.value?.cart.id).not.toBe(cart.id);
    expect(one.till.cart.value?.cart).toMatchObject({ id: cart.id, lines: [{ sku: 'SKU-0' }] });
    expect(one.till.takenCart.value).toBeNull();
  });

  test('paid twice without a network: both sales stand, and people are shown the second', async () => {
    const [one, two] = [await aTill(), await aTill()];
    add(one.till, 0);
    const cart = valueOf(await one.till.suspendCart());
    await until(() => knows(two.till, cart.id), 'the cart on the other till');
    one.cut();
    two.cut();
    for (const { till } of [one, two]) {
      valueOf(await till.resumeCart(cart.id));
      valueOf(await till.completeSale({ tenders: exactCash(100) }));
    }
    one.mend();
    expect(await one.till.drained(20_000)).toBe(true);
    two.mend();
    expect(await two.till.drained(20_000)).toBe(true);
    await server.modules.foldWorker.settle();
    const rows = await database.sql<{ kind: string; body: string }[]>`
      select kind, body from attention where kind = 'cart-sold-twice'`;
    expect(rows).toHaveLength(1);
    expect(rows[0]?.body).toContain(cart.suspended?.code);
    const sales = await database.sql`
      select 1 from fact where kind = 'transaction-completed' and body like ${`%${cart.id}%`}`;
    expect(sales).toHaveLength(2);
  });
});

// Customers at the server: details are taken behind the entry that took them down, seen by all tills of the store and by no other
// store, and the newest entry counts whoever delivers last. The journal holds none of it.

import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerPreimage, type Consent } from '../../shared/domain/customer.ts';
import { asCustomerId, type CustomerId } from '../../shared/domain/ids.ts';
import type { Customer } from '../../shared/protocol/documents.ts';
import { inTransaction } from '../../sync-server/db/database.ts';
import { publishDocuments } from '../../sync-server/db/feed.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, call, open, push, write, type TestWorkstation } from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
let tills: readonly [TestWorkstation, TestWorkstation];
let elsewhere: TestWorkstation;
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
  tills = [await aWorkstation(server), await aWorkstation(server)];
  elsewhere = await aWorkstation(server, { storeId: 's2' });
  for (const till of [...tills, elsewhere]) await push(server, till, [open(till)]);
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

type Typed = { readonly name: string; readonly phone?: string; readonly email?: string };

/** The entry, and what is told behind it. */
function recorded(
  till: TestWorkstation,
  id: CustomerId,
  typed: Typed & { readonly consents?: readonly Consent[]; readonly change?: 'created' | 'edited' },
) {
  const { consents = [], change = 'created', ...details } = typed;
  const salt = randomUUID();
  const commitment = createHash('sha256')
    .update(customerPreimage(id, details, salt))
    .digest('hex');
  const fact = write(till, 'customer-recorded', { customerId: id, change, commitment, consents });
  return { fact, details: { customerId: id, factId: fact.id, salt, ...details } };
}

type Result = { readonly outcome: string; readonly customer: Customer | null };
async function tell(till: TestWorkstation, ...customers: readonly object[]): Promise<readonly Result[]> {
  const answer = await call<{ results: Result[] }>(`${server.url}/customers`, {
    token: till.token,
    body: { customers },
  });
  expect(answer.status).toBe(200);
  return answer.body.results;
}

async function seenBy(till: TestWorkstation): Promise<readonly Customer[]> {
  const answer = await call<{ documents: (Customer & { _deleted: boolean })[] }>(
    `${server.url}/replication/customers/pull?limit=1000`,
    { token: till.token },
  );
  return answer.body.documents;
}
const find = async (till: TestWorkstation, id: CustomerId) =>
  (await seenBy(till)).find((one) => one.id === id) ?? null;
const newId = () => asCustomerId(randomUUID());

describe('a customer whom a till took down', () => {
  test('is known to every till of the store and to no other store, and is in no journal', async () => {
    const [one, other] = tills;
    const id = newId();
    const consents = [
      { purpose: 'order-messages', isGiven: true },
      { purpose: 'offers', isGiven: false },
    ] as const;
    const { fact, details } = recorded(one, id, { name: 'Sara', phone: '+49 40 669690', consents });
    // Details that overtake their entry wait for it.
    expect(await tell(one, details)).toMatchObject([{ outcome: 'waiting', customer: null }]);
    await push(server, one, [fact]);
    expect(await tell(one, details)).toMatchObject([{ outcome: 'recorded', customer: { name: 'Sara' } }]);
    expect(await tell(one, details)).toMatchObject([{ outcome: 'recorded', customer: { name: 'Sara' } }]);
    expect(await find(other, id)).toMatchObject({
      name: 'Sara',
      phone: '+49 40 669690',
      consents: [{ purpose: 'order-messages', at: fact.recordedAt }],
    });
    expect(await find(elsewhere, id)).toBeNull();
    const kept = await database.sql<{ body: string }[]>`select body from fact`;
    expect(JSON.stringify(kept)).not.toContain('669690');
  });

  test('is taken only by the till that wrote the entry, with the details that it committed to', async () => {
    const [one, other] = tills;
    const { fact, details } = recorded(one, newId(), { name: 'Ida', email: 'ida@example.com' });
    await push(server, one, [fact]);
    expect(await tell(other, details)).toMatchObject([{ outcome: 'waiting' }]);
    expect(await tell(one, { ...details, name: 'Eve' })).toMatchObject([{ outcome: 'refused' }]);
    expect(await tell(one, { ...details, customerId: newId() })).toMatchObject([{ outcome: 'refused' }]);
    expect(await find(one, details.customerId)).toBeNull();
  });

  test('stands as the newest entry says, also when the details of an older one come last', async () => {
    const [one, other] = tills;
    const id = newId();
    const first = recorded(one, id, {
      name: 'Lena',
      phone: '030 231250',
      consents: [{ purpose: 'offers', isGiven: true }],
    });
    await push(server, one, [first.fact]);
    const second = recorded(other, id, { name: 'Lena Vogt', email: 'lena@example.com', change: 'edited' });
    await push(server, other, [second.fact]);
    expect(await tell(other, second.details)).toMatchObject([{ outcome: 'recorded' }]);
    expect(await tell(one, first.details)).toMatchObject([
      { outcome: 'superseded', customer: { name: 'Lena Vogt' } },
    ]);
    expect(await find(one, id)).toEqual({
      id,
      name: 'Lena Vogt',
      email: 'lena@example.com',
      consents: [],
      _deleted: false,
    });
  });

  test('keeps groups and what was agreed to when they are edited, in every copy', async () => {
    const [one] = tills;
    const id = newId();
    const at = '2026-01-01T10:00:00.000Z';
    const before = { id, name: 'Anna', groups: ['staff'], consents: [{ purpose: 'offers', at }] };
    const body = JSON.stringify(before);
    await database.sql`insert into customer (id, name, body) values (${id}, 'Anna', ${body})`;
    await inTransaction(database, async (transaction) => {
      const documents = [{ id, body }];
      await publishDocuments(transaction, { scope: 'company', collection: 'customers', documents });
    });
    const { fact, details } = recorded(one, id, {
      name: 'Anna Graf',
      phone: '030 231255',
      change: 'edited',
      consents: [{ purpose: 'order-messages', isGiven: true }],
    });
    await push(server, one, [fact]);
    await tell(one, details);
    const expected = {
      name: 'Anna Graf',
      groups: ['staff'],
      consents: [
        { purpose: 'offers', at },
        { purpose: 'order-messages', at: fact.recordedAt },
      ],
    };
    expect(await find(one, id)).toMatchObject(expected);
    expect(await find(elsewhere, id)).toMatchObject(expected);
  });

  test('is told by tills alone', async () => {
    const kiosk = await aWorkstation(server, { kind: 'kiosk' });
    const answer = await call(`${server.url}/customers`, { token: kiosk.token, body: { customers: [] } });
    expect(answer.status).toBe(403);
    const nobody = await call(`${server.url}/customers`, { body: { customers: [] } });
    expect(nobody.status).toBe(401);
  });
});

// Customers at a till, headless: taken down without a network, found and put on an order at once, still there after a restart, told
// to the server behind the entry, and nowhere in the journal.

import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { untilWithin } from '../../tests/support/until.ts';
import { aPage, anItem, anOperator, aSettings, verifyPlainPin } from '../../tests/support/a-shop.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import { customerPreimage } from '../domain/customer.ts';
import { asCustomerId } from '../domain/ids.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation, type HeadlessDevice } from './headless.ts';

const open: RunningWorkstation[] = [];
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

const until = untilWithin(60_000);
const KNOWN = { id: 'c1', name: 'Grace', phone: '+49 30 231250' };
const SARA = { name: 'Sara', phone: '+49 40 669690', email: '', consents: [] } as const;

function aServer(): FakeSyncServer {
  const server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings() });
  server.put('staff', { ...anOperator() });
  server.put('catalogue_pages', aPage([anItem(0)]));
  server.put('customers', KNOWN);
  return server;
}

async function start(server: FakeSyncServer, device: HeadlessDevice): Promise<RunningWorkstation> {
  const till = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device,
    replace: { fetch: server.fetch, verifyPin: verifyPlainPin },
  });
  open.push(till);
  await till.started;
  if (till.identity.peek() === null) await till.enrolInDemoStore();
  await until(
    () => till.operators.value.length > 0 && till.status.value.catalogue.phase === 'ready',
    'what selling needs',
  );
  await until(() => till.customers.value.length > 0, 'customers');
  expect(await till.signOn(anOperator().id, '1234')).toMatchObject({ ok: true });
  return till;
}

const recordedIn = (server: FakeSyncServer) =>
  server.facts().flatMap((fact) => (fact.kind === 'customer-recorded' ? [fact] : []));
const pushes = (server: FakeSyncServer) => server.requests.filter(({ path }) => path === '/api/v1/customers');

describe('a customer who is taken down at the till', () => {
  test('is there without a network and after a restart, and on an order at once', async () => {
    const server = aServer();
    const device = createHeadlessDevice();
    const till = await start(server, device);
    server.fault = 'down';
    server.endStreams();
    const made = await till.recordCustomer({
      ...SARA,
      consents: [
        { purpose: 'order-messages', isGiven: true },
        { purpose: 'offers', isGiven: false },
      ],
    });
    if (!made.ok) throw new Error(made.reason);
    expect(made.value).toMatchObject({
      name: 'Sara',
      phone: '+49 40 669690',
      consents: [{ purpose: 'order-messages' }],
    });
    expect(till.customers.value.map(({ name }) => name)).toEqual(['Grace', 'Sara']);
    expect(till.addItem(anItem(0))).toMatchObject({ ok: true });
    expect(till.setCustomer({ id: made.value.id })).toMatchObject({ ok: true });
    const order = await till.placeOrder({ kind: 'layaway', instalments: 1 });
    expect(order).toMatchObject({ ok: true, value: { customerId: made.value.id } });
    await till.close();
    open.length = 0;

    const again = await start(server, device);
    expect(again.customers.value.map(({ name }) => name)).toEqual(['Grace', 'Sara']);
    server.fault = 'none';
    await until(() => pushes(server).length > 0, 'details at the server');
    const [fact] = recordedIn(server);
    const [pushed] = pushes(server).map(
      ({ body }) => body as { customers: { salt: string; factId: string }[] },
    );
    const sent = pushed?.customers[0];
    expect(sent?.factId).toBe(fact?.id);
    const { name, phone } = SARA;
    const preimage = customerPreimage(made.value.id, { name, phone }, sent?.salt ?? '');
    expect(fact?.body).toEqual({
      customerId: made.value.id,
      change: 'created',
      commitment: createHash('sha256').update(preimage).digest('hex'),
      consents: [
        { purpose: 'order-messages', isGiven: true },
        { purpose: 'offers', isGiven: false },
      ],
    });
    expect(JSON.stringify(server.facts())).not.toContain('669690');
  });

  test('goes from the device once the server has answered, and stands as the server says', async () => {
    const server = aServer();
    const device = createHeadlessDevice();
    const till = await start(server, device);
    server.onCustomers = (asked) =>
      asked.map(({ factId, customerId, name }) => ({
        factId,
        outcome: 'recorded',
        customer: { id: customerId, name, groups: ['staff'] },
      }));
    const made = await till.recordCustomer(SARA);
    if (!made.ok) throw new Error(made.reason);
    const shown = () => till.customers.value.find(({ id }) => id === made.value.id);
    await until(() => shown()?.groups?.[0] === 'staff', 'the answer of the server');
    expect(device.textStore.getItem('tillandsia.customers-waiting')).toBeNull();
  });

  test('who is known by the number is offered first; another person may have it, and who is edited keeps the id', async () => {
    const till = await start(aServer(), createHeadlessDevice());
    const same = { ...SARA, phone: '030 231250' };
    expect(till.customersReachedBy(same, null).map(({ id }) => id)).toEqual(['c1']);
    expect(await till.recordCustomer(same)).toMatchObject({ ok: false, reason: 'customer-known' });
    expect(await till.recordCustomer({ ...same, isAnotherPerson: true })).toMatchObject({ ok: true });
    const customerId = asCustomerId(KNOWN.id);
    const edited = await till.recordCustomer({
      ...SARA,
      name: 'Grace Hopper',
      email: 'g@example.com',
      phone: '',
      customerId,
    });
    expect(edited).toMatchObject({ ok: true, value: { id: 'c1', name: 'Grace Hopper' } });
    expect(till.customers.value.find(({ id }) => id === 'c1')).toEqual({
      id: 'c1',
      name: 'Grace Hopper',
      email: 'g@example.com',
      consents: [],
    });
    const nobody = { ...SARA, customerId: asCustomerId('nobody') };
    expect(await till.recordCustomer(nobody)).toMatchObject({ ok: false, reason: 'customer-not-found' });
    expect(await till.recordCustomer({ ...SARA, phone: '' })).toMatchObject({
      ok: false,
      reason: 'customer-contact-missing',
    });
  });
});

// Requests to other stores that wait for the network: one that the server cannot answer now holds none of the others back, none is
// forgotten however many came after it, and each is asked for until it has an answer.

import { afterEach, expect, test } from 'vitest';
import { aPage, anItem, anOperator, aSettings, verifyPlainPin } from '../../tests/support/a-shop.ts';
import { createFakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import { untilWithin } from '../../tests/support/until.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation } from './headless.ts';

const until = untilWithin(60_000);
const open: RunningWorkstation[] = [];
afterEach(async () => {
  for (const till of open.splice(0)) await till.close();
});

async function aTill() {
  const server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings() });
  server.put('staff', { ...anOperator() });
  server.put('catalogue_pages', aPage([anItem(0)]));
  const busyFor = new Set<string>();
  const asked: string[] = [];
  const till = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device: createHeadlessDevice(),
    replace: {
      verifyPin: verifyPlainPin,
      async fetch(input, init) {
        const address = input instanceof Request ? input.url : String(input);
        if (server.fault !== 'none' || !address.endsWith('/api/v1/aisle/orders'))
          return server.fetch(input, init);
        const { customer } = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as {
          readonly customer: { readonly name: string };
        };
        asked.push(customer.name);
        return busyFor.has(customer.name)
          ? Response.json({ code: 'busy', title: 'busy', status: 503, detail: 'later' }, { status: 503 })
          : Response.json({ code: `CODE-${customer.name}` });
      },
    },
  });
  open.push(till);
  await till.started;
  await till.enrolInDemoStore();
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
  expect(await till.signOn(anOperator().id, '1234')).toMatchObject({ ok: true });
  const ask = (name: string) =>
    till.askStore({
      channel: 'store',
      storeId: 's2',
      storeName: 'Hamburg',
      lines: [{ itemId: anItem(0).id, itemName: anItem(0).name, quantityMilli: 1000 }],
      customer: { name },
      language: 'en',
    });
  const standing = () =>
    Object.fromEntries(till.aisleAsked.value.map(({ request, state }) => [request.customer.name, state]));
  return { server, till, ask, busyFor, asked, standing };
}

test('one that the server cannot answer now does not hold back those behind it', async () => {
  const { server, till, ask, busyFor, asked, standing } = await aTill();
  server.fault = 'down';
  server.endStreams();
  await until(() => till.status.value.connection === 'offline', 'cut off');
  await ask('first');
  await ask('second');
  expect(standing()).toEqual({ first: 'waiting', second: 'waiting' });
  busyFor.add('first');
  server.fault = 'none';
  await until(() => standing()['second'] === 'placed', 'the second is placed');
  expect(standing()).toEqual({ first: 'waiting', second: 'placed' });
  expect(asked[0]).toBe('first');
});

test('one that waits is not forgotten behind many that were answered', async () => {
  const { ask, busyFor, standing, till } = await aTill();
  busyFor.add('patient');
  await ask('patient');
  for (let number = 0; number < 60; number += 1) await ask(`quick ${String(number)}`);
  expect(standing()['patient']).toBe('waiting');
  expect(till.aisleAsked.value).toHaveLength(50);
  expect(standing()['quick 59']).toBe('placed');
});

// A manager at a real till changes settings of the shop: the whole server, as it is composed for `npm start`, looks up who may,
// writes it down, and every till hears of it. A cashier, a till without a line and a wrong rate change nothing.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningWorkstation } from '../../shared/client/create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation } from '../../shared/client/headless.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import { DEFAULT_ORDER_RULES } from '../../shared/domain/order-rules.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { makeApp } from '../../sync-server/http/make-app.ts';
import { registerModules, type Modules } from '../../sync-server/modules.ts';
import { readSettings } from '../../sync-server/settings.ts';
import { aDatabase, type TestDatabase } from '../support/a-database.ts';
import { aWorkstation, call, type Problem } from '../support/a-workstation.ts';
import { untilWithin } from '../support/until.ts';

const until = untilWithin(60_000);
let database: TestDatabase;
let dataFolder: string;
let app: FastifyInstance;
let modules: Modules;
let url: string;
let till: RunningWorkstation;
const cable = { isCut: false };

beforeAll(async () => {
  database = await aDatabase();
  dataFolder = await mkdtemp(path.join(tmpdir(), 'shop-settings-'));
  app = makeApp({ tls: null, log: SILENT_LOG });
  modules = await registerModules(app, {
    settings: readSettings({ TILLANDSIA_DATA: dataFolder, DEMO_ITEMS: '30' }, dataFolder),
    database,
    log: SILENT_LOG,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    random: Math.random,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no server');
  url = `http://127.0.0.1:${String(address.port)}`;
  till = createHeadlessWorkstation({
    serverUrl: url,
    device: createHeadlessDevice(),
    replace: {
      fetch: (input, init) =>
        cable.isCut ? Promise.reject(new TypeError('the cable is cut')) : globalThis.fetch(input, init),
      verifyPin: () => Promise.resolve(true),
    },
  });
  await till.started;
  valueOf(await till.enrolInDemoStore());
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
}, 120_000);
afterAll(async () => {
  await till.close();
  app.server.closeAllConnections();
  await app.close();
  await modules.stop();
  await database.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}
const reasonOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.reason);
const person = (roleName: Operator['roleName']): Operator => {
  const found = till.operators.value.find((operator) => operator.roleName === roleName);
  if (found === undefined) throw new Error(`no ${roleName}`);
  return found;
};
const crowns = (rateMicro: number) =>
  ({ kind: 'exchange-rate', currency: 'DKK', rateMicro, perUnits: 1 }) as const;
const written = async () => {
  const rows = await database.sql<{ body: string }[]>`
    select body from fact where kind = 'settings-changed' order by position`;
  return rows.map(({ body }) => (JSON.parse(body) as { body: unknown }).body);
};

test('a manager sets a rate, terms of orders and a limit; the till hears of it and it is written down', async () => {
  valueOf(await till.signOn(person('manager').id, '3456'));
  await until(() => till.status.value.connection === 'online', 'online');
  valueOf(await till.changeSettings(crowns(134_000)));
  await until(() => till.exchangeRates().some(({ currency }) => currency === 'DKK'), 'the rate');
  expect(till.exchangeRates().find(({ currency }) => currency === 'DKK')).toMatchObject({
    rateMicro: 134_000,
    setBy: 'Elena Sokolova',
  });
  valueOf(
    await till.changeSettings({
      kind: 'order-rules',
      rules: { ...DEFAULT_ORDER_RULES, layawayDepositPpm: 300_000 },
    }),
  );
  await until(() => till.settings.value?.orderRules?.layawayDepositPpm === 300_000, 'the terms');
  const { id: operatorId, limits = {} } = person('supervisor');
  const asked = { ...limits, maxTillDifferenceMinor: 5_00 };
  valueOf(await till.changeSettings({ kind: 'operator-limits', operatorId, limits: asked }));
  await until(() => person('supervisor').limits?.maxTillDifferenceMinor === 5_00, 'the limit');
  expect(await written()).toMatchObject([
    {
      changedBy: person('manager').id,
      changedAt: till.identity.value?.workstationId,
      change: crowns(134_000),
    },
    { change: { kind: 'order-rules' } },
    { change: { kind: 'operator-limits', operatorId } },
  ]);
});

test('what cannot be is refused with its sentence, and without the server nothing is changed', async () => {
  valueOf(await till.signOn(person('manager').id, '3456'));
  const before = (await written()).length;
  expect(reasonOf(await till.changeSettings({ ...crowns(1), currency: 'EUR' }))).toBe('rate-own-currency');
  expect(reasonOf(await till.changeSettings({ kind: 'exchange-rate-ended', currency: 'JPY' }))).toBe(
    'rate-not-taken',
  );
  cable.isCut = true;
  expect(['settings-need-server', 'settings-answer-lost']).toContain(
    reasonOf(await till.changeSettings(crowns(135_000))),
  );
  cable.isCut = false;
  expect(await written()).toHaveLength(before);
});

test('a cashier may not, neither at the till nor by asking the server directly', async () => {
  valueOf(await till.signOn(person('cashier').id, '1234'));
  expect(reasonOf(await till.changeSettings(crowns(2_000_000)))).toBe('permission-missing');
  const forger = await aWorkstation({
    url: `${url}/api/v1`,
    code: async () => (await modules.newDemoCode()) ?? '',
  });
  const ask = (operatorId: string) =>
    call<Problem>(`${url}/api/v1/settings/changes`, {
      body: { operatorId, change: crowns(2_000_000) },
      token: forger.token,
    });
  for (const operatorId of [person('cashier').id, 'nobody']) {
    const refused = await ask(operatorId);
    expect([refused.status, refused.body.code]).toEqual([403, 'permission-missing']);
  }
  expect(till.exchangeRates().find(({ currency }) => currency === 'DKK')?.rateMicro).toBe(134_000);
});

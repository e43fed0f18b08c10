// Every route of the whole server, as it is composed for `npm start`, on a small demo store.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '../tests/support/a-database.ts';
import { ADMIN_KEY_FILE, ADMIN_KEY_HEADER, loadAdminKey } from './admin-key.ts';
import { SILENT_LOG } from './db/log.ts';
import { registerAppFiles } from './http/app-files.ts';
import { registerHealthRoutes } from './http/health-routes.ts';
import { makeApp } from './http/make-app.ts';
import { securityHeaders } from './http/security-headers.ts';
import { registerModules, type Modules } from './modules.ts';
import { readSettings } from './settings.ts';

let database: TestDatabase;
let dataFolder: string;
let app: FastifyInstance;
let modules: Modules;
const routes: { method: string; url: string }[] = [];

beforeAll(async () => {
  database = await aDatabase();
  dataFolder = mkdtempSync(path.join(tmpdir(), 'modules-'));
  app = makeApp({ tls: null, log: SILENT_LOG });
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url });
  });
  modules = await start(app, { PRINTERS: 'Counter=127.0.0.1:9,32; Bar=127.0.0.1:10' });
}, 60_000);
afterAll(async () => {
  await app.close();
  await modules.stop();
  await database.drop();
  rmSync(dataFolder, { recursive: true });
});

async function start(on: FastifyInstance, environment: Record<string, string>): Promise<Modules> {
  const settings = readSettings({ TILLANDSIA_DATA: dataFolder, DEMO_ITEMS: '300', ...environment }, '/');
  const composed = await registerModules(on, {
    settings,
    database,
    log: SILENT_LOG,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    random: Math.random,
  });
  registerHealthRoutes(on, database);
  await registerAppFiles(on, path.join(dataFolder, 'no-build'));
  await on.ready();
  return composed;
}

function addressOf(url: string): string {
  return url.replaceAll(/:[a-z]+/giu, 'x').replaceAll('*', 'x');
}

describe('every route', () => {
  test('answers with all security headers, whatever else it answers', async () => {
    expect(routes.length).toBeGreaterThan(20);
    for (const { method, url } of routes) {
      // The live stream answers only to a token, so nothing here stays open.
      const answer = await app.inject({ method: method as 'GET', url: addressOf(url) });
      const expected = securityHeaders(addressOf(url), false);
      const { 'cache-control': _caching, ...others } = expected;
      expect({ method, url, headers: answer.headers }).toMatchObject({ method, url, headers: others });
    }
  });

  test('of the API asks for a token, except those that are for everybody', async () => {
    const open: string[] = [];
    for (const { method, url } of routes.filter((route) => route.url.startsWith('/api/v1/'))) {
      if (method === 'HEAD' || method === 'OPTIONS') continue;
      const answer = await app.inject({ method: method as 'GET', url: addressOf(url), payload: {} });
      if (answer.statusCode !== 401) open.push(`${method} ${url}`);
    }
    expect(open.sort()).toEqual([
      'GET /api/v1/status',
      'POST /api/v1/challenges',
      'POST /api/v1/demo/enrolment-code',
      'POST /api/v1/displays/pairings',
      'POST /api/v1/enrolments',
      'POST /api/v1/tokens',
    ]);
  });

  test('of the API is described', async () => {
    const answer = await app.inject('/api/docs/json');
    const described = Object.keys(answer.json<{ paths: Record<string, unknown> }>().paths);
    expect(described).toContain('/api/v1/facts');
    const page = await app.inject('/api/docs');
    expect([200, 302]).toContain(page.statusCode);
  });
});

describe('a demo store', () => {
  test('has a code to show at the start, in eight letters', async () => {
    expect(modules.demoStoreId).toBe('s1');
    expect(await modules.newDemoCode()).toMatch(/^[B-DF-HJ-NP-TV-XZ]{8}$/u);
  });

  test('lets the admin key change a price, and nobody without it', async () => {
    const key = await loadAdminKey(dataFolder);
    expect(statSync(path.join(dataFolder, ADMIN_KEY_FILE)).mode & 0o777).toBe(0o600);
    const [item] = await database.sql<{ id: string }[]>`select id from item order by ordinal limit 1`;
    const change = (headers: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: `/api/v1/items/${item?.id ?? ''}/price`,
        payload: { priceMinor: 4242 },
        headers,
      });
    expect((await change({})).statusCode).toBe(401);
    expect((await change({ [ADMIN_KEY_HEADER]: 'x'.repeat(key.length) })).statusCode).toBe(401);
    const done = await change({ [ADMIN_KEY_HEADER]: key });
    expect([done.statusCode, done.json<{ priceMinor: number }>().priceMinor]).toEqual([200, 4242]);
    const facts = await database.sql`select 1 from fact where kind = 'price-changed'`;
    expect(facts).toHaveLength(1);
  });

  test('tells its workstations of the printers of the setting, without their addresses', async () => {
    const [row] = await database.sql<{ body: string }[]>`
      select body from document where scope = 'store:s1' and collection = 'settings'`;
    const settings = JSON.parse(row?.body ?? '{}') as { printers: unknown; isDemo: boolean };
    expect(settings.isDemo).toBe(true);
    expect(settings.printers).toEqual([
      { id: 'bar', name: 'Bar', columns: 48 },
      { id: 'counter', name: 'Counter', columns: 32 },
    ]);
  });

  test('with the demo off nobody enrols by one tap, and printers left out of the setting are gone', async () => {
    const other = makeApp({ tls: null, log: SILENT_LOG });
    const composed = await start(other, { TILLANDSIA_DEMO: 'off', PRINTERS: 'Bar=127.0.0.1:10' });
    expect(composed.demoStoreId).toBeNull();
    expect(await composed.newDemoCode()).toBeNull();
    const answer = await other.inject({ method: 'POST', url: '/api/v1/demo/enrolment-code' });
    expect(answer.statusCode).toBe(403);
    expect([...(await database.sql`select id from printer`)]).toEqual([{ id: 'bar' }]);
    await other.close();
    await composed.stop();
  });
});

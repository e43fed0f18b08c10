// Who gets in and who does not: codes, tokens, scopes, other stores, revoked and stopped workstations, old protocols.

import { createHmac, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseWorkstation, revokeWorkstation } from '../../sync-server/auth/standing.ts';
import { inTransaction } from '../../sync-server/db/database.ts';
import { publishDocuments } from '../../sync-server/db/feed.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import {
  aWorkstation,
  call,
  open,
  push,
  sell,
  signIn,
  write,
  type Problem,
  type TestWorkstation,
} from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
let nowMs = Date.now();
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database, now: () => nowMs, demoStoreId: 's2' });
  for (const scope of ['company', 'kiosk', 'store:s1', 'store:s2']) {
    for (const collection of [
      'stock',
      'staff',
      'settings',
      'customers',
      'carts',
      'catalogue_pages',
      'promotions',
      'attention',
    ]) {
      await inTransaction(database, (transaction) =>
        publishDocuments(transaction, {
          scope,
          collection,
          documents: [{ id: `${scope}-doc`, body: JSON.stringify({ id: `${scope}-doc`, scope }) }],
        }),
      );
    }
  }
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const aKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const enrol = (code: string, more: object = {}) =>
  call<Problem>(`${server.url}/enrolments`, {
    body: { code, kind: 'pos', name: 'Till', publicKey: aKey(), ...more },
  });

describe('enrolment', () => {
  test('a code opens its store once, however it is written', async () => {
    const code = await server.code('s2');
    expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/u);
    const typed = `${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `;
    expect((await enrol(typed)).body).toMatchObject({ storeId: 's2', storeNumber: 2, epoch: 1 });
    expect(await enrol(code)).toMatchObject({ status: 403, body: { code: 'enrolment-code-refused' } });
  });

  test('workstation numbers of a store are given once, also to tills that enrol at the same moment', async () => {
    const tills = await Promise.all(Array.from({ length: 6 }, () => aWorkstation(server)));
    expect(new Set(tills.map((till) => till.number)).size).toBe(6);
  });

  test('a code is over after ten minutes', async () => {
    const code = await server.code();
    await database.sql`update enrolment_code set expires_at = now() - interval '1 second' where selector = ${code.slice(0, 3)}`;
    expect((await enrol(code)).status).toBe(403);
  });

  test('what is not as described is refused: a private key, another curve, another field, a long name', async () => {
    const code = await server.code();
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    for (const more of [
      { publicKey: pair.privateKey.export({ format: 'jwk' }) },
      { publicKey: { ...aKey(), crv: 'P-384' } },
      { storeId: 's2' },
      { name: 'x'.repeat(201) },
      { kind: 'server' },
    ]) {
      expect((await enrol(code, more)).status).toBe(400);
    }
    expect((await enrol(code)).status).toBe(200);
  });

  test('five wrong guesses at a code kill it, and they do not hurt another code', async () => {
    const [code, other] = [await server.code(), await server.code()];
    const wrong = `${code.slice(0, 3)}${code.slice(3) === 'BBBBB' ? 'CCCCC' : 'BBBBB'}`;
    for (let guess = 0; guess < 5; guess += 1) expect((await enrol(wrong)).status).toBe(403);
    expect((await enrol(code)).status).toBe(403);
    expect((await enrol(other)).status).toBe(200);
  });

  test('an address that guesses on is told to wait, and what the database holds is no code', async () => {
    const answers: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) answers.push((await enrol('BCDFGHJK')).status);
    expect(answers.at(-1)).toBe(429);
    const code = await server.code();
    const rows = await database.sql<{ code_hash: string }[]>`select code_hash from enrolment_code`;
    expect(rows.every((row) => !row.code_hash.includes(code))).toBe(true);
    nowMs += 3_600_000;
    expect((await enrol(code)).status).toBe(200);
  });

  test('the demo store gives a code only where there is one', async () => {
    const { body } = await call<{ code: string }>(`${server.url}/demo/enrolment-code`, { method: 'POST' });
    expect((await enrol(body.code)).body).toMatchObject({ storeId: 's2' });
    const shop = await aSyncServer({ database });
    const refused = await call<Problem>(`${shop.url}/demo/enrolment-code`, { method: 'POST' });
    await shop.stop();
    expect([refused.status, refused.body.code]).toEqual([403, 'not-a-demo']);
  });
});

describe('tokens', () => {
  test('a challenge signs in once, and only the workstation it was given to', async () => {
    const till = await aWorkstation(server);
    const other = await aWorkstation(server);
    const answer = await signIn(server, { ...till, privateKey: other.privateKey });
    expect(answer.status).toBe(401);
    expect((await signIn(server, till)).body.head).toEqual(till.head);
  });

  test('an unknown workstation gets a challenge and no token', async () => {
    const till = await aWorkstation(server);
    expect((await signIn(server, { ...till, id: 'nobody' })).status).toBe(401);
  });

  test('a token is over after fifteen minutes of server time', async () => {
    const till = await aWorkstation(server);
    expect((await push(server, till, [open(till)])).status).toBe(200);
    nowMs += 16 * 60_000;
    const late = await push(server, till, [open(till)]);
    expect([late.status, late.body.code]).toEqual([401, 'token-needed']);
  });

  test('a token that is unsigned, of another algorithm or of another secret is no token', async () => {
    const till = await aWorkstation(server);
    const [header = '', payload = ''] = till.token.split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    const foreign = createHmac('sha256', 'guessed').update(`${header}.${payload}`).digest('base64url');
    for (const token of [none, `${header}.${payload}.${foreign}`, `${till.token}x`, '', 'x']) {
      const answer = await call<Problem>(`${server.url}/replication/stock/pull`, { token });
      expect(answer.status).toBe(401);
    }
  });

  test('a revoked workstation is refused within ten seconds, also with a token that is still good', async () => {
    const till = await aWorkstation(server);
    await call(`${server.url}/replication/stock/pull`, { token: till.token });
    expect(await revokeWorkstation(database, till.id)).toBe(true);
    nowMs += 10_001;
    const answer = await call<Problem>(`${server.url}/replication/stock/pull`, { token: till.token });
    expect([answer.status, answer.body.code]).toEqual([401, 'workstation-revoked']);
    expect((await signIn(server, till)).status).toBe(401);
    expect((await push(server, till, [open(till)])).status).toBe(401);
  });

  test('a released workstation works again', async () => {
    const till = await aWorkstation(server);
    await database.sql`update workstation set quarantined_at = now() where id = ${till.id}`;
    expect((await push(server, till, [open(till)])).status).toBe(403);
    await releaseWorkstation(database, till.id);
    nowMs += 10_001;
    expect((await signIn(server, till)).status).toBe(200);
  });

  test('a protocol that is not served is answered with 426 and keeps its data', async () => {
    const till = await aWorkstation(server);
    for (const number of ['0', '2', 'x', '1.5']) {
      const answer = await call<Problem>(`${server.url}/replication/stock/pull`, {
        token: till.token,
        headers: { 'x-tillandsia-protocol': number },
      });
      expect([answer.status, answer.body.code]).toEqual([426, 'protocol-not-served']);
    }
  });
});

describe('scopes', () => {
  type Role = 'nobody' | 'till' | 'till of another store' | 'kiosk' | 'revoked till' | 'stopped till';
  const roles = new Map<Role, TestWorkstation>();
  beforeAll(async () => {
    roles.set('till', await aWorkstation(server));
    roles.set('till of another store', await aWorkstation(server, { storeId: 's2' }));
    roles.set('kiosk', await aWorkstation(server, { kind: 'kiosk' }));
    for (const role of ['revoked till', 'stopped till'] as const) roles.set(role, await aWorkstation(server));
    await revokeWorkstation(database, roles.get('revoked till')?.id ?? '');
    await database.sql`update workstation set quarantined_at = now() where id = ${roles.get('stopped till')?.id ?? ''}`;
    nowMs += 10_001;
  });
  const tokenOf = (role: Role) => roles.get(role)?.token;
  const ask = (role: Role, path: string, body?: unknown) => {
    const token = tokenOf(role);
    return call<{ documents?: { scope: string }[] }>(`${server.url}${path}`, {
      ...(token === undefined ? {} : { token }),
      ...(body === undefined ? {} : { body }),
    });
  };

  const expected: Readonly<Record<Role, number>> = {
    nobody: 401,
    till: 200,
    'till of another store': 200,
    kiosk: 403,
    'revoked till': 401,
    'stopped till': 403,
  };
  const visible: Readonly<Record<string, readonly string[]>> = {
    till: ['company', 'store:s1'],
    'till of another store': ['company', 'store:s2'],
    kiosk: ['kiosk'],
  };
  const names: readonly Role[] = [
    'nobody',
    'till',
    'till of another store',
    'kiosk',
    'revoked till',
    'stopped till',
  ];

  test.each(names)('%s sees its own scopes and nothing of another store', async (role) => {
    for (const collection of [
      'stock',
      'staff',
      'settings',
      'customers',
      'carts',
      'catalogue_pages',
      'attention',
    ]) {
      const answer = await ask(role, `/replication/${collection}/pull`);
      const isForKiosks = ['settings', 'catalogue_pages', 'promotions'].includes(collection);
      expect(answer.status).toBe(role === 'kiosk' && isForKiosks ? 200 : expected[role]);
      const scopes = (answer.body.documents ?? []).map((document) => document.scope);
      expect(scopes.every((scope) => visible[role]?.includes(scope) === true)).toBe(true);
      expect(scopes).toEqual(answer.status === 200 ? visible[role] : []);
    }
  });

  test.each(names)('%s reaches the other endpoints only as it may', async (role) => {
    const cart = {
      id: 'c1',
      storeId: role === 'till of another store' ? 's2' : 's1',
      workstationId: 'w',
      operatorId: 'o',
      currency: 'EUR',
      lines: [],
      lastLineNumber: 0,
    };
    const status = (path: string, body?: unknown) => ask(role, path, body).then((answer) => answer.status);
    expect(await status('/replication/carts/push', [{ newDocumentState: cart }])).toBe(expected[role]);
    expect(await status('/print', { printerId: 'p', bytesBase64: 'AA==', jobId: 'j' })).toBe(
      expected[role] === 200 ? 404 : expected[role],
    );
    expect(await status('/facts?epoch=1&afterSequence=0')).toBe(role === 'kiosk' ? 200 : expected[role]);
    expect(await status('/replication/nothing/pull')).toBe(
      expected[role] === 200 || role === 'kiosk' ? 404 : expected[role],
    );
  });

  test('a cart of another store cannot be pushed', async () => {
    const cart = {
      id: 'c2',
      storeId: 's2',
      workstationId: 'w',
      operatorId: 'o',
      currency: 'EUR',
      lines: [],
      lastLineNumber: 0,
    };
    expect((await ask('till', '/replication/carts/push', [{ newDocumentState: cart }])).status).toBe(422);
    const rows = await database.sql`select id from document where id = 'c2'`;
    expect(rows.length).toBe(0);
  });

  test('a kiosk may open its journal and write nothing else', async () => {
    const kiosk = await aWorkstation(server, { kind: 'kiosk' });
    expect((await push(server, kiosk, [open(kiosk)])).status).toBe(200);
    const answer = await push(server, kiosk, [sell(kiosk)]);
    expect([answer.status, answer.body.code]).toEqual([403, 'kind-not-allowed']);
  });

  test('a price is changed by the server alone: such a fact of a till is kept and changes nothing', async () => {
    const till = await aWorkstation(server);
    const answer = await push(server, till, [
      open(till),
      write(till, 'price-changed', { itemId: 'item-1', fromMinor: 100, toMinor: 1 }),
    ]);
    expect(answer.body.results.map((result) => result.outcome)).toEqual(['accepted', 'kept']);
  });
});

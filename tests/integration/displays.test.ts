// Customers' screens over the server: paired by a code, shown what their own till shows, and nothing of it kept.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idleDisplay } from '../../shared/domain/display-content.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, call, type Problem, type TestWorkstation } from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
beforeAll(async () => {
  database = await aShop(1);
  server = await aSyncServer({ database });
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const content = (storeName: string) =>
  idleDisplay({ language: 'en', storeName, currency: 'EUR', isTraining: false });

async function pair(till: TestWorkstation): Promise<string> {
  const codes = await call<{ code: string }>(`${server.url}/displays/codes`, { body: {}, token: till.token });
  const paired = await call<{ key: string }>(`${server.url}/displays/pairings`, {
    body: { code: codes.body.code },
  });
  expect([codes.status, paired.status]).toEqual([200, 200]);
  const again = await call<Problem>(`${server.url}/displays/pairings`, { body: { code: codes.body.code } });
  expect([again.status, again.body.code]).toEqual([404, 'display-code-unknown']);
  return paired.body.key;
}

/** Opens the stream and gives a reader of its text. */
async function open(
  key: string,
): Promise<{ readonly text: () => Promise<string>; readonly close: () => void }> {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/displays/stream`, {
    headers: { authorization: `Bearer ${key}` },
    signal: stop.signal,
  });
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  return {
    text: async () => decoder.decode((await reader?.read())?.value),
    close: () => stop.abort(),
  };
}

const show = (till: TestWorkstation, storeName: string) =>
  call<{ displays: number }>(`${server.url}/displays/content`, {
    body: content(storeName),
    token: till.token,
  });

describe('a customer’s screen', () => {
  test('shows its own till, also what was shown before it came, and nothing of another', async () => {
    const [till, other] = [await aWorkstation(server), await aWorkstation(server)];
    const key = await pair(till);
    const screen = await open(key);
    expect(await screen.text()).toContain('event: ping');
    expect((await show(other, 'Other till')).body).toEqual({ displays: 0 });
    expect((await show(till, 'Blue coat')).body).toEqual({ displays: 1 });
    const shown = await screen.text();
    expect(shown).toContain('event: content');
    expect(shown).toContain('Blue coat');
    expect(shown).not.toContain('Other till');
    const late = await open(key);
    expect(await late.text()).toContain('Blue coat');
    screen.close();
    late.close();
    const kept = await database.sql`select 1 from document where body like '%Blue coat%'`;
    expect(kept).toHaveLength(0);
  });

  test('is refused with a key that was changed, without one, and when its till was revoked', async () => {
    const till = await aWorkstation(server);
    const key = await pair(till);
    for (const wrong of ['', 'x', `${key}x`, key.replace(/^./u, 'z')]) {
      const refused = await call<Problem>(`${server.url}/displays/stream`, {
        headers: { authorization: `Bearer ${wrong}` },
      });
      expect([refused.status, refused.body.code]).toEqual([401, 'display-key-refused']);
    }
    await database.sql`update workstation set revoked_at = now() where id = ${till.id}`;
    server.modules.authority.standings.forget(till.id);
    const revoked = await call<Problem>(`${server.url}/displays/stream`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(revoked.status).toBe(401);
  });

  test('codes cannot be guessed by trying, and content has a shape', async () => {
    const till = await aWorkstation(server);
    const bad = await call<Problem>(`${server.url}/displays/content`, {
      body: { ...content('x'), customerName: 'Vogt' },
      token: till.token,
    });
    expect(bad.status).toBe(400);
    let limited = 0;
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const { status } = await call<Problem>(`${server.url}/displays/pairings`, { body: { code: '000000' } });
      if (status === 429) limited += 1;
    }
    expect(limited).toBeGreaterThan(0);
  });
});

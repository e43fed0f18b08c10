import { describe, expect, test } from 'vitest';
import { createTokens } from './tokens.ts';

const secret = Buffer.alloc(32, 7);
const start = Date.parse('2026-03-02T10:00:00.000Z');
const aTill = { workstationId: 'w1', storeId: 's1', kind: 'pos' } as const;

describe('tokens', () => {
  test('carry the scopes of their kind', async () => {
    const tokens = createTokens(secret, () => start);
    const scopesOf = async (kind: 'pos' | 'kiosk' | 'server') =>
      (await tokens.read((await tokens.issue({ ...aTill, kind })).token))?.scopes;
    expect(await scopesOf('pos')).toEqual(['company', 'store:s1']);
    expect(await scopesOf('kiosk')).toEqual(['kiosk']);
    expect(await scopesOf('server')).toEqual(['company', 'store:s1', 'manage']);
  });

  test('last fifteen minutes by the clock of the server, also when they were read before', async () => {
    let now = start;
    const tokens = createTokens(secret, () => now);
    const { token, expiresAtMs } = await tokens.issue(aTill);
    expect(expiresAtMs).toBe(start + 900_000);
    expect((await tokens.read(token))?.workstationId).toBe('w1');
    now = start + 900_000;
    expect(await tokens.read(token)).toBeNull();
    expect(await createTokens(secret, () => now).read(token)).toBeNull();
  });

  test('of another installation are none', async () => {
    const { token } = await createTokens(Buffer.alloc(32, 8), () => start).issue(aTill);
    expect(await createTokens(secret, () => start).read(token)).toBeNull();
  });
});

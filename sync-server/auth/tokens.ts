// Short-lived tokens (JWT, HS256, 15 minutes). The scopes in them are the only source of what a request may see.
// A token that was verified once is remembered until it ends, because the check is asked for on every request.

import { jwtVerify, SignJWT } from 'jose';
import { asStoreId, asWorkstationId } from '../../shared/domain/ids.ts';
import { storeScope, type Caller, type CallerKind } from '../db/caller.ts';

const ISSUER = 'tillandsia';
export const TOKEN_LIFETIME_SECONDS = 15 * 60;
const REMEMBERED_MAX = 20_000;

export type Tokens = {
  readonly issue: (given: {
    readonly workstationId: string;
    readonly storeId: string;
    readonly kind: CallerKind;
  }) => Promise<{ readonly token: string; readonly expiresAtMs: number }>;
  /** The caller, or null for a token that is forged, over, or not ours. */
  readonly read: (token: string) => Promise<Caller | null>;
};

/** What each kind of workstation may see; a kiosk sees no customers, staff, costs or sales. */
function scopesOf(kind: CallerKind, storeId: string): readonly string[] {
  switch (kind) {
    case 'pos':
      return ['company', storeScope(storeId)];
    case 'kiosk':
      return ['kiosk'];
    case 'server':
      return ['company', storeScope(storeId), 'manage'];
  }
}

const isKind = (value: unknown): value is CallerKind =>
  value === 'pos' || value === 'kiosk' || value === 'server';

/** `now` gives milliseconds since 1970: expiry is server time, whatever a device's clock says. */
export function createTokens(secret: Uint8Array, now: () => number): Tokens {
  const remembered = new Map<string, Caller>();

  async function verify(token: string): Promise<Caller | null> {
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        currentDate: new Date(now()),
      });
      const { sub, exp, storeId, kind, scopes } = payload;
      if (sub === undefined || exp === undefined || typeof storeId !== 'string' || !isKind(kind)) return null;
      if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === 'string')) return null;
      return {
        workstationId: asWorkstationId(sub),
        storeId: asStoreId(storeId),
        kind,
        scopes,
        expiresAtMs: exp * 1000,
      };
    } catch {
      return null;
    }
  }

  return {
    async issue({ workstationId, storeId, kind }) {
      const issuedAt = Math.floor(now() / 1000);
      const expiresAt = issuedAt + TOKEN_LIFETIME_SECONDS;
      const token = await new SignJWT({ storeId, kind, scopes: [...scopesOf(kind, storeId)] })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(ISSUER)
        .setSubject(workstationId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(secret);
      return { token, expiresAtMs: expiresAt * 1000 };
    },
    async read(token) {
      const known = remembered.get(token);
      if (known !== undefined) {
        if (known.expiresAtMs > now()) return known;
        remembered.delete(token);
        return null;
      }
      const caller = await verify(token);
      if (caller === null) return null;
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      remembered.set(token, caller);
      return caller;
    },
  };
}

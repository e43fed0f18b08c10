// Is a workstation still welcome? Looked up with every request and remembered for at most 10 seconds, so that a
// revocation holds everywhere within 60. A quarantined workstation (its journal forked: somebody copied it) is
// refused like a revoked one, but a person can release it again.

import type { Database } from '../db/database.ts';

export type Standing = {
  readonly storeId: string;
  readonly kind: 'pos' | 'kiosk' | 'server';
  readonly publicKey: string;
  readonly isRevoked: boolean;
  readonly isQuarantined: boolean;
};

export type Standings = {
  /** null when there is no such workstation. */
  readonly of: (workstationId: string) => Promise<Standing | null>;
  /** Looks again at the next request: called where this process itself changed the standing. */
  readonly forget: (workstationId: string) => void;
};

const REMEMBER_MS = 10_000;
const REMEMBERED_MAX = 20_000;

export function createStandings(database: Database, now: () => number): Standings {
  const remembered = new Map<
    string,
    { readonly until: number; readonly standing: Promise<Standing | null> }
  >();

  async function read(id: string): Promise<Standing | null> {
    const rows = await database.sql<Standing[]>`
      select store_id as "storeId", kind, public_key as "publicKey",
             revoked_at is not null as "isRevoked", quarantined_at is not null as "isQuarantined"
      from workstation where id = ${id}`;
    return rows[0] ?? null;
  }

  return {
    of(id) {
      const known = remembered.get(id);
      if (known !== undefined && known.until > now()) return known.standing;
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      const standing = read(id);
      remembered.set(id, { until: now() + REMEMBER_MS, standing });
      // A database that is away must not be remembered as an answer.
      standing.catch(() => remembered.delete(id));
      return standing;
    },
    forget: (id) => void remembered.delete(id),
  };
}

/** Takes the workstation out of service until it is released; its facts stay. False when there is no such workstation. */
export async function revokeWorkstation(database: Database, workstationId: string): Promise<boolean> {
  const rows = await database.sql`
    update workstation set revoked_at = coalesce(revoked_at, now()) where id = ${workstationId} returning id`;
  return rows.length === 1;
}

/** Lets a workstation that was stopped or taken out of service work again, after a person has looked. */
export async function releaseWorkstation(database: Database, workstationId: string): Promise<boolean> {
  const rows = await database.sql`
    update workstation set quarantined_at = null, revoked_at = null where id = ${workstationId} returning id`;
  return rows.length === 1;
}

// What one installation has once: a secret for tokens and codes, and a lineage that marks its history. Both live
// in the database, so that several server processes share them. A restore from a backup starts a new lineage,
// because positions given out after the backup was made will be given out again for other documents.

import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';

export type Installation = { readonly secret: Uint8Array; readonly lineage: string };

const SECRET_KEY = 'installation-secret';
const LINEAGE_KEY = 'installation-lineage';

/** Reads secret and lineage, and makes them at the first start; of two that make them at once, one wins. */
export async function loadInstallation(database: Database): Promise<Installation> {
  const secret = await readOrMake(database, SECRET_KEY, randomBytes(32).toString('base64url'));
  const lineage = await readOrMake(database, LINEAGE_KEY, randomBytes(9).toString('base64url'));
  return { secret: Buffer.from(secret, 'base64url'), lineage };
}

/** To be called after a restore: every checkpoint given out before is then answered with a full resync. */
export async function renewLineage(database: Database): Promise<void> {
  const value = JSON.stringify(randomBytes(9).toString('base64url'));
  await database.sql`
    insert into setting (key, value) values (${LINEAGE_KEY}, ${value})
    on conflict (key) do update set value = excluded.value, changed_at = now()`;
}

async function readOrMake(database: Database, key: string, fresh: string): Promise<string> {
  await database.sql`
    insert into setting (key, value) values (${key}, ${JSON.stringify(fresh)}) on conflict (key) do nothing`;
  const rows = await database.sql<{ value: string }[]>`select value from setting where key = ${key}`;
  const value: unknown = JSON.parse(rows[0]?.value ?? 'null');
  if (typeof value !== 'string') throw new Error(`the setting ${key} is not a text`);
  return value;
}

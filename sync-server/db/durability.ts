// A database that forgets is refused: an acknowledged sale must survive a power cut, so the settings that make
// PostgreSQL durable are read back at every start, also from a database that somebody else runs.

import type { Sql } from './database.ts';
import { StartRefused } from './start-refused.ts';

const MUST_BE_ON = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;
/** Values of synchronous_commit that wait at least for the local disk. */
const SAFE_VALUES = new Set(['on', 'local', 'remote_write', 'remote_apply']);

/** StartRefused naming each durable setting that is off. A database without such a setting has no such switch. */
export async function assertDurable(sql: Sql): Promise<void> {
  const rows = await sql<{ name: string; setting: string }[]>`
    select name, setting from pg_catalog.pg_settings where name = any(${MUST_BE_ON}::text[])`;
  const unsafe = rows.filter((row) => !SAFE_VALUES.has(row.setting));
  if (unsafe.length === 0) return;
  throw new StartRefused(
    unsafe.map(
      ({ name, setting }) =>
        `The database has ${name} = ${setting}: sales could be lost in a power cut. Nothing was written. ` +
        `Set ${name} = on in PostgreSQL and start again.`,
    ),
  );
}

// Brings the terminals of the TERMINALS setting into the database: their names and kinds, which workstations are told. The
// addresses stay in the setting. One that is no longer named there is gone for every till.

import { inTransaction, type Database } from './db/database.ts';
import type { TerminalSetting } from './terminal-settings.ts';

/** Stores the terminals; the settings of the shops are published after it, with the printers. */
export async function storeTerminals(
  database: Database,
  terminals: readonly Pick<TerminalSetting, 'id' | 'name' | 'driver'>[],
): Promise<void> {
  await inTransaction(database, async ({ sql }) => {
    const kept = terminals.map(({ id }) => id);
    await sql`delete from card_terminal where store_id is null and not (id = any(${kept}::text[]))`;
    for (const { id, name, driver } of terminals) {
      await sql`
        insert into card_terminal (id, store_id, name, driver) values (${id}, null, ${name}, ${driver})
        on conflict (id) do update set store_id = null, name = excluded.name, driver = excluded.driver`;
    }
  });
}

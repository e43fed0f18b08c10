// Brings the printers of the PRINTERS setting into the database and tells the workstations of them. The setting
// is the whole list: a printer that is no longer named there may no longer be reached.

import { inTransaction, type Database } from './db/database.ts';
import { publishBookVersion } from './db/feed.ts';
import type { PrinterSetting } from './printer-settings.ts';
import { publishSettings } from './reference-data/publish-settings.ts';

/** Stores the printers (null keeps those that are stored) and publishes the settings of every shop if they changed. */
export async function publishPrinters(
  database: Database,
  given: { readonly printers: readonly PrinterSetting[] | null; readonly isDemo: boolean },
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const { sql } = transaction;
    const { printers } = given;
    if (printers !== null) {
      const kept = printers.map((printer) => printer.id);
      await sql`delete from printer where store_id is null and not (id = any(${kept}::text[]))`;
      for (const { id, name, host, port, columns, profile, zplDpi } of printers) {
        await sql`
          insert into printer (id, store_id, name, host, port, columns, profile, zpl_dpi)
          values (${id}, null, ${name}, ${host}, ${port}, ${columns}, ${profile}, ${zplDpi})
          on conflict (id) do update set store_id = null, name = excluded.name, host = excluded.host,
            port = excluded.port, columns = excluded.columns, profile = excluded.profile, zpl_dpi = excluded.zpl_dpi`;
      }
    }
    // Sorted, as everybody locks the counters of scopes.
    for (const scope of ['company', 'kiosk']) await publishBookVersion(transaction, scope);
    await publishSettings(transaction, { isDemo: given.isDemo });
  });
}

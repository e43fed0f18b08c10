// Composes the demo store: its words and numbers, the catalogue that packs its items into pages, the settings of
// its shops, and the server's workstations that record its opening stock.

import { insertItems, lockCatalogue } from './catalogue/item-rows.ts';
import { pagesOf, publishPages } from './catalogue/publish-pages.ts';
import type { Database } from './db/database.ts';
import { seedDemoStore, type SeedGiven } from './demo/seed-demo-store.ts';
import { publishSettings } from './reference-data/publish-settings.ts';
import type { ServerFacts } from './server-facts.ts';

/** Makes the demo store where it is not, and goes on with one that was cut short. */
export function ensureDemoStore(
  database: Database,
  given: Pick<SeedGiven, 'items' | 'seed' | 'onProgress'> & { readonly serverFacts: ServerFacts },
): Promise<'seeded' | 'was-there'> {
  const { serverFacts, ...seed } = given;
  return seedDemoStore(database, {
    ...seed,
    async addItems(transaction, rows) {
      await lockCatalogue(transaction);
      await insertItems(transaction, rows);
      await publishPages(transaction, pagesOf(rows.map((row) => row.item.ordinal)));
    },
    async publishSettings(transaction) {
      await publishSettings(transaction, { isDemo: true });
    },
    enrolServer: serverFacts.enrol,
    journalLength: serverFacts.journalLength,
    recordReceipts: serverFacts.recordReceipts,
  });
}

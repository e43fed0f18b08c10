// A small demo store in a test's own database, made by the product's own composition: shops, people, items, pages
// and opening stock recorded through the real admission. `drop` also removes the keys it made.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { ensureDemoStore } from '../../sync-server/demo-store.ts';
import { createAdmission } from '../../sync-server/replication/admission.ts';
import { createServerFacts, type ServerFacts } from '../../sync-server/server-facts.ts';
import { aDatabase, type TestDatabase } from './a-database.ts';

export type TestDemoStore = {
  readonly database: TestDatabase;
  readonly serverFacts: ServerFacts;
  readonly dataFolder: string;
  /** Seeds again, as the next start would. */
  readonly seedAgain: () => Promise<'seeded' | 'was-there'>;
  readonly drop: () => Promise<void>;
};

/** A demo store with so many items. */
export async function aDemoStore(options: { items?: number; seed?: number } = {}): Promise<TestDemoStore> {
  const database = await aDatabase();
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'tillandsia-demo-'));
  const now = () => Date.UTC(2026, 0, 5, 8, 0, 0);
  const admission = createAdmission({ database, log: SILENT_LOG, now, onQuarantined: () => undefined });
  const serverFacts = createServerFacts({
    database,
    admission,
    dataFolder,
    now,
    newId: () => crypto.randomUUID(),
  });
  const seedAgain = () =>
    ensureDemoStore(database, { items: options.items ?? 600, seed: options.seed ?? 7, serverFacts });
  await seedAgain();
  return {
    database,
    serverFacts,
    dataFolder,
    seedAgain,
    async drop() {
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

// Is this server a demo? It is when its database holds the demo store, or is empty and may get one. With
// TILLANDSIA_DEMO=off a demo store that is there stays as it is, but nobody enrols into it by one tap.

import type { Database } from './db/database.ts';
import { isDemoStore } from './demo/seed-demo-store.ts';
import { DEMO_SHOPS } from './demo/stores.ts';

export type DemoStanding = {
  /** The shop that demo workstations enrol into; null when this is no demo. */
  readonly storeId: string | null;
  /** Must the demo store be made, or its making be finished? */
  readonly isToBeMade: boolean;
};

export async function findDemoStore(
  database: Database,
  setting: { readonly isOn: boolean },
): Promise<DemoStanding> {
  if (!setting.isOn) return { storeId: null, isToBeMade: false };
  const isDemo = await isDemoStore(database);
  const stores = isDemo ? [] : await database.sql`select 1 from store limit 1`;
  // A database with a shop of its own never gets the demo store beside it.
  const isToBeMade = isDemo || stores.length === 0;
  return { storeId: isToBeMade ? (DEMO_SHOPS[0] ?? null) : null, isToBeMade };
}

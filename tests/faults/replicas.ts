// I7: what a till holds of its scopes is what the server holds, document by document. The till's databases are read past
// the product, by plain IndexedDB in its page; the server's documents past it too, by plain SQL. Two replicas that equal
// the server equal each other.

import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import { compactPage, type ServerPage } from '../../shared/client/catalogue/compact-page.ts';
import type { ServerDatabase } from '../support/server-database.ts';

/** Collections that a till follows, each in an IndexedDB database of its own. */
const FOLLOWED = ['settings', 'staff', 'promotions', 'stock', 'carts'] as const;
const PAGES = 'catalogue_pages';
/** A change is on its way for a moment: it is looked at again until then. */
const CONVERGED_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 250;
const SHOWN_MAX = 5;

type Held = ReadonlyMap<string, string>;

/** Sentences about every document that differs when the time is up. */
export async function replicaFaults(database: ServerDatabase, page: Page): Promise<string[]> {
  const deadline = Date.now() + CONVERGED_WITHIN_MS;
  for (;;) {
    const faults = differences(await heldByServer(database), await heldByTill(page));
    if (faults.length === 0 || Date.now() > deadline) {
      return faults.slice(0, SHOWN_MAX).map((fault) => `I7: ${fault}`);
    }
    await delay(LOOK_EVERY_MS);
  }
}

function differences(server: Held, till: Held): string[] {
  const faults: string[] = [];
  for (const [key, body] of server) {
    const own = till.get(key);
    if (own === undefined) faults.push(`the till does not have ${key}`);
    else if (own !== body)
      faults.push(`${key} differs: till ${own.slice(0, 200)}, server ${body.slice(0, 200)}`);
  }
  for (const key of till.keys()) if (!server.has(key)) faults.push(`only the till has ${key}`);
  return faults;
}

async function heldByServer(database: ServerDatabase): Promise<Held> {
  const rows = await database<{ collection: string; id: string; body: string }[]>`
    select collection, id, body from document
      where not deleted and collection in ${database([...FOLLOWED, PAGES])}
        and scope in (select 'company' union select distinct 'store:' || store_id from workstation where kind = 'pos')`;
  return new Map(
    rows.map(({ collection, id, body }) => {
      const content: unknown = JSON.parse(body);
      // The server writes pages of this form into this collection and nothing else.
      const held = collection === PAGES ? compactPage(content as ServerPage) : content;
      return [`${collection} ${id}`, canonicalJson(held)];
    }),
  );
}

type Row = { readonly collection: string; readonly id: string; readonly text: string };

async function heldByTill(page: Page): Promise<Held> {
  const rows = await page.evaluate(readRows, { followed: [...FOLLOWED], pages: PAGES });
  return new Map(
    rows.map(({ collection, id, text }) => [`${collection} ${id}`, canonicalJson(JSON.parse(text))]),
  );
}

/** Runs in the page. RxDB keeps a collection in the store `docs` of `rxdb-dexie-<database>--<version>--<collection>`. */
async function readRows(given: { readonly followed: string[]; readonly pages: string }): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name } of await indexedDB.databases()) {
    const match = /^rxdb-dexie-(till-pos|catalogue-pos)--\d+--(\w+)$/.exec(name ?? '');
    const collection = match?.[1] === 'catalogue-pos' && match[2] === 'pages' ? given.pages : match?.[2];
    if (name === undefined || collection === undefined) continue;
    if (collection !== given.pages && !given.followed.includes(collection)) continue;
    const stored = await new Promise<Record<string, unknown>[]>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.addEventListener('error', () => reject(opening.error ?? new Error(`${name} does not open`)));
      opening.addEventListener('success', () => {
        const { result } = opening;
        const asking = result.transaction('docs').objectStore('docs').getAll();
        asking.addEventListener('error', () => reject(asking.error ?? new Error(`${name} is not read`)));
        asking.addEventListener('success', () => {
          result.close();
          resolve(asking.result);
        });
      });
    });
    for (const { id, body, _deleted, _attachments, _meta, _rev, ...rest } of stored) {
      // The catalogue keeps the position of its feed beside the pages.
      if (typeof id !== 'string' || _deleted === true || _deleted === '1' || id === '~') continue;
      rows.push({ collection, id, text: typeof body === 'string' ? body : JSON.stringify({ id, ...rest }) });
    }
  }
  return rows;
}

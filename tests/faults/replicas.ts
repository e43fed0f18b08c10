// I7: what the open tills hold of their scopes is what the server holds, document by document and as one hash for each
// scope, and the journal on the disk of each is the one that the server has of it. The tills' databases are read past the
// product, by plain IndexedDB in their pages; the server's past it too, by plain SQL.

import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import { compactPage, type ServerPage } from '../../shared/client/catalogue/compact-page.ts';
import type { ServerDatabase } from '../support/server-database.ts';

/** Collections that a till follows, each in an IndexedDB database of its own. */
const FOLLOWED = ['settings', 'staff', 'promotions', 'stock', 'carts'] as const;
const PAGES = 'catalogue_pages';
const FACTS = 'facts';
/** A change is on its way for a moment: it is looked at again until then. */
const CONVERGED_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 250;
const SHOWN_MAX = 5;

/** Canonical text of each document, by scope and then by collection and id. */
type Held = ReadonlyMap<string, ReadonlyMap<string, string>>;

export type Convergence = {
  /** Sentences about every document that differs when the time is up. */
  readonly faults: readonly string[];
  /** SHA-256 of the state of each scope, as the server holds it. */
  readonly states: ReadonlyMap<string, string>;
};

/** Looks at all tills at once until each holds what the server holds, or the time is up. */
export async function convergence(database: ServerDatabase, pages: readonly Page[]): Promise<Convergence> {
  const deadline = Date.now() + CONVERGED_WITHIN_MS;
  for (;;) {
    const server = await heldByServer(database);
    const states = statesOf(server);
    const faults: string[] = [];
    for (const [place, page] of pages.entries()) {
      const rows = await page.evaluate(readRows, { wanted: [...FOLLOWED, FACTS], pages: PAGES });
      const till = heldByTill(rows, server);
      const own = [...(await journalFaults(database, rows)), ...differences(server, till)];
      // Equal by document and not by hash would be a fault of this file.
      if (own.length === 0 && canonicalJson([...statesOf(till)]) !== canonicalJson([...states]))
        own.push('its state hashes to something else');
      faults.push(...own.map((fault) => `I7: till ${place + 1}: ${fault}`));
    }
    if (faults.length === 0 || Date.now() > deadline) return { faults: faults.slice(0, SHOWN_MAX), states };
    await delay(LOOK_EVERY_MS);
  }
}

function statesOf(held: Held): ReadonlyMap<string, string> {
  const scopes = [...held].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return new Map(
    scopes.map(([scope, documents]) => {
      const sorted = [...documents].toSorted(([one], [other]) => (one < other ? -1 : 1));
      return [scope, createHash('sha256').update(canonicalJson(sorted)).digest('hex')];
    }),
  );
}

function differences(server: Held, till: Held): string[] {
  const faults: string[] = [];
  for (const [scope, documents] of server) {
    for (const [key, body] of documents) {
      const own = till.get(scope)?.get(key);
      if (own === undefined) faults.push(`it does not have ${key} of ${scope}`);
      else if (own !== body)
        faults.push(`${key} differs: till ${own.slice(0, 200)}, server ${body.slice(0, 200)}`);
    }
  }
  for (const [scope, documents] of till) {
    for (const key of documents.keys())
      if (server.get(scope)?.has(key) !== true) faults.push(`only it has ${key}`);
  }
  return faults;
}

async function heldByServer(database: ServerDatabase): Promise<Held> {
  const rows = await database<{ scope: string; collection: string; id: string; body: string }[]>`
    select scope, collection, id, body from document
      where not deleted and collection = any(${[...FOLLOWED, PAGES]}::text[])
        and scope in (select 'company' union select distinct 'store:' || store_id from workstation where kind = 'pos')`;
  const held = new Map<string, Map<string, string>>();
  for (const { scope, collection, id, body } of rows) {
    const content: unknown = JSON.parse(body);
    // The server writes pages of this form into this collection and nothing else.
    const kept = collection === PAGES ? compactPage(content as ServerPage) : content;
    put(held, scope, { key: `${collection} ${id}`, text: canonicalJson(kept) });
  }
  return held;
}

function put(
  held: Map<string, Map<string, string>>,
  scope: string,
  document: { readonly key: string; readonly text: string },
): void {
  const documents = held.get(scope) ?? new Map<string, string>();
  held.set(scope, documents.set(document.key, document.text));
}

/** A till does not write down of which scope a document is; the server says it of those that it has. */
function heldByTill(rows: readonly Row[], server: Held): Held {
  const held = new Map<string, Map<string, string>>();
  for (const { collection, id, text } of rows.filter((row) => row.collection !== FACTS)) {
    const key = `${collection} ${id}`;
    const scope = [...server].find(([, documents]) => documents.has(key))?.[0] ?? 'no scope of the server';
    put(held, scope, { key, text: canonicalJson(JSON.parse(text)) });
  }
  return held;
}

/** Entry by entry: nothing is missing on the device that the server has of it, and nothing is left to send. */
async function journalFaults(database: ServerDatabase, rows: readonly Row[]): Promise<string[]> {
  const own = rows.filter(({ collection }) => collection === FACTS).map(({ text }) => inOneForm(text));
  const [first] = own;
  if (first === undefined) return ['its journal is empty'];
  // An entry of the journal names its workstation.
  const { workstationId } = JSON.parse(first) as { readonly workstationId: string };
  const stored = await database<{ body: string }[]>`
    select body from fact where workstation_id = ${workstationId} order by epoch, sequence`;
  const [here, there] = [new Set(own), new Set(stored.map(({ body }) => inOneForm(body)))];
  return [
    ...[...there].filter((body) => !here.has(body)).map((body) => `its journal misses ${body.slice(0, 160)}`),
    ...[...here].filter((body) => !there.has(body)).map((body) => `the server misses ${body.slice(0, 160)}`),
  ];
}

/** The server keeps hash and signature behind the rest. */
const inOneForm = (body: string): string => canonicalJson(JSON.parse(body));

type Row = { readonly collection: string; readonly id: string; readonly text: string };

/** Runs in the page. RxDB keeps a collection in the store `docs` of `rxdb-dexie-<database>--<version>--<collection>`. */
async function readRows(given: { readonly wanted: string[]; readonly pages: string }): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name } of await indexedDB.databases()) {
    const match = /^rxdb-dexie-(till-pos|catalogue-pos)--\d+--(\w+)$/.exec(name ?? '');
    const collection = match?.[1] === 'catalogue-pos' && match[2] === 'pages' ? given.pages : match?.[2];
    if (name === undefined || collection === undefined) continue;
    if (collection !== given.pages && !given.wanted.includes(collection)) continue;
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
    for (const { key, id = key, body, _deleted, _attachments, _meta, _rev, ...rest } of stored) {
      // The catalogue keeps the position of its feed beside the pages.
      if (typeof id !== 'string' || _deleted === true || _deleted === '1' || id === '~') continue;
      rows.push({ collection, id, text: typeof body === 'string' ? body : JSON.stringify({ id, ...rest }) });
    }
  }
  return rows;
}

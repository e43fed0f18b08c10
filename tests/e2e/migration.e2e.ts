// A till takes its database along when a new version stores it in another form. The new version is built from a copy of
// this project in which the journal and all documents have a next version, as till-versions.ts asks for it; the database
// is what the present build has left on the disk of a real browser, with sales that nobody else has and an open cart.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TILL_GENERATION } from '../../shared/client/storage/writer-lock.ts';
import { copyOfProject } from '../support/copy-of-project.ts';
import { openServerDatabase } from '../support/server-database.ts';
import { viewsAreCurrent } from '../support/views-are-current.ts';
import { expect, test } from './fixtures.ts';
import { Till, type Told } from './till.ts';
import { findNewVersion, UpgradableShop } from './upgradable-shop.ts';
import { watchContext } from './watch-page.ts';

const UNDELIVERED = 3;

/** The copy stores entries with the day they were recorded on, and documents as they were, both one version later. */
function projectOfNextVersion(): string {
  const project = copyOfProject();
  change(path.join(project, 'shared/client/storage/writer-lock.ts'), [
    [`TILL_GENERATION = ${String(TILL_GENERATION)};`, `TILL_GENERATION = ${String(TILL_GENERATION + 1)};`],
  ]);
  const versions = path.join(project, 'shared/client/storage/till-versions.ts');
  const source = readFileSync(versions, 'utf8');
  const raised = source.replaceAll(
    /version: (\d+),/g,
    (_, version: string) => `version: ${String(Number(version) + 1)},`,
  );
  expect(raised).not.toBe(source);
  writeFileSync(versions, raised);
  change(versions, [
    [
      'recordedAt: text,\n        amountMinor',
      "recordedAt: text,\n        day: { type: 'string', maxLength: 10 },\n        amountMinor",
    ],
  ]);
  // A step more for each schema, whatever steps there are already.
  writeFileSync(
    versions,
    `${readFileSync(versions, 'utf8')}
const ofDocuments = TILL_VERSIONS.document;
const addStep = (of: { readonly steps: readonly unknown[] }, step: (row: StoredRow) => StoredRow) =>
  (of.steps as ((row: StoredRow) => StoredRow)[]).push(step);
addStep(TILL_VERSIONS.facts, (row) => ({ ...row, day: String(row['recordedAt']).slice(0, 10) }));
Object.assign(TILL_VERSIONS, {
  document: (title: string) => {
    const versions = ofDocuments(title);
    addStep(versions, (row) => row);
    return versions;
  },
});
`,
  );
  return project;
}

function change(file: string, replacements: readonly (readonly [string, string])[]): void {
  let source = readFileSync(file, 'utf8');
  for (const [text, other] of replacements) {
    expect(source.split(text), `"${text}" stands once in ${file}`).toHaveLength(2);
    source = source.replace(text, () => other);
  }
  writeFileSync(file, source);
}

/** Rows of the till's stores on the disk, by the name of the store without its version. */
async function rowsByVersion(till: Till): Promise<Readonly<Record<string, number>>> {
  return till.page.evaluate(async () => {
    const rows: Record<string, number> = {};
    for (const { name = '' } of await indexedDB.databases()) {
      const [, version, collection] =
        /^rxdb-dexie-till-pos--(\d+)--(facts|carts|settings|staff)$/.exec(name) ?? [];
      if (version === undefined || collection === undefined) continue;
      rows[`${collection} ${version}`] = await new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', () => reject(new Error(name)));
        opening.addEventListener('success', () => {
          const counting = opening.result.transaction('docs').objectStore('docs').count();
          counting.addEventListener('success', () => {
            opening.result.close();
            resolve(counting.result);
          });
        });
      });
    }
    return rows;
  });
}

test('a till carries its journal over to the next form, with sales that nobody else has', async ({
  browser,
  // Its start has built the apps.
  server: _server,
  contextOptions,
}) => {
  test.setTimeout(300_000);
  const project = projectOfNextVersion();
  const shop = new UpgradableShop({ version: '9.9.9-migrates', project });
  try {
    await shop.open();
    const { proxy } = shop;
    const context = await browser.newContext(contextOptions);
    const watch = await watchContext(context, proxy.url);
    const till = new Till(await context.newPage(), proxy.url);
    await till.enrolAndSignOn();
    const told: Told[] = [await till.sell(0)];
    await till.waitForStatus({ pending: 0 });
    await till.isReadyForOffline();
    // From here on no sale reaches the server, while the files of the app do.
    watch.expectLostConnections();
    proxy.setPlan(({ method, path: place }) =>
      method === 'POST' && place.startsWith('/api/v1/facts') ? { kind: 'bad-gateway' } : null,
    );
    for (let sale = 0; sale < UNDELIVERED; sale += 1) told.push(await till.sell(sale));
    await till.addTile(1);
    const before = await rowsByVersion(till);
    expect(before['facts 0']).toBeGreaterThan(UNDELIVERED);
    const { pending } = await till.status();
    expect(pending).toBeGreaterThanOrEqual(UNDELIVERED);

    await shop.upgrade();
    await findNewVersion(till);
    // The new version takes over when the last window of the old one is closed.
    await till.page.close();
    const next = new Till(await context.newPage(), proxy.url);
    await next.open();
    await next.becomeReady();
    await next.waitForStatus({ writer: 'this-window' });
    const after = await rowsByVersion(next);
    // The sign-on just now is one entry more.
    expect(after['facts 1']).toBe((before['facts 0'] ?? 0) + 1);
    expect(after['carts 1']).toBeGreaterThanOrEqual(1);
    expect(Object.keys(after).filter((name) => name.endsWith(' 0') && (after[name] ?? 0) > 0)).toEqual([]);
    expect((await next.status()).pending).toBe(pending + 1);
    expect(await next.lineCount()).toBe(1);

    // The cart that was open is paid, everything is delivered, and every sale is booked once.
    told.push(await next.payExactly());
    await next.newSale();
    proxy.setPlan(null);
    await next.waitForStatus({ pending: 0 });
    await next.find('open-transactions').click();
    for (const { receiptNumber } of told)
      await expect(next.find(`transaction-${receiptNumber}`)).toBeVisible();
    const database = openServerDatabase(shop.data);
    await viewsAreCurrent(database);
    const booked = await database<{ receipt: string }[]>`
      select receipt_number as receipt from transaction_view order by sequence`;
    await database.end();
    expect(booked.map(({ receipt }) => receipt)).toEqual(told.map(({ receiptNumber }) => receiptNumber));
    expect(watch.offences).toEqual([]);
    await context.close();
  } finally {
    await shop.close();
    rmSync(project, { recursive: true, force: true, maxRetries: 5 });
  }
});

// `npm run import -- items FILE`: takes a price list into the catalogue. Reads the command line, opens the data
// (also beside a running server), and tells what came of every row.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { currencyOf } from '../shared/domain/currency.ts';
import { PRICE_MAX_MINOR } from './catalogue/change-price.ts';
import { insertItems, lockCatalogue, nextOrdinal, updateItems } from './catalogue/item-rows.ts';
import { itemIdOf } from './catalogue/page-document.ts';
import { pagesOf, publishPages } from './catalogue/publish-pages.ts';
import type { Database } from './db/database.ts';
import { SILENT_LOG } from './db/log.ts';
import { migrate } from './db/migrate.ts';
import { StartRefused } from './db/start-refused.ts';
import { ensureDemoStore } from './demo-store.ts';
import { columnsOf, openFile, type OpenedFile } from './import/open-file.ts';
import { importItems, type CataloguePort, type ImportTotals } from './import/import-items.ts';
import { prepareImport, type Prepared } from './import/prepare-import.ts';
import { showProgress } from './import/progress.ts';
import { createRefusalReport } from './import/refusal-report.ts';
import { openData } from './open-data.ts';
import { publishSettings } from './reference-data/publish-settings.ts';
import { createAdmission } from './replication/admission.ts';
import { createServerFacts, type ServerFacts } from './server-facts.ts';
import { readSettings, type Settings } from './settings.ts';

const HELP = `npm run import -- items FILE [options]

Takes the items of a CSV or TSV file (also FILE.xz) into the catalogue, also while the server runs. Items are
told apart by sku, or by barcode where the file has no column of skus. Running it again changes nothing.
Reads the same settings as the server (DATABASE_URL, TILLANDSIA_DATA).

  --map FIELD=COLUMN,…   columns by the words of the header, or counted from 1; may be given several times.
                         Fields: sku, barcode, name, name.fa (en, fa, ar, ru, pl), price, tax, category, unit.
                         Default: columns of the header that have these names; in a file without header,
                         a barcode in column 1 and a name in column 2.
  --no-header            the first line is goods already
  --default-price 1.99   price of new items where the file has none
  --tax A                tax group (letter or id) of new items; default: the first one
  --category ID          category (id or name) of new items; default: "Imported", made when needed
  --store NUMBER         store (number or id) whose currency the prices are in; default: the first one
  --delimiter ";"        default: a tab for .tsv and .tab, else a comma
  --encoding latin1      default: utf8
  --report FILE          where refused rows are listed with line number and reason;
                         default: <data folder>/imports/<file>.refused.tsv
  --dry-run              decide everything, write nothing
  --strict               exit with 1 when any row was refused
  --help                 this text

The last line counts rows: taken (added, changed or unchanged), refused, and 0.`;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  map: { type: 'string', multiple: true },
  'no-header': { type: 'boolean' },
  'default-price': { type: 'string' },
  tax: { type: 'string' },
  category: { type: 'string' },
  store: { type: 'string' },
  delimiter: { type: 'string' },
  encoding: { type: 'string' },
  report: { type: 'string' },
  'dry-run': { type: 'boolean' },
  strict: { type: 'boolean' },
} as const;

await run();

async function run(): Promise<void> {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    if (values.help === true) {
      console.log(HELP);
      return;
    }
    const file = fileOf(positionals);
    const settings = readSettings(process.env, process.cwd());
    const opened = await openFile(file, {
      map: values.map ?? [],
      hasHeader: values['no-header'] === true ? false : null,
      delimiter: values.delimiter ?? null,
      encoding: values.encoding ?? 'utf8',
    });
    const reportFile = path.resolve(
      values.report ?? path.join(settings.dataFolder, 'imports', `${path.basename(file)}.refused.tsv`),
    );
    const totals = await importInto(settings, opened, {
      defaultPrice: values['default-price'] ?? null,
      tax: values.tax ?? null,
      category: values.category ?? null,
      store: values.store ?? null,
      isDryRun: values['dry-run'] === true,
      reportFile,
    });
    if (values.strict === true && totals.refused > 0) process.exitCode = 1;
  } catch (error) {
    const isForPeople = error instanceof StartRefused || isOptionError(error);
    console.error(isForPeople ? error.message : error);
    process.exitCode = 1;
  }
}

function fileOf(positionals: readonly string[]): string {
  const [kind, file, ...rest] = positionals;
  if (kind === 'items' && file !== undefined && rest.length === 0) return path.resolve(file);
  throw new StartRefused(
    'Say what is imported and from which file: npm run import -- items FILE. `--help` says more.',
  );
}

type Wishes = {
  readonly defaultPrice: string | null;
  readonly tax: string | null;
  readonly category: string | null;
  readonly store: string | null;
  readonly isDryRun: boolean;
  readonly reportFile: string;
};

async function importInto(settings: Settings, opened: OpenedFile, wishes: Wishes): Promise<ImportTotals> {
  const data = await openData(settings, { log: SILENT_LOG, random: Math.random, alone: false });
  try {
    const { database } = data;
    if (!data.isServerRunning) await migrate(database);
    const serverFacts = composeServerFacts(settings, database);
    if (!(await hasStore(database))) await makeFirstStore(database, settings, serverFacts);
    const prepared = await prepareImport(database, { ...wishes, publishSettings });
    await serverFacts.enrol(prepared.storeId);
    return await takeRows({ database, serverFacts, opened, prepared, wishes });
  } finally {
    await data.close();
  }
}

type Taking = {
  readonly database: Database;
  readonly serverFacts: ServerFacts;
  readonly opened: OpenedFile;
  readonly prepared: Prepared;
  readonly wishes: Wishes;
};

async function takeRows({ database, serverFacts, opened, prepared, wishes }: Taking): Promise<ImportTotals> {
  const startedMs = Date.now();
  const report = createRefusalReport(wishes.reportFile);
  const progress = showProgress({ now: Date.now, readPermille: opened.table.readPermille });
  console.log(columnsOf(opened));
  const stopping = stopOnSignals();
  const totals = await importItems(database, {
    records: opened.records,
    context: {
      columns: opened.columns,
      currencyDigits: currencyOf(prepared.currency).digits,
      priceMaxMinor: PRICE_MAX_MINOR,
      taxGroups: prepared.taxGroups,
      categories: prepared.categories,
    },
    defaults: prepared.defaults,
    storeId: prepared.storeId,
    catalogue: catalogueOf(serverFacts),
    report,
    isDryRun: wishes.isDryRun,
    signal: stopping,
    onBatch: progress.show,
  });
  progress.finish();
  const file = await report.close();
  const rows = totals.added + totals.changed + totals.unchanged + totals.refused;
  const seconds = Math.max(0.001, (Date.now() - startedMs) / 1000);
  console.log(`${rows} rows in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} rows/s).`);
  for (const [reason, count] of report.counts())
    console.log(`${String(count).padStart(10)} refused: ${reason}`);
  if (file !== null) console.log(`Refused rows are listed in ${file}`);
  if (stopping.aborted) {
    console.log(
      'Stopped before the end of the file. Whole batches are in the catalogue; run it again to go on.',
    );
    process.exitCode = 1;
  }
  if (wishes.isDryRun) console.log('This was a dry run: nothing was written to the catalogue.');
  const { added, changed, unchanged, refused } = totals;
  console.log(`${added} added, ${changed} changed, ${unchanged} unchanged, ${refused} refused`);
  console.log(`${added + changed + unchanged} passed, ${refused} failed, 0 unsupported`);
  return totals;
}

// The batch that is being written is finished, so that the database is closed in order.
function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

function catalogueOf(serverFacts: ServerFacts): CataloguePort {
  return {
    lock: lockCatalogue,
    nextOrdinal: (transaction) => nextOrdinal(transaction.sql),
    newId: itemIdOf,
    insert: insertItems,
    update: updateItems,
    publish: (transaction, items) => publishPages(transaction, pagesOf(items.map((item) => item.ordinal))),
    recordPriceChanges: serverFacts.recordPriceChanges,
  };
}

function composeServerFacts(settings: Settings, database: Database): ServerFacts {
  const admission = createAdmission({
    database,
    log: SILENT_LOG,
    now: Date.now,
    onQuarantined: () => undefined,
  });
  const { dataFolder } = settings;
  return createServerFacts({
    database,
    admission,
    dataFolder,
    now: Date.now,
    newId: () => crypto.randomUUID(),
  });
}

async function hasStore(database: Database): Promise<boolean> {
  const rows = await database.sql<
    { count: number }[]
  >`select count(*) as count from store where kind = 'shop'`;
  return (rows[0]?.count ?? 0) > 0;
}

async function makeFirstStore(
  database: Database,
  settings: Settings,
  serverFacts: ServerFacts,
): Promise<void> {
  if (!settings.demo.isOn) {
    throw new StartRefused(
      'There is no store yet whose currency the prices could be in. Make one first; nothing was changed.',
    );
  }
  console.log('There is no store yet: making the demo store, as the first start of the server does.');
  await ensureDemoStore(database, { items: settings.demo.items, serverFacts });
}

function isOptionError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

// Takes a file of items into the catalogue, batch by batch: read, check, decide, write, publish. Each batch is one
// transaction, so a run that is cut short leaves whole batches and can simply be run again. In a dry run the same
// is decided and nothing is written.

import type { ItemId, StoreId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { planBatch, skuOf, type BatchPlan, type PlanGiven } from './plan-batch.ts';
import { readRow, type ImportRow, type RowContext } from './read-row.ts';
import type { RefusalReport } from './refusal-report.ts';
import type { TableRecord } from './read-table.ts';

/** What the catalogue does for an import. */
export type CataloguePort = {
  readonly lock: (transaction: Transaction) => Promise<void>;
  readonly nextOrdinal: (transaction: Transaction) => Promise<number>;
  readonly newId: (ordinal: number) => ItemId;
  readonly insert: (
    transaction: Transaction,
    rows: readonly { readonly item: Item; readonly costMinor: null }[],
  ) => Promise<void>;
  readonly update: (transaction: Transaction, items: readonly Item[]) => Promise<void>;
  readonly publish: (transaction: Transaction, items: readonly Item[]) => Promise<void>;
  readonly recordPriceChanges: (
    transaction: Transaction,
    storeId: StoreId,
    changes: readonly { readonly itemId: ItemId; readonly fromMinor: number; readonly toMinor: number }[],
  ) => Promise<void>;
};

export type ImportGiven = {
  readonly records: AsyncIterable<TableRecord>;
  readonly context: RowContext;
  readonly defaults: PlanGiven['defaults'];
  /** In whose journal price changes are recorded. */
  readonly storeId: StoreId;
  readonly catalogue: CataloguePort;
  readonly report: RefusalReport;
  readonly isDryRun: boolean;
  /** Ends the import after the batch that is being written. */
  readonly signal: AbortSignal;
  readonly onBatch: (totals: ImportTotals) => void;
};

export type ImportTotals = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
};

/** 2,048 new items fill eight pages. */
const BATCH_ROWS = 2_048;

type Read = { readonly row: ImportRow; readonly fields: readonly string[] };

/** Runs the import to the end of the records. Throws when the database or the file fails; nothing is half done. */
export async function importItems(database: Database, given: ImportGiven): Promise<ImportTotals> {
  let totals: ImportTotals = { added: 0, changed: 0, unchanged: 0, refused: 0 };
  // New items of a dry run are only remembered, so the ordinals of later batches follow them.
  let dryOrdinals = 0;
  const seen = new Map<string, number>();
  let batch: Read[] = [];
  const take = async (): Promise<void> => {
    const plan = await takeBatch(database, batch, { ...given, seen, ordinalOffset: dryOrdinals });
    for (const [key, line] of plan.named) seen.set(key, line);
    if (given.isDryRun) dryOrdinals += plan.added.length;
    const fieldsOf = new Map(batch.map(({ row, fields }) => [row.line, fields]));
    for (const { line, refusal } of plan.refused) {
      const { reason, details } = refusal;
      await given.report.add({ line, reason, details, fields: fieldsOf.get(line) ?? [] });
    }
    totals = {
      added: totals.added + plan.added.length,
      changed: totals.changed + plan.changed.length,
      unchanged: totals.unchanged + plan.unchangedCount,
      refused: totals.refused + plan.refused.length,
    };
    batch = [];
    given.onBatch(totals);
  };
  for await (const record of given.records) {
    const read = await readOrReport(record, given);
    if (read === null) totals = { ...totals, refused: totals.refused + 1 };
    else batch.push(read);
    if (batch.length === BATCH_ROWS) await take();
    if (given.signal.aborted) return totals;
  }
  if (batch.length > 0) await take();
  return totals;
}

async function readOrReport(record: TableRecord, given: ImportGiven): Promise<Read | null> {
  if (record.kind === 'unreadable') {
    await given.report.add({ line: record.line, reason: 'record-unreadable', details: {}, fields: [] });
    return null;
  }
  const { line, fields } = record;
  const row = readRow(fields, line, given.context);
  if (row.ok) return { row: row.value, fields };
  await given.report.add({ line, reason: row.reason, details: row.details, fields });
  return null;
}

type BatchGiven = ImportGiven & {
  readonly seen: ReadonlyMap<string, number>;
  readonly ordinalOffset: number;
};

async function takeBatch(database: Database, batch: readonly Read[], given: BatchGiven): Promise<BatchPlan> {
  const rows = batch.map((each) => each.row);
  return inTransaction(database, async (transaction) => {
    if (!given.isDryRun) await given.catalogue.lock(transaction);
    const plan = planBatch(rows, {
      defaults: given.defaults,
      ...(await findItems(transaction, rows)),
      seen: given.seen,
      nextOrdinal: (await given.catalogue.nextOrdinal(transaction)) + given.ordinalOffset,
      newId: given.catalogue.newId,
    });
    if (!given.isDryRun) await write(transaction, plan, given);
    return plan;
  });
}

async function write(transaction: Transaction, plan: BatchPlan, given: BatchGiven): Promise<void> {
  const { catalogue, storeId } = given;
  const changed = plan.changed.map((change) => change.after);
  const priceChanges = plan.changed
    .filter(({ before, after }) => before.priceMinor !== after.priceMinor)
    .map(({ before, after }) => ({
      itemId: after.id,
      fromMinor: before.priceMinor,
      toMinor: after.priceMinor,
    }));
  if (priceChanges.length > 0) await catalogue.recordPriceChanges(transaction, storeId, priceChanges);
  if (plan.added.length > 0) {
    await catalogue.insert(
      transaction,
      plan.added.map((item) => ({ item, costMinor: null })),
    );
  }
  if (changed.length > 0) await catalogue.update(transaction, changed);
  await catalogue.publish(transaction, [...plan.added, ...changed]);
}

// A deleted item still owns its sku; a row that names it brings it back.
async function findItems(
  transaction: Transaction,
  rows: readonly ImportRow[],
): Promise<Pick<PlanGiven, 'bySku' | 'byBarcode' | 'deletedIds'>> {
  const codes = rows.flatMap((row) => row.barcode ?? []);
  const skus = rows.map(skuOf);
  const bySku = await transaction.sql<{ id: string; sku: string; body: string; deleted: boolean }[]>`
    select item.id, item.sku, item.body, item.is_deleted as deleted from unnest(${skus}::text[]) as wanted (sku) join item on item.sku = wanted.sku`;
  const byCode = await transaction.sql<{ code: string; body: string }[]>`
    select item_barcode.code, item.body from unnest(${codes}::text[]) as wanted (code)
    join item_barcode on item_barcode.code = wanted.code join item on item.id = item_barcode.item_id
    where not item.is_deleted`;
  // Proof of the casts: the catalogue writes this column, always as JSON of an Item.
  const owners = new Map<string, Item[]>();
  for (const { code, body } of byCode) {
    const item = JSON.parse(body) as Item;
    const known = owners.get(code) ?? [];
    if (!known.some((other) => other.id === item.id)) owners.set(code, [...known, item]);
  }
  return {
    bySku: new Map(bySku.map(({ sku, body }) => [sku, JSON.parse(body) as Item])),
    byBarcode: owners,
    deletedIds: new Set(bySku.filter((row) => row.deleted).map((row) => row.id)),
  };
}

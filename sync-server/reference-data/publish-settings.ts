// The settings document of every shop, put together from the rows of the database. It is published when it
// differs from what the shop's workstations hold, so that a start without changes wakes nobody.
// Kiosks of all shops share one scope: they get the settings of the first shop, without its printers and terminals.

import type { Category } from '../../shared/domain/item.ts';
import type { TaxGroupId } from '../../shared/domain/ids.ts';
import type { ReceiptLayout } from '../../shared/domain/receipt-layout.ts';
import type { OrderRules } from '../../shared/domain/order-rules.ts';
import type {
  ConfiguredPrinter,
  ConfiguredTerminal,
  ServerPublicKey,
  Store,
  StoreSettings,
} from '../../shared/domain/store.ts';
import type { TaxGroup, TaxRules } from '../../shared/domain/tax.ts';
import { SETTINGS_ID } from '../../shared/protocol/limits.ts';
import { storeScope } from '../db/caller.ts';
import type { Transaction, TransactionSql } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import type { PendingQuery } from '../db/sql.ts';
import { keepSettingsVersion } from '../db/reference-versions.ts';

const COLLECTION = 'settings';
const KIOSK_SCOPE = 'kiosk';
const DEFAULT_TAX_RULES: TaxRules = { rounding: 'half-up', roundingPoint: 'line' };

type Shared = Pick<StoreSettings, 'taxRules' | 'taxGroups' | 'categories' | 'orderRules'>;
type PrinterRow = Pick<ConfiguredPrinter, 'id' | 'name' | 'columns'> & {
  readonly storeId: string | null;
  readonly profile: string | null;
  readonly zplDpi: number | null;
};
type TerminalRow = ConfiguredTerminal & { readonly storeId: string | null };

/** Publishes what changed. Returns the scopes that got a new document. */
export async function publishSettings(
  transaction: Transaction,
  given: { readonly isDemo: boolean },
): Promise<readonly string[]> {
  const { sql } = transaction;
  // Proof of the casts: these columns are written by the server alone, always as JSON of the type named here.
  const stores = (await bodies(sql`select body from store where kind = 'shop' order by number`)) as Store[];
  const shared = await readShared(sql);
  const printers = await sql<PrinterRow[]>`
    select id, name, columns, store_id as "storeId", profile, zpl_dpi as "zplDpi" from printer order by name, id`;
  const layouts = await readLayouts(sql);
  const terminals = await sql<TerminalRow[]>`
    select id, name, driver, store_id as "storeId" from card_terminal order by name, id`;
  const published: string[] = [];
  for (const store of stores.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const own = printers
      .filter((printer) => printer.storeId === null || printer.storeId === store.id)
      .map(configuredPrinter);
    const receiptLayout = layouts.get(store.id);
    const serverKeys = await readServerKeys(sql, store.id);
    const asked = terminals
      .filter((terminal) => terminal.storeId === null || terminal.storeId === store.id)
      .map(({ id, name, driver }) => ({ id, name, driver }));
    const settings: StoreSettings = {
      store,
      ...shared,
      printers: own,
      isDemo: given.isDemo,
      ...(serverKeys.length === 0 ? {} : { serverKeys }),
      ...(asked.length === 0 ? {} : { terminals: asked }),
      ...(receiptLayout === undefined ? {} : { receiptLayout }),
    };
    if (await publishIfChanged(transaction, storeScope(store.id), settings))
      published.push(storeScope(store.id));
  }
  const [first] = stores;
  if (first !== undefined) {
    const settings: StoreSettings = { store: first, ...shared, printers: [], isDemo: given.isDemo };
    if (await publishIfChanged(transaction, KIOSK_SCOPE, settings)) published.push(KIOSK_SCOPE);
  }
  return published;
}

function configuredPrinter({ id, name, columns, profile, zplDpi }: PrinterRow): ConfiguredPrinter {
  return {
    id,
    name,
    columns,
    ...(profile === null ? {} : { profile }),
    ...(zplDpi === 203 || zplDpi === 300 ? { zplDpi } : {}),
  };
}

/** The newest layout of each store that has one. */
async function readLayouts(sql: TransactionSql): Promise<ReadonlyMap<string, ReceiptLayout>> {
  const rows = await sql<{ storeId: string; body: string }[]>`
    select store_id as "storeId", body from receipt_layout as own
    where version = (select max(version) from receipt_layout as other where other.store_id = own.store_id)`;
  return new Map(rows.map(({ storeId, body }) => [storeId, JSON.parse(body) as ReceiptLayout]));
}

async function readShared(sql: TransactionSql): Promise<Shared> {
  const groups = (await bodies(sql`select body from tax_group order by letter, id`)) as TaxGroup[];
  const categories = (await bodies(sql`select body from category order by position, id`)) as Category[];
  const rules = await sql<{ value: string }[]>`select value from setting where key = 'tax-rules'`;
  const taxGroups: Record<TaxGroupId, TaxGroup> = {};
  for (const group of groups) taxGroups[group.id] = group;
  const taxRules = rules[0] === undefined ? DEFAULT_TAX_RULES : (JSON.parse(rules[0].value) as TaxRules);
  const terms = await sql<{ value: string }[]>`select value from setting where key = 'order-rules'`;
  const orderRules = terms[0] === undefined ? {} : { orderRules: JSON.parse(terms[0].value) as OrderRules };
  return { taxRules, taxGroups, categories, ...orderRules };
}

/** The key of the server's own workstation of the store, once it is enrolled. */
async function readServerKeys(sql: TransactionSql, storeId: string): Promise<readonly ServerPublicKey[]> {
  const rows = await sql<{ public_key: string }[]>`
    select public_key from workstation where store_id = ${storeId} and kind = 'server' order by id`;
  return rows.map((row) => {
    const { x, y } = JSON.parse(row.public_key) as ServerPublicKey; // Written at enrolment as a JWK.
    return { x, y };
  });
}

async function bodies(query: PendingQuery<{ body: string }[]>): Promise<unknown[]> {
  return (await query).map((row): unknown => JSON.parse(row.body));
}

async function publishIfChanged(
  transaction: Transaction,
  scope: string,
  settings: StoreSettings,
): Promise<boolean> {
  const bodyAt = (revision: number) => JSON.stringify({ id: SETTINGS_ID, ...settings, revision });
  const held = await transaction.sql<{ body: string }[]>`
    select body from document where scope = ${scope} and collection = ${COLLECTION} and id = ${SETTINGS_ID}`;
  // Published by this function alone.
  const former = held[0] === undefined ? null : (JSON.parse(held[0].body) as StoreSettings);
  const formerRevision = former?.revision ?? 0;
  if (held[0]?.body === bodyAt(formerRevision)) return false;
  const revision = formerRevision + 1;
  await keepSettingsVersion(transaction.sql, scope, { ...settings, revision });
  await publishDocuments(transaction, {
    scope,
    collection: COLLECTION,
    documents: [{ id: SETTINGS_ID, body: bodyAt(revision) }],
  });
  return true;
}

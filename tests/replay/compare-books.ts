// Compares what the server has booked with what the file says: every invoice, every day, the grand total, the stock of
// every item, and whether anything was disputed, kept aside or forked. The answer is a list of named checks.

import type { ServerDatabase } from '../support/server-database.ts';
import type { ExpectedTotals } from './expected-totals.ts';

/** What a workstation was told when the sale was final. */
export type ToldSale = {
  readonly invoice: string;
  readonly workstationId: string;
  readonly receiptNumber: string;
  readonly transactionId: string;
};

export type Check = { readonly name: string; readonly faults: readonly string[] };

export type StockBefore = ReadonlyMap<string, bigint>;

export type CompareGiven = {
  readonly database: ServerDatabase;
  readonly expected: ExpectedTotals;
  readonly told: readonly ToldSale[];
  /** Stock code of the file → sku in the catalogue. */
  readonly skuOf: (stockCode: string) => string;
  readonly stockBefore: StockBefore;
};

const FAULTS_SHOWN_MAX = 10;

/** Every check of the books; all of them run, so that one difference does not hide another. */
export async function compareBooks(given: CompareGiven): Promise<Check[]> {
  const booked = await given.database<BookedRow[]>`
    select transaction_id, receipt_number, workstation_id, business_day, gross_minor::text as gross_minor, mark
      from transaction_view`;
  return [
    sameInvoices(given, booked),
    sameDays(given.expected, booked),
    sameSum(given.expected, booked),
    await sameStock(given),
    uniqueReceipts(booked),
    await nothingAside(given.database),
  ];
}

type BookedRow = {
  readonly transaction_id: string;
  readonly receipt_number: string;
  readonly workstation_id: string;
  readonly business_day: string;
  readonly gross_minor: string;
  readonly mark: string | null;
};

function sameInvoices({ expected, told }: CompareGiven, booked: readonly BookedRow[]): Check {
  const faults: string[] = [];
  const byTransaction = new Map<string, BookedRow[]>();
  for (const row of booked) {
    const rows = byTransaction.get(row.transaction_id);
    if (rows === undefined) byTransaction.set(row.transaction_id, [row]);
    else rows.push(row);
  }
  const sums = new Map<string, bigint>();
  for (const sale of told) {
    const rows = byTransaction.get(sale.transactionId) ?? [];
    if (rows.length !== 1)
      faults.push(`invoice ${sale.invoice}: ${rows.length} transactions ${sale.transactionId} on the server`);
    const [row] = rows;
    if (
      row !== undefined &&
      (row.receipt_number !== sale.receiptNumber || row.workstation_id !== sale.workstationId)
    ) {
      faults.push(
        `invoice ${sale.invoice}: told receipt ${sale.receiptNumber}, booked ${row.receipt_number}`,
      );
    }
    sums.set(sale.invoice, (sums.get(sale.invoice) ?? 0n) + BigInt(row?.gross_minor ?? 0));
    byTransaction.delete(sale.transactionId);
  }
  for (const [invoice, amount] of expected.byInvoice) {
    const sum = sums.get(invoice) ?? 0n;
    if (sum !== amount) faults.push(`invoice ${invoice}: booked ${sum}, the file says ${amount}`);
    sums.delete(invoice);
  }
  for (const invoice of sums.keys()) faults.push(`invoice ${invoice} is not in the file`);
  for (const id of byTransaction.keys()) faults.push(`transaction ${id} belongs to no invoice`);
  return { name: `each of ${expected.byInvoice.size} invoices`, faults };
}

function sameDays(expected: ExpectedTotals, booked: readonly BookedRow[]): Check {
  const byDay = new Map<string, bigint>();
  for (const row of booked)
    byDay.set(row.business_day, (byDay.get(row.business_day) ?? 0n) + BigInt(row.gross_minor));
  return { name: `each of ${expected.byDay.size} days`, faults: differences('day', expected.byDay, byDay) };
}

function sameSum(expected: ExpectedTotals, booked: readonly BookedRow[]): Check {
  const sum = booked.reduce((total, row) => total + BigInt(row.gross_minor), 0n);
  const faults = sum === expected.grandMinor ? [] : [`booked ${sum}, the file says ${expected.grandMinor}`];
  return { name: `grand total ${expected.grandMinor}`, faults };
}

async function sameStock({ database, expected, skuOf, stockBefore }: CompareGiven): Promise<Check> {
  const after = await stockBySku(database);
  const changes = new Map<string, bigint>();
  for (const [sku, milli] of after) {
    const change = milli - (stockBefore.get(sku) ?? 0n);
    if (change !== 0n) changes.set(sku, change);
  }
  const wanted = new Map<string, bigint>();
  for (const [code, pieces] of expected.stockByCode) {
    if (pieces !== 0n) wanted.set(skuOf(code), (wanted.get(skuOf(code)) ?? 0n) + pieces * 1000n);
  }
  return {
    name: `stock of ${expected.stockByCode.size} items`,
    faults: differences('item', wanted, changes),
  };
}

/** On hand in thousandths by sku, over all stores. */
export async function stockBySku(database: ServerDatabase): Promise<Map<string, bigint>> {
  const rows = await database<{ sku: string; milli: string }[]>`
    select item.sku, sum(stock_on_hand.on_hand_milli)::text as milli
      from stock_on_hand join item on item.ordinal = stock_on_hand.ordinal group by item.sku`;
  return new Map(rows.map(({ sku, milli }) => [sku, BigInt(milli)]));
}

function uniqueReceipts(booked: readonly BookedRow[]): Check {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const { receipt_number: receipt } of booked) {
    if (seen.has(receipt)) faults.push(`receipt ${receipt} is booked twice`);
    seen.add(receipt);
  }
  return { name: `${booked.length} receipt numbers are unique`, faults };
}

async function nothingAside(database: ServerDatabase): Promise<Check> {
  const marked = await database<
    { id: string; mark: string }[]
  >`select id, mark from fact where mark is not null limit 20`;
  const forked = await database<
    { workstation_id: string }[]
  >`select workstation_id from forked_fact limit 20`;
  const quarantined = await database<
    { id: string }[]
  >`select id from workstation where quarantined_at is not null`;
  return {
    name: 'nothing is disputed, kept aside, forked or quarantined',
    faults: [
      ...marked.map(({ id, mark }) => `fact ${id} is ${mark}`),
      ...forked.map((row) => `workstation ${row.workstation_id} has a forked entry`),
      ...quarantined.map(({ id }) => `workstation ${id} is in quarantine`),
    ],
  };
}

function differences(
  name: string,
  wanted: ReadonlyMap<string, bigint>,
  found: ReadonlyMap<string, bigint>,
): string[] {
  const faults: string[] = [];
  for (const key of new Set([...wanted.keys(), ...found.keys()])) {
    const [left, right] = [found.get(key) ?? 0n, wanted.get(key) ?? 0n];
    if (left !== right) faults.push(`${name} ${key}: booked ${left}, the file says ${right}`);
  }
  return faults;
}

/** One line a check; the first faults of a failing one below it. */
export function describeCheck(check: Check): string {
  if (check.faults.length === 0) return `ok    ${check.name}`;
  const shown = check.faults.slice(0, FAULTS_SHOWN_MAX).map((fault) => `        ${fault}`);
  const more = check.faults.length - shown.length;
  return [
    `FAIL  ${check.name}: ${check.faults.length} differences`,
    ...shown,
    ...(more > 0 ? [`        and ${more} more`] : []),
  ].join('\n');
}

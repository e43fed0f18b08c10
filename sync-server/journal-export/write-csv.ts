// Tables for people and spreadsheets: transactions, their lines, taxes and tenders, and the closings. A transaction is in
// the period by its trading day; amounts are in units of the currency, negative where money or goods come back.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { currencyOf } from '../../shared/domain/currency.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import type { ZReport } from '../../shared/domain/z-report.ts';
import type { Sql, TransactionSql } from '../db/sql.ts';
import { openTable, PEOPLE_STYLE, type Cell, type TableFile } from './csv-text.ts';
import { registerIdOf } from './dsfinvk-closing.ts';
import { isInPeriod, type Period } from './export-totals.ts';
import { entriesOf, factOfEntry, type ExportedShop } from './read-journals.ts';

const COLUMNS = {
  transactions: [
    'receipt',
    'kind',
    'day',
    'completed',
    'register',
    'operator',
    'customer',
    'session',
    'training',
    'voids',
    'currency',
    'net',
    'tax',
    'gross',
    'cash_rounding',
    'mark',
  ],
  lines: [
    'receipt',
    'line',
    'direction',
    'sku',
    'name',
    'category',
    'quantity',
    'unit',
    'unit_price',
    'extended',
    'modifiers',
    'net',
    'tax',
    'gross',
    'price_rule',
    'original_receipt',
  ],
  taxes: ['receipt', 'letter', 'name', 'rate_percent', 'net', 'tax', 'gross'],
  tenders: ['receipt', 'kind', 'amount', 'tendered', 'change', 'foreign_currency', 'foreign_amount'],
  closings: [
    'register',
    'number',
    'session',
    'opened',
    'closed',
    'day',
    'currency',
    'transactions',
    'net',
    'tax',
    'gross',
    'float',
    'expected',
    'counted',
    'difference',
    'perpetual_sales',
    'perpetual_returns',
    'perpetual_grand',
  ],
} as const;
type Table = keyof typeof COLUMNS;

/** Writes the tables into the folder; the answer is the number of rows. */
export async function writeCsv(
  sql: Sql | TransactionSql,
  shops: readonly ExportedShop[],
  given: { readonly folder: string; readonly period: Period },
): Promise<number> {
  await mkdir(given.folder, { recursive: true });
  const files = new Map<Table, TableFile>();
  // Proof of the cast: the keys of the object that the type is made of.
  for (const table of Object.keys(COLUMNS) as Table[]) {
    files.set(table, await openTable(path.join(given.folder, `${table}.csv`), COLUMNS[table], PEOPLE_STYLE));
  }
  const write = async (table: Table, cells: readonly Cell[]): Promise<void> => files.get(table)?.write(cells);
  for (const shop of shops) {
    for (const workstation of shop.workstations) {
      const register = registerIdOf(shop, workstation);
      for await (const entry of entriesOf(sql, workstation.id)) {
        const fact = factOfEntry(entry);
        if (fact === null || !isInPeriod(dayOfFact(fact), given.period)) continue;
        if (fact.kind === 'till-closed') await write('closings', closingCells(register, fact.body.z));
        if (fact.kind !== 'transaction-completed') continue;
        await writeTransaction(write, fact.body.transaction, { register, mark: entry.mark ?? '' });
      }
    }
  }
  await Promise.all([...files.values()].map((file) => file.close()));
  return [...files.values()].reduce((sum, file) => sum + file.rows(), 0);
}

const dayOfFact = (fact: Fact): string => {
  if (fact.kind === 'transaction-completed') return fact.body.transaction.businessDay;
  return fact.kind === 'till-closed' ? (fact.body.z.businessDays.at(-1) ?? '') : '';
};

async function writeTransaction(
  write: (table: Table, cells: readonly Cell[]) => Promise<void>,
  transaction: Transaction,
  given: { readonly register: string; readonly mark: string },
): Promise<void> {
  const { receiptNumber, totals, currency } = transaction;
  const money = moneyIn(currency);
  await write('transactions', [
    receiptNumber,
    transaction.kind,
    transaction.businessDay,
    transaction.completedAt,
    given.register,
    transaction.operatorId,
    transaction.customerId ?? '',
    transaction.tillSessionId ?? '',
    transaction.isTraining === true ? 'yes' : '',
    transaction.voids?.receiptNumber ?? '',
    currency,
    ...[totals.netMinor, totals.taxMinor, totals.grossMinor, totals.cashRoundingMinor].map(money),
    given.mark,
  ]);
  for (const line of transaction.lines) {
    const modifiers = (line.modifiers ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    await write('lines', [
      receiptNumber,
      String(line.lineNumber),
      line.direction,
      line.sku,
      line.name.en,
      line.categoryId ?? '',
      { amount: line.quantityMilli, digits: 3 },
      line.unit,
      money(line.unitPriceMinor),
      ...[line.extendedMinor, modifiers, line.netMinor, line.taxMinor, line.grossMinor].map(money),
      line.priceRule?.name ?? '',
      line.original?.receiptNumber ?? '',
    ]);
  }
  for (const row of transaction.taxes) {
    const rate: Cell = row.ratePpm === null ? '' : { amount: row.ratePpm, digits: 4 };
    await write('taxes', [
      receiptNumber,
      row.letter,
      row.name,
      rate,
      ...[row.netMinor, row.taxMinor, row.grossMinor].map(money),
    ]);
  }
  for (const { kind, amountMinor, tenderedMinor, changeMinor, foreign } of transaction.tenders) {
    const inForeign: Cell = foreign === undefined ? '' : moneyIn(foreign.currency)(foreign.foreignMinor);
    await write('tenders', [
      receiptNumber,
      kind,
      ...[amountMinor, tenderedMinor, changeMinor].map(money),
      foreign?.currency ?? '',
      inForeign,
    ]);
  }
}

function closingCells(register: string, z: ZReport): readonly Cell[] {
  const money = moneyIn(z.currency);
  const { totals, counts } = z.figures;
  return [
    register,
    String(z.number),
    String(z.sessionNumber),
    z.openedAt,
    z.closedAt,
    z.businessDays.at(-1) ?? '',
    z.currency,
    String(counts.transactions),
    ...[totals.netMinor, totals.taxMinor, totals.grossMinor, z.cash.floatMinor, z.cash.expectedMinor].map(
      money,
    ),
    ...[z.cash.countedMinor, z.cash.differenceMinor].map(money),
    ...[z.perpetual.salesMinor, z.perpetual.returnsMinor, z.perpetual.grandMinor].map(money),
  ];
}

const moneyIn =
  (currency: string) =>
  (amount: number): Cell => ({ amount, digits: currencyOf(currency).digits });

// Writes changes into the view tables. Rows are written in sorted order, and only by whoever holds the cursor of
// the store, so folding never waits in a circle.

import type { TransactionSql } from '../db/database.ts';
import type { ItemSalesRow, TransactionRow, ViewChanges } from './fold-facts.ts';

export async function writeViews(sql: TransactionSql, storeId: string, changes: ViewChanges): Promise<void> {
  await writeStock(sql, storeId, changes.stock);
  await writeThrough(sql, storeId, changes.through);
  await writeTransactions(sql, storeId, changes.transactions);
  await writeItemSales(sql, storeId, [...changes.itemSales.values()]);
}

async function writeStock(
  sql: TransactionSql,
  storeId: string,
  stock: ReadonlyMap<number, number>,
): Promise<void> {
  if (stock.size === 0) return;
  const rows = [...stock].sort(([left], [right]) => left - right);
  await sql`
    insert into stock_on_hand (store_id, ordinal, on_hand_milli)
    select ${storeId}, ordinal, change
    from unnest(${rows.map(([ordinal]) => ordinal)}::integer[], ${rows.map(([, change]) => change)}::bigint[])
         as given (ordinal, change)
    on conflict (store_id, ordinal) do update
      set on_hand_milli = greatest(-9007199254740991,
            least(9007199254740991, stock_on_hand.on_hand_milli + excluded.on_hand_milli))`;
}

async function writeThrough(
  sql: TransactionSql,
  storeId: string,
  through: ViewChanges['through'],
): Promise<void> {
  const rows = [...through].flatMap(([page, workstations]) =>
    [...workstations].map(([workstationId, { epoch, sequence }]) => ({
      page,
      workstationId,
      epoch,
      sequence,
    })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into stock_page_through as known (store_id, page, workstation_id, epoch, sequence)
    select ${storeId}, page, workstation_id, epoch, sequence
    from unnest(${rows.map((row) => row.page)}::integer[], ${rows.map((row) => row.workstationId)}::text[],
                ${rows.map((row) => row.epoch)}::integer[], ${rows.map((row) => row.sequence)}::integer[])
         as given (page, workstation_id, epoch, sequence)
    on conflict (store_id, page, workstation_id) do update
      set epoch = excluded.epoch, sequence = excluded.sequence
      where (excluded.epoch, excluded.sequence) > (known.epoch, known.sequence)`;
}

async function writeTransactions(
  sql: TransactionSql,
  storeId: string,
  rows: readonly TransactionRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const facts = rows.map((row) => row.fact);
  const sales = rows.map((row) => row.sale);
  await sql`
    insert into transaction_view (store_id, receipt_number, workstation_id, epoch, sequence, fact_id,
      transaction_id, kind, business_day, currency, net_minor, tax_minor, gross_minor, cash_rounding_minor,
      line_count, mark, customer_id)
    select ${storeId}, receipt_number, workstation_id, epoch, sequence, fact_id, transaction_id, kind,
           business_day, currency, net, tax, gross, rounding, line_count, nullif(mark, ''), nullif(customer, '')
    from unnest(${rows.map((row) => row.receiptNumber)}::text[], ${facts.map((fact) => fact.workstationId)}::text[],
                ${facts.map((fact) => fact.epoch)}::integer[], ${facts.map((fact) => fact.sequence)}::integer[],
                ${facts.map((fact) => fact.id)}::text[], ${sales.map((sale) => sale.transactionId)}::text[],
                ${sales.map((sale) => sale.kind)}::text[], ${sales.map((sale) => sale.businessDay)}::text[],
                ${sales.map((sale) => sale.currency)}::text[], ${sales.map((sale) => sale.totals.netMinor)}::bigint[],
                ${sales.map((sale) => sale.totals.taxMinor)}::bigint[],
                ${sales.map((sale) => sale.totals.grossMinor)}::bigint[],
                ${sales.map((sale) => sale.totals.cashRoundingMinor)}::bigint[],
                ${sales.map((sale) => sale.lines.length)}::integer[], ${facts.map((fact) => fact.mark ?? '')}::text[],
                ${sales.map((sale) => sale.customerId ?? '')}::text[])
         as given (receipt_number, workstation_id, epoch, sequence, fact_id, transaction_id, kind, business_day,
                   currency, net, tax, gross, rounding, line_count, mark, customer)
    on conflict (store_id, receipt_number) do nothing`;
}

async function writeItemSales(
  sql: TransactionSql,
  storeId: string,
  unsorted: readonly ItemSalesRow[],
): Promise<void> {
  if (unsorted.length === 0) return;
  const rows = unsorted.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  await sql`
    insert into item_sales as known (store_id, business_day, item_id, currency, quantity_milli, net_minor,
      tax_minor, gross_minor, line_count)
    select ${storeId}, business_day, item_id, currency, quantity, net, tax, gross, line_count
    from unnest(${rows.map((row) => row.businessDay)}::text[], ${rows.map((row) => row.itemId)}::text[],
                ${rows.map((row) => row.currency)}::text[], ${rows.map((row) => row.quantityMilli)}::bigint[],
                ${rows.map((row) => row.netMinor)}::bigint[], ${rows.map((row) => row.taxMinor)}::bigint[],
                ${rows.map((row) => row.grossMinor)}::bigint[], ${rows.map((row) => row.lineCount)}::integer[])
         as given (business_day, item_id, currency, quantity, net, tax, gross, line_count)
    on conflict (store_id, business_day, item_id, currency) do update set
      quantity_milli = greatest(-9007199254740991, least(9007199254740991, known.quantity_milli + excluded.quantity_milli)),
      net_minor = greatest(-9007199254740991, least(9007199254740991, known.net_minor + excluded.net_minor)),
      tax_minor = greatest(-9007199254740991, least(9007199254740991, known.tax_minor + excluded.tax_minor)),
      gross_minor = greatest(-9007199254740991, least(9007199254740991, known.gross_minor + excluded.gross_minor)),
      line_count = known.line_count + excluded.line_count`;
}

const keyOf = (row: ItemSalesRow): string => `${row.businessDay}\n${row.itemId}\n${row.currency}`;

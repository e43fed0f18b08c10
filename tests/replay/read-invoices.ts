// Reads the UCI invoice format (InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, …) and says for
// each row what a shop would book. The totals that the books are compared with are computed elsewhere, by another
// reader (expected-totals.ts), so that one mistake cannot hide itself.
//
//   C-invoice                        → goods come back, money goes back
//   price 0, quantity below 0, not C → stock adjustment: found broken, lost or miscounted
//   price below 0 (bad debt)         → written off with the tender "bad-debt"; a positive row "Adjust bad debt" likewise
//   every other row                  → sold, also at price 0

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parse } from 'csv-parse/sync';

// The package is CommonJS and its types say otherwise: a plain require gives what the types promise.
const { XzReadableStream } = createRequire(import.meta.url)(
  'xz-decompress',
) as typeof import('xz-decompress');

export type BookedLine = {
  readonly stockCode: string;
  readonly direction: 'sale' | 'return';
  /** Whole pieces, above 0. */
  readonly pieces: number;
  readonly unitPriceMinor: number;
};

export type Invoice = {
  readonly number: string;
  /** Local time of the shop, YYYY-MM-DDTHH:MM:SS. */
  readonly localTime: string;
  readonly lines: readonly BookedLine[];
  /** Signed pieces per row that change the stock without a sale. */
  readonly adjustments: readonly { readonly stockCode: string; readonly pieces: number }[];
  readonly tender: 'cash' | 'bad-debt';
};

export type ReadResult = {
  readonly invoices: readonly Invoice[];
  /** First description of each stock code, in order of appearance. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** How often each booking rule that is not a plain sale was used, for the report. */
  readonly notes: ReadonlyMap<string, number>;
};

type Row = {
  readonly number: string;
  readonly stockCode: string;
  readonly description: string;
  readonly quantity: number;
  readonly localTime: string;
  readonly priceMinor: number;
};

/** The text of a .csv or .csv.xz file; bytes that are not UTF-8 are read as Latin-1, as the original file is. */
export async function readText(file: string): Promise<string> {
  const packed = await readFile(file);
  const bytes = file.endsWith('.xz') ? await unpacked(packed) : packed;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** Reads the first `limit` invoices of a file's text. */
export function readInvoices(text: string, limit = Number.POSITIVE_INFINITY): ReadResult {
  const notes = new Map<string, number>();
  const note = (name: string): void => void notes.set(name, (notes.get(name) ?? 0) + 1);
  const descriptions = new Map<string, string>();
  const grouped = new Map<string, Row[]>();
  const rows = parse(text, { columns: true, skip_empty_lines: true, bom: true, relax_column_count: true });
  for (const raw of rows as readonly Record<string, string>[]) {
    const row = rowOf(raw, note);
    const group = grouped.get(row.number);
    if (group === undefined && grouped.size >= limit) continue;
    if (group === undefined) grouped.set(row.number, [row]);
    else group.push(row);
    const known = descriptions.get(row.stockCode);
    if (known === undefined || known === '') descriptions.set(row.stockCode, row.description);
  }
  return { invoices: [...grouped.values()].map((group) => booked(group, note)), descriptions, notes };
}

function booked(rows: readonly Row[], note: (name: string) => void): Invoice {
  const [first] = rows;
  if (first === undefined) throw new Error('an invoice has at least one row');
  const isReturn = /^c/i.test(first.number);
  if (isReturn) note('C-invoices booked as returns');
  const lines: BookedLine[] = [];
  const adjustments: { stockCode: string; pieces: number }[] = [];
  let isBadDebt = false;
  for (const row of rows) {
    if (row.quantity === 0) {
      note('rows of quantity 0 left out');
      continue;
    }
    if (row.quantity < 0 && row.priceMinor === 0 && !isReturn) {
      note('rows below 0 at price 0 booked as stock adjustments');
      adjustments.push({ stockCode: row.stockCode, pieces: row.quantity });
      continue;
    }
    const isDebt = row.priceMinor < 0 || /bad debt/i.test(row.description);
    if (isDebt) note('bad-debt rows booked with the tender bad-debt');
    isBadDebt ||= isDebt;
    if (row.priceMinor === 0) note('rows at price 0 sold at price 0');
    if (row.quantity < 0 && row.priceMinor !== 0 && !isReturn)
      note('priced rows below 0 outside C-invoices booked as return lines');
    // Goods and money change sign together: a negative price sold once is a positive price given back once.
    const isBack = row.quantity < 0 !== row.priceMinor < 0;
    lines.push({
      stockCode: row.stockCode,
      direction: isBack ? 'return' : 'sale',
      pieces: Math.abs(row.quantity),
      unitPriceMinor: Math.abs(row.priceMinor),
    });
  }
  return {
    number: first.number,
    localTime: first.localTime,
    lines,
    adjustments,
    tender: isBadDebt ? 'bad-debt' : 'cash',
  };
}

function rowOf(raw: Readonly<Record<string, string>>, note: (name: string) => void): Row {
  const field = (...names: string[]): string => {
    const name = names.find((candidate) => candidate in raw);
    if (name === undefined) throw new Error(`the file has no column ${names[0]}`);
    return raw[name] ?? '';
  };
  const quantity = Number(field('Quantity'));
  if (!Number.isSafeInteger(quantity)) throw new Error(`"${field('Quantity')}" is not a whole quantity`);
  const price = field('UnitPrice', 'Price');
  const exact = Number(price) * 100;
  if (price === '' || !Number.isFinite(exact)) throw new Error(`"${price}" is not a price`);
  const priceMinor = Math.sign(exact) * Math.floor(Math.abs(exact) + 0.5 + 1e-9) || 0;
  if (Math.abs(exact - priceMinor) > 1e-6) note('prices with parts of a penny rounded half up');
  return {
    number: field('InvoiceNo', 'Invoice').trim(),
    stockCode: field('StockCode').trim(),
    description: field('Description').trim(),
    quantity,
    localTime: localTimeOf(field('InvoiceDate')),
    priceMinor,
  };
}

/** 2010-12-01T08:26:00, 2010-12-01 08:26(:00) or the original's 12/1/2010 8:26. */
function localTimeOf(text: string): string {
  const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{1,2}):(\d{2})/.exec(text);
  if (iso !== null) return `${iso[1]}T${(iso[2] ?? '').padStart(2, '0')}:${iso[3]}:00`;
  const original = /^(\d{1,2})\/(\d{1,2})\/(\d{2,4})\s+(\d{1,2}):(\d{2})/.exec(text);
  if (original === null) throw new Error(`"${text}" is not a date`);
  const [, month = '', day = '', year = '', hour = '', minute = ''] = original;
  const two = (part: string): string => part.padStart(2, '0');
  return `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:00`;
}

async function unpacked(packed: Buffer): Promise<Buffer> {
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(packed);
      controller.close();
    },
  });
  const parts: Uint8Array[] = [];
  // The declared type of this stream is the browser's; in Node it is an async iterable as well.
  for await (const part of new XzReadableStream(source) as unknown as AsyncIterable<Uint8Array>)
    parts.push(part);
  return Buffer.concat(parts);
}

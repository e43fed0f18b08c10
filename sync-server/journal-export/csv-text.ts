// Tables as text: RFC 4180 (every text in quotes, quotes doubled, CR LF), with a comma or, for DSFinV-K, a semicolon and
// a decimal comma. A cell that a spreadsheet would take for a formula gets an apostrophe where a table is made for people.

import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';

export type CsvStyle = {
  readonly delimiter: ',' | ';';
  readonly decimal: '.' | ',';
  /** Guards people's spreadsheets; a table for a machine must not be changed. */
  readonly guardsFormulas: boolean;
};

export const PEOPLE_STYLE: CsvStyle = { delimiter: ',', decimal: '.', guardsFormulas: true };
export const DSFINVK_STYLE: CsvStyle = { delimiter: ';', decimal: ',', guardsFormulas: false };

/** A number is written without quotes; `digits` of its decimals. */
export type Cell = string | { readonly amount: number; readonly digits: number };

export function csvLine(cells: readonly Cell[], style: CsvStyle): string {
  return `${cells.map((cell) => cellText(cell, style)).join(style.delimiter)}\r\n`;
}

/** An amount of minor units with so many digits, exactly: 1234 with 2 is 12.34. */
export function decimalText(amount: number, digits: number, decimal: '.' | ',' = '.'): string {
  const sign = amount < 0 ? '-' : '';
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}${decimal}${text.slice(-digits)}`;
}

function cellText(cell: Cell, style: CsvStyle): string {
  if (typeof cell !== 'string') return decimalText(cell.amount, cell.digits, style.decimal);
  if (cell === '') return '';
  const isFormula = style.guardsFormulas && /^[=+\-@\t\r]/u.test(cell);
  return `"${isFormula ? "'" : ''}${cell.replaceAll('"', '""')}"`;
}

export type TableFile = {
  readonly write: (cells: readonly Cell[]) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly rows: () => number;
};

/** A file with a header line; it is whole when `close` resolves. */
export async function openTable(
  path: string,
  columns: readonly string[],
  style: CsvStyle,
): Promise<TableFile> {
  const stream = createWriteStream(path, { encoding: 'utf8' });
  await once(stream, 'open');
  let rows = 0;
  const put = async (cells: readonly Cell[]): Promise<void> => {
    if (cells.length !== columns.length) throw new Error(`${path}: a row has ${cells.length} cells`);
    if (!stream.write(csvLine(cells, style))) await once(stream, 'drain');
  };
  await put(columns);
  return {
    async write(cells) {
      rows += 1;
      await put(cells);
    },
    close: () => ended(stream),
    rows: () => rows,
  };
}

function ended(stream: WriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.end(resolve);
  });
}

// What one printer can do: its paper, the numbers of its code pages, whether it draws bars and QR codes itself, which pictures
// and which cut it knows. The table is made from escpos-printer-db; a printer that is not in it is taken for a usual
// Epson-compatible one with the columns that its owner says.

import type { CodePage } from './code-pages.ts';
import { PRINTER_TABLE } from './printer-table.ts';

/** What the encoder asks of a printer. */
export type PaperProfile = {
  /** Columns of font A: 48 on 80 mm, 42 on older 80 mm, 32 on 58 mm. */
  readonly columns: number;
  /** Printed dots per line. */
  readonly dotsPerLine: number;
  /** Dots fed between the last line and the cut, or the edge where there is no knife. */
  readonly cutFeedDots: number;
  /** Number after `ESC t` of each code page that it has. */
  readonly pages: Readonly<Partial<Record<CodePage, number>>>;
  /** Symbols that it draws from their data; others are sent as pictures. */
  readonly hasBars: boolean;
  readonly hasQr: boolean;
  readonly pictures: 'raster' | 'columns' | 'none';
  readonly cut: 'partial' | 'full' | 'none';
};

/** A printer of the table, to choose from. */
export type KnownPrinter = { readonly key: string; readonly name: string; readonly paper: PaperProfile };

const EPSON_PAGES = { cp437: 0, cp858: 19, cp852: 18, cp866: 17, cp1252: 16 } as const;
const CUT_FEED_DOTS = 64;
const COLUMN_DOTS = 12;

/** The usual paper of a printer with that many columns. */
export function paperOfColumns(columns: number): PaperProfile {
  return {
    columns,
    dotsPerLine: columns * COLUMN_DOTS,
    cutFeedDots: CUT_FEED_DOTS,
    pages: EPSON_PAGES,
    hasBars: true,
    hasQr: true,
    pictures: 'raster',
    cut: 'partial',
  };
}

/** All printers of the table, by name. */
export function knownPrinters(): readonly KnownPrinter[] {
  return PRINTER_TABLE.trim()
    .split('\n')
    .map(printerOf)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The paper of a printer as it was set up: by its profile, with its own columns where they fit on that paper. */
export function paperOf(printer: { readonly columns: number; readonly profile?: string }): PaperProfile {
  const row = PRINTER_TABLE.split('\n').find((each) => each.startsWith(`${printer.profile ?? ''};`));
  if (printer.profile === undefined || row === undefined) return paperOfColumns(printer.columns);
  const { paper } = printerOf(row);
  // Narrow paper in a wide printer: fewer columns, of the same width.
  if (printer.columns >= paper.columns) return paper;
  const dots = Math.floor((paper.dotsPerLine / paper.columns) * printer.columns);
  return { ...paper, columns: printer.columns, dotsPerLine: dots };
}

function printerOf(row: string): KnownPrinter {
  const [key = '', name = '', columnsText = '', dots = '', numbers = '', features = ''] = row.split(';');
  const columns = Number(columnsText);
  const names = ['cp437', 'cp858', 'cp852', 'cp866', 'cp1252'] as const;
  const pages = Object.fromEntries(
    numbers.split(',').flatMap((number, place) => (number === '' ? [] : [[names[place], Number(number)]])),
  );
  const has = (letter: string) => features.includes(letter);
  return {
    key,
    name,
    paper: {
      columns,
      dotsPerLine: dots === '' ? columns * COLUMN_DOTS : Number(dots),
      cutFeedDots: CUT_FEED_DOTS,
      pages,
      hasBars: has('b'),
      hasQr: has('q'),
      pictures: has('r') ? 'raster' : has('c') ? 'columns' : 'none',
      cut: has('p') ? 'partial' : has('f') ? 'full' : 'none',
    },
  };
}

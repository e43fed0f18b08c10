// Lays a receipt out on paper of a given width: blocks in, lines of placed pieces out, measured in columns of
// font A (12 dots each). It knows the paper and the reading direction, but no bytes: the same lines are written
// as text by encode-receipt.ts, or drawn dot by dot where the printer has no letters for them.

import type { Language } from '../../domain/localized-text.ts';
import type { Picture } from '../../domain/picture.ts';
import type { Receipt, ReceiptBlock } from '../../domain/receipt-blocks.ts';
import { displayColumns, wrapText } from './display-width.ts';
import { needsShaping, printableText } from './printable-text.ts';

/** A text at a fixed place of a line, from `column` on and `columns` wide. */
export type Piece = {
  readonly text: string;
  readonly column: number;
  readonly columns: number;
  readonly align: 'left' | 'center' | 'right';
};

export type PaperLine =
  | {
      readonly kind: 'pieces';
      readonly pieces: readonly Piece[];
      readonly isBold: boolean;
      readonly isLarge: boolean;
    }
  | { readonly kind: 'barcode'; readonly symbology: 'code128' | 'ean13'; readonly code: string }
  | { readonly kind: 'qr'; readonly text: string }
  | { readonly kind: 'picture'; readonly picture: Picture };

type Look = { readonly isBold: boolean; readonly isLarge: boolean };
type Paper = { readonly columns: number; readonly isRightToLeft: boolean };

const NARROWEST_COLUMNS = 24;
const WIDEST_COLUMNS = 64;

/** Is the language read from right to left? Then start is right, on paper as on the screen. */
export function isRightToLeft(language: Language): boolean {
  return language === 'fa' || language === 'ar';
}

/** All lines of a receipt for paper of `columns` columns (32, 42 or 48 for the usual printers). */
export function layoutReceipt(receipt: Receipt, columns: number): readonly PaperLine[] {
  if (columns < NARROWEST_COLUMNS || columns > WIDEST_COLUMNS)
    throw new RangeError(`Paper of ${columns} columns is not one that a receipt fits on.`);
  const paper = { columns, isRightToLeft: isRightToLeft(receipt.language) };
  return receipt.blocks.flatMap((block) => layoutBlock(block, paper));
}

/** Can the line be written as characters, as far as joining and direction go? (Code pages are another matter.) */
export function isPlainText(line: Extract<PaperLine, { kind: 'pieces' }>): boolean {
  return line.pieces.every((piece) => !needsShaping(piece.text));
}

/** The pieces of a line as one string, spaces between them, without trailing spaces. */
export function lineAsText(pieces: readonly Piece[]): string {
  let line = '';
  for (const piece of [...pieces].sort((one, other) => one.column - other.column)) {
    const free = Math.max(0, piece.columns - displayColumns(piece.text));
    const before = piece.align === 'left' ? 0 : piece.align === 'right' ? free : Math.floor(free / 2);
    const column = piece.column + before;
    line += ' '.repeat(Math.max(0, column - displayColumns(line))) + piece.text;
  }
  return line.trimEnd();
}

function layoutBlock(block: ReceiptBlock, paper: Paper): readonly PaperLine[] {
  switch (block.kind) {
    case 'text':
      return layoutText(block, paper);
    case 'pair':
      return layoutPair(block, paper);
    case 'table':
      return layoutTable(block, paper);
    case 'rule':
      return [
        toLine(
          [{ text: '-'.repeat(paper.columns), column: 0, columns: paper.columns, align: 'left' }],
          PLAIN,
        ),
      ];
    case 'blank':
      return [toLine([], PLAIN)];
    case 'barcode':
      return [{ kind: 'barcode', symbology: block.symbology, code: printableText(block.code) }];
    case 'qr':
      return [{ kind: 'qr', text: printableText(block.text) }];
    case 'picture':
      return [{ kind: 'picture', picture: block.picture }];
  }
}

const PLAIN: Look = { isBold: false, isLarge: false };

function layoutText(block: Extract<ReceiptBlock, { kind: 'text' }>, paper: Paper): readonly PaperLine[] {
  const look = lookOf(block);
  const columns = look.isLarge ? Math.floor(paper.columns / 2) : paper.columns;
  const align = { start: startSide(paper), end: endSide(paper), center: 'center' as const }[
    block.align ?? 'start'
  ];
  return wrapText(printableText(block.text), columns).map((text) =>
    toLine([{ text, column: 0, columns, align }], look),
  );
}

function layoutPair(block: Extract<ReceiptBlock, { kind: 'pair' }>, paper: Paper): readonly PaperLine[] {
  const look = lookOf(block);
  const columns = look.isLarge ? Math.floor(paper.columns / 2) : paper.columns;
  const indent = Math.min(block.indent ?? 0, Math.floor(columns / 4));
  const end = printableText(block.end);
  const endColumns = displayColumns(end);
  const startColumns = columns - indent - endColumns - 1;
  // An amount that leaves no room for words stands on a line of its own; it is never cut.
  const shareLine = startColumns >= Math.floor(columns / 4);
  const starts = wrapText(printableText(block.start), shareLine ? startColumns : columns - indent);
  const lines = starts.map((text, index): readonly Piece[] => {
    const isShared = shareLine && index === starts.length - 1;
    const width = isShared ? startColumns : columns - indent;
    const start: Piece = { text, column: indent, columns: width, align: 'left' };
    return isShared ? [start, endPiece(end, columns)] : [start];
  });
  if (!shareLine) lines.push([endPiece(end, columns)]);
  return lines.map((pieces) => toLine(mirror(pieces, columns, paper), look));
}

function endPiece(text: string, columns: number): Piece {
  return { text, column: columns - displayColumns(text), columns: displayColumns(text), align: 'right' };
}

function layoutTable(block: Extract<ReceiptBlock, { kind: 'table' }>, paper: Paper): readonly PaperLine[] {
  const rows = block.rows.map((row) => row.map(printableText));
  const cellCount = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: cellCount }, (_, index) =>
    Math.max(...rows.map((row) => displayColumns(row[index] ?? ''))),
  );
  const free = paper.columns - widths.reduce((sum, width) => sum + width, 0);
  if (free < cellCount - 1) return layoutTableAsPairs(rows, block.hasHeading, paper);
  return rows.map((row, rowIndex) => {
    let column = 0;
    const pieces = row.map((text, index): Piece => {
      // The free columns go before the cells that stand at the end, the rest of the division to the last.
      const share = index === 0 ? 0 : Math.floor(free / (cellCount - 1));
      const rest = index > 0 && index === cellCount - 1 ? free % (cellCount - 1) : 0;
      const width = (widths[index] ?? 0) + share + rest;
      const piece: Piece = { text, column, columns: width, align: index === 0 ? 'left' : 'right' };
      column += width;
      return piece;
    });
    return toLine(mirror(pieces, paper.columns, paper), {
      isBold: block.hasHeading && rowIndex === 0,
      isLarge: false,
    });
  });
}

/** On paper too narrow for the table, each row becomes its first cell and below it heading–value pairs. */
function layoutTableAsPairs(
  rows: readonly (readonly string[])[],
  hasHeading: boolean,
  paper: Paper,
): readonly PaperLine[] {
  const heading = hasHeading ? (rows[0] ?? []) : [];
  return rows.slice(hasHeading ? 1 : 0).flatMap((row) => {
    const first = layoutText({ kind: 'text', text: `${heading[0] ?? ''} ${row[0] ?? ''}`.trim() }, paper);
    const others = row
      .slice(1)
      .flatMap((end, index) =>
        layoutPair({ kind: 'pair', start: heading[index + 1] ?? '', end, indent: 2 }, paper),
      );
    return first.concat(others);
  });
}

function lookOf(block: { readonly isBold?: boolean; readonly size?: 'normal' | 'large' }): Look {
  return { isBold: block.isBold === true, isLarge: block.size === 'large' };
}

function toLine(pieces: readonly Piece[], look: Look): PaperLine {
  return { kind: 'pieces', pieces, ...look };
}

const startSide = (paper: Paper): 'left' | 'right' => (paper.isRightToLeft ? 'right' : 'left');
const endSide = (paper: Paper): 'left' | 'right' => (paper.isRightToLeft ? 'left' : 'right');

/** Pieces are placed for reading from the left; for a right-to-left language the line is turned around. */
function mirror(pieces: readonly Piece[], columns: number, paper: Paper): readonly Piece[] {
  if (!paper.isRightToLeft) return pieces;
  const turned = { left: 'right', right: 'left', center: 'center' } as const;
  return pieces.map((piece) => ({
    ...piece,
    column: columns - piece.column - piece.columns,
    align: turned[piece.align],
  }));
}

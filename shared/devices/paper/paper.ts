// The paper that comes out of a receipt printer: what stands on it as lines (for expectations) and as dots (for the
// preview on the screen, for eyes, and for scanning back). Text that runs past the edge is a fault: a real printer would
// break the line.

import type { PaperDots } from '../ports.ts';
import { LINE_DOTS, type Operation } from './escpos-operations.ts';
import { GLYPH_COLUMNS, GLYPH_ROWS, type Glyphs } from './glyphs.ts';
import { code128Modules, ean13Modules, qrModules } from './symbols.ts';

export type PaperLine =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly isBold: boolean;
      readonly isLarge: boolean;
      readonly align: 'left' | 'center' | 'right';
    }
  | { readonly kind: 'raster'; readonly width: number; readonly height: number; readonly blackDots: number }
  | { readonly kind: 'barcode'; readonly symbology: string; readonly code: string }
  | { readonly kind: 'qr'; readonly text: string }
  | { readonly kind: 'cut' };

type Span = {
  readonly text: string;
  readonly isBold: boolean;
  readonly width: number;
  readonly height: number;
};

export class Paper {
  readonly lines: PaperLine[] = [];
  readonly faults: string[] = [];
  readonly width: number;
  readonly #rows: Uint8Array[] = [];
  #spans: Span[] = [];
  #isBold = false;
  #isStripOpen = false;
  #width = 1;
  #height = 1;
  #align: 'left' | 'center' | 'right' = 'left';
  readonly #glyphs: Glyphs;

  constructor(width: number, glyphs: Glyphs) {
    this.width = width;
    this.#glyphs = glyphs;
  }

  /** All text lines, one per line. Bars and QR codes as `[code128 …]`, drawn lines as `[raster]`, cuts as `[cut]`. */
  text(): string {
    return this.lines
      .map((line) => {
        if (line.kind === 'text') return line.text;
        if (line.kind === 'barcode') return `[${line.symbology} ${line.code}]`;
        return line.kind === 'qr' ? `[qr ${line.text}]` : `[${line.kind}]`;
      })
      .join('\n');
  }

  /** The dots themselves, rows padded to whole bytes, bit 1 = black. */
  bits(): { readonly width: number; readonly height: number; readonly rows: readonly Uint8Array[] } {
    return { width: this.width, height: this.#rows.length, rows: this.#rows };
  }

  /** All of them as one picture. */
  dots(): PaperDots {
    const bytes = Math.ceil(this.width / 8);
    const rows = new Uint8Array(bytes * this.#rows.length);
    for (const [place, row] of this.#rows.entries()) rows.set(row, place * bytes);
    return { width: this.width, height: this.#rows.length, rows };
  }

  apply(operation: Operation): void {
    switch (operation.kind) {
      case 'initialise':
        this.#spans = [];
        this.#isBold = false;
        this.#width = 1;
        this.#height = 1;
        this.#align = 'left';
        return;
      case 'text':
        this.#spans.push({
          text: operation.text,
          isBold: this.#isBold,
          width: this.#width,
          height: this.#height,
        });
        return;
      case 'bold':
        this.#isBold = operation.isOn;
        return;
      case 'size':
        this.#width = operation.width;
        this.#height = operation.height;
        return;
      case 'align':
        this.#align = operation.align;
        return;
      case 'line-feed':
        // The line feed after a strip prints that strip; it is no line of its own.
        if (this.#isStripOpen && this.#spans.length === 0) this.#isStripOpen = false;
        else this.#printLine();
        return;
      case 'feed':
        this.#flush();
        this.#feed(operation.dots);
        return;
      case 'raster':
        this.#flush();
        this.#printRaster(operation);
        return;
      case 'strip':
        this.#flush();
        this.#printRaster(operation);
        this.#isStripOpen = true;
        return;
      case 'barcode':
        this.#flush();
        this.#printBarcode(operation);
        return;
      case 'qr':
        this.#flush();
        this.#printQr(operation);
        return;
      case 'cut':
        this.#flush();
        this.#feed(operation.feedDots);
        this.lines.push({ kind: 'cut' });
        this.#cutMark();
        return;
      case 'code-page':
      case 'drawer-pulse':
      case 'status-request':
        return;
    }
  }

  #flush(): void {
    if (this.#spans.length > 0) this.#printLine();
  }

  #printLine(): void {
    const spans = this.#spans;
    this.#spans = [];
    const text = spans.map((span) => span.text).join('');
    const columns = spans.reduce((sum, span) => sum + [...span.text].length * span.width, 0);
    if (columns * GLYPH_COLUMNS > this.width)
      this.faults.push(`"${text}" takes ${columns} columns, the paper has ${this.width / GLYPH_COLUMNS}`);
    // The line feed after a symbol ends that symbol's line; it is no line of its own.
    const last = this.lines.at(-1);
    if (text === '' && (last?.kind === 'barcode' || last?.kind === 'qr')) {
      this.#feed(LINE_DOTS / 2);
      return;
    }
    this.lines.push({
      kind: 'text',
      text,
      isBold: spans.length > 0 && spans.every((span) => span.isBold),
      isLarge: spans.some((span) => span.width > 1 || span.height > 1),
      align: this.#align,
    });
    const height = Math.max(1, ...spans.map((span) => span.height));
    const top = this.#feed(Math.max(LINE_DOTS, GLYPH_ROWS * height + 6));
    let x = this.#left(columns * GLYPH_COLUMNS);
    for (const span of spans) {
      for (const letter of span.text) {
        this.#drawGlyph(letter, { x, y: top + (height - span.height) * GLYPH_ROWS, span });
        x += GLYPH_COLUMNS * span.width;
      }
    }
  }

  #drawGlyph(letter: string, at: { readonly x: number; readonly y: number; readonly span: Span }): void {
    if (letter === ' ' || letter === '\u00a0') return;
    const glyph = this.#glyphs.rowsOf(letter);
    if (glyph === null) this.faults.push(`this paper has no picture of ${letter}`);
    for (let row = 0; row < GLYPH_ROWS; row += 1) {
      const bits = glyph?.[row] ?? 0;
      const bold = at.span.isBold ? bits | (bits >> 1) : bits;
      for (let column = 0; column < GLYPH_COLUMNS; column += 1) {
        if (((bold >> (GLYPH_COLUMNS - 1 - column)) & 1) === 0) continue;
        this.#fill(at.x + column * at.span.width, at.y + row * at.span.height, at.span);
      }
    }
  }

  #printRaster(raster: Extract<Operation, { kind: 'raster' | 'strip' }>): void {
    if (raster.width > Math.ceil(this.width / 8) * 8)
      this.faults.push(`a picture of ${raster.width} dots is wider than the paper of ${this.width}`);
    const top = this.#feed(raster.height);
    const left = this.#left(Math.min(raster.width, this.width));
    let blackDots = 0;
    for (let y = 0; y < raster.height; y += 1) {
      for (let x = 0; x < raster.width; x += 1) {
        const byte = raster.rows[y * Math.ceil(raster.width / 8) + (x >> 3)] ?? 0;
        if ((byte & (0x80 >> (x & 7))) === 0) continue;
        blackDots += 1;
        this.#fill(left + x, top + y, { width: 1, height: 1 });
      }
    }
    this.lines.push({ kind: 'raster', width: raster.width, height: raster.height, blackDots });
  }

  #printBarcode(bars: Extract<Operation, { kind: 'barcode' }>): void {
    const modules = bars.symbology === 'ean13' ? ean13Modules(bars.code) : code128Modules(bars.code);
    const width = modules.length * bars.moduleDots;
    if (width > this.width) this.faults.push(`the bars of ${bars.code} are wider than the paper`);
    const top = this.#feed(bars.heightDots + 4);
    const left = this.#left(width);
    for (const [index, isBar] of modules.entries()) {
      if (isBar)
        this.#fill(left + index * bars.moduleDots, top, { width: bars.moduleDots, height: bars.heightDots });
    }
    this.lines.push({ kind: 'barcode', symbology: bars.symbology, code: bars.code });
    if (!bars.hasText) return;
    const textTop = this.#feed(GLYPH_ROWS + 2);
    const span = { text: bars.code, isBold: false, width: 1, height: 1 };
    let x = this.#left(bars.code.length * GLYPH_COLUMNS);
    for (const letter of bars.code) {
      this.#drawGlyph(letter, { x, y: textTop, span });
      x += GLYPH_COLUMNS;
    }
  }

  #printQr(qr: Extract<Operation, { kind: 'qr' }>): void {
    const rows = qrModules(qr.text);
    const size = rows.length * qr.moduleDots;
    if (size > this.width) this.faults.push('the QR code is wider than the paper');
    const top = this.#feed(size + 8) + 4;
    const left = this.#left(size);
    for (const [y, row] of rows.entries()) {
      for (const [x, isDark] of row.entries()) {
        if (isDark)
          this.#fill(left + x * qr.moduleDots, top + y * qr.moduleDots, {
            width: qr.moduleDots,
            height: qr.moduleDots,
          });
      }
    }
    this.lines.push({ kind: 'qr', text: qr.text });
  }

  #left(width: number): number {
    if (this.#align === 'left') return 0;
    return Math.max(0, this.#align === 'right' ? this.width - width : Math.floor((this.width - width) / 2));
  }

  /** Adds empty rows and says where they begin. */
  #feed(dots: number): number {
    const top = this.#rows.length;
    for (let row = 0; row < dots; row += 1) this.#rows.push(new Uint8Array(Math.ceil(this.width / 8)));
    return top;
  }

  #cutMark(): void {
    const top = this.#feed(5);
    for (let x = 0; x < this.width; x += 12) this.#fill(x, top + 2, { width: 6, height: 1 });
  }

  #fill(left: number, top: number, size: { readonly width: number; readonly height: number }): void {
    for (let y = top; y < top + size.height; y += 1) {
      const row = this.#rows[y] ?? new Uint8Array(0);
      for (let x = left; x < Math.min(left + size.width, row.length * 8); x += 1)
        row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7));
    }
  }
}

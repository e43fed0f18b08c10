// A label printer without labels: reads ZPL II strictly, where every command is known here with arguments that make sense and
// anything else is a fault with its place, and shows the labels as dots. What stands over the edge is a fault too.

import type { PaperDots } from '../../../shared/devices/ports.ts';
import { GLYPH_COLUMNS, GLYPH_ROWS, loadGlyphs } from '../../../shared/devices/paper/glyphs.ts';
import {
  code128Modules,
  ean13Modules,
  ean8Modules,
  qrModules,
} from '../../../shared/devices/paper/symbols.ts';

export type Label = {
  readonly dots: PaperDots;
  readonly texts: readonly string[];
  readonly symbols: readonly { readonly kind: string; readonly text: string }[];
  readonly pictures: number;
  readonly copies: number;
};

export type ZplJob = { readonly labels: readonly Label[]; readonly faults: readonly string[] };

type Command = { readonly name: string; readonly rest: string; readonly at: number };
type Field = {
  x: number;
  y: number;
  kind: 'text' | 'ean13' | 'ean8' | 'code128' | 'qr';
  fontHeight: number;
  fontWidth: number;
  height: number;
  module: number;
  box: { width: number; align: string } | null;
  isHex: boolean;
};
type Sheet = {
  width: number;
  height: number;
  rows: Uint8Array;
  texts: string[];
  symbols: { kind: string; text: string }[];
  pictures: number;
  copies: number;
};

const glyphs = await loadGlyphs();
const DIMENSION_MAX = 4000;
const FONT_DOTS_MAX = 1500;

/** All labels of a job. */
export function decodeZpl(bytes: Uint8Array): ZplJob {
  const faults: string[] = [];
  const labels: Label[] = [];
  const reader = new Reader(faults, labels);
  for (const command of commandsOf(new TextDecoder('utf-8', { fatal: true }).decode(bytes), faults))
    reader.take(command);
  reader.end();
  return { labels, faults };
}

/** A command is a caret or tilde and two signs; its arguments go up to the next. Between commands only line ends may stand. */
function commandsOf(text: string, faults: string[]): readonly Command[] {
  const commands: Command[] = [];
  const first = text.search(/[\^~]/);
  if (text.slice(0, first === -1 ? undefined : first).trim() !== '')
    faults.push('text before the first command');
  for (const match of text.matchAll(/([\^~])(A.|[A-Z0-9]{2})([^^~]*)/gs)) {
    const [, sign = '', name = '', rest = ''] = match;
    // ^A0N,30: the font is a part of the command's name.
    commands.push({ name: sign + name, rest: rest.replace(/\n$/, ''), at: match.index });
  }
  const carets = text.match(/[\^~]/g)?.length ?? 0;
  if (carets !== commands.length) faults.push(`${carets - commands.length} carets that begin no command`);
  return commands;
}

class Reader {
  readonly #faults: string[];
  readonly #labels: Label[];
  #sheet: Sheet | null = null;
  #field: Field | null = null;
  #module = 2;

  constructor(faults: string[], labels: Label[]) {
    this.#faults = faults;
    this.#labels = labels;
  }

  end(): void {
    if (this.#sheet !== null) this.#faults.push('the job ends inside a label');
  }

  take(command: Command): void {
    const { name, rest } = command;
    if (name === '^XA') {
      if (this.#sheet !== null) this.#fault(command, 'a label begins inside a label');
      this.#sheet = {
        width: 0,
        height: 0,
        rows: new Uint8Array(0),
        texts: [],
        symbols: [],
        pictures: 0,
        copies: 1,
      };
      return this.#expect(command, /^$/);
    }
    const sheet = this.#sheet;
    if (sheet === null) return this.#fault(command, 'a command outside of a label');
    switch (name) {
      case '^XZ':
        this.#expect(command, /^$/);
        if (this.#field !== null) this.#fault(command, 'a field without its end');
        this.#labels.push({
          dots: { width: sheet.width, height: sheet.height, rows: sheet.rows },
          texts: sheet.texts,
          symbols: sheet.symbols,
          pictures: sheet.pictures,
          copies: sheet.copies,
        });
        this.#sheet = null;
        return undefined;
      case '^CI':
        return this.#expect(command, /^28$/);
      case '^PW':
      case '^LL': {
        const size = Number(rest);
        if (!Number.isInteger(size) || size < 32 || size > DIMENSION_MAX)
          return this.#fault(command, 'no such size');
        if (name === '^PW') sheet.width = size;
        else sheet.height = size;
        sheet.rows = new Uint8Array(Math.ceil(sheet.width / 8) * sheet.height);
        return undefined;
      }
      case '^LH':
        return this.#expect(command, /^0,0$/);
      case '^PQ':
        this.#expect(command, /^\d{1,2}$/);
        sheet.copies = Number(rest);
        return undefined;
      case '^FO': {
        this.#expect(command, /^\d{1,4},\d{1,4}$/);
        const [x = 0, y = 0] = rest.split(',').map(Number);
        if (this.#field !== null) this.#fault(command, 'a field inside a field');
        if (x >= sheet.width || y >= sheet.height) this.#fault(command, 'a field outside of the label');
        this.#field = {
          x,
          y,
          kind: 'text',
          fontHeight: 0,
          fontWidth: 0,
          height: 0,
          module: this.#module,
          box: null,
          isHex: false,
        };
        return undefined;
      }
      case '^BY':
        this.#expect(command, /^([2-9]|10)$/);
        this.#module = Number(rest);
        if (this.#field !== null) this.#field.module = this.#module;
        return undefined;
      default:
        return this.#inField(command, sheet);
    }
  }

  #inField(command: Command, sheet: Sheet): void {
    const { name, rest } = command;
    const field = this.#field;
    if (field === null)
      return this.#fault(command, 'a command that is not known, or stands outside of a field');
    switch (name) {
      case '^A0': {
        this.#expect(command, /^N,\d{1,4},\d{1,4}$/);
        const [, height = 0, width = 0] = rest.split(',').map(Number);
        if (height < 8 || width < 8 || height > FONT_DOTS_MAX) this.#fault(command, 'letters of no size');
        [field.fontHeight, field.fontWidth] = [height, width];
        return undefined;
      }
      case '^FB': {
        this.#expect(command, /^\d{1,4},1,0,[LCR],0$/);
        const [width = '0', , , align = 'L'] = rest.split(',');
        field.box = { width: Number(width), align };
        return undefined;
      }
      case '^BE':
      case '^B8':
      case '^BC':
        this.#expect(command, name === '^BC' ? /^N,\d{1,3},N,N,N$/ : /^N,\d{1,3},N,N$/);
        field.kind = ({ '^BE': 'ean13', '^B8': 'ean8', '^BC': 'code128' } as const)[name];
        field.height = Number(rest.split(',')[1]);
        return undefined;
      case '^BQ':
        this.#expect(command, /^N,2,([1-9]|10)$/);
        field.kind = 'qr';
        field.module = Number(rest.split(',')[2]);
        return undefined;
      case '^FH':
        field.isHex = true;
        return this.#expect(command, /^$/);
      case '^FD':
        this.#data(command, sheet, field);
        return undefined;
      case '^GF':
        this.#graphic(command, sheet, field);
        return undefined;
      case '^FS':
        this.#field = null;
        return this.#expect(command, /^$/);
      default:
        return this.#fault(command, 'a command that is not known');
    }
  }

  #data(command: Command, sheet: Sheet, field: Field): void {
    const text = field.isHex ? this.#unhex(command) : command.rest;
    if (text === '') return this.#fault(command, 'a field of no data');
    switch (field.kind) {
      case 'text':
        sheet.texts.push(text);
        return this.#drawText(command, sheet, field, text);
      case 'ean13':
      case 'ean8': {
        const length = field.kind === 'ean13' ? 12 : 7;
        if (!new RegExp(`^\\d{${length}}$`).test(text)) return this.#fault(command, `not ${length} digits`);
        const code = text + String(checkDigit(text));
        sheet.symbols.push({ kind: field.kind, text: code });
        return this.#drawBars(
          command,
          sheet,
          field,
          field.kind === 'ean13' ? ean13Modules(code) : ean8Modules(code),
        );
      }
      case 'code128': {
        if (!text.startsWith('>:')) return this.#fault(command, 'Code 128 without its set');
        const code = text.slice(2).replaceAll('>0', '>');
        sheet.symbols.push({ kind: 'code128', text: code });
        return this.#drawBars(command, sheet, field, code128Modules(code));
      }
      case 'qr': {
        if (!text.startsWith('MA,')) return this.#fault(command, 'QR data without its mode');
        const code = text.slice(3);
        sheet.symbols.push({ kind: 'qr', text: code });
        for (const [y, row] of qrModules(code).entries())
          for (const [x, isDark] of row.entries())
            if (isDark)
              this.#fill(command, sheet, [
                field.x + x * field.module,
                field.y + y * field.module,
                field.module,
                field.module,
              ]);
        return undefined;
      }
    }
  }

  /** `_41` is a byte; the bytes together are UTF-8 (^CI28). */
  #unhex(command: Command): string {
    const bytes: number[] = [];
    const { rest } = command;
    for (let at = 0; at < rest.length; at += 1) {
      if (rest[at] !== '_') {
        bytes.push(rest.charCodeAt(at));
        continue;
      }
      const pair = rest.slice(at + 1, at + 3);
      if (!/^[0-9A-F]{2}$/.test(pair)) this.#fault(command, 'no hexadecimal byte');
      bytes.push(Number.parseInt(pair, 16));
      at += 2;
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  }

  #drawText(command: Command, sheet: Sheet, field: Field, text: string): void {
    const letters = [...text];
    // The printer's own face is narrower than its height says; a monospaced one stands in for it here.
    const letterWidth = field.fontWidth * 0.55;
    const width = letters.length * letterWidth;
    const room = field.box?.width ?? width;
    if (width > room + 1) this.#fault(command, `"${text}" is wider than its box`);
    const free = { L: 0, C: (room - width) / 2, R: room - width }[field.box?.align ?? 'L'] ?? 0;
    for (const [place, letter] of letters.entries()) {
      const rows = glyphs.rowsOf(letter);
      if (letter === ' ' || letter === '\u00a0') continue;
      if (rows === null) {
        this.#fault(command, `no picture of ${letter}`);
        continue;
      }
      const left = Math.round(field.x + free + place * letterWidth);
      for (let y = 0; y < field.fontHeight; y += 1) {
        const row = rows[Math.floor((y * GLYPH_ROWS) / field.fontHeight)] ?? 0;
        for (let x = 0; x < letterWidth; x += 1) {
          const column = Math.floor((x * GLYPH_COLUMNS) / letterWidth);
          if ((row >> (GLYPH_COLUMNS - 1 - column)) & 1)
            this.#fill(command, sheet, [left + Math.floor(x), field.y + y, 1, 1]);
        }
      }
    }
  }

  #drawBars(command: Command, sheet: Sheet, field: Field, modules: readonly boolean[]): void {
    for (const [place, isBar] of modules.entries())
      if (isBar)
        this.#fill(command, sheet, [field.x + place * field.module, field.y, field.module, field.height]);
  }

  #graphic(command: Command, sheet: Sheet, field: Field): void {
    const parts = /^A,(\d+),(\d+),(\d+),([0-9A-F]*)$/.exec(command.rest);
    const [total = 0, all = 0, perRow = 0] = (parts?.slice(1, 4) ?? []).map(Number);
    const data = parts?.[4] ?? '';
    if (total === 0 || total !== all || total % perRow !== 0 || data.length !== total * 2)
      return this.#fault(command, 'a picture whose bytes are not as many as it says');
    sheet.pictures += 1;
    for (let byte = 0; byte < total; byte += 1) {
      const bits = Number.parseInt(data.slice(byte * 2, byte * 2 + 2), 16);
      for (let bit = 0; bit < 8; bit += 1) {
        if ((bits & (0x80 >> bit)) === 0) continue;
        const x = field.x + (byte % perRow) * 8 + bit;
        this.#fill(command, sheet, [x, field.y + Math.floor(byte / perRow), 1, 1]);
      }
    }
    return undefined;
  }

  #fill(
    command: Command,
    sheet: Sheet,
    [left, top, width, height]: readonly [number, number, number, number],
  ): void {
    if (left < 0 || top < 0 || left + width > sheet.width || top + height > sheet.height)
      return this.#fault(command, 'something stands over the edge of the label');
    for (let y = top; y < top + height; y += 1) {
      for (let x = left; x < left + width; x += 1) {
        const at = y * Math.ceil(sheet.width / 8) + (x >> 3);
        sheet.rows[at] = (sheet.rows[at] ?? 0) | (0x80 >> (x & 7));
      }
    }
    return undefined;
  }

  #expect(command: Command, shape: RegExp): void {
    if (!shape.test(command.rest)) this.#fault(command, `arguments "${command.rest.slice(0, 40)}"`);
  }

  #fault({ name, at }: Command, what: string): void {
    const fault = `${name} at ${at}: ${what}`;
    if (this.#faults.at(-1) !== fault) this.#faults.push(fault);
  }
}

function checkDigit(digits: string): number {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

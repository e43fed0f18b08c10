// Reads ESC/POS as a strict printer: every byte is either text of the selected code page or part of a command
// that is known here, with arguments that make sense; anything else is a fault with its place. Works on a
// stream: what is not complete yet stays until more bytes come.

import { PRINTER_CODE_PAGES } from './code-page-tables.ts';

export type Operation =
  | { readonly kind: 'initialise' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'line-feed' }
  | { readonly kind: 'feed'; readonly dots: number }
  | { readonly kind: 'bold'; readonly isOn: boolean }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'align'; readonly align: 'left' | 'center' | 'right' }
  | { readonly kind: 'code-page'; readonly name: string }
  | { readonly kind: 'raster'; readonly width: number; readonly height: number; readonly rows: Uint8Array }
  | {
      readonly kind: 'barcode';
      readonly symbology: 'ean13' | 'code128';
      readonly code: string;
      readonly heightDots: number;
      readonly moduleDots: number;
      readonly hasText: boolean;
    }
  | { readonly kind: 'qr'; readonly text: string; readonly moduleDots: number }
  | { readonly kind: 'cut'; readonly feedDots: number; readonly isFull: boolean }
  | { readonly kind: 'drawer-pulse'; readonly pin: number; readonly onMs: number; readonly offMs: number }
  | {
      readonly kind: 'status-request';
      readonly command: 'DLE EOT' | 'GS r' | 'GS I';
      readonly which: number;
    };

export type Fault = { readonly at: number; readonly what: string };

const LF = 0x0a;
const CR = 0x0d;
const DLE = 0x10;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

/** A command that is not complete in the bytes so far. */
const MORE = 'more' as const;
type Read =
  | { readonly length: number; readonly operation?: Operation; readonly fault?: string }
  | typeof MORE;

/** One printer's memory: feed it bytes, it answers with what they mean. */
export class EscPosDecoder {
  readonly faults: Fault[] = [];
  #pending: Uint8Array = new Uint8Array(0);
  #consumed = 0;
  #codePage = 0;
  #barHeight = 162;
  #barModule = 3;
  #barText = 0;
  #qrModule = 3;
  #qrText: string | null = null;

  /** Operations completed by `bytes`, in order. */
  push(bytes: Uint8Array): Operation[] {
    const joined = new Uint8Array(this.#pending.length + bytes.length);
    joined.set(this.#pending);
    joined.set(bytes, this.#pending.length);
    const operations: Operation[] = [];
    let at = 0;
    while (at < joined.length) {
      const read = this.#readOne(joined.subarray(at));
      if (read === MORE) break;
      if (read.fault !== undefined) this.faults.push({ at: this.#consumed + at, what: read.fault });
      if (read.operation !== undefined) operations.push(read.operation);
      at += read.length;
    }
    this.#consumed += at;
    this.#pending = joined.slice(at);
    return operations;
  }

  /** The connection is closed: bytes of a half command are a fault. */
  end(): void {
    if (this.#pending.length > 0)
      this.faults.push({ at: this.#consumed, what: `the job ends inside a command (${hex(this.#pending)})` });
    this.#consumed += this.#pending.length;
    this.#pending = new Uint8Array(0);
  }

  #readOne(bytes: Uint8Array): Read {
    const first = bytes[0] ?? 0;
    if (first === LF) return { length: 1, operation: { kind: 'line-feed' } };
    if (first === CR) return { length: 1 };
    if (first === DLE) return this.#readDle(bytes);
    if (first === ESC) return this.#readEsc(bytes);
    if (first === FS) return this.#readFs(bytes);
    if (first === GS) return this.#readGs(bytes);
    if (first < 0x20 || first === 0x7f) return { length: 1, fault: `control byte ${hex([first])} in text` };
    return this.#readText(bytes);
  }

  #readText(bytes: Uint8Array): Read {
    let text = '';
    let length = 0;
    const upper = PRINTER_CODE_PAGES.get(this.#codePage)?.upper ?? '';
    for (const byte of bytes) {
      if (byte < 0x20 || byte === 0x7f) break;
      const letter = byte < 0x80 ? String.fromCharCode(byte) : (upper[byte - 0x80] ?? '\ufffd');
      if (letter === '\ufffd' || (letter >= '\u0080' && letter <= '\u009f'))
        return { length: length + 1, fault: `byte ${hex([byte])} has no letter in the selected code page` };
      text += letter;
      length += 1;
    }
    return { length, operation: { kind: 'text', text } };
  }

  #readDle(bytes: Uint8Array): Read {
    if (bytes.length < 3) return MORE;
    const which = bytes[2] ?? 0;
    if (bytes[1] !== 4 || which < 1 || which > 4) return unknown(bytes, 3);
    return { length: 3, operation: { kind: 'status-request', command: 'DLE EOT', which } };
  }

  #readFs(bytes: Uint8Array): Read {
    if (bytes.length < 2) return MORE;
    return bytes[1] === 0x2e ? { length: 2 } : unknown(bytes, 2);
  }

  #readEsc(bytes: Uint8Array): Read {
    if (bytes.length < 2) return MORE;
    const command = String.fromCharCode(bytes[1] ?? 0);
    if (command === '@') {
      this.#reset();
      return { length: 2, operation: { kind: 'initialise' } };
    }
    if (command === '2') return { length: 2 };
    if (command === 'p') return readDrawerPulse(bytes);
    if (!'!-3EGJMadt'.includes(command)) return unknown(bytes, 2);
    if (bytes.length < 3) return MORE;
    const n = bytes[2] ?? 0;
    switch (command) {
      case '!':
        return {
          length: 3,
          operation: { kind: 'size', width: n & 0x20 ? 2 : 1, height: n & 0x10 ? 2 : 1 },
        };
      case 'E':
      case 'G':
        return { length: 3, operation: { kind: 'bold', isOn: (n & 1) === 1 } };
      case 'J':
        return { length: 3, operation: { kind: 'feed', dots: n } };
      case 'd':
        return { length: 3, operation: { kind: 'feed', dots: n * LINE_DOTS } };
      case 'a':
        return readAlign(n);
      case 't':
        return this.#selectCodePage(n);
      default:
        // ESC - (underline), ESC 3 (line spacing), ESC M (font): known, and of no effect on this paper.
        return { length: 3 };
    }
  }

  #readGs(bytes: Uint8Array): Read {
    if (bytes.length < 2) return MORE;
    const command = String.fromCharCode(bytes[1] ?? 0);
    if (command === 'V') return readCut(bytes);
    if (command === 'v') return readRaster(bytes);
    if (command === 'k') return this.#readBarcode(bytes);
    if (command === '(') return this.#readQr(bytes);
    if (!'!BHIfhrw'.includes(command)) return unknown(bytes, 2);
    if (bytes.length < 3) return MORE;
    const n = bytes[2] ?? 0;
    switch (command) {
      case '!':
        return { length: 3, operation: { kind: 'size', width: (n >> 4) + 1, height: (n & 7) + 1 } };
      case 'h':
        this.#barHeight = n;
        return n === 0 ? { length: 3, fault: 'bars of no height' } : { length: 3 };
      case 'w':
        this.#barModule = n;
        return n < 2 || n > 6 ? { length: 3, fault: `GS w ${n}: bars are 2 to 6 dots wide` } : { length: 3 };
      case 'H':
        this.#barText = n & 3;
        return { length: 3 };
      case 'r':
        return { length: 3, operation: { kind: 'status-request', command: 'GS r', which: n } };
      case 'I':
        return { length: 3, operation: { kind: 'status-request', command: 'GS I', which: n } };
      default:
        return { length: 3 };
    }
  }

  #selectCodePage(n: number): Read {
    this.#codePage = n;
    const page = PRINTER_CODE_PAGES.get(n);
    if (page === undefined)
      return { length: 3, fault: `ESC t ${n}: a code page that few printers have there` };
    return { length: 3, operation: { kind: 'code-page', name: page.name } };
  }

  #readBarcode(bytes: Uint8Array): Read {
    if (bytes.length < 4) return MORE;
    const system = bytes[2] ?? 0;
    // Systems from 65 on count their data; the older numbers end it with a zero byte.
    const isCounted = system >= 65;
    const end = isCounted ? 4 + (bytes[3] ?? 0) : bytes.indexOf(0, 3);
    if (![2, 67, 73].includes(system)) return unknown(bytes, 3);
    if (end === -1 || bytes.length < end) return MORE;
    const length = isCounted ? end : end + 1;
    const data = String.fromCharCode(...bytes.subarray(isCounted ? 4 : 3, end));
    const look = { heightDots: this.#barHeight, moduleDots: this.#barModule, hasText: this.#barText > 0 };
    if (system !== 73) {
      if (!hasRightEan13Check(data)) return { length, fault: `GS k ${system}: ${data} is no EAN-13` };
      return { length, operation: { kind: 'barcode', symbology: 'ean13', code: data, ...look } };
    }
    if (!data.startsWith('{B') || data.length < 3)
      return { length, fault: 'GS k 73: the data does not begin with a code set' };
    const code = data.slice(2).replaceAll('{{', '{');
    return { length, operation: { kind: 'barcode', symbology: 'code128', code, ...look } };
  }

  #readQr(bytes: Uint8Array): Read {
    if (bytes.length < 5) return MORE;
    if (bytes[2] !== 0x6b) return unknown(bytes, 3);
    const count = (bytes[3] ?? 0) + 256 * (bytes[4] ?? 0);
    const length = 5 + count;
    if (bytes.length < length) return MORE;
    const [symbol = 0, fn = 0, ...data] = bytes.subarray(5, length);
    if (symbol !== 49) return unknown(bytes, length);
    switch (fn) {
      case 65:
        return data[0] === 50 ? { length } : { length, fault: 'QR: only model 2 is known' };
      case 67:
        this.#qrModule = data[0] ?? 0;
        return { length };
      case 69:
        return (data[0] ?? 0) >= 48 && (data[0] ?? 0) <= 51
          ? { length }
          : { length, fault: 'QR: no such error correction' };
      case 80:
        this.#qrText = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(data.slice(1)));
        return { length };
      case 81:
        if (this.#qrText === null) return { length, fault: 'QR: printed before any data was stored' };
        return { length, operation: { kind: 'qr', text: this.#qrText, moduleDots: this.#qrModule } };
      default:
        return unknown(bytes, length);
    }
  }

  #reset(): void {
    this.#codePage = 0;
    this.#barHeight = 162;
    this.#barModule = 3;
    this.#barText = 0;
    this.#qrModule = 3;
    this.#qrText = null;
  }
}

/** One sixth of an inch at 203 dots per inch: the line of a printer that was told nothing else. */
export const LINE_DOTS = 34;

function readDrawerPulse(bytes: Uint8Array): Read {
  if (bytes.length < 5) return MORE;
  const pin = (bytes[2] ?? 0) % 48;
  if (pin > 1) return { length: 5, fault: `ESC p: no drawer connector ${pin}` };
  const onMs = 2 * (bytes[3] ?? 0);
  return { length: 5, operation: { kind: 'drawer-pulse', pin, onMs, offMs: 2 * (bytes[4] ?? 0) } };
}

function readAlign(n: number): Read {
  const align = (['left', 'center', 'right'] as const)[n % 48];
  if (align === undefined) return { length: 3, fault: `ESC a ${n}: no such alignment` };
  return { length: 3, operation: { kind: 'align', align } };
}

function readCut(bytes: Uint8Array): Read {
  if (bytes.length < 3) return MORE;
  const mode = bytes[2] ?? 0;
  if (mode === 0 || mode === 1 || mode === 48 || mode === 49)
    return { length: 3, operation: { kind: 'cut', feedDots: 0, isFull: mode % 48 === 0 } };
  if (mode !== 65 && mode !== 66) return unknown(bytes, 3);
  if (bytes.length < 4) return MORE;
  return { length: 4, operation: { kind: 'cut', feedDots: bytes[3] ?? 0, isFull: mode === 65 } };
}

function readRaster(bytes: Uint8Array): Read {
  if (bytes.length < 8) return MORE;
  if (bytes[2] !== 0x30 || (bytes[3] ?? 0) % 48 !== 0) return unknown(bytes, 4);
  const bytesPerRow = (bytes[4] ?? 0) + 256 * (bytes[5] ?? 0);
  const height = (bytes[6] ?? 0) + 256 * (bytes[7] ?? 0);
  if (height === 0 || height > 255 || bytesPerRow === 0)
    return { length: 8, fault: `GS v 0: ${bytesPerRow} bytes by ${height} rows is not safe on all printers` };
  const length = 8 + bytesPerRow * height;
  if (bytes.length < length) return MORE;
  const rows = bytes.slice(8, length);
  return { length, operation: { kind: 'raster', width: bytesPerRow * 8, height, rows } };
}

function hasRightEan13Check(data: string): boolean {
  if (!/^\d{13}$/.test(data)) return false;
  let sum = 0;
  for (let index = 0; index < 13; index += 1) sum += Number(data[index]) * (index % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

function unknown(bytes: Uint8Array, length: number): Read {
  return { length: 1, fault: `unknown command ${hex(bytes.subarray(0, length))}` };
}

function hex(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

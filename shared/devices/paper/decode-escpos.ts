// Reads ESC/POS as a strict printer: every byte is either text of the selected code page or part of a command
// that is known here, with arguments that make sense; anything else is a fault with its place. Works on a
// stream: what is not complete yet stays until more bytes come.

import {
  hasRightEan13Check,
  hex,
  LINE_DOTS,
  MORE,
  readAlign,
  readColumns,
  readCut,
  readDrawerPulse,
  readRaster,
  unknown,
  type Fault,
  type Operation,
  type Read,
} from './escpos-operations.ts';
import { EPSON_CODE_PAGES, type PrinterCodePages } from './code-page-tables.ts';

const LF = 0x0a;
const CR = 0x0d;
const DLE = 0x10;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

/** One printer's memory: feed it bytes, it answers with what they mean. */
export class EscPosDecoder {
  readonly faults: Fault[] = [];
  readonly #codePages: PrinterCodePages;
  #pending: Uint8Array = new Uint8Array(0);
  #consumed = 0;
  #codePage = 0;
  #barHeight = 162;
  #barModule = 3;
  #barText = 0;
  #qrModule = 3;
  #qrText: string | null = null;

  /** `codePages` are the pages that this printer has, by the number after `ESC t`. */
  constructor(codePages: PrinterCodePages = EPSON_CODE_PAGES) {
    this.#codePages = codePages;
  }

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
    const upper = this.#codePages.get(this.#codePage)?.upper ?? '';
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
    if (command === '*') return readColumns(bytes);
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
    if (!'!BHIafhrw'.includes(command)) return unknown(bytes, 2);
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
      case 'a':
        return { length: 3, operation: { kind: 'status-request', command: 'GS a', which: n } };
      default:
        return { length: 3 };
    }
  }

  #selectCodePage(n: number): Read {
    this.#codePage = n;
    const page = this.#codePages.get(n);
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

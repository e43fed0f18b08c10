// The memory that escpos-buffer writes a job into. The library knows the numbers of Epson's code pages only; here they become
// those of the printer at hand. It writes `ESC t n` in one piece of three bytes, and no text of ours holds an ESC, so nothing
// else looks like it; a page that the printer has not is not selected, and codePageRuns writes nothing in it.

import type { Buffer } from 'buffer';
import { InMemory } from 'escpos-buffer';
import type { CodePage } from './code-pages.ts';

const ESC = 0x1b;
const SELECT_PAGE = 0x74;
const EPSON_NAMES: ReadonlyMap<number, CodePage> = new Map([
  [0, 'cp437'],
  [16, 'cp1252'],
  [17, 'cp866'],
  [18, 'cp852'],
  [19, 'cp858'],
]);

export class JobMemory extends InMemory {
  readonly #pages: Readonly<Partial<Record<CodePage, number>>>;

  constructor(pages: Readonly<Partial<Record<CodePage, number>>>) {
    super();
    this.#pages = pages;
  }

  override async write(data: Buffer): Promise<void> {
    if (data.length !== 3 || data[0] !== ESC || data[1] !== SELECT_PAGE) return super.write(data);
    const name = EPSON_NAMES.get(data[2] ?? 0);
    const number = name === undefined ? undefined : this.#pages[name];
    if (number === undefined) return undefined;
    data[2] = number;
    return super.write(data);
  }
}

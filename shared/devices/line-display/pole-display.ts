// A pole display that understands ESC/POS: cleared, then two lines, each letter in a code page that has it. Only the newest content
// counts: while one is on its way the next waits, and those between are never shown.

import CodepageEncoder from '@point-of-sale/codepage-encoder';
import type { DisplayContent } from '../../domain/display-content.ts';
import type { Outcome } from '../../domain/refusal.ts';
import { codePageRuns, type CodePage } from '../escpos/code-pages.ts';
import type { LineDisplay } from '../ports.ts';
import { DISPLAY_COLUMNS, linesOf, type DisplayLines } from './line-text.ts';

/** Numbers of the pages as in Epson's table. */
const PAGES: Readonly<Record<CodePage, number>> = { cp437: 0, cp858: 19, cp852: 18, cp866: 17, cp1252: 16 };
const INITIALISE = [0x1b, 0x40];
const CLEAR = 0x0c;
const SELECT_PAGE = [0x1b, 0x74];
const STEP_MS = 150;

/** The bytes that show two lines. */
export function bytesOfLines([first, second]: DisplayLines): Uint8Array {
  let page: CodePage = 'cp437';
  const bytes: number[] = [...INITIALISE, CLEAR];
  for (const line of [first, second]) {
    // A full line takes the cursor to the next one by itself; a short one is filled up to get there.
    for (const run of codePageRuns(line.padEnd(DISPLAY_COLUMNS), page) ?? []) {
      if (run.page !== page) bytes.push(...SELECT_PAGE, PAGES[run.page]);
      page = run.page;
      bytes.push(...CodepageEncoder.encode(run.text, run.page === 'cp1252' ? 'windows1252' : run.page));
    }
  }
  return Uint8Array.from(bytes);
}

export function createPoleDisplay(given: {
  readonly send: (bytes: Uint8Array) => Promise<Outcome<unknown>>;
  readonly wait: (milliseconds: number) => Promise<void>;
}): LineDisplay {
  let waiting: DisplayContent | null = null;
  let shown = '';
  let isSending = false;
  const send = async (): Promise<void> => {
    isSending = true;
    while (waiting !== null) {
      const lines: DisplayLines = linesOf(waiting);
      waiting = null;
      const text = lines.join('\n');
      if (text === shown) continue;
      const sent = await given.send(bytesOfLines(lines));
      // What did not arrive is shown with the next change.
      shown = sent.ok ? text : '';
      await given.wait(STEP_MS);
    }
    isSending = false;
  };
  return {
    show(content) {
      waiting = content;
      if (!isSending) void send();
    },
  };
}

// Shows how far an import is: one line that is written over on a terminal, a line now and then elsewhere. It goes
// to standard error, so that standard output holds results only.

import type { ImportTotals } from './import-items.ts';

export type Progress = {
  readonly show: (totals: ImportTotals) => void;
  readonly finish: () => void;
};

const TERMINAL_EVERY_MS = 200;
const FILE_EVERY_MS = 2_000;

export function showProgress(given: {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly readPermille: () => number;
}): Progress {
  const isTerminal = process.stderr.isTTY;
  const startedMs = given.now();
  let shownMs = startedMs;
  return {
    show(totals) {
      const nowMs = given.now();
      if (nowMs - shownMs < (isTerminal ? TERMINAL_EVERY_MS : FILE_EVERY_MS)) return;
      shownMs = nowMs;
      const rows = totals.added + totals.changed + totals.unchanged + totals.refused;
      const perSecond = Math.round((rows * 1000) / Math.max(1, nowMs - startedMs));
      const percent = (given.readPermille() / 10).toFixed(0);
      const text = `${percent} % read, ${rows} rows (${perSecond}/s), ${totals.refused} refused`;
      process.stderr.write(isTerminal ? `\r${text}   ` : `${text}\n`);
    },
    finish() {
      if (isTerminal && shownMs !== startedMs) process.stderr.write('\n');
    },
  };
}

// Is a sale on the disk before the cashier is told? Chromium runs under strace, and between the press on "take the
// money" and the finish screen at least one sync of an IndexedDB file must have been made. Linux and root only.

import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FaultProxy } from '../support/fault-proxy.ts';
import { runCommand } from '../support/run-command.ts';
import { LifeOfATill } from './life-of-a-till.ts';

const SALES = 3;

export async function countSyncsOfASale(
  proxy: FaultProxy,
  lives: LifeOfATill[],
): Promise<{ readonly outcome: 'ok' | 'FAIL' | 'skip'; readonly sentence: string }> {
  const missing = await whyNotHere();
  if (missing !== null) return { outcome: 'skip', sentence: `strace of a sale: ${missing}` };
  const file = path.join(tmpdir(), `tillandsia-strace-${process.pid}.log`);
  const life = new LifeOfATill(proxy);
  // Its sales are judged with all the others.
  lives.push(life);
  try {
    await life.openBrowser({
      wrapper: ['strace', '-f', '-y', '-ttt', '-e', 'trace=fdatasync,fsync', '-e', 'signal=none', '-o', file],
    });
    await life.becomeReady();
    const spans: { readonly from: number; readonly to: number }[] = [];
    for (let sale = 0; sale < SALES; sale += 1) {
      await life.till.addTile(0);
      const from = Date.now() / 1000;
      await life.payAndBeTold();
      spans.push({ from, to: Date.now() / 1000 });
      await life.till.newSale();
    }
    await life.till.waitForStatus({ pending: 0 });
    await life.close();
    const times = readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const match = /^\d+\s+(\d+\.\d+) (?:fdatasync|fsync)\(\d+<[^>]*\/IndexedDB\//.exec(line);
        return match === null ? [] : [Number(match[1])];
      });
    const counts = spans.map(({ from, to }) => times.filter((time) => time >= from && time <= to).length);
    const isDurable = counts.every((count) => count >= 1);
    return {
      outcome: isDurable ? 'ok' : 'FAIL',
      sentence: `syncs of the database between "take the money" and the finish screen, ${SALES} sales: ${counts.join(', ')}`,
    };
  } finally {
    await life.end();
    rmSync(file, { force: true });
  }
}

/** The reason why this machine cannot trace, or null; installs strace where root on Debian may. */
async function whyNotHere(): Promise<string | null> {
  if (process.platform !== 'linux') return 'only Linux has it';
  if (process.getuid?.() !== 0) return 'tracing needs root';
  if ((await runCommand('strace', ['-V'])).code !== 0) {
    await runCommand('apt-get', ['update', '-q']);
    await runCommand('apt-get', ['install', '-y', '-q', 'strace']);
  }
  const tried = await runCommand('strace', ['-f', '-e', 'trace=fdatasync', 'true']);
  return tried.code === 0 ? null : 'strace is not here or may not trace';
}

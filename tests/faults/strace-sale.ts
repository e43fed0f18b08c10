// Is a sale on the disk before the cashier is told? Chromium runs under strace, and between the press on "take the
// money" and the finish screen (both by the page's own clock) the entry of that very sale must have been written to the
// database's log and that log must have been synced. With relaxed writes it is written and not synced. Linux and root only.

import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { parseReceiptNumber } from '../../shared/domain/journal.ts';
import type { FaultProxy } from '../support/fault-proxy.ts';
import { runCommand } from '../support/run-command.ts';
import { LifeOfATill } from './life-of-a-till.ts';
import { isOnDiskBetween, readDiskLog, STRACE } from './strace-log.ts';

const SALES = 3;

export async function traceSales(
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
    await life.openBrowser({ wrapper: [...STRACE, '-o', file] });
    await life.becomeReady();
    await noteMoments(life.page());
    for (let sale = 0; sale < SALES; sale += 1) {
      await life.till.addTile(0);
      await life.payAndBeTold();
      await life.till.newSale();
    }
    const moments = await life.page().evaluate(() => globalThis.momentsOfSales ?? []);
    await life.till.waitForStatus({ pending: 0 });
    await life.close();
    const log = await readDiskLog(file);
    const durable = moments.filter(({ receiptNumber, pressedAt, toldAt }) => {
      const place = parseReceiptNumber(receiptNumber);
      return place.ok && isOnDiskBetween(log, place.value, [pressedAt, toldAt]);
    });
    return {
      outcome: durable.length === SALES ? 'ok' : 'FAIL',
      sentence:
        `${durable.length} of ${SALES} sales were written to the log of the database and synced ` +
        'between "take the money" and the finish screen',
    };
  } finally {
    await life.end();
    rmSync(file, { force: true });
  }
}

type Moments = { readonly receiptNumber: string; readonly pressedAt: number; readonly toldAt: number };

declare global {
  /** In the page of the traced till: one for each sale that was told. */
  var momentsOfSales: Moments[] | undefined;
}

/** Notes in the page when the money button was pressed and when the finish screen was there, in seconds since 1970. */
async function noteMoments(page: Page): Promise<void> {
  await page.evaluate(() => {
    const moments: Moments[] = [];
    globalThis.momentsOfSales = moments;
    let pressedAt = 0;
    addEventListener(
      'pointerdown',
      ({ target, timeStamp }) => {
        const isMoneyButton =
          target instanceof Element && target.closest('[data-testid="pay-confirm"]') !== null;
        if (isMoneyButton) pressedAt = (performance.timeOrigin + timeStamp) / 1000;
      },
      { capture: true },
    );
    new MutationObserver(() => {
      const finished = document.querySelector('[data-testid="finished-screen"]');
      const receiptNumber = finished?.getAttribute('data-receipt-number') ?? '';
      if (receiptNumber === '' || moments.some((each) => each.receiptNumber === receiptNumber)) return;
      moments.push({ receiptNumber, pressedAt, toldAt: (performance.timeOrigin + performance.now()) / 1000 });
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
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

// The faults, each as it happens in a shop. A scenario injects its fault into a till that is ready to sell and leaves
// behind a shop that is whole again: server and cable there, the till back on its sell screen with nothing pending.

import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, FaultProxy } from '../support/fault-proxy.ts';
import { BROKEN_DISK } from './broken-disk.ts';
import { backToSelling, everythingSynced, sellOn, type Scenario, type Shop } from './shop.ts';

const POINTS = ['cart', 'tender', 'pre-commit', 'post-commit', 'push', 'ack', 'close'] as const;
type Point = (typeof POINTS)[number];

const FACTS = '/api/v1/facts';
const PRINT = '/api/v1/print';
const PAPER_LIMIT_MS = 60_000;

export const SCENARIOS: readonly Scenario[] = [
  ...POINTS.map((point) => ({
    name: `browser killed at ${point}`,
    run: (shop: Shop) => killBrowser(shop, point),
  })),
  { name: 'browser killed at print, paper out before it', run: (shop) => killWhilePrinting(shop, true) },
  { name: 'browser killed at print, nothing on paper yet', run: (shop) => killWhilePrinting(shop, false) },
  ...(['pre-commit', 'post-commit', 'push', 'ack'] as const).map((point) => ({
    name: `server killed at ${point}`,
    run: (shop: Shop) => killServer(shop, point),
  })),
  ...(['post-commit', 'push'] as const).map((point) => ({
    name: `PostgreSQL killed at ${point}`,
    run: (shop: Shop) => killPostgres(shop, point),
  })),
  ...[
    { name: 'clock 60 s back', offsetMs: -60_000 },
    { name: 'clock a day back', offsetMs: -86_400_000 },
    { name: 'clock 3.5 years ahead', offsetMs: 3.5 * 365.25 * 86_400_000 },
  ].map(({ name, offsetMs }) => ({
    name: `${name}, without a network, reload`,
    run: (shop: Shop) => stepClock(shop, offsetMs),
  })),
  { name: 'old window after an upgrade', run: (shop) => upgradeBehindTheBack(shop) },
  ...BROKEN_DISK,
  { name: 'half of the answers lost', run: (shop) => badNetwork(shop, { kind: 'drop-response' }) },
  { name: 'requests arrive twice', run: (shop) => badNetwork(shop, { kind: 'duplicate' }) },
  { name: 'gateway answers with a page', run: (shop) => badNetwork(shop, { kind: 'bad-gateway' }) },
  { name: 'nobody answers', run: (shop) => badNetwork(shop, { kind: 'hang' }) },
  { name: 'one byte a second', run: (shop) => badNetwork(shop, { kind: 'trickle' }) },
  { name: 'cable cut, long sale without it', run: (shop) => longOutage(shop) },
];

/** Brings the till to the point; a promise that resolves when the world outside has reached it. */
async function reach(shop: Shop, point: Point): Promise<void> {
  const { life, proxy, random } = shop;
  await life.till.addTile(random.integer(3));
  switch (point) {
    case 'cart':
      return;
    case 'tender':
      await life.till.startPaying();
      return;
    case 'pre-commit':
      await life.payWithoutAnswer();
      await delay(random.integer(60));
      return;
    case 'post-commit':
    case 'close':
      await life.payAndBeTold();
      if (point === 'close') await life.page().close({ runBeforeUnload: false });
      return;
    case 'push':
    case 'ack': {
      const seen = faultOnce(proxy, point === 'push' ? { kind: 'hang' } : { kind: 'drop-response' });
      await life.payAndBeTold();
      await seen;
    }
  }
}

/** The next push meets the fault; resolves when it does. */
function faultOnce(proxy: FaultProxy, fault: Fault): Promise<void> {
  return new Promise((resolve) => {
    proxy.setPlan(({ method, path }) => {
      if (method !== 'POST' || !path.startsWith(FACTS)) return null;
      resolve();
      return fault;
    });
  });
}

async function killBrowser(shop: Shop, point: Point): Promise<void> {
  await reach(shop, point);
  await shop.life.kill();
  shop.proxy.setPlan(null);
  await shop.life.open();
  await sellOn(shop);
}

/**
 * The receipt is on its way to the printer when the browser dies. The sale is final all the same, and whatever comes
 * out of the printer later is visibly a copy: nobody can hold two originals.
 */
async function killWhilePrinting(shop: Shop, isOnPaper: boolean): Promise<void> {
  const { life, proxy, printer } = shop;
  await life.till.choosePrinter('counter');
  await life.till.addTile(shop.random.integer(3));
  const before = printer.jobs.length;
  const seen = new Promise<void>((resolve) => {
    proxy.setPlan(({ path }) => {
      if (!path.startsWith(PRINT)) return null;
      resolve();
      return { kind: isOnPaper ? 'drop-response' : 'hang' };
    });
  });
  const told = await life.payAndBeTold();
  await life.till.find('print').click();
  await seen;
  if (isOnPaper) await printer.job(before + 1, 20_000);
  await life.kill();
  proxy.setPlan(null);
  await life.open();
  await life.till.find('open-transactions').click();
  await life.till.find(`transaction-${told.receiptNumber}`).click();
  await life.till.find('reprint').click();
  const papersOfIt = () => printer.jobs.slice(before).filter((job) => job.text.includes(told.receiptNumber));
  // A print that was not finished may come out by itself first.
  const deadline = Date.now() + PAPER_LIMIT_MS;
  while (!papersOfIt().some((job) => /COPY/i.test(job.text)) && Date.now() < deadline) await delay(50);
  const papers = papersOfIt();
  const originals = papers.filter((job) => !/COPY/i.test(job.text));
  if (originals.length === papers.length) shop.complain('the reprint is not marked as a copy');
  if (originals.length > 1) shop.complain(`${originals.length} original receipts came out`);
  for (const fault of papers.flatMap((job) => job.faults)) shop.complain(`the printer says: ${fault}`);
  await life.page().reload();
  await life.becomeReady();
  await sellOn(shop);
}

async function killServer(shop: Shop, point: Exclude<Point, 'cart' | 'tender' | 'close'>): Promise<void> {
  await reach(shop, point);
  await shop.server.kill();
  shop.proxy.setPlan(null);
  await backToSelling(shop);
  await shop.life.sell();
  const { pending } = await shop.life.till.status();
  if (pending < 1) shop.complain(`without a server the bar says that ${pending} are pending`);
  await shop.server.start();
  await sellOn(shop);
}

async function killPostgres(shop: Shop, point: 'post-commit' | 'push'): Promise<void> {
  await reach(shop, point);
  await shop.server.killPostgres();
  shop.proxy.setPlan(null);
  await backToSelling(shop);
  await sellOn(shop);
}

/** The order that made RxDB's own checkpoint lose a sale: clock steps, no network, reload, sale, network. */
async function stepClock(shop: Shop, offsetMs: number): Promise<void> {
  const { life, proxy } = shop;
  await life.sell();
  await everythingSynced(shop);
  proxy.disconnect();
  life.setClock(offsetMs);
  await life.useClock(life.page());
  await life.page().reload();
  await life.becomeReady();
  await life.sell();
  proxy.reconnect();
  await everythingSynced(shop);
  life.setClock(0);
  await life.close();
  await life.open();
  await sellOn(shop);
}

/** Newer code opens the same till in another window: the old window must stop before money is taken, not after. */
async function upgradeBehindTheBack(shop: Shop): Promise<void> {
  const { life } = shop;
  await life.sell();
  await everythingSynced(shop);
  await life.till.addTile(0);
  const newer = await life.page().context().newPage();
  await newer.goto(`${life.origin}/healthz`);
  // What a newer version says when it starts; this version has never heard of it.
  await newer.evaluate(() => {
    localStorage.setItem('tillandsia.generation-pos', '99');
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel of one origin has no target.
    new BroadcastChannel('tillandsia-writer-pos').postMessage({ generation: 99 });
  });
  await life.till.waitForScreen('trouble');
  const code = await life.till.find('trouble-screen').getAttribute('data-trouble');
  if (code !== 'UP-01') shop.complain(`the old window says ${code} instead of UP-01`);
  if (await life.till.find('pay').isVisible()) shop.complain('the old window still offers to take money');
  await newer.evaluate(() => localStorage.removeItem('tillandsia.generation-pos'));
  await newer.close();
  await life.close();
  await life.open();
  await sellOn(shop);
}

async function badNetwork(shop: Shop, fault: Fault): Promise<void> {
  const { life, proxy, random } = shop;
  proxy.setPlan(({ path }) => (path.startsWith('/api/') && random.chance(0.5) ? fault : null));
  for (let sale = 0; sale < 3; sale += 1) await life.sell(random.integer(3));
  proxy.setPlan(null);
  // What hangs is given up by the till itself; the next attempt goes through.
  await everythingSynced(shop);
}

async function longOutage(shop: Shop): Promise<void> {
  const { life, proxy, random } = shop;
  proxy.disconnect();
  const before = (await life.till.status()).pending;
  for (let sale = 0; sale < 5; sale += 1) await life.sell(random.integer(3));
  const { pending } = await life.till.status();
  if (pending !== before + 5)
    shop.complain(`5 sales without a network, and the bar went from ${before} to ${pending}`);
  await life.page().reload();
  await life.becomeReady();
  await sellOn(shop);
}

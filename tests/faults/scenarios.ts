// The faults, each as it happens in a shop. A scenario injects its fault into a till that is ready to sell and leaves
// behind a shop that is whole again: server and cable there, the till back on its sell screen with nothing pending.

import { setTimeout as delay } from 'node:timers/promises';
import { devTools } from '../support/browser-process.ts';
import type { Fault, FaultProxy } from '../support/fault-proxy.ts';
import { damageLog, indexedDbFolder, spoilCurrent, truncateLog } from '../support/profile-damage.ts';
import type { SeededRandom } from '../support/seeded-random.ts';
import type { ServerProcess } from '../support/server-process.ts';
import type { LifeOfATill } from './life-of-a-till.ts';

export type Shop = {
  readonly server: ServerProcess;
  readonly proxy: FaultProxy;
  readonly life: LifeOfATill;
  readonly random: SeededRandom;
  /** Sentences about anything that was not as it must be. */
  readonly complain: (sentence: string) => void;
};

export type Scenario = { readonly name: string; run(shop: Shop): Promise<void> };

const POINTS = ['cart', 'tender', 'pre-commit', 'post-commit', 'push', 'ack', 'close'] as const;
type Point = (typeof POINTS)[number];

const FACTS = '/api/v1/facts';
const SYNCED_LIMIT_MS = 90_000;

export const SCENARIOS: readonly Scenario[] = [
  ...POINTS.map((point) => ({
    name: `browser killed at ${point}`,
    run: (shop: Shop) => killBrowser(shop, point),
  })),
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
  { name: 'disk full', run: (shop) => fillQuota(shop) },
  { name: 'storage cleared while selling', run: (shop) => clearStorage(shop) },
  { name: 'end of the log gone', run: (shop) => loseTail(shop) },
  { name: 'bytes of the log damaged', run: (shop) => damageBytes(shop) },
  { name: 'database cannot be opened', run: (shop) => spoilManifest(shop) },
  { name: 'half of the answers lost', run: (shop) => badNetwork(shop, { kind: 'drop-response' }) },
  { name: 'requests arrive twice', run: (shop) => badNetwork(shop, { kind: 'duplicate' }) },
  { name: 'gateway answers with a page', run: (shop) => badNetwork(shop, { kind: 'bad-gateway' }) },
  { name: 'nobody answers', run: (shop) => badNetwork(shop, { kind: 'hang' }) },
  { name: 'one byte a second', run: (shop) => badNetwork(shop, { kind: 'trickle' }) },
  { name: 'cable cut, long sale without it', run: (shop) => longOutage(shop) },
];

/** Everything the till has is on the server, and the bar says so. */
export async function everythingSynced(shop: Shop): Promise<void> {
  shop.proxy.setPlan(null);
  shop.proxy.reconnect();
  await shop.life.till.waitForStatus({ pending: 0 }, SYNCED_LIMIT_MS);
}

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

async function fillQuota(shop: Shop): Promise<void> {
  const { life } = shop;
  const session = await devTools(life.page());
  await life.till.addTile(0);
  await session.send('Storage.overrideQuotaForOrigin', { origin: life.origin, quotaSize: 1 });
  const due = await life.till.startPaying();
  life.openQuestions.push({ totalMinor: due });
  await life.till.pressTake();
  // Either the room kept aside carries this sale, or it is refused before it is told; nothing in between.
  await life
    .page()
    .waitForFunction(
      () =>
        document.querySelector('[data-testid="finished-screen"]') !== null ||
        (document.querySelector('[data-testid="pay-problem"]')?.textContent ?? '').trim() !== '' ||
        document.querySelector('[data-testid="trouble-screen"]') !== null,
      undefined,
      { timeout: 15_000 },
    );
  const isTold = (await life.till.screen()) === 'finished';
  if (isTold) {
    life.openQuestions.pop();
    life.told.push(await life.till.waitForFinish());
  }
  await session.send('Storage.overrideQuotaForOrigin', { origin: life.origin });
  await life.page().reload();
  await life.becomeReady();
  if (!isTold) {
    // The same cart completes now.
    life.openQuestions.pop();
    if ((await life.till.lineCount()) === 0) shop.complain('the refused cart is gone');
    else {
      await life.payAndBeTold();
      await life.till.newSale();
    }
  }
  await sellOn(shop);
}

async function clearStorage(shop: Shop): Promise<void> {
  const { life } = shop;
  await life.sell();
  await everythingSynced(shop);
  const session = await devTools(life.page());
  await session.send('Storage.clearDataForOrigin', { origin: life.origin, storageTypes: 'all' });
  await expectNoSaleIsTold(shop);
  await life.close();
  await life.open();
  await sellOn(shop);
}

/** With its storage gone a till may not tell anybody that a sale is final. */
async function expectNoSaleIsTold(shop: Shop): Promise<void> {
  const { life } = shop;
  if ((await life.till.screen()) !== 'sell') return;
  await life.till.addTile(0);
  if ((await life.till.screen()) !== 'sell') return;
  if (await life.till.find('pay').isDisabled()) return;
  const due = await life.till.startPaying().catch(() => null);
  if (due === null) return;
  await life.till.pressTake();
  await delay(2000);
  if ((await life.till.screen()) === 'finished')
    shop.complain('a sale was told after the storage was cleared');
}

/** The end of the log is cut off; everything had been delivered, so nothing may be missing afterwards. */
async function loseTail(shop: Shop): Promise<void> {
  const { life, random } = shop;
  for (let sale = 0; sale < 3; sale += 1) await life.sell(sale);
  await everythingSynced(shop);
  await life.close();
  truncateLog(indexedDbFolder(life.profile, life.origin), 0.05 + random.next() * 0.45);
  await life.open();
  await sellOn(shop);
}

async function damageBytes(shop: Shop): Promise<void> {
  const { life, random } = shop;
  await life.sell();
  await everythingSynced(shop);
  await life.close();
  damageLog(indexedDbFolder(life.profile, life.origin), 500, random);
  await life.open();
  await sellOn(shop);
}

async function spoilManifest(shop: Shop): Promise<void> {
  const { life } = shop;
  await life.sell();
  await everythingSynced(shop);
  await life.close();
  const folder = indexedDbFolder(life.profile, life.origin);
  spoilCurrent(folder);
  const before = life.troubles.length;
  await life.openBrowser();
  const screen = await life.till.waitForScreen('trouble', 'enrol', 'sign-on', 'sell');
  if (screen === 'sell') shop.complain('a till whose database cannot be opened shows the sell screen');
  await life.becomeReady().catch(async () => {
    // A person from outside removes what cannot be read; the till must then not take itself for a new one in silence.
    await life.kill();
    const { rmSync } = await import('node:fs');
    rmSync(folder, { recursive: true, force: true });
    await life.open();
  });
  if (screen === 'trouble' && life.troubles.length === before)
    shop.complain('a spoilt database was not said');
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

/** From wherever the sale was left to an empty sell screen; an open cart goes on as it is. */
async function backToSelling({ life }: Shop): Promise<void> {
  const screen = await life.till.waitForScreen('sell', 'pay', 'finished', 'trouble');
  if (screen === 'pay') {
    const finished = await life.till.waitForFinish().catch(() => null);
    if (finished !== null) {
      life.openQuestions.pop();
      life.told.push(finished);
    }
  }
  await life.becomeReady();
}

/** One more sale on a whole shop, and everything delivered. */
async function sellOn(shop: Shop): Promise<void> {
  shop.proxy.setPlan(null);
  shop.proxy.reconnect();
  await shop.life.sell();
  await everythingSynced(shop);
}

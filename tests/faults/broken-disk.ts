// What a disk and a browser do to a till's storage: fill it, clear it, cut off its end, overwrite bytes in it, lose the
// way into it. With everything delivered nothing may be missing afterwards. What was not delivered may be gone from the
// disk, and then the till says so, names it in its journal, brings what is whole to the server and goes on in a new
// epoch without using a number again.

import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseReceiptNumber } from '../../shared/domain/journal.ts';
import { devTools } from '../support/browser-process.ts';
import { damageLog, indexedDbFolder, spoilCurrent, truncateLog } from '../support/profile-damage.ts';
import { everythingSynced, sellOn, type Scenario, type Shop } from './shop.ts';

export const BROKEN_DISK: readonly Scenario[] = [
  { name: 'disk full', run: (shop) => fillQuota(shop) },
  { name: 'storage cleared while selling', run: (shop) => clearStorage(shop) },
  { name: 'end of the log gone', run: (shop) => loseTail(shop) },
  {
    name: 'end of the log gone with undelivered sales, server there at the start',
    run: (shop) => loseUndelivered(shop, { isServerThere: true }),
  },
  {
    name: 'end of the log gone with undelivered sales, no server at the start',
    run: (shop) => loseUndelivered(shop, { isServerThere: false }),
  },
  { name: 'bytes of the log damaged', run: (shop) => damageBytes(shop) },
  { name: 'bytes of the log damaged with undelivered sales', run: (shop) => damageUndelivered(shop) },
  { name: 'database cannot be opened', run: (shop) => spoilManifest(shop) },
];

const UNDELIVERED = 4;
const SAYS_IT_WITHIN_MS = 15_000;

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
  const screen = await life.till.waitForScreen('trouble', 'enrol', 'sign-on', 'open-till', 'sell');
  if (screen === 'sell') shop.complain('a till whose database cannot be opened shows the sell screen');
  await life.becomeReady().catch(async () => {
    // A person from outside removes what cannot be read; the till must then not take itself for a new one in silence.
    await life.kill();
    rmSync(folder, { recursive: true, force: true });
    await life.open();
  });
  if (screen === 'trouble' && life.troubles.length === before)
    shop.complain('a spoilt database was not said');
  await sellOn(shop);
}

/** Sells without a network onto a fresh log, so that whatever is cut off it had not been delivered. */
async function sellUndelivered(shop: Shop): Promise<readonly string[]> {
  const { life, proxy, random } = shop;
  await life.sell();
  await everythingSynced(shop);
  await life.till.isReadyForOffline();
  proxy.disconnect();
  // The browser goes on in the same log: a deep cut takes what was there before these sales as well.
  await life.close();
  await life.open();
  const receipts: string[] = [];
  for (let sale = 0; sale < UNDELIVERED; sale += 1) {
    receipts.push((await life.sell(random.integer(3))).receiptNumber);
  }
  await life.close();
  life.putAtRisk(receipts);
  return receipts;
}

async function loseUndelivered(shop: Shop, given: { readonly isServerThere: boolean }): Promise<void> {
  const { life, proxy, random } = shop;
  const receipts = await sellUndelivered(shop);
  truncateLog(indexedDbFolder(life.profile, life.origin), 0.1 + random.next() * 0.8);
  if (given.isServerThere) {
    proxy.reconnect();
    await life.open();
  } else await goOnWithoutServer(shop);
  const next = await life.sell();
  await everythingSynced(shop);
  if (!life.troubles.some((code) => ['JR-01', 'JR-02', 'EN-02'].includes(code)))
    shop.complain(`sales were cut off the disk, and the till said only "${life.troubles.join(' ')}"`);
  const last = receipts.at(-1) ?? '';
  if (epochOf(next.receiptNumber) <= epochOf(last) && life.troubles.every((code) => code !== 'EN-02'))
    shop.complain(`after ${last} came ${next.receiptNumber}: no new epoch began`);
  await sellOn(shop);
}

/** The till names what is missing; a person tries the server once, and then decides to go on without it. */
async function goOnWithoutServer(shop: Shop): Promise<void> {
  const { life } = shop;
  await life.openBrowser();
  const seen = await life.till.waitForScreen('trouble', 'enrol', 'sign-on', 'open-till', 'sell');
  // Who sells may be asked while the journal is still being read.
  const screen = seen === 'sign-on' ? await troubleWithin(shop, SAYS_IT_WITHIN_MS) : seen;
  if (screen !== 'trouble') {
    // Without its identity a till can only be enrolled anew, and that needs the server.
    if (screen === 'enrol') shop.proxy.reconnect();
    else shop.complain(`with its end cut off the till shows "${screen}" without a word`);
    return life.becomeReady();
  }
  const trouble = life.till.find('trouble-screen');
  const code = await trouble.getAttribute('data-trouble');
  const words = (await trouble.textContent()) ?? '';
  if (code !== 'JR-02') shop.complain(`the till says ${code} instead of JR-02`);
  if (!/missing: \d+ to \d+/.test(words)) shop.complain(`the till does not name what is missing: ${words}`);
  life.troubles.push(code ?? '?');
  await life.till.find('trouble-retry').click();
  await delay(500);
  await life.till.waitForScreen('trouble');
  await life.till.find('trouble-start-new-epoch').click();
  // Were its settings cut off too, it says that it cannot go on without the server.
  const waits = life.till.find('waits-for-server-screen');
  const ready = life.page().locator('[data-testid="sign-on-screen"], [data-testid="sell-screen"]');
  await waits.or(ready).first().waitFor();
  if (await waits.isVisible()) shop.proxy.reconnect();
  await life.becomeReady();
  // Nor is there anything to sell when the catalogue was cut off.
  const goods = life.till.tiles().first().waitFor({ timeout: SAYS_IT_WITHIN_MS });
  await goods.catch(() => shop.proxy.reconnect());
}

async function troubleWithin({ life }: Shop, limitMs: number): Promise<'trouble' | 'sign-on'> {
  const trouble = life.till.find('trouble-screen').waitFor({ timeout: limitMs });
  return trouble.then(() => 'trouble' as const).catch(() => 'sign-on' as const);
}

async function damageUndelivered(shop: Shop): Promise<void> {
  const { life, proxy, random } = shop;
  await sellUndelivered(shop);
  damageLog(indexedDbFolder(life.profile, life.origin), 500, random);
  proxy.reconnect();
  await life.open();
  await sellOn(shop);
}

function epochOf(receiptNumber: string): number {
  const parts = parseReceiptNumber(receiptNumber);
  if (!parts.ok) throw new Error(`${receiptNumber} is no receipt number`);
  return parts.value.epoch;
}

// A new version of the app is offered only when a reload would hurt nothing: never with goods in the cart, never while
// money is being taken or an entry is on its way, and it is never forced. The new version is a real second build of the
// app, with another version in it, put under the same running address as an upgrade of the server does.

import { expect, test } from './fixtures.ts';
import { Till } from './till.ts';
import { findNewVersion, UpgradableShop } from './upgradable-shop.ts';
import { watchContext } from './watch-page.ts';

const NEXT_VERSION = '9.9.9-next';

async function versionOf(till: Till): Promise<string> {
  await till.find('open-settings').click();
  const version = (await till.find('fact-version').locator('dd').textContent()) ?? '';
  await till.find('settings-close').click();
  await till.find('settings').waitFor({ state: 'detached' });
  return version;
}

test('a second build is offered when nothing would be hurt, and takes everything over', async ({
  browser,
  // Its start has built the apps.
  server: _server,
  contextOptions,
}) => {
  test.setTimeout(240_000);
  const shop = new UpgradableShop({ version: NEXT_VERSION });
  try {
    await shop.open();
    const { proxy } = shop;
    const context = await browser.newContext(contextOptions);
    const watch = await watchContext(context, proxy.url);
    const till = new Till(await context.newPage(), proxy.url);
    await till.enrolAndSignOn();
    const oldVersion = await versionOf(till);
    const first = await till.sell(0);
    await till.waitForStatus({ pending: 0 });
    await till.isReadyForOffline();
    await till.page.reload();
    await till.becomeReady();
    const other = new Till(await context.newPage(), proxy.url);
    await other.open();
    await other.waitForReadOnly();
    await till.addTile(1);

    // The shop is upgraded in the middle of a sale: the old files are gone from the server.
    watch.expectLostConnections();
    await shop.upgrade();
    await till.waitForStatus({ connection: 'online' });
    await findNewVersion(till);
    const offer = till.find('update-offer');
    await expect(offer).toHaveCount(0);
    // What this version fetches only when it is needed still comes, out of what it has kept.
    await till.page.keyboard.press('F10');
    await till.find('settings-close').click();
    await expect(till.find('fact-version')).toHaveCount(0);
    await till.startPaying();
    await expect(offer).toHaveCount(0);

    // Nor while an entry is on its way: the answer to the push of this sale is held back.
    proxy.setPlan(({ method, path: place }) =>
      method === 'POST' && place.startsWith('/api/v1/facts') ? { kind: 'delay', delayMs: 9000 } : null,
    );
    await till.pressTake();
    const second = await till.waitForFinish();
    await expect(offer).toHaveCount(0);
    await till.newSale();
    expect(await till.lineCount()).toBe(0);
    for (let look = 0; look < 6; look += 1) {
      expect(await offer.count()).toBe(0);
      await till.page.waitForTimeout(1000);
    }
    expect((await till.status()).pending).toBeGreaterThan(0);
    proxy.setPlan(null);
    await till.waitForStatus({ pending: 0 });
    await expect(offer).toBeVisible();

    // Goods in the cart take the offer away again.
    await till.addTile(0);
    await expect(offer).toHaveCount(0);
    const third = await till.payExactly();
    await till.newSale();
    await till.waitForStatus({ pending: 0 });
    await expect(offer).toBeVisible();
    expect(await versionOf(till)).toBe(oldVersion);

    // The cashier says so: this window changes over, and so does the old one beside it.
    const reloads = [till.page, other.page].map((page) => page.waitForEvent('load'));
    await till.find('update-now').click();
    await Promise.all(reloads);
    const writer = await Promise.race([
      till.waitForScreen('sign-on', 'sell').then(() => till),
      other.waitForScreen('sign-on', 'sell').then(() => other),
    ]);
    await writer.becomeReady();
    await expect(writer.find('update-offer')).toHaveCount(0);
    expect(oldVersion).not.toBe(NEXT_VERSION);
    expect(await versionOf(writer)).toBe(NEXT_VERSION);
    await (writer === till ? other : till).waitForReadOnly();

    // Everything is still there, and the journal goes on where it was.
    const fourth = await writer.sell(2);
    await writer.waitForStatus({ pending: 0 });
    await writer.find('open-transactions').click();
    for (const told of [first, second, third, fourth]) {
      await expect(writer.find(`transaction-${told.receiptNumber}`)).toBeVisible();
    }
    expect(
      new Set([first, second, third, fourth].map(({ receiptNumber }) => receiptNumber.slice(0, 7))).size,
    ).toBe(1);
    expect(watch.offences).toEqual([]);
    await context.close();
  } finally {
    await shop.close();
  }
});

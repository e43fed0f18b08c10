// A new version of the app is offered only when a reload would hurt nothing: never with goods in the cart, never while
// money is being taken, and it is never forced.

import { startFaultProxy } from '../support/fault-proxy.ts';
import { expect, test } from './fixtures.ts';
import { Till } from './till.ts';
import { watchContext } from './watch-page.ts';

test('an update waits for an empty cart, and is taken when the cashier says so', async ({
  browser,
  server,
  contextOptions,
}) => {
  const proxy = await startFaultProxy({ host: '127.0.0.1', port: server.port });
  const context = await browser.newContext(contextOptions);
  const watch = await watchContext(context, proxy.url);
  const till = new Till(await context.newPage(), proxy.url);
  await till.enrolAndSignOn();
  await till.isReadyForOffline();
  await till.page.reload();
  await till.becomeReady();
  await till.addTile(0);

  // From now on the server has another version of the app.
  proxy.setPlan(({ path }) =>
    path.startsWith('/pos/service-worker.js')
      ? { kind: 'append-text', text: '\n// a newer version\n' }
      : null,
  );
  await till.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const isWaiting = async (): Promise<void> => {
      for (let look = 0; look < 200 && registration.waiting === null; look += 1) {
        await new Promise((resolve) => {
          setTimeout(resolve, 50);
        });
      }
    };
    await isWaiting();
    if (registration.waiting === null) throw new Error('no new version is waiting');
  });
  await expect(till.find('update-offer')).toHaveCount(0);
  await till.startPaying();
  await expect(till.find('update-offer')).toHaveCount(0);
  await till.pressTake();
  const told = await till.waitForFinish();
  await expect(till.find('update-offer')).toHaveCount(0);

  await till.newSale();
  await till.waitForStatus({ pending: 0 });
  await expect(till.find('update-offer')).toBeVisible();
  await Promise.all([till.page.waitForEvent('load'), till.find('update-now').click()]);
  await till.becomeReady();
  await expect(till.find('update-offer')).toHaveCount(0);
  await till.find('open-transactions').click();
  await expect(till.find(`transaction-${told.receiptNumber}`)).toBeVisible();
  expect(watch.offences).toEqual([]);
  await context.close();
  await proxy.close();
});

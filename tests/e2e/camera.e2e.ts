// Scanning with the camera, with a video as Chromium's camera: bars, a Digital Link as QR code, nothing; a camera that is not
// allowed; an engine that does not load. The page asks no other origin for anything.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type BrowserContextOptions } from 'playwright';
import { writeCameraVideo, type Scene } from '../support/camera-video.ts';
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts';
import type { ServerDatabase } from '../support/server-database.ts';
import { expect, test } from './fixtures.ts';
import { Till } from './till.ts';
import { watchContext, type Watch } from './watch-page.ts';

type Goods = { code: string; sku: string };

async function twoGoods(database: ServerDatabase): Promise<readonly [Goods, Goods]> {
  const found = await database<Goods[]>`
    select ltrim(item_barcode.code, '0') as code, item.sku from item_barcode join item on item.id = item_barcode.item_id
      where item.body like '%"unit":"piece"%' and length(ltrim(item_barcode.code, '0')) = 13
        and (select count(*) from item_barcode other where other.code = item_barcode.code) = 1
      order by item.ordinal limit 2`;
  const [first, second] = found;
  if (first === undefined || second === undefined) throw new Error('the demo store has no such goods');
  return [first, second];
}

/** Runs `use` in a browser whose camera shows the scenes again and again. */
async function withCamera(
  scenes: readonly Scene[],
  given: {
    readonly origin: string;
    readonly isAllowed?: boolean;
    /** Lines of the console that belong to the test. */
    readonly expects?: RegExp;
    readonly options?: BrowserContextOptions;
  },
  use: (context: BrowserContext, watch: Watch) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-camera-'));
  const video = path.join(folder, 'camera.y4m');
  writeCameraVideo(video, scenes);
  const isAllowed = given.isAllowed !== false;
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      ...CHROMIUM_FLAGS,
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
      ...(isAllowed ? ['--use-fake-ui-for-media-stream'] : ['--deny-permission-prompts']),
    ],
  });
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...(isAllowed && { permissions: ['camera'] }),
      ...given.options,
    });
    const watch = await watchContext(context, given.origin);
    await use(context, watch);
    expect(watch.offences.filter((offence) => given.expects?.test(offence) !== true)).toEqual([]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

test('bars and a Digital Link are sold from the camera, a blank picture sells nothing', async ({
  server,
  database,
}) => {
  const [bars, link] = await twoGoods(database);
  const scenes: readonly Scene[] = [
    { seconds: 2, shows: 'nothing' },
    { seconds: 2, shows: { ean13: bars.code } },
    { seconds: 2, shows: 'nothing' },
    { seconds: 2, shows: { qr: `https://id.gs1.org/01/0${link.code}/10/L0T-7` } },
  ];
  await withCamera(scenes, { origin: server.url }, async (context) => {
    const till = new Till(await context.newPage(), server.url);
    await till.enrolAndSignOn();
    await till.find('camera-open').click();
    await expect(till.find('camera-view')).toHaveAttribute('data-state', 'looking');
    await expect(till.find('line-1')).toHaveAttribute('data-sku', /./);
    await expect(till.find('line-2')).toHaveAttribute('data-sku', /./);
    const sold = await Promise.all(
      [1, 2].map((line) => till.find(`line-${String(line)}`).getAttribute('data-sku')),
    );
    expect(new Set(sold)).toEqual(new Set([bars.sku, link.sku]));
    await expect(till.find('camera-torch')).toHaveCount(0);
    await till.find('camera-typed').fill(bars.code);
    await till.find('camera-take').click();
    await till.find('camera-close').click();
    const lines = await till.lineCount();
    expect(lines).toBe(2);
    // The lamp of the camera is out: nothing looks any more.
    expect(await till.page.evaluate(() => document.querySelectorAll('video').length)).toBe(0);
  });
});

test('a camera that is not allowed says so, and the number can be typed', async ({ server, database }) => {
  const [goods] = await twoGoods(database);
  const scenes: readonly Scene[] = [{ seconds: 1, shows: 'nothing' }];
  await withCamera(scenes, { origin: server.url, isAllowed: false }, async (context) => {
    const till = new Till(await context.newPage(), server.url);
    await till.enrolAndSignOn();
    await till.find('camera-open').click();
    await expect(till.find('camera-trouble')).toHaveAttribute('data-code', 'camera-not-allowed');
    await till.find('camera-typed').fill(goods.code);
    await till.find('camera-take').click();
    await expect(till.find('line-1')).toHaveAttribute('data-sku', goods.sku);
  });
});

test('a camera that is taken away says so, and is there again when it is asked for', async ({
  server,
  database,
}) => {
  const [goods] = await twoGoods(database);
  const scenes: readonly Scene[] = [
    { seconds: 4, shows: 'nothing' },
    { seconds: 2, shows: { ean13: goods.code } },
  ];
  await withCamera(scenes, { origin: server.url }, async (context) => {
    const till = new Till(await context.newPage(), server.url);
    await till.enrolAndSignOn();
    await till.find('camera-open').click();
    await expect(till.find('camera-view')).toHaveAttribute('data-state', 'looking');
    // What a browser tells of a camera whose cable is pulled out; Chromium's own fake has none.
    await till.page.locator('video').evaluate((video: HTMLVideoElement) => {
      const stream = video.srcObject;
      if (!(stream instanceof MediaStream)) throw new Error('the camera shows nothing');
      for (const track of stream.getVideoTracks()) track.dispatchEvent(new Event('ended'));
    });
    await expect(till.find('camera-trouble')).toHaveAttribute('data-code', 'unplugged');
    await till.find('camera-again').click();
    await expect(till.find('line-1')).toHaveAttribute('data-sku', goods.sku, { timeout: 40_000 });
  });
});

test('where the engine does not load, the basic decoder reads the bars', async ({ server, database }) => {
  const [goods] = await twoGoods(database);
  const scenes: readonly Scene[] = [{ seconds: 2, shows: { ean13: goods.code } }];
  const options: BrowserContextOptions = { serviceWorkers: 'block' };
  const expects = /zxing\.worker|zxing_reader|ERR_FAILED/;
  await withCamera(scenes, { origin: server.url, expects, options }, async (context) => {
    await context.route('**/*.wasm', (route) => route.abort());
    const till = new Till(await context.newPage(), server.url);
    await till.enrolAndSignOn();
    await till.find('camera-open').click();
    await expect(till.find('line-1')).toHaveAttribute('data-sku', goods.sku, { timeout: 40_000 });
  });
});

test('the kiosk shows the price of what its camera sees', async ({ server, database }) => {
  const [goods] = await twoGoods(database);
  const scenes: readonly Scene[] = [{ seconds: 2, shows: { ean13: goods.code } }];
  await withCamera(scenes, { origin: server.url }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${server.url}/kiosk/`);
    const demo = page.getByTestId('enrol-demo');
    const open = page.getByTestId('camera-open');
    await demo.or(open).first().waitFor();
    if (await demo.isVisible()) await demo.click();
    await open.click();
    await expect(page.getByTestId('item-card')).toHaveAttribute('data-sku', goods.sku);
  });
});

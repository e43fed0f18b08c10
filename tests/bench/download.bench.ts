// JavaScript that has to come over the network before something stands on the screen, and before the till can sell:
// bytes on the wire (compressed) of a first visit over a slow line, so that a file counts for the first paint only if
// the paint really waited for it. The service worker's own fetching for later is not counted.

import { get } from 'node:http';
import type { CDPSession } from 'playwright';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import type { Bench } from './bench.ts';
import { limited, told, type Row } from './row.ts';
import { openBrowser, withProfile } from './till-rig.ts';

/** About a weak mobile connection: slow enough that order and need decide, not luck. */
const LINE = { offline: false, latency: 80, downloadThroughput: 200_000, uploadThroughput: 100_000 };

type Download = { readonly path: string; readonly bytes: number; readonly atMs: number };

export const download: Bench = {
  name: 'download',
  about: 'compressed JavaScript until first paint and until ready to sell',
  async run({ say }) {
    const server = await startServer({ env: { DEMO_ITEMS: '600' } });
    try {
      return await withProfile((profile) => measureDownload(profile, server, say));
    } finally {
      await server.dispose();
    }
  },
};

async function measureDownload(
  profile: string,
  server: ServerProcess,
  say: (text: string) => void,
): Promise<readonly Row[]> {
  const { till, page, browser } = await openBrowser(profile, server);
  try {
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Network.enable');
    await devTools.send('Network.emulateNetworkConditions', LINE);
    const downloads = watchScripts(devTools);
    await till.open();
    await till.waitForScreen('enrol');
    const paintedAt = await page.evaluate(
      () =>
        performance.timeOrigin +
        (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
    );
    await till.find('enrol-demo').click();
    await till.signOn();
    const readyAt = Date.now();
    const untilReady = new Map<string, number>(
      downloads.filter(({ atMs }) => atMs <= readyAt).map(({ path, bytes }) => [path, bytes]),
    );
    // Scripts of workers do not pass through the page's DevTools session; its list of resources names them.
    const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    for (const path of names.map((name) => new URL(name).pathname)) {
      if (path.endsWith('.js') && !untilReady.has(path))
        untilReady.set(path, await compressedBytes(`${server.url}${path}`));
    }
    const beforePaint = downloads.filter(({ atMs }) => atMs <= paintedAt);
    for (const [path, bytes] of untilReady)
      say(
        `${path} ${(bytes / 1000).toFixed(1)} kB${beforePaint.some((file) => file.path === path) ? ', before first paint' : ''}`,
      );
    const kilobytes = (bytes: Iterable<number>): number =>
      [...bytes].reduce((sum, each) => sum + each, 0) / 1000;
    return [
      limited('compressed JavaScript until first paint', kilobytes(beforePaint.map(({ bytes }) => bytes)), {
        unit: 'kB',
        atMost: 60,
      }),
      limited('compressed JavaScript until ready to sell', kilobytes(untilReady.values()), {
        unit: 'kB',
        atMost: 260,
      }),
      told('scripts until ready to sell', untilReady.size, 'files'),
    ];
  } finally {
    await browser.close();
  }
}

function compressedBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve(bytes));
      response.on('error', reject);
    }).on('error', reject);
  });
}

/** Scripts that have arrived completely, with their bytes on the wire, as they come. */
function watchScripts(devTools: CDPSession): readonly Download[] {
  const downloads: Download[] = [];
  const paths = new Map<string, string>();
  let wallClockOffsetMs = 0;
  devTools.on('Network.requestWillBeSent', ({ requestId, request, wallTime, timestamp }) => {
    wallClockOffsetMs = (wallTime - timestamp) * 1000;
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('.js')) paths.set(requestId, pathname);
  });
  devTools.on('Network.loadingFinished', ({ requestId, encodedDataLength, timestamp }) => {
    const path = paths.get(requestId);
    if (path !== undefined)
      downloads.push({ path, bytes: encodedDataLength, atMs: timestamp * 1000 + wallClockOffsetMs });
  });
  return downloads;
}

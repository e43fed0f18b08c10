// Serves the page of the plain ways and the items it fetches, from one address on this machine.

import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { demoItems } from '../../sync-server/demo/demo-items.ts';
import { startBrowser, makeProfile, removeProfile } from '../support/browser-process.ts';
import type { BaselineKind, RunBaseline } from './baselines/baseline-page.ts';
import { installPeer } from './peers.ts';

const SEED = 20_261_121;

export type Baselines = {
  /** Milliseconds from the first fetch to everything stored, in a browser profile of its own. */
  run(kind: BaselineKind): Promise<number>;
  close(): Promise<void>;
};

/** Builds the page, makes `count` items and serves both. */
export async function startBaselines(count: number): Promise<Baselines> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-baseline-'));
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./baselines', import.meta.url)),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'chrome120', modulePreload: { polyfill: false } },
  });
  const pouch = readFileSync(
    path.join(await installPeer('pouchdb'), 'node_modules/pouchdb/dist/pouchdb.min.js'),
  );
  const items = Array.from(demoItems(count, SEED), ({ item }) => JSON.stringify(item));
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const range = /^\/items\/(\d+)\/(\d+)$/.exec(url);
    if (range !== null) {
      const from = Number(range[1]);
      response.setHeader('content-type', 'application/json');
      response.end(`[${items.slice(from, from + Number(range[2])).join(',')}]`);
      return;
    }
    if (url === '/pouchdb.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(pouch);
      return;
    }
    try {
      const file = url === '/' ? 'index.html' : path.basename(url);
      const body = readFileSync(path.join(folder, url.startsWith('/assets/') ? 'assets' : '.', file));
      response.setHeader('content-type', file.endsWith('.js') ? 'text/javascript' : 'text/html');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address of this type.
  const { port } = server.address() as AddressInfo;
  return {
    run: (kind) => runInFreshBrowser(`http://127.0.0.1:${port}/`, kind, count),
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function runInFreshBrowser(url: string, kind: BaselineKind, count: number): Promise<number> {
  const profile = makeProfile();
  const browser = await startBrowser(profile);
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    await page.goto(url);
    const { ms, stored } = await page.evaluate(
      ([asked, items]) => (window as unknown as { runBaseline: RunBaseline }).runBaseline(asked, items),
      [kind, count] as const,
    );
    if (stored !== count) throw new Error(`${kind} stored ${stored} of ${count} items`);
    return ms;
  } finally {
    await browser.close();
    removeProfile(profile);
  }
}

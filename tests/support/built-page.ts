// A page of tests/support, built with the product's own settings and served to Chromium without a network: what it asks of any
// other origin is refused and remembered.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { build, loadConfigFromFile } from 'vite';
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  png: 'image/png',
};

export type BuiltPage = {
  readonly page: Page;
  /** Addresses of other origins that were asked for. */
  readonly strangers: readonly string[];
  /** Serves a file below an address of the page's own origin. */
  serve(address: string, file: string): void;
  close(): Promise<void>;
};

/** Builds `tests/support/<name>` and opens it. */
export async function openBuiltPage(name: string): Promise<BuiltPage> {
  const folder = mkdtempSync(path.join(tmpdir(), `tillandsia-${name}-`));
  const config = await loadConfigFromFile(
    { command: 'build', mode: 'pos' },
    path.join(ROOT, 'vite.config.ts'),
  );
  await build({
    configFile: false,
    root: path.join(ROOT, 'tests/support', name),
    logLevel: 'error',
    resolve: { alias: config?.config.resolve?.alias ?? {} },
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_FLAGS],
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  const strangers: string[] = [];
  const files = new Map<string, string>();
  const origin = `http://localhost:9`;
  await context.route('**/*', (route) => {
    const address = new URL(route.request().url());
    if (address.origin !== origin) {
      strangers.push(address.href);
      return route.abort();
    }
    const own = address.pathname === '/' ? 'index.html' : address.pathname.slice(1);
    const file = files.get(address.pathname) ?? path.join(folder, own);
    const contentType = TYPES[path.extname(file).slice(1)] ?? 'application/octet-stream';
    return route.fulfill({ body: readFileSync(file), contentType });
  });
  await page.goto(`${origin}/`);
  return {
    page,
    strangers,
    serve: (address, file) => {
      files.set(address, file);
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}

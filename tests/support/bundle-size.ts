// How much JavaScript a person waits for, compressed as the server sends it (Brotli), from a finished build:
//   first paint    what index.html starts with, and the sentences of one language
//   ready to sell  that, and what the till loads until the sell screen stands: composition, workers, the watch for updates
// Usage: npx tsx tests/support/bundle-size.ts [pos|kiosk …]; exits 1 when a goal is missed.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';

export type BundleSize = {
  readonly app: string;
  readonly firstPaintBytes: number;
  readonly readyToSellBytes: number;
};

export const FIRST_PAINT_GOAL_BYTES = 60_000;
export const READY_TO_SELL_GOAL_BYTES = 260_000;

/** Asked for by the page itself on its way to the sell screen; what they import comes with them. */
const UNTIL_READY = /^(till|catalogue\.worker|argon2\.worker|workbox-window[\w.]*)-/;
const ONE_LANGUAGE = /^en-/;

/** Measures the build of one app below `.build`; throws when there is none. */
export function measureBundle(app: string, buildFolder = path.resolve('.build')): BundleSize {
  const folder = path.join(buildFolder, app);
  const assets = path.join(folder, 'assets');
  const scripts = readdirSync(assets).filter((file) => file.endsWith('.js'));
  const sizeOf = (file: string): number => brotliCompressSync(readFileSync(path.join(assets, file))).length;
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const entries = [...page.matchAll(/<script[^>]* src="[^"]*\/assets\/([\w.-]+\.js)"/g)].flatMap(
    ([, file]) => file ?? [],
  );
  if (entries.length === 0) throw new Error(`${folder}/index.html starts no script.`);
  const first = new Set([
    ...entries.flatMap((entry) => [...withStaticImports(entry, assets)]),
    ...scripts.filter((file) => ONE_LANGUAGE.test(file)),
  ]);
  const ready = scripts
    .filter((file) => UNTIL_READY.test(file))
    .flatMap((file) => [...withStaticImports(file, assets)]);
  const sum = (files: Iterable<string>): number =>
    [...files].reduce((total, file) => total + sizeOf(file), 0);
  return { app, firstPaintBytes: sum(first), readyToSellBytes: sum(new Set([...first, ...ready])) };
}

/** The script and all scripts that must be there before it runs. */
function withStaticImports(file: string, assets: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(path.join(assets, file), 'utf8');
  for (const match of source.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    if (match[1] !== undefined) withStaticImports(match[1], assets, seen);
  }
  return seen;
}

function main(given: readonly string[]): number {
  if (given.includes('--help')) {
    console.log('usage: npx tsx tests/support/bundle-size.ts [pos|kiosk …]   sizes of the finished builds');
    return 0;
  }
  let [passed, failed] = [0, 0];
  for (const app of given.length > 0 ? given : ['pos', 'kiosk']) {
    const size = measureBundle(app);
    for (const [name, bytes, goal] of [
      ['first paint', size.firstPaintBytes, FIRST_PAINT_GOAL_BYTES],
      ['ready to sell', size.readyToSellBytes, READY_TO_SELL_GOAL_BYTES],
    ] as const) {
      const isMet = bytes <= goal;
      if (isMet) passed += 1;
      else failed += 1;
      console.log(
        `${app.padEnd(6)} ${name.padEnd(14)} ${(bytes / 1000).toFixed(1).padStart(7)} kB of ${String(goal / 1000)} kB ${isMet ? 'met' : 'MISSED'}`,
      );
    }
  }
  console.log(`${String(passed)} passed, ${String(failed)} failed, 0 skipped`);
  return failed === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = main(process.argv.slice(2));
}

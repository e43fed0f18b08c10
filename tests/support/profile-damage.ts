// What a failing disk does to a browser profile: cuts the end off the IndexedDB log, overwrites bytes inside it,
// spoils the file that names the current manifest. The browser must not run meanwhile.

import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SeededRandom } from './seeded-random.ts';

/** Folder of the IndexedDB data of an origin such as http://127.0.0.1:8080. */
export function indexedDbFolder(profile: string, origin: string): string {
  const { protocol, hostname, port } = new URL(origin);
  const name = `${protocol.replace(':', '')}_${hostname}_${port === '' ? '0' : port}.indexeddb.leveldb`;
  const folder = path.join(profile, 'Default', 'IndexedDB', name);
  if (!existsSync(folder)) throw new Error(`there is no IndexedDB data of ${origin} in ${profile}`);
  return folder;
}

/** Cuts `fraction` (0 to 1) of the bytes off the end of the newest log; the answer is how many bytes went. */
export function truncateLog(folder: string, fraction: number): number {
  const file = newestLog(folder);
  const { size } = statSync(file);
  const cut = Math.max(1, Math.floor(size * fraction));
  truncateSync(file, size - cut);
  return cut;
}

/** Overwrites up to `bytes` bytes somewhere in the newest log with chance; the answer is where. */
export function damageLog(folder: string, bytes: number, random: SeededRandom): number {
  const file = newestLog(folder);
  const content = readFileSync(file);
  const length = Math.min(bytes, content.length);
  const at = random.integer(content.length - length + 1);
  for (let offset = 0; offset < length; offset += 1) content[at + offset] = random.integer(256);
  writeFileSync(file, content);
  return at;
}

/** Makes CURRENT name no manifest, so that the database cannot be opened at all. */
export function spoilCurrent(folder: string): void {
  writeFileSync(path.join(folder, 'CURRENT'), 'garbage that names no manifest\n');
}

function newestLog(folder: string): string {
  const logs = readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).size > 0)
    .toSorted((left, right) => statSync(left).mtimeMs - statSync(right).mtimeMs);
  const newest = logs.at(-1);
  if (newest === undefined) throw new Error(`there is no log with content in ${folder}`);
  return newest;
}

// What each part is built from, as one hash over names and contents. Times of files mean nothing: a checkout
// or a copy changes them all.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PARTS, PROJECT_FOLDER, type Part } from './places.ts';

/** Every part depends on these; package-lock.json holds the version of every dependency. */
const COMMON = ['shared', 'vite.config.ts', 'package-lock.json', 'tsconfig.json', 'sync-server/build'];
const OWN: Readonly<Record<Part, readonly string[]>> = {
  pos: ['pos', 'public/pos'],
  kiosk: ['kiosk', 'public/kiosk'],
  shop: ['sync-server/storefront', 'public/shop'],
  server: ['sync-server'],
};
const NOT_BUILT = /\.test\.tsx?$|\.md$/u;

/** The hash of every part's inputs as they are now. */
export async function hashInputs(): Promise<Readonly<Record<Part, string>>> {
  const common = await hashFiles(COMMON);
  const hashes = await Promise.all(
    PARTS.map(async (part) =>
      createHash('sha256')
        .update(common)
        .update(await hashFiles(OWN[part]))
        .digest('hex'),
    ),
  );
  const [pos = '', kiosk = '', shop = '', server = ''] = hashes;
  return { pos, kiosk, shop, server };
}

async function hashFiles(places: readonly string[]): Promise<string> {
  const files = (
    await Promise.all(places.map((place) => listFiles(path.join(PROJECT_FOLDER, place))))
  ).flat();
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha256');
  for (const [index, file] of files.entries()) {
    const content = contents[index] ?? Buffer.alloc(0);
    hash.update(`${path.relative(PROJECT_FOLDER, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** All files below a folder, sorted; the place itself when it is a file; none when it is not there. */
export async function listFiles(place: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(place, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && !NOT_BUILT.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return [place];
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

// Keeps a fresh enough snapshot per scope. Whoever asks gets the newest finished one at once; when too much has
// changed since, a new one is built behind the scenes, one at a time. Files of former starts are used again
// when they belong to the same history of the database (its lineage) and do not lie in the future.
//
//   ask ──none──► build, wait ──► answer
//    └──some──► answer;  stale? ──► build in the background

import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createBrotliDecompress } from 'node:zlib';
import { Value } from 'typebox/value';
import { snapshotHeader } from '../../shared/protocol/messages.ts';
import type { Database } from '../db/database.ts';
import { readPosition } from '../db/feed.ts';
import type { Log } from '../db/log.ts';
import { CATALOGUE_SCOPES } from './item-rows.ts';
import { CATALOGUE_COLLECTION } from './publish-pages.ts';
import { buildSnapshot, type Snapshot } from './snapshot-file.ts';

export type CatalogueScope = (typeof CATALOGUE_SCOPES)[number];

export type Snapshots = {
  /** The newest finished snapshot; builds the first one when there is none. */
  readonly newest: (scope: CatalogueScope) => Promise<Snapshot>;
  /** A finished snapshot by its position, or null when it is gone. */
  readonly at: (scope: CatalogueScope, position: number) => Snapshot | null;
  /** Takes up files of former starts and builds what is missing or stale. */
  readonly prepare: () => Promise<void>;
  /** Waits for builds that are under way. */
  readonly settled: () => Promise<void>;
};

export type SnapshotsGiven = {
  readonly database: Database;
  readonly folder: string;
  /** Marks the history of the database; positions of another history mean nothing. */
  readonly lineage: string;
  readonly checkpointAt: (scope: CatalogueScope, position: number) => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
};

/** Stale when so many pages changed since, or any page for so long. */
const STALE_PAGES = 40;
const STALE_AFTER_MS = 10 * 60_000;
/** Staleness is looked at once in a while, however many ask. */
const LOOK_EVERY_MS = 5_000;
/** A workstation may still be loading the one before. */
const KEPT_PER_SCOPE = 2;

type Shelf = { kept: Snapshot[]; builtAtMs: number; lookedAtMs: number; building: Promise<Snapshot> | null };

export function createSnapshots(given: SnapshotsGiven): Snapshots {
  const shelves = new Map<CatalogueScope, Shelf>(
    CATALOGUE_SCOPES.map((scope) => [scope, { kept: [], builtAtMs: 0, lookedAtMs: 0, building: null }]),
  );
  const shelfOf = (scope: CatalogueScope): Shelf => {
    const shelf = shelves.get(scope);
    if (shelf === undefined) throw new Error(`there is no catalogue in the scope ${scope}`);
    return shelf;
  };

  const build = (scope: CatalogueScope): Promise<Snapshot> => {
    const shelf = shelfOf(scope);
    shelf.building ??= buildNext(given, scope, shelf).finally(() => {
      shelf.building = null;
    });
    return shelf.building;
  };
  const buildInBackground = (scope: CatalogueScope): void => {
    build(scope).catch((error: unknown) =>
      given.log.error({ scope, error: String(error) }, 'snapshot-failed'),
    );
  };

  return {
    async newest(scope) {
      const shelf = shelfOf(scope);
      const newest = shelf.kept[0];
      if (newest === undefined) return build(scope);
      if (given.now() - shelf.lookedAtMs >= LOOK_EVERY_MS) {
        shelf.lookedAtMs = given.now();
        if (await isStale(given, newest, shelf.builtAtMs)) buildInBackground(scope);
      }
      return newest;
    },
    at: (scope, position) => shelfOf(scope).kept.find((each) => each.position === position) ?? null,
    async prepare() {
      await mkdir(given.folder, { recursive: true, mode: 0o700 });
      const names = await readdir(given.folder);
      for (const scope of CATALOGUE_SCOPES) {
        const shelf = shelfOf(scope);
        const former = await takeUp(given, scope, names);
        if (former !== null && !(await isStale(given, former, 0))) {
          shelf.kept = [former];
          shelf.builtAtMs = given.now();
        } else await build(scope);
        await sweep(given, scope, shelf.kept);
      }
    },
    async settled() {
      await Promise.allSettled([...shelves.values()].flatMap((shelf) => shelf.building ?? []));
    },
  };
}

async function buildNext(given: SnapshotsGiven, scope: CatalogueScope, shelf: Shelf): Promise<Snapshot> {
  const startedMs = given.now();
  const snapshot = await buildSnapshot(given.database, {
    scope,
    folder: given.folder,
    nameOf: (position) => fileName(scope, given.lineage, position),
    checkpointAt: (position) => given.checkpointAt(scope, position),
  });
  const others = shelf.kept.filter((each) => each.position !== snapshot.position);
  shelf.kept = [snapshot, ...others].slice(0, KEPT_PER_SCOPE);
  shelf.builtAtMs = given.now();
  await sweep(given, scope, shelf.kept);
  const { position, pages, items, bytes } = snapshot;
  given.log.info({ scope, position, pages, items, bytes, tookMs: given.now() - startedMs }, 'snapshot-built');
  return snapshot;
}

async function isStale(given: SnapshotsGiven, snapshot: Snapshot, builtAtMs: number): Promise<boolean> {
  const rows = await given.database.sql<{ changed: number }[]>`
    select count(*) as changed from document
    where scope = ${snapshot.scope} and collection = ${CATALOGUE_COLLECTION} and position > ${snapshot.position}`;
  const changed = rows[0]?.changed ?? 0;
  return changed >= STALE_PAGES || (changed > 0 && given.now() - builtAtMs >= STALE_AFTER_MS);
}

const fileName = (scope: string, lineage: string, position: number): string =>
  `${scope}~${lineage}~${position}.ndjson.br`;

// The newest file of this scope and history that is not ahead of the database, with its header read back.
async function takeUp(
  given: SnapshotsGiven,
  scope: CatalogueScope,
  names: readonly string[],
): Promise<Snapshot | null> {
  const current = await readPosition(given.database.sql, scope);
  const positions = names
    .map((name) => ({ name, position: Number(name.split('~')[2]?.replace('.ndjson.br', '')) }))
    .filter(({ name, position }) => name === fileName(scope, given.lineage, position) && position <= current)
    .toSorted((one, other) => other.position - one.position);
  const newest = positions[0];
  if (newest === undefined) return null;
  const file = path.join(given.folder, newest.name);
  const header = await readHeader(file);
  if (header === null || header.checkpoint !== given.checkpointAt(scope, newest.position)) return null;
  const { pages, items } = header;
  return { scope, position: newest.position, pages, items, bytes: (await stat(file)).size, file };
}

async function readHeader(
  file: string,
): Promise<{ checkpoint: string; pages: number; items: number } | null> {
  const source = createReadStream(file);
  try {
    for await (const line of createInterface({ input: source.pipe(createBrotliDecompress()) })) {
      const header: unknown = JSON.parse(line);
      if (!Value.Check(snapshotHeader, header)) return null;
      return { checkpoint: header.checkpoint.position, pages: header.pages, items: header.items };
    }
    return null;
  } catch {
    // A file that cannot be read is built again.
    return null;
  } finally {
    source.destroy();
  }
}

async function sweep(given: SnapshotsGiven, scope: string, kept: readonly Snapshot[]): Promise<void> {
  const names = await readdir(given.folder);
  const wanted = new Set(kept.map((snapshot) => path.basename(snapshot.file)));
  const unwanted = names.filter((name) => name.startsWith(`${scope}~`) && !wanted.has(name));
  await Promise.all(unwanted.map((name) => rm(path.join(given.folder, name), { force: true })));
}

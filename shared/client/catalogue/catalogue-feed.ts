// Fetches the catalogue: first a pre-compressed snapshot, streamed line by line, then the change feed from the
// snapshot's position. One batch at most waits to be written while the next is read, so memory stays flat however large it is.

import { isRecord } from '../server/server-answer.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import { createPuller, type PulledDocument } from '../replication/pull-documents.ts';
import type { ServerPage } from './compact-page.ts';

/** Pages written in one go; 16 pages are about 4,000 items. */
const BATCH_PAGES = 16;

export type CatalogueDoor = Pick<ServerConnection, 'request' | 'open' | 'whenOnline'>;

export type FeedBatch = {
  readonly pages: readonly ServerPage[];
  readonly removed: readonly string[];
  readonly position: string | null;
};

/** Streams the snapshot; false when there is none or it broke off (the change feed then brings everything). */
export async function loadSnapshot(
  door: CatalogueDoor,
  signal: AbortSignal,
  take: (batch: FeedBatch, loaded: { readonly pages: number; readonly totalPages: number }) => Promise<void>,
): Promise<boolean> {
  const answer = await door.request('/api/v1/snapshots/catalogue');
  const url = answer.kind === 'ok' && isRecord(answer.body) ? answer.body['url'] : null;
  if (typeof url !== 'string') return false;
  const response = await door
    .open(pathOf(url), signal, 'application/x-ndjson, application/json')
    .catch(() => null);
  if (response?.ok !== true || response.body === null) return false;
  let header: { readonly position: string; readonly totalPages: number } | null = null;
  let batch: ServerPage[] = [];
  let loaded = 0;
  // The disk writes one batch while the next is read and parsed; never more, so that memory stays flat.
  let writing = Promise.resolve();
  const takeNext = async (...next: Parameters<typeof take>): Promise<void> => {
    await writing;
    writing = take(...next);
    // Whoever waits for it next hears of it.
    writing.catch(() => undefined);
  };
  try {
    for await (const line of linesOf(response.body)) {
      const value: unknown = JSON.parse(line);
      if (header === null) {
        header = readHeader(value);
        if (header === null) return false;
        continue;
      }
      const page = readPage(value);
      if (page !== null) batch.push(page);
      if (batch.length < BATCH_PAGES) continue;
      loaded += batch.length;
      await takeNext(
        { pages: batch, removed: [], position: null },
        { pages: loaded, totalPages: header.totalPages },
      );
      batch = [];
    }
    await writing;
  } catch {
    await writing.catch(() => undefined);
    return false;
  }
  if (header === null || signal.aborted || loaded + batch.length < header.totalPages) return false;
  await take(
    { pages: batch, removed: [], position: header.position },
    { pages: loaded + batch.length, totalPages: header.totalPages },
  );
  return true;
}

/** Pulls changes until there are none; the answer is the new position, or null when `signal` ended it. */
export async function pullChanges(
  given: {
    readonly door: CatalogueDoor;
    readonly signal: AbortSignal;
    readonly now: () => number;
    readonly random: () => number;
  },
  position: string | null,
  take: (batch: FeedBatch) => Promise<void>,
): Promise<string | null> {
  const { door, ...rest } = given;
  const pull = createPuller({ ...rest, connection: door, collection: 'catalogue_pages' });
  let at = position;
  for (;;) {
    const pulled = await pull(at, BATCH_PAGES);
    if (pulled === null) return null;
    at = pulled.position ?? at;
    const pages = pulled.documents.map(toPage).filter((page) => page !== null);
    const removed = pulled.documents.filter((document) => document.isDeleted).map((document) => document.id);
    if (pulled.documents.length > 0) await take({ pages, removed, position: at });
    if (pulled.isCurrent) return at;
  }
}

// The snapshot's address may come absolute; only its path is used, so the request stays with our server.
function pathOf(url: string): string {
  return url.startsWith('/') ? url : new URL(url).pathname;
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield line;
  }
  if (rest.trim() !== '') yield rest;
}

function readHeader(value: unknown): { readonly position: string; readonly totalPages: number } | null {
  if (!isRecord(value) || !isRecord(value['checkpoint'])) return null;
  const position = value['checkpoint']['position'];
  return typeof position === 'string' ? { position, totalPages: Number(value['pages'] ?? 0) } : null;
}

const toPage = (document: PulledDocument): ServerPage | null =>
  document.isDeleted ? null : readPage(document.content);

function readPage(value: unknown): ServerPage | null {
  if (!isRecord(value)) return null;
  const { id, page, count, barcodes, search, records } = value;
  if (typeof id !== 'string' || typeof page !== 'number' || typeof records !== 'string') return null;
  return {
    id,
    page,
    count: Number(count ?? 0),
    barcodes: typeof barcodes === 'string' ? barcodes : '',
    search: typeof search === 'string' ? search : '',
    records,
  };
}

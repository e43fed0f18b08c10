// The keys of all pages in one piece, kept between runs in a tiny database of their own: read in a few
// milliseconds, they say at once which page a scanned code is on. They can always be made again.

import type { ByteStore } from '../ports.ts';
import type { KeyIndex, PackedPage } from './messages.ts';

const STORE_KEY = 'catalogue-keys';

/** Joins the keys of the given pages. */
export function joinKeys(pages: readonly PackedPage[]): KeyIndex {
  const total = pages.reduce((sum, page) => sum + page.keys.length, 0);
  const keys = new Float64Array(total);
  const slots = new Uint8Array(total);
  let at = 0;
  for (const page of pages) {
    keys.set(page.keys, at);
    slots.set(page.keySlots, at);
    at += page.keys.length;
  }
  return {
    pages: Uint32Array.from(pages, (page) => page.page),
    counts: Uint32Array.from(pages, (page) => page.keys.length),
    keys,
    slots,
    itemCount: pages.reduce((sum, page) => sum + page.itemCount, 0),
  };
}

/** What the last run kept, or null when there is nothing usable. */
export async function readKeyIndex(store: ByteStore): Promise<KeyIndex | null> {
  const kept = await store.read(STORE_KEY).catch(() => null);
  return isKeyIndex(kept) ? kept : null;
}

export async function writeKeyIndex(store: ByteStore, index: KeyIndex): Promise<void> {
  // Without it the next start is slower, nothing else; so a full disk is no reason to stop.
  await store.write(STORE_KEY, index).catch(() => undefined);
}

function isKeyIndex(value: unknown): value is KeyIndex {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keys' in value &&
    value.keys instanceof Float64Array &&
    'slots' in value &&
    value.slots instanceof Uint8Array &&
    'pages' in value &&
    value.pages instanceof Uint32Array &&
    'counts' in value &&
    value.counts instanceof Uint32Array &&
    'itemCount' in value &&
    typeof value.itemCount === 'number'
  );
}

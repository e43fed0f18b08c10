// What the workstation and its catalogue say to each other. The catalogue lives in a worker (browser) or beside
// the workstation (headless); either way only these messages pass, and byte arrays are handed over, not copied.

/** 256 items, packed: found by key, read by slot, parsed one at a time. */
export type PackedPage = {
  readonly page: number;
  readonly itemCount: number;
  /** Numeric keys of all codes of the page, ascending, and the slot each one stands for. */
  readonly keys: Float64Array<ArrayBuffer>;
  readonly keySlots: Uint8Array<ArrayBuffer>;
  /** UTF-8 of the record lines; slot s is [offsets[s], offsets[s + 1] - 1), without its line end. */
  readonly records: Uint8Array<ArrayBuffer>;
  readonly offsets: Uint32Array<ArrayBuffer>;
  /** What the records of the page share: categories, units, tax groups, pictures. */
  readonly strings: readonly string[];
  /** Place of the category in `strings` by slot; 65,535 for an empty slot. */
  readonly categorySlots: Uint16Array<ArrayBuffer>;
  readonly favouriteSlots: Uint8Array<ArrayBuffer>;
};

/** All keys of the catalogue in one piece, as kept from the last run: ready before any page is read. */
export type KeyIndex = {
  readonly pages: Uint32Array<ArrayBuffer>;
  /** Keys of each page in `pages`, one after the other. */
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly keys: Float64Array<ArrayBuffer>;
  readonly slots: Uint8Array<ArrayBuffer>;
  readonly itemCount: number;
};

export type ToCatalogue =
  | { readonly kind: 'start' }
  | { readonly kind: 'token'; readonly id: number; readonly token: string | null }
  | { readonly kind: 'online'; readonly isOnline: boolean }
  /** The server says that the catalogue has changed. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'search'; readonly id: number; readonly text: string; readonly limit: number }
  /** All items of a style, in whatever sizes and colours. */
  | { readonly kind: 'style'; readonly id: number; readonly styleId: string }
  /** A code was scanned whose page has not come yet. */
  | { readonly kind: 'need-page'; readonly page: number }
  /** The device leaves its store: nothing of this catalogue may be shown to the next one. */
  | { readonly kind: 'forget' }
  | { readonly kind: 'close' };

export type FromCatalogue =
  | { readonly kind: 'keys'; readonly index: KeyIndex }
  | { readonly kind: 'pages'; readonly pages: readonly PackedPage[] }
  | { readonly kind: 'dropped'; readonly pages: readonly number[] }
  | {
      readonly kind: 'progress';
      readonly phase: 'empty' | 'loading' | 'ready';
      readonly loadedPages: number;
      readonly totalPages: number;
    }
  | { readonly kind: 'found'; readonly id: number; readonly ordinals: readonly number[] }
  | { readonly kind: 'need-token'; readonly id: number; readonly refused: string | null }
  /** The catalogue could not be opened or written; selling by price entry goes on. */
  | { readonly kind: 'failed'; readonly message: string };

/** The other end, whatever it is made of. */
export type CataloguePort = {
  post(message: ToCatalogue): void;
  listen(take: (message: FromCatalogue) => void): void;
  close(): Promise<void>;
};

/** The buffers of a message that may be handed over instead of copied. */
export function transferables(message: FromCatalogue): ArrayBuffer[] {
  if (message.kind !== 'pages') return [];
  return message.pages.flatMap((page) => [
    page.keys.buffer,
    page.keySlots.buffer,
    page.records.buffer,
    page.offsets.buffer,
    page.categorySlots.buffer,
    page.favouriteSlots.buffer,
  ]);
}

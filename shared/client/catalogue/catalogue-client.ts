// The workstation's side of the catalogue: keeps the view, answers the core's wish for tokens, and turns search
// messages into promises.

import { catalogueKey } from '../../domain/barcode.ts';
import type { Item } from '../../domain/item.ts';
import { createCatalogueView, type CatalogueView } from './catalogue-view.ts';
import type { CataloguePort, FromCatalogue, ToCatalogue } from './messages.ts';

const SEARCH_TIMEOUT_MS = 5_000;
const PAGE_TIMEOUT_MS = 2_000;

export type CatalogueProgress = {
  readonly phase: 'empty' | 'loading' | 'ready';
  readonly loadedPages: number;
  readonly totalPages: number;
  readonly itemCount: number;
};

export type CatalogueClient = {
  readonly view: CatalogueView;
  search(text: string, limit: number): Promise<readonly Item[]>;
  /** All items of a style, in the order of the catalogue. */
  itemsOfStyle(styleId: string): Promise<readonly Item[]>;
  /** As findByCode of the view, after the pages that hold the code have come. */
  awaitByCode(code: string): Promise<readonly Item[]>;
  changed(): void;
  /** Throws all pages away; they come again from the server that the device belongs to by then. */
  forget(): void;
  setOnline(isOnline: boolean): void;
  start(): void;
  close(): Promise<void>;
};

export function createCatalogueClient(
  port: CataloguePort,
  given: {
    readonly token: (refused: string | null) => Promise<string | null>;
    readonly onProgress: (progress: CatalogueProgress) => void;
    readonly onChanged: () => void;
    readonly onFailed: (message: string) => void;
  },
): CatalogueClient {
  const view = createCatalogueView();
  const searches = new Map<number, (ordinals: readonly number[]) => void>();
  let pageWaiters: (() => void)[] = [];
  let lastSearch = 0;
  let progress: Omit<CatalogueProgress, 'itemCount'> = { phase: 'empty', loadedPages: 0, totalPages: 0 };

  const publish = () => given.onProgress({ ...progress, itemCount: view.itemCount() });
  const take = (message: FromCatalogue): void => {
    switch (message.kind) {
      case 'keys':
        view.takeKeys(message.index);
        publish();
        return;
      case 'pages': {
        view.takePages(message.pages);
        const waiters = pageWaiters;
        pageWaiters = [];
        for (const wake of waiters) wake();
        // While the whole catalogue is coming in, one change at its end is enough.
        if (progress.phase !== 'loading') given.onChanged();
        publish();
        return;
      }
      case 'dropped':
        view.dropPages(message.pages);
        given.onChanged();
        publish();
        return;
      case 'progress': {
        const wasReady = progress.phase === 'ready';
        progress = { phase: message.phase, loadedPages: message.loadedPages, totalPages: message.totalPages };
        publish();
        if (message.phase === 'ready' && !wasReady) given.onChanged();
        return;
      }
      case 'found':
        searches.get(message.id)?.(message.ordinals);
        searches.delete(message.id);
        return;
      case 'need-token':
        void given
          .token(message.refused)
          .then((token) => port.post({ kind: 'token', id: message.id, token }));
        return;
      case 'failed':
        given.onFailed(message.message);
        return;
    }
  };
  port.listen(take);

  const ask = (question: (id: number) => ToCatalogue): Promise<readonly number[]> => {
    lastSearch += 1;
    const id = lastSearch;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        searches.delete(id);
        resolve([]);
      }, SEARCH_TIMEOUT_MS);
      searches.set(id, (found) => {
        clearTimeout(timer);
        resolve(found);
      });
      port.post(question(id));
    });
  };

  return {
    view,
    async itemsOfStyle(styleId) {
      const ordinals = await ask((id) => ({ kind: 'style', id, styleId }));
      return ordinals
        .map((ordinal) => view.itemAt(ordinal))
        .filter((item) => item !== null && item.variant?.styleId === styleId)
        .filter((item) => item !== null);
    },
    async search(text, limit) {
      const ordinals = await ask((id) => ({ kind: 'search', id, text, limit }));
      const exact = view.findByCode(text);
      const exactIds = new Set(exact.map((item) => item.id));
      const found = ordinals.map((ordinal) => view.itemAt(ordinal)).filter((item) => item !== null);
      return [...exact, ...found.filter((item) => !exactIds.has(item.id))].slice(0, limit);
    },
    async awaitByCode(code) {
      const missing = view.missingPagesOf(code);
      if (missing.length === 0 || catalogueKey(code) === '') return view.findByCode(code);
      for (const page of missing) port.post({ kind: 'need-page', page });
      const late = AbortSignal.timeout(PAGE_TIMEOUT_MS);
      while (!late.aborted && missing.some((page) => !view.hasPage(page))) {
        await new Promise<void>((resolve) => {
          pageWaiters.push(resolve);
          late.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      return view.findByCode(code);
    },
    changed: () => port.post({ kind: 'changed' }),
    forget: () => port.post({ kind: 'forget' }),
    setOnline: (isOnline) => port.post({ kind: 'online', isOnline }),
    start: () => port.post({ kind: 'start' }),
    close: () => port.close(),
  };
}

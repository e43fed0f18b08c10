// The catalogue beside the workstation, without a worker: the same core behind the same messages. Headless
// workstations use it; several of one process may share a page store, as windows share a disk.

import type { Given } from '../given.ts';
import type { ByteStore } from '../ports.ts';
import { createCatalogueCore } from './catalogue-core.ts';
import type { CatalogueDoor } from './catalogue-feed.ts';
import type { CataloguePort, FromCatalogue } from './messages.ts';
import type { PageStore } from './page-store.ts';

/** The same messages as a worker's, in a later turn. */
export function createInlineCatalogue(
  given: Pick<Given, 'namespace' | 'locks' | 'openChannel' | 'now' | 'random'> & {
    readonly byteStore: ByteStore;
    readonly openPages: () => Promise<PageStore>;
    readonly door: CatalogueDoor;
  },
): CataloguePort {
  const listeners = new Set<(message: FromCatalogue) => void>();
  const core = createCatalogueCore({
    ...given,
    now: () => given.now().getTime(),
    channel: given.openChannel(`tillandsia-catalogue${given.namespace}`),
    emit(message) {
      for (const take of listeners) take(message);
    },
  });
  return {
    // In a later turn, as messages to a worker are.
    post: (message) => queueMicrotask(() => core.take(message)),
    listen: (take) => void listeners.add(take),
    close: () => core.close(),
  };
}

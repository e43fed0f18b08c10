// The catalogue in a worker, as a port. The composition root makes the worker (it alone knows the script's
// address and the page's Trusted Types policy) and hands it in.

import type { CataloguePort, FromCatalogue } from './messages.ts';

/** Name for the worker: how it learns server and namespace before the first message. */
export function catalogueWorkerName(serverUrl: string, namespace: string): string {
  return new URLSearchParams({ server: serverUrl, namespace }).toString();
}

export function createWorkerCatalogue(worker: Worker): CataloguePort {
  const listeners = new Set<(message: FromCatalogue) => void>();
  const tell = (message: FromCatalogue) => {
    for (const take of listeners) take(message);
  };
  worker.addEventListener('message', (event: MessageEvent<FromCatalogue>) => tell(event.data));
  worker.addEventListener('error', (event) => tell({ kind: 'failed', message: event.message }));
  return {
    post: (message) => worker.postMessage(message, []),
    listen: (take) => void listeners.add(take),
    close() {
      worker.postMessage({ kind: 'close' }, []);
      return Promise.resolve();
    },
  };
}

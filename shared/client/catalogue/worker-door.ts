// The worker's way to the server. It fetches by itself, so that megabytes of pages never pass the selling
// thread, but asks there for tokens and is told there whether the server can be reached.

import { PROTOCOL_HEADER } from '../../protocol/limits.ts';
import { PROTOCOL } from '../../protocol/versions.ts';
import { readAnswer } from '../server/server-answer.ts';
import type { RequestOptions } from '../server/server-connection.ts';
import type { CatalogueDoor } from './catalogue-feed.ts';
import type { FromCatalogue, ToCatalogue } from './messages.ts';

const REQUEST_TIMEOUT_MS = 30_000;

export type WorkerDoor = CatalogueDoor & { take(message: ToCatalogue): void };

export function createWorkerDoor(given: {
  readonly serverUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly emit: (message: FromCatalogue) => void;
}): WorkerDoor {
  let isOnline = false;
  let lastId = 0;
  let waitingForNetwork: ((isOnline: boolean) => void)[] = [];
  const waitingForToken = new Map<number, (token: string | null) => void>();

  const token = (refused: string | null): Promise<string | null> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      waitingForToken.set(id, resolve);
      given.emit({ kind: 'need-token', id, refused });
    });
  };
  const ask = (path: string, bearer: string, signal: AbortSignal, accept: string) =>
    given.fetch(given.serverUrl + path, {
      headers: { accept, authorization: `Bearer ${bearer}`, [PROTOCOL_HEADER]: String(PROTOCOL.current) },
      signal,
    });
  const open: CatalogueDoor['open'] = async (path, signal, accept) => {
    const bearer = await token(null);
    if (bearer === null) return null;
    const response = await ask(path, bearer, signal, accept);
    if (response.status !== 401) return response;
    const fresh = await token(bearer);
    return fresh === null ? null : ask(path, fresh, signal, accept);
  };

  return {
    open,
    async request(path: string, options: RequestOptions = {}) {
      try {
        const signal = AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS);
        const response = await open(path, signal, 'application/json');
        return response === null ? { kind: 'unreachable', why: 'network' } : await readAnswer(response);
      } catch {
        return { kind: 'unreachable', why: 'network' };
      }
    },
    whenOnline() {
      if (isOnline) return Promise.resolve(true);
      return new Promise((resolve) => {
        waitingForNetwork.push(resolve);
      });
    },
    take(message) {
      if (message.kind === 'token') {
        waitingForToken.get(message.id)?.(message.token);
        waitingForToken.delete(message.id);
      }
      if (message.kind !== 'online') return;
      isOnline = message.isOnline;
      if (!isOnline) return;
      const woken = waitingForNetwork;
      waitingForNetwork = [];
      for (const wake of woken) wake(true);
    },
  };
}

// The live stream of the server (SSE over fetch, so that it carries the token): says which collections have
// changed, so that they are pulled again at once. It reconnects for ever at a falling pace; a stream that has
// been silent for two pings is dropped, because a dead connection looks just like a quiet one.

import { createParser } from 'eventsource-parser';
import { pause } from './pause.ts';
import { createRetryPace } from './retry-pace.ts';
import { isRecord } from './server-answer.ts';
import type { ServerConnection } from './server-connection.ts';

const SILENCE_MAX_MS = 35_000;

export type LiveStream = { start(): void; close(): void };

/** `onChanged` gets the collections named by the server, or null after every (re)connect: pull them all. */
export function createLiveStream(given: {
  readonly connection: ServerConnection;
  readonly now: () => number;
  readonly random: () => number;
  readonly onChanged: (collections: readonly string[] | null) => void;
}): LiveStream {
  const closing = new AbortController();
  const pace = createRetryPace(given);

  const readOnce = async (): Promise<void> => {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
    const signal = AbortSignal.any([closing.signal, silence.signal]);
    try {
      const response = await given.connection.open('/api/v1/replication/stream', signal, 'text/event-stream');
      const isStream = response?.headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (response?.ok !== true || !isStream || response.body === null) {
        pace.failed();
        return;
      }
      pace.succeeded();
      given.onChanged(null);
      const parser = createParser({ onEvent: (event) => take(event.event, event.data) });
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
        parser.feed(decoder.decode(part.value, { stream: true }));
      }
      pace.failed();
    } catch {
      pace.failed();
    } finally {
      clearTimeout(timer);
    }
  };

  const take = (name: string | undefined, text: string) => {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      return;
    }
    if (!isRecord(data)) return;
    given.connection.heard(typeof data['serverTime'] === 'string' ? data['serverTime'] : null);
    if (name !== 'changed') return;
    const collections = data['collections'];
    given.onChanged(Array.isArray(collections) ? collections.filter((one) => typeof one === 'string') : null);
  };

  const run = async () => {
    while (await given.connection.whenOnline()) {
      await readOnce();
      await pause(Math.max(100, pace.delayMs()), closing.signal);
      if (closing.signal.aborted) return;
    }
  };

  return { start: () => void run(), close: () => closing.abort() };
}

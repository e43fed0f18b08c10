// A screen on a device of its own: paired once by a code of the till, then listening to the server for as long as it stands.
// It comes back by itself after every cut.

import { signal, type ReadonlySignal } from '@preact/signals';
import { createParser } from 'eventsource-parser';
import type { DisplayContent } from '../../../shared/domain/display-content.ts';
import { isContent } from './is-content.ts';

const KEY = 'tillandsia.display-key';
const AGAIN_MS = 3_000;
const SILENCE_MAX_MS = 35_000;
const PROTOCOL = { 'x-tillandsia-protocol': '1' } as const;

export type DisplayPairing = {
  readonly isPaired: ReadonlySignal<boolean>;
  /** True when the till's code was right. */
  pair(code: string): Promise<boolean>;
};

export function followServer(given: {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly onContent: (content: DisplayContent) => void;
}): DisplayPairing {
  const { storage } = given;
  const isPaired = signal(storage.getItem(KEY) !== null);

  const listenOnce = async (key: string): Promise<void> => {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
    try {
      const response = await given.fetch('/api/v1/displays/stream', {
        headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream', ...PROTOCOL },
        signal: silence.signal,
      });
      if (response.status === 401) {
        storage.removeItem(KEY);
        isPaired.value = false;
      }
      if (!response.ok || response.body === null) return;
      const parser = createParser({
        onEvent({ event, data }) {
          const content: unknown = event === 'content' ? JSON.parse(data) : null;
          if (isContent(content)) given.onContent(content);
        },
      });
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
        parser.feed(decoder.decode(part.value, { stream: true }));
      }
    } catch {
      // No network now: it is tried again below.
    } finally {
      clearTimeout(timer);
    }
  };
  const listen = async (): Promise<void> => {
    for (let key = storage.getItem(KEY); key !== null; key = storage.getItem(KEY)) {
      await listenOnce(key);
      await new Promise((resolve) => {
        setTimeout(resolve, AGAIN_MS);
      });
    }
  };
  void listen();

  return {
    isPaired,
    async pair(code) {
      try {
        const response = await given.fetch('/api/v1/displays/pairings', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...PROTOCOL },
          body: JSON.stringify({ code }),
        });
        const answer: unknown = await response.json();
        const key = typeof answer === 'object' && answer !== null && 'key' in answer ? answer.key : null;
        if (!response.ok || typeof key !== 'string') return false;
        storage.setItem(KEY, key);
      } catch {
        return false;
      }
      isPaired.value = true;
      void listen();
      return true;
    },
  };
}

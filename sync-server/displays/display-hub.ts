// Customers' screens that are connected, by the till that they belong to. What a till shows is handed on to them and kept only
// until the next, in memory, so that a screen that comes late sees it; nothing of it is ever written down.

import type { ServerResponse } from 'node:http';

const PING_MS = 15_000;
const DISPLAYS_MAX = 5_000;
const DISPLAYS_OF_TILL_MAX = 4;
/** A screen that takes nothing is cut off; it comes back by itself. */
const UNREAD_BYTES_MAX = 64_000;

export type DisplayHub = {
  /** False when there are too many already. */
  readonly open: (workstationId: string, response: ServerResponse) => boolean;
  /** How many screens were shown it. */
  readonly show: (workstationId: string, content: string) => number;
  readonly close: () => void;
};

export function createDisplayHub(): DisplayHub {
  const displays = new Map<string, Set<ServerResponse>>();
  const newest = new Map<string, string>();
  let count = 0;

  const forget = (workstationId: string, response: ServerResponse): void => {
    const own = displays.get(workstationId);
    if (own?.delete(response) !== true) return;
    count -= 1;
    if (own.size > 0) return;
    displays.delete(workstationId);
    newest.delete(workstationId);
  };
  const send = (workstationId: string, response: ServerResponse, text: string): void => {
    if (response.writableLength <= UNREAD_BYTES_MAX) {
      response.write(text);
      return;
    }
    forget(workstationId, response);
    response.destroy();
  };
  const pinging = setInterval(() => {
    for (const [workstationId, own] of displays) {
      for (const response of own) send(workstationId, response, 'event: ping\ndata: {}\n\n');
    }
  }, PING_MS);
  pinging.unref();

  return {
    open(workstationId, response) {
      const own = displays.get(workstationId) ?? new Set();
      if (count >= DISPLAYS_MAX || own.size >= DISPLAYS_OF_TILL_MAX) return false;
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        connection: 'close',
        'x-content-type-options': 'nosniff',
      });
      response.on('close', () => forget(workstationId, response));
      response.on('error', () => forget(workstationId, response));
      displays.set(workstationId, own.add(response));
      count += 1;
      response.write(newest.get(workstationId) ?? 'event: ping\ndata: {}\n\n');
      return true;
    },
    show(workstationId, content) {
      const own = displays.get(workstationId);
      if (own === undefined) return 0;
      const text = `event: content\ndata: ${content}\n\n`;
      newest.set(workstationId, text);
      for (const response of own) send(workstationId, response, text);
      return own.size;
    },
    close() {
      clearInterval(pinging);
      for (const own of displays.values()) for (const response of own) response.end();
      displays.clear();
      newest.clear();
    },
  };
}

// Ends the HTTP server in order: no new connections, requests that are under way finish, and connections are closed
// as they fall idle (a browser would keep them open for another minute). What is left at the limit is cut off.

import type { FastifyInstance } from 'fastify';

const CLOSE_IDLE_EVERY_MS = 20;

/** Returns when nothing is connected any more, at the latest a moment after `limitMs`. */
export async function drain(app: FastifyInstance, limitMs: number): Promise<void> {
  const closingIdle = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
  const limit = setTimeout(() => app.server.closeAllConnections(), limitMs);
  try {
    await app.close();
  } finally {
    clearInterval(closingIdle);
    clearTimeout(limit);
  }
}

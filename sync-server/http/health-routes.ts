// Two questions that watchers ask: does the process live, and can it serve. Neither says anything about the shop.

import type { FastifyInstance } from 'fastify';
import type { Database } from '../db/database.ts';
import { RequestRefused } from '../db/request-refused.ts';

const ANSWER_WITHIN_MS = 2_000;

export function registerHealthRoutes(app: FastifyInstance, database: Database): void {
  app.get('/healthz', () => ({ status: 'alive' }));
  app.get('/readyz', async () => {
    if (!(await answersInTime(database))) {
      throw new RequestRefused({
        status: 503,
        code: 'not-ready',
        detail: 'The server lives but its database does not answer. Nothing is lost. Try again in a moment.',
        retryAfterSeconds: 2,
      });
    }
    return { status: 'ready' };
  });
}

async function answersInTime(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
  });
  const answer = database.sql`select 1`.then(
    () => true,
    () => false,
  );
  const isReady = await Promise.race([answer, late]);
  clearTimeout(timer);
  return isReady;
}

// How a page for everybody finds its way into the Channels API: the published key of the shop. A shop without one is closed to visitors,
// which is how every real shop starts.

import type { FastifyInstance } from 'fastify';
import type { Database } from '../db/database.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { findPublishedKey } from './api-keys.ts';

const VISITS_PER_MINUTE = 60;

export function shopRoutes(
  app: FastifyInstance,
  given: { readonly database: Database; readonly now: () => number },
): void {
  const visits = createRateLimit({ burst: VISITS_PER_MINUTE, perMinute: VISITS_PER_MINUTE, now: given.now });
  app.get(
    '/shop',
    {
      schema: {
        tags: ['channels'],
        summary: 'The published key of the shop, for pages that everybody may open',
        response: { 200: { description: 'The key', type: 'object', additionalProperties: true } },
      },
    },
    async (request) => {
      const waitMs = visits.take(request.ip);
      if (waitMs > 0) throw tooOften(waitMs);
      const key = await findPublishedKey(given.database);
      if (key === null) throw shopClosed();
      return { key };
    },
  );
}

const shopClosed = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'shop-not-open',
    detail: 'There is no shop here for visitors. Nothing was changed.',
  });

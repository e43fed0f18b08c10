// What a till asks about orders while there is a network: a block of tracking codes, which it then numbers without one, and the other tills
// of its store, one of which may go on with an order.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LIST_MAX } from '../../shared/protocol/limits.ts';
import { codeBlockResponse, storeTillsResponse, type StoreTill } from '../../shared/protocol/messages.ts';
import { callerOf } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { tooOften } from '../db/request-refused.ts';
import { takeCodeBlock } from './code-blocks.ts';

export type TillRoutesGiven = {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly requireToken: (options?: {
    readonly scope?: 'store';
  }) => (request: FastifyRequest) => Promise<void>;
};

export function tillRoutes(root: FastifyInstance, given: TillRoutesGiven): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database } = given;
  // A block holds a thousand codes; whoever asks for more of them than this throws them away.
  const blocks = createRateLimit({ burst: 10, perMinute: 2, now: given.now });
  const onRequest = given.requireToken({ scope: 'store' });

  app.post(
    '/orders/code-blocks',
    {
      onRequest,
      schema: {
        tags: ['orders'],
        summary: 'A block of tracking codes that nobody else has',
        response: { 200: codeBlockResponse },
      },
    },
    async (request) => {
      const { workstationId } = callerOf(request);
      const waitMs = blocks.take(workstationId);
      if (waitMs > 0) throw tooOften(waitMs);
      return { block: await takeCodeBlock(database, workstationId) };
    },
  );

  app.get(
    '/orders/tills',
    {
      onRequest,
      schema: {
        tags: ['orders'],
        summary: 'Tills of the store that may go on with an order',
        response: { 200: storeTillsResponse },
      },
    },
    async (request) => ({
      tills: await database.sql<StoreTill[]>`
        select id as "workstationId", number as "workstationNumber", name from workstation
        where store_id = ${callerOf(request).storeId} and kind = 'pos' and revoked_at is null
        order by number limit ${LIST_MAX.workstations}`,
    }),
  );
}

// Tills ask whether a code that serves once is free. Wrong guesses are limited for each till: nobody finds vouchers by trying.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Object } from 'typebox';
import { codeClaimed, codeToClaim } from '../../shared/protocol/code-messages.ts';
import { callerOf } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { tooOften } from '../db/request-refused.ts';
import { claimCode, releaseCode } from './claim-code.ts';

const NOTHING = { 200: Object({}, { additionalProperties: false }) };

export function codeRoutes(
  root: FastifyInstance,
  given: {
    readonly database: Database;
    /** Milliseconds since 1970. */
    readonly now: () => number;
    readonly requireToken: (options: {
      readonly scope: 'store';
    }) => (request: FastifyRequest) => Promise<void>;
  },
): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const onRequest = given.requireToken({ scope: 'store' });
  const quota = createRateLimit({ burst: 60, perMinute: 60, now: given.now });
  const guard = (request: FastifyRequest) => {
    const { workstationId, storeId } = callerOf(request);
    const waitMs = quota.take(workstationId);
    if (waitMs > 0) throw tooOften(waitMs);
    return { workstationId, storeId };
  };
  const schema = { tags: ['orders'] };

  app.post(
    '/codes/claim',
    {
      onRequest,
      schema: {
        ...schema,
        summary: 'Keep a voucher or a coupon that serves once for this till, if it is free',
        body: codeToClaim,
        response: { 200: codeClaimed },
      },
    },
    async (request) => claimCode(given.database, guard(request), { ...request.body, nowMs: given.now() }),
  );

  app.post(
    '/codes/release',
    {
      onRequest,
      schema: {
        ...schema,
        summary: 'Give a code back that was not used',
        body: codeToClaim,
        response: NOTHING,
      },
    },
    async (request) => {
      await releaseCode(given.database, guard(request), request.body);
      return {};
    },
  );
}

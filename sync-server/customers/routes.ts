// Details of customers that the tills of a store have taken down, behind the entries that say so.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pushCustomersRequest, pushCustomersResponse } from '../../shared/protocol/customer.ts';
import { callerOf } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { tooOften } from '../db/request-refused.ts';
import { takeCustomers } from './take-customers.ts';

/** A shop takes a few customers down in an hour; a till that was cut off for days sends fifty at a time. */
const PUSHES_BURST = 60;
const PUSHES_PER_MINUTE = 60;

export function customerRoutes(
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
  const quota = createRateLimit({ burst: PUSHES_BURST, perMinute: PUSHES_PER_MINUTE, now: given.now });
  app.post(
    '/customers',
    {
      onRequest: given.requireToken({ scope: 'store' }),
      schema: {
        tags: ['replication'],
        summary: 'Details of customers, each proved by the entry of this workstation that took them down',
        body: pushCustomersRequest,
        response: { 200: pushCustomersResponse },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const waitMs = quota.take(caller.workstationId);
      if (waitMs > 0) throw tooOften(waitMs);
      return { results: [...(await takeCustomers(given.database, caller, request.body.customers))] };
    },
  );
}

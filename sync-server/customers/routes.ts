// Details of customers that the tills of a store have taken down, behind the entries that say so.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Boolean, Object } from 'typebox';
import { customerId } from '../../shared/protocol/bounds.ts';
import { pushCustomersRequest, pushCustomersResponse } from '../../shared/protocol/customer.ts';
import { callerOf } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { tooOften } from '../db/request-refused.ts';
import { takeCustomers } from './take-customers.ts';

const closed = { additionalProperties: false } as const;
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

  const questions = createRateLimit({ burst: 60, perMinute: 120, now: given.now });
  app.get(
    '/customers/:id/purchases',
    {
      onRequest: given.requireToken({ scope: 'store' }),
      schema: {
        tags: ['orders'],
        summary: 'Has this customer bought before, in any store? What was voided is no purchase',
        params: Object({ id: customerId }, closed),
        response: { 200: Object({ hasBought: Boolean() }, closed) },
      },
    },
    async (request) => {
      const waitMs = questions.take(callerOf(request).workstationId);
      if (waitMs > 0) throw tooOften(waitMs);
      const [row] = await given.database.sql<{ bought: number; voided: number }[]>`
        select count(*) filter (where kind in ('sale', 'exchange'))::int as bought,
               count(*) filter (where kind = 'void')::int as voided
        from transaction_view where customer_id = ${request.params.id}`;
      return { hasBought: row !== undefined && row.bought > row.voided };
    },
  );
}

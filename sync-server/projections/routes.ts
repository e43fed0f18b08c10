// Views that people ask for: the till sessions of the caller's own store. The token says which store that is.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Integer, Object, Optional, String } from 'typebox';
import { callerOf, storeScope } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { sqlInScopes } from '../db/row-scopes.ts';

const SESSIONS_MAX = 200;
const day = String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export type ViewRoutesGiven = {
  readonly database: Database;
  /** Of auth: lets in who may see the store. */
  readonly requireToken: (options: { readonly scope: 'store' }) => (request: FastifyRequest) => Promise<void>;
};

type SessionRow = { readonly figures: string } & Readonly<Record<string, string | number | null>>;

export async function viewRoutes(root: FastifyInstance, given: ViewRoutesGiven): Promise<void> {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  app.get(
    '/till-sessions',
    {
      onRequest: given.requireToken({ scope: 'store' }),
      schema: {
        tags: ['views'],
        summary: 'Till sessions of the store by their first trading day, newest first',
        querystring: Object(
          {
            from: Optional(day),
            to: Optional(day),
            limit: Optional(Integer({ minimum: 1, maximum: SESSIONS_MAX })),
          },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { storeId } = callerOf(request);
      const { from = '0000-01-01', to = '9999-12-31', limit = SESSIONS_MAX } = request.query;
      const rows = await sqlInScopes(given.database, [storeScope(storeId)])<SessionRow[]>`
        select workstation_id as "workstationId", till_session_id as "tillSessionId",
               session_number as "sessionNumber", opened_at as "openedAt", closed_at as "closedAt",
               z_number as "zNumber", business_day as "businessDay", currency, float_minor as "floatMinor",
               expected_minor as "expectedMinor", counted_minor as "countedMinor",
               difference_minor as "differenceMinor", late_count as "lateCount", figures
        from till_session_view
        where store_id = ${storeId} and business_day between ${from} and ${to}
        order by business_day desc, opened_at desc, workstation_id, session_number desc limit ${limit}`;
      const sessions = rows.map(({ figures, ...row }) => ({
        ...row,
        figures: JSON.parse(figures) as unknown,
      }));
      return reply.header('cache-control', 'no-store').send({ sessions });
    },
  );
}

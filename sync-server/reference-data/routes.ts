// What a till changes and asks of a store's reference data: how its receipts look, and which prices have changed lately.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { receiptLayoutRequest, receiptLayoutResponse } from '../../shared/protocol/receipt-layout.ts';
import { priceChangesQuery, priceChangesResponse } from '../../shared/protocol/price-changes.ts';
import { callerOf } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { readPriceChanges } from './price-changes.ts';
import { saveReceiptLayout } from './receipt-layout.ts';

/** Nothing of ours happened before 1970. */
const EARLIEST_MS = 0;

export type ReferenceRoutesGiven = {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly isDemo: () => boolean;
  readonly requireToken: (options?: {
    readonly scope?: 'store';
  }) => (request: FastifyRequest) => Promise<void>;
};

export async function referenceRoutes(root: FastifyInstance, given: ReferenceRoutesGiven): Promise<void> {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database, now, isDemo } = given;
  const tills = { onRequest: given.requireToken({ scope: 'store' }) };
  const saves = createRateLimit({ burst: 20, perMinute: 20, now });
  const questions = createRateLimit({ burst: 30, perMinute: 30, now });

  app.post(
    '/receipt-layout',
    {
      ...tills,
      schema: {
        tags: ['reference data'],
        summary: 'How the receipts of the store look, as the version after the one that was changed',
        body: receiptLayoutRequest,
        response: { 200: receiptLayoutResponse },
      },
    },
    async (request) => {
      const { storeId, workstationId } = callerOf(request);
      const waitMs = saves.take(workstationId);
      if (waitMs > 0) throw tooOften(waitMs);
      const saved = await saveReceiptLayout(database, {
        storeId,
        workstationId,
        request: request.body,
        isDemo: isDemo(),
      });
      if (!saved.ok) throw notSaved(saved.reason);
      return { layout: saved.value };
    },
  );

  app.get(
    '/price-changes',
    {
      ...tills,
      schema: {
        tags: ['reference data'],
        summary: 'Items whose shelf price has changed since an instant, newest first',
        querystring: priceChangesQuery,
        response: { 200: priceChangesResponse },
      },
    },
    async (request) => {
      const waitMs = questions.take(callerOf(request).workstationId);
      if (waitMs > 0) throw tooOften(waitMs);
      const sinceMs = Date.parse(request.query.since);
      if (Number.isNaN(sinceMs)) throw noInstant();
      return { changes: await readPriceChanges(database, new Date(Math.max(sinceMs, EARLIEST_MS))) };
    },
  );
}

const noInstant = (): RequestRefused =>
  new RequestRefused({
    status: 400,
    code: 'instant-unknown',
    detail:
      'There is no such day or time. Nothing was changed. Send an instant such as 2026-03-02T10:00:00.000Z.',
  });

type NotSaved = Extract<Awaited<ReturnType<typeof saveReceiptLayout>>, { readonly ok: false }>['reason'];

function notSaved(code: NotSaved): RequestRefused {
  switch (code) {
    case 'layout-not-allowed':
      return new RequestRefused({
        status: 403,
        code,
        detail: 'This operator may not change how receipts look. Nothing was saved. Ask a manager to do it.',
      });
    case 'layout-changed-meanwhile':
      return new RequestRefused({
        status: 409,
        code,
        detail:
          'Somebody else has changed the receipts meanwhile. Nothing was saved. Open the editor again and repeat your change.',
      });
    case 'layout-part-missing':
    case 'layout-part-twice':
    case 'layout-text-too-long':
    case 'layout-logo':
      return new RequestRefused({
        status: 422,
        code,
        detail: `No receipt can be printed with this layout (${code}). Nothing was saved.`,
      });
  }
}

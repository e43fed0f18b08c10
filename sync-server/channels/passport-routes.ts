// The tills' side of carts that move: take one over by the code that the customer shows, hand one to a phone, keep it after all, give
// it back. Wrong codes are limited for each till.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Object } from 'typebox';
import { asItemId } from '../../shared/domain/ids.ts';
import { plainId } from '../../shared/protocol/bounds.ts';
import {
  passportCodeGiven,
  passportPlace,
  passportTaken,
  passportToGive,
  passportToTake,
} from '../../shared/protocol/passport-messages.ts';
import { callerOf } from '../db/caller.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { findPublishedSelector } from './api-keys.ts';
import { giveCart, keepCart, placeOfCart, releaseCart, takeCartByCode, type MoveGiven } from './move-cart.ts';

const closed = { additionalProperties: false } as const;
const params = Object({ id: plainId }, closed);
const NOTHING = { 200: Object({}, closed) };
const WRONG_CODES = { burst: 10, perMinute: 6 } as const;
const QUESTIONS = { burst: 60, perMinute: 240 } as const;

export type PassportRoutesGiven = MoveGiven & {
  readonly requireToken: (options?: {
    readonly scope?: 'store';
  }) => (request: FastifyRequest) => Promise<void>;
};

export function passportRoutes(root: FastifyInstance, given: PassportRoutesGiven): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const onRequest = given.requireToken({ scope: 'store' });
  const wrong = createRateLimit({ ...WRONG_CODES, now: given.now });
  const quota = createRateLimit({ ...QUESTIONS, now: given.now });
  const guard = (request: FastifyRequest) => {
    const { workstationId, storeId } = callerOf(request);
    const waitMs = Math.max(quota.take(workstationId), wrong.wait(workstationId));
    if (waitMs > 0) throw tooOften(waitMs);
    return { workstationId, storeId };
  };
  const schema = { tags: ['orders'] };

  app.post(
    '/passports/take',
    {
      onRequest,
      schema: {
        ...schema,
        summary: 'Take over the cart that a customer shows the code of',
        body: passportToTake,
        response: { 200: passportTaken },
      },
    },
    async (request) => {
      const till = guard(request);
      try {
        return await takeCartByCode(given, till, request.body.code);
      } catch (error) {
        if (error instanceof RequestRefused && error.code === 'passport-unknown')
          wrong.take(till.workstationId);
        throw error;
      }
    },
  );

  app.post(
    '/passports/carts/:id/code',
    {
      onRequest,
      schema: {
        ...schema,
        summary: "A code with which the customer's phone takes over the cart of this till",
        params,
        body: passportToGive,
        response: { 200: passportCodeGiven },
      },
    },
    async (request) => {
      const till = guard(request);
      const lines = request.body.lines.map((line) => ({ ...line, itemId: asItemId(line.itemId) }));
      const selector = await findPublishedSelector(given.database);
      return giveCart({ ...given, selector }, till, { id: request.params.id, lines });
    },
  );

  app.get(
    '/passports/carts/:id',
    {
      onRequest,
      schema: {
        ...schema,
        summary: 'Where a cart is, seen from this till',
        params,
        response: { 200: passportPlace },
      },
    },
    async (request) => ({ place: await placeOfCart(given, guard(request), request.params.id) }),
  );

  for (const [name, summary, act] of [
    ['keep', 'The cart stays at this till: its code is worthless from now on', keepCart],
    ['release', 'Give the cart back to the customer as it was', releaseCart],
  ] as const) {
    app.post(
      `/passports/carts/:id/${name}`,
      { onRequest, schema: { ...schema, summary, params, response: NOTHING } },
      async (request) => {
        await act(given, guard(request), request.params.id);
        return {};
      },
    );
  }
}

// Needs attention for the tills of a store: what may be offered about a row, and what a person chose. The rows themselves replicate.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Object } from 'typebox';
import {
  attentionId,
  attentionOffers,
  resolveAttentionRequest,
  resolveAttentionResponse,
} from '../../shared/protocol/attention-messages.ts';
import { callerOf } from '../db/caller.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { tooOften } from '../db/request-refused.ts';
import type { AttentionGiven } from './attention-given.ts';
import { readOffers } from './offers.ts';
import { readAttention, resolveAttention } from './resolve.ts';

const params = Object({ id: attentionId }, { additionalProperties: false });

export type RequireToken = (options?: {
  readonly scope?: 'store';
}) => (request: FastifyRequest) => Promise<void>;

export function attentionRoutes(
  root: FastifyInstance,
  given: AttentionGiven & { readonly requireToken: RequireToken },
): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const onRequest = given.requireToken({ scope: 'store' });
  const quota = createRateLimit({ burst: 60, perMinute: 120, now: given.now });
  const guard = (request: FastifyRequest): void => {
    const waitMs = quota.take(callerOf(request).workstationId);
    if (waitMs > 0) throw tooOften(waitMs);
  };

  app.get(
    '/attention/:id/offers',
    {
      onRequest,
      schema: {
        tags: ['attention'],
        summary: 'What may be offered to the customer of an order that lost its units',
        params,
        response: { 200: attentionOffers },
      },
    },
    async (request) => {
      guard(request);
      const { storeId } = callerOf(request);
      return readOffers(given, await readAttention(given, { id: request.params.id, storeId }));
    },
  );

  app.post(
    '/attention/:id/resolve',
    {
      onRequest,
      schema: {
        tags: ['attention'],
        summary: 'What a person decided; done, journaled and shown to all tills of the store',
        params,
        body: resolveAttentionRequest,
        response: { 200: resolveAttentionResponse },
      },
    },
    async (request) => {
      guard(request);
      const { storeId, workstationId } = callerOf(request);
      return resolveAttention(given, {
        id: request.params.id,
        storeId,
        workstationId,
        request: request.body,
      });
    },
  );
}

// Pull, cart push and the live stream, in the form that RxDB's replication expects, so that a plain RxDB client
// works against them. Answers are put together from the stored text: nothing is parsed or written again.

import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Object, String } from 'typebox';
import { LIST_MAX } from '../../shared/protocol/limits.ts';
import {
  PULLED_COLLECTIONS,
  pullQuery,
  pullResponse,
  pushDocumentsRequest,
  pushDocumentsResponse,
} from '../../shared/protocol/messages.ts';
import { callerOf, type Caller } from '../db/caller.ts';
import type { RateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { pullDocuments } from './pull-documents.ts';
import { pushCarts } from './push-carts.ts';
import type { ReplicationGiven } from './replication-given.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
/** A kiosk reads what is on the shelves, what it costs and how the store is set up, and nothing else. */
const COLLECTIONS_OF_KIOSK: ReadonlySet<string> = new Set(['catalogue_pages', 'promotions', 'settings']);
const COLLECTIONS: ReadonlySet<string> = new Set(PULLED_COLLECTIONS);
/** Large documents come in smaller helpings: a page of the catalogue has about 60 kB. */
const LIMITS: Readonly<Record<string, number>> = { catalogue_pages: 100, stock: 400 };
const DEFAULT_LIMIT = 100;
const COMPRESS_FROM_BYTES = 4096;

const compress = promisify(brotliCompress);
const params = Object({ collection: String({ maxLength: 40 }) }, { additionalProperties: false });

// Answers are sent as text, so the schemas of responses describe them in /api/docs and cost nothing.
const pullSchema = {
  tags: ['replication'],
  summary: 'Documents that changed after a checkpoint (RxDB pull)',
  params,
  querystring: pullQuery,
  response: { 200: pullResponse },
};
const cartsSchema = {
  tags: ['replication'],
  summary: 'Carts made or changed here; answers with those of the server that are newer (RxDB push)',
  body: pushDocumentsRequest,
  response: { 200: pushDocumentsResponse },
};
const streamSchema = {
  tags: ['replication'],
  summary: 'Server-sent events: `changed` names collections to pull, `ping` comes every 15 s',
  produces: ['text/event-stream'],
};

export function documentsRoutes(root: FastifyInstance, given: ReplicationGiven, quota: RateLimit): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database, lineage, streams } = given;
  const anyToken = { onRequest: given.requireToken() };

  app.get('/replication/:collection/pull', { ...anyToken, schema: pullSchema }, async (request, reply) => {
    const caller = callerOf(request);
    const { collection } = request.params;
    const { limit = DEFAULT_LIMIT, checkpoint } = request.query;
    checkCollection(collection, caller);
    checkLimit(collection, limit);
    const waitMs = quota.take(caller.workstationId);
    if (waitMs > 0) throw tooOften(waitMs);
    const pulled = await pullDocuments(database, {
      lineage,
      collection,
      limit,
      scopes: [...caller.scopes].sort(),
      checkpoint: checkpoint === undefined || checkpoint === '' ? null : checkpoint,
    });
    if (pulled === null) throw badCheckpoint();
    const position = JSON.stringify(pulled.checkpoint);
    const text = `{"documents":[${pulled.documents.join(',')}],"checkpoint":{"position":${position}}}`;
    return sendText(request, reply, text);
  });

  app.post(
    '/replication/carts/push',
    { onRequest: given.requireToken({ scope: 'store' }), schema: cartsSchema },
    async (request, reply) => {
      const caller = callerOf(request);
      const waitMs = quota.take(caller.workstationId);
      if (waitMs > 0) throw tooOften(waitMs);
      const conflicts = await pushCarts(database, { storeId: caller.storeId, rows: request.body });
      if (conflicts === null) throw notACart();
      return sendText(request, reply, `[${conflicts.join(',')}]`);
    },
  );

  app.get('/replication/stream', { ...anyToken, schema: streamSchema }, (request, reply) => {
    const caller = callerOf(request);
    const refused = streams.refusal(caller);
    if (refused !== null) throw refused;
    reply.hijack();
    streams.open(caller, reply.raw);
  });
}

function checkCollection(collection: string, caller: Caller): void {
  if (!COLLECTIONS.has(collection)) {
    throw new RequestRefused({
      status: 404,
      code: 'collection-unknown',
      detail: 'There is no such collection to pull. See /api/docs for what there is.',
    });
  }
  if (caller.kind === 'kiosk' && !COLLECTIONS_OF_KIOSK.has(collection)) {
    throw new RequestRefused({
      status: 403,
      code: 'scope-not-allowed',
      detail: 'A kiosk may not see this. Nothing was changed.',
    });
  }
}

function checkLimit(collection: string, limit: number): void {
  const most = LIMITS[collection] ?? LIST_MAX.pulledDocuments;
  if (limit <= most) return;
  throw new RequestRefused({
    status: 400,
    code: 'limit-too-large',
    detail: `At most ${most} documents of ${collection} are given at once. Ask with a smaller limit.`,
  });
}

async function sendText(request: FastifyRequest, reply: FastifyReply, text: string): Promise<FastifyReply> {
  void reply.type(JSON_TYPE).header('cache-control', 'no-store');
  const isBrotliTaken = /\bbr\b/u.test(request.headers['accept-encoding'] ?? '');
  if (!isBrotliTaken || text.length < COMPRESS_FROM_BYTES) return reply.send(text);
  // Level 1 costs about 1 ms for a page of 300 kB and wins a factor of 4; higher levels cost more than they win.
  const bytes = await compress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
  return reply.header('content-encoding', 'br').header('vary', 'accept-encoding').send(bytes);
}

const badCheckpoint = (): RequestRefused =>
  new RequestRefused({
    status: 400,
    code: 'bad-checkpoint',
    detail:
      'This place in the feed is not one that this server gave out for it. Nothing is lost: ' +
      'the workstation reads the collection again from the start.',
  });

const notACart = (): RequestRefused =>
  new RequestRefused({
    status: 422,
    code: 'cart-malformed',
    detail: 'A pushed document is not a cart of this store. Nothing was changed.',
  });

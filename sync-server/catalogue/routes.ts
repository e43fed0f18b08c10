// The catalogue's part of the API: which snapshot is the newest, its bytes, and the change of a price.

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createBrotliDecompress } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Object, String } from 'typebox';
import { asItemId, type StoreId } from '../../shared/domain/ids.ts';
import { ID_PATTERN } from '../../shared/protocol/bounds.ts';
import { TEXT_MAX } from '../../shared/protocol/limits.ts';
import {
  priceChangeRequest,
  type PriceChangeRequest,
  type SnapshotResponse,
} from '../../shared/protocol/messages.ts';
import { callerOf } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import { RequestRefused } from '../db/request-refused.ts';
import { changePrice, PRICE_MAX_MINOR, type RecordPriceChange } from './change-price.ts';
import type { CatalogueScope, Snapshots } from './snapshots.ts';
import type { Snapshot } from './snapshot-file.ts';

type Hook = (request: FastifyRequest) => Promise<void>;

export type CatalogueRoutesGiven = {
  readonly database: Database;
  readonly snapshots: Snapshots;
  /** Lets in who may read the catalogue. */
  readonly requireReader: Hook;
  /** Lets in who may change prices: a token that may manage, or the admin key of a demo store. */
  readonly requireManager: Hook;
  /** The store in whose journal a manager's change is recorded. */
  readonly storeOf: (request: FastifyRequest) => Promise<StoreId>;
  readonly recordPriceChange: RecordPriceChange;
};

const FILE_ROUTE = '/snapshots/catalogue';

/** Registers the routes below the prefix of the API. */
export async function catalogueRoutes(app: FastifyInstance, given: CatalogueRoutesGiven): Promise<void> {
  app.get(FILE_ROUTE, { onRequest: given.requireReader }, async (request, reply) => {
    const snapshot = await given.snapshots.newest(scopeOf(request));
    return reply.header('cache-control', 'no-store').send(described(snapshot, app.prefix));
  });

  app.get<{ Params: { file: string } }>(
    `${FILE_ROUTE}/:file`,
    {
      onRequest: given.requireReader,
      schema: { params: Object({ file: String({ pattern: '^[a-z]+-\\d{1,16}\\.json$' }) }) },
    },
    async (request, reply) => {
      const scope = scopeOf(request);
      const [named, position] = request.params.file.replace('.json', '').split('-');
      const snapshot = named === scope ? given.snapshots.at(scope, Number(position)) : null;
      if (snapshot === null) throw snapshotGone();
      return sendSnapshot(request, reply, snapshot);
    },
  );

  app.post<{ Params: { id: string }; Body: PriceChangeRequest }>(
    '/items/:id/price',
    {
      onRequest: given.requireManager,
      schema: {
        params: Object({ id: String({ minLength: 1, maxLength: TEXT_MAX.id, pattern: ID_PATTERN }) }),
        body: priceChangeRequest,
      },
    },
    async (request) => {
      const storeId = await given.storeOf(request);
      const change = { itemId: asItemId(request.params.id), priceMinor: request.body.priceMinor, storeId };
      const outcome = await changePrice(given.database, change, given.recordPriceChange);
      if (!outcome.ok) throw notChanged(outcome.reason);
      return {
        itemId: outcome.value.item.id,
        priceMinor: outcome.value.item.priceMinor,
        isChanged: outcome.value.isChanged,
      };
    },
  );
}

function scopeOf(request: FastifyRequest): CatalogueScope {
  return callerOf(request).scopes.includes('company') ? 'company' : 'kiosk';
}

function described(snapshot: Snapshot, prefix: string): SnapshotResponse {
  const { scope, position, pages, items, bytes } = snapshot;
  return { url: `${prefix}${FILE_ROUTE}/${scope}-${position}.json`, position, pages, items, bytes };
}

function sendSnapshot(request: FastifyRequest, reply: FastifyReply, snapshot: Snapshot): FastifyReply {
  const etag = `"${snapshot.scope}-${snapshot.position}-${snapshot.bytes}"`;
  void reply
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('vary', 'accept-encoding')
    .header('etag', etag)
    .header('content-type', 'application/x-ndjson; charset=utf-8');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const bytes = createReadStream(snapshot.file);
  const accepted = request.headers['accept-encoding'] ?? '';
  // Browsers take brotli over HTTPS and from this machine only; others get the plain lines.
  if (!/(^|[\s,])br([\s,;]|$)/u.test(textOf(accepted))) {
    const plain = createBrotliDecompress();
    // Ends both streams when either fails; the answer itself reports the failure.
    pipeline(bytes, plain, () => undefined);
    return reply.send(plain);
  }
  return reply.header('content-encoding', 'br').header('content-length', snapshot.bytes).send(bytes);
}

function textOf(value: string | readonly string[]): string {
  return typeof value === 'string' ? value : value.join(',');
}

const snapshotGone = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'snapshot-gone',
    detail: 'This snapshot of the catalogue is no longer kept. Ask for the newest one and load that.',
  });

function notChanged(reason: 'item-unknown' | 'price-not-allowed'): RequestRefused {
  return reason === 'item-unknown'
    ? new RequestRefused({
        status: 404,
        code: reason,
        detail: 'There is no such item in the catalogue. No price was changed. Look it up again and retry.',
      })
    : new RequestRefused({
        status: 422,
        code: reason,
        detail: `A price is a whole number of minor units from 0 to ${PRICE_MAX_MINOR}. No price was changed.`,
      });
}

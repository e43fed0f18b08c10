// Open carts in RxDB, replicated in both directions so that a suspended cart can be taken up on another
// workstation of the store. A conflict is settled line by line (shared/protocol/merge-carts.ts), never by dropping one side.

import { Subject } from 'rxjs';
import { replicateRxCollection, type RxReplicationState } from 'rxdb/plugins/replication';
import type { RxReplicationPullStreamItem, WithDeleted } from 'rxdb/plugins/core';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Cart } from '../../domain/cart.ts';
import { asCartId } from '../../domain/ids.ts';
import type { CartDisk } from '../cart-keeper.ts';
import { mergeCarts } from '../../protocol/merge-carts.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import { createRetryPace } from '../server/retry-pace.ts';
import { isRecord } from '../server/server-answer.ts';
import { pause } from '../server/pause.ts';
import type { StoredDocument, TillDatabase } from '../storage/till-database.ts';
import { createPuller } from './pull-documents.ts';
import type { Checkpoint } from './rxdb-documents.ts';

const BATCH = 100;

export type ReplicatedCarts = CartDisk & {
  startReplication(): Promise<void>;
  resync(): void;
  close(): Promise<void>;
};

export function createRxdbCarts(given: {
  readonly database: TillDatabase;
  readonly connection: ServerConnection;
  readonly workstationId: string;
  readonly serverUrl: string;
  readonly now: () => number;
  readonly random: () => number;
}): ReplicatedCarts {
  const closing = new AbortController();
  const resync = new Subject<RxReplicationPullStreamItem<StoredDocument, Checkpoint>>();
  let replication: RxReplicationState<StoredDocument, Checkpoint> | null = null;
  const collection = () => given.database.documents('carts');

  const push = async (rows: string): Promise<WithDeleted<StoredDocument>[]> => {
    const pace = createRetryPace(given);
    while (!closing.signal.aborted && (await given.connection.whenOnline())) {
      const answer = await given.connection.request('/api/v1/replication/carts/push', {
        method: 'POST',
        body: rows,
      });
      if (answer.kind === 'ok')
        return Array.isArray(answer.body) ? answer.body.map(toStored).filter((one) => one !== null) : [];
      // A cart that the server does not take is no reason to hold back the others: it stays on this device.
      if (answer.kind === 'refused' && [400, 403, 404, 413, 422].includes(answer.status)) return [];
      pace.failed();
      await pause(pace.delayMs(), closing.signal);
    }
    throw new Error('The till is closing.');
  };

  return {
    async load() {
      const stored = await (await collection()).find().exec();
      return stored.map((document) => parseCart(document.body));
    },
    async save(cart) {
      const carts = await collection();
      const known = await carts.findOne(cart.id).exec();
      const body = JSON.stringify(cart);
      if (known === null) await carts.incrementalUpsert({ id: cart.id, body });
      else
        await known.incrementalModify((kept) =>
          isHeldElsewhere(parseCart(kept.body), given.workstationId) ? kept : { ...kept, body },
        );
    },
    async remove(id) {
      await (await collection()).findOne(id).incrementalRemove();
    },
    watch(take) {
      void collection().then((carts) =>
        carts.$.subscribe((event) =>
          take(
            asCartId(event.documentId),
            event.operation === 'DELETE' ? null : parseCart(event.documentData.body),
          ),
        ),
      );
    },
    async startReplication() {
      const carts = await collection();
      if (closing.signal.aborted) return;
      carts.conflictHandler = {
        // By content: a server may write the members of a cart in another order.
        isEqual: (left, right) =>
          left._deleted === right._deleted &&
          canonicalJson(parseCart(left.body)) === canonicalJson(parseCart(right.body)),
        resolve({ newDocumentState, realMasterState, assumedMasterState }) {
          if (newDocumentState._deleted) return Promise.resolve(newDocumentState);
          if (realMasterState._deleted) return Promise.resolve(realMasterState);
          const base = assumedMasterState === undefined ? null : parseCart(assumedMasterState.body);
          const merged = mergeCarts({
            base,
            mine: parseCart(newDocumentState.body),
            theirs: parseCart(realMasterState.body),
          });
          return Promise.resolve({ ...newDocumentState, body: JSON.stringify(merged) });
        },
      };
      const pull = createPuller({ ...given, collection: 'carts', signal: closing.signal });
      replication = replicateRxCollection<StoredDocument, Checkpoint>({
        replicationIdentifier: `carts-with-${given.serverUrl}`,
        collection: carts,
        live: true,
        waitForLeadership: false,
        toggleOnDocumentVisible: false,
        pull: {
          batchSize: BATCH,
          stream$: resync.asObservable(),
          async handler(checkpoint, batchSize) {
            const pulled = await pull(checkpoint?.position ?? null, batchSize);
            if (pulled === null) return { documents: [], checkpoint };
            return {
              checkpoint: { position: pulled.position },
              documents: pulled.documents.map(({ id, content, isDeleted }) => ({
                id,
                body: JSON.stringify(content),
                _deleted: isDeleted,
              })),
            };
          },
        },
        push: {
          batchSize: BATCH,
          handler: (rows) =>
            push(
              JSON.stringify(
                rows.map((row) => ({
                  newDocumentState: toWire(row.newDocumentState),
                  ...(row.assumedMasterState === undefined
                    ? {}
                    : { assumedMasterState: toWire(row.assumedMasterState) }),
                })),
              ),
            ),
        },
      });
    },
    resync: () => resync.next('RESYNC'),
    async close() {
      closing.abort();
      await replication?.cancel().catch(() => undefined);
    },
  };
}

/** Another workstation took it up; only a cart that is set aside is free for all. */
const isHeldElsewhere = (cart: Cart, workstationId: string): boolean =>
  cart.suspended === undefined && cart.workstationId !== workstationId;

function parseCart(body: string): Cart {
  return JSON.parse(body) as Cart; // Written by `save`, or checked by the server before it handed it out.
}

const toWire = (document: WithDeleted<StoredDocument>): Record<string, unknown> => ({
  ...parseCart(document.body),
  _deleted: document._deleted,
});

function toStored(value: unknown): WithDeleted<StoredDocument> | null {
  if (!isRecord(value) || typeof value['id'] !== 'string') return null;
  const { _deleted, ...cart } = value;
  return { id: value['id'], body: JSON.stringify(cart), _deleted: _deleted === true };
}

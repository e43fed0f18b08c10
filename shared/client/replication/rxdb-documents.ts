// Reference data in RxDB collections, replicated by RxDB: pull by checkpoint, RESYNC from the live stream. The
// pull handler waits for the network itself, so RxDB's fixed retry never knocks on a dead server, and awaits
// nothing that a screen needs.

import { Subject } from 'rxjs';
import { replicateRxCollection, type RxReplicationState } from 'rxdb/plugins/replication';
import type { RxReplicationPullStreamItem } from 'rxdb/plugins/core';
import type { ServerConnection } from '../server/server-connection.ts';
import type { StoredDocument, TillDatabase } from '../storage/till-database.ts';
import { createPuller } from './pull-documents.ts';
import { PULL_BATCH, type ReferenceCollection, type ReferenceDocuments } from './reference-documents.ts';

export type Checkpoint = { readonly position: string | null };

type Replication = {
  readonly state: RxReplicationState<StoredDocument, Checkpoint>;
  readonly resync: Subject<RxReplicationPullStreamItem<StoredDocument, Checkpoint>>;
};

/** Documents in `database`; `serverUrl` names the replication so that another server starts from nothing. */
export function createRxdbDocuments(given: {
  readonly database: () => Promise<TillDatabase>;
  readonly connection: ServerConnection;
  readonly serverUrl: string;
  readonly now: () => number;
  readonly random: () => number;
}): ReferenceDocuments {
  const closing = new AbortController();
  const replications = new Map<ReferenceCollection, Replication>();

  // A collection that is being opened while the rest closes would stay open behind it.
  const following = new Set<Promise<void>>();
  const follow: ReferenceDocuments['follow'] = async (collection, take) => {
    const documents = await (await given.database()).documents(collection);
    if (closing.signal.aborted) return;
    const stored = await documents.find().exec();
    if (stored.length > 0)
      take(stored.map((document) => ({ id: document.id, content: parse(document.body) })));
    documents.$.subscribe((event) => {
      const content = event.operation === 'DELETE' ? null : parse(event.documentData.body);
      take([{ id: event.documentId, content }]);
    });
    const pull = createPuller({ ...given, collection, signal: closing.signal });
    const resync: Replication['resync'] = new Subject();
    const state = replicateRxCollection<StoredDocument, Checkpoint>({
      replicationIdentifier: `${collection}-from-${given.serverUrl}`,
      collection: documents,
      live: true,
      waitForLeadership: false,
      toggleOnDocumentVisible: false,
      pull: {
        batchSize: PULL_BATCH[collection],
        stream$: resync.asObservable(),
        async handler(checkpoint, batchSize) {
          const pulled = await pull(checkpoint?.position ?? null, batchSize);
          if (pulled === null) return { documents: [], checkpoint };
          return {
            checkpoint: { position: pulled.position },
            documents: pulled.documents.map((document) => ({
              id: document.id,
              body: JSON.stringify(document.content),
              _deleted: document.isDeleted,
            })),
          };
        },
      },
    });
    replications.set(collection, { state, resync });
  };

  return {
    follow(collection, take) {
      const followed = follow(collection, take);
      following.add(followed);
      return followed;
    },
    resync(collections) {
      for (const [name, replication] of replications) {
        if (collections === null || collections.includes(name)) replication.resync.next('RESYNC');
      }
    },
    async current(collection) {
      await replications.get(collection)?.state.awaitInSync();
    },
    async close() {
      closing.abort();
      await Promise.allSettled(following);
      await Promise.allSettled([...replications.values()].map(({ state }) => state.cancel()));
    },
  };
}

function parse(body: string): Readonly<Record<string, unknown>> {
  return JSON.parse(body) as Record<string, unknown>; // Written by the pull handler above from a record.
}

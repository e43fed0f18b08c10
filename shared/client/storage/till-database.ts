// The `till` database: RxDB with strict durability, so that a write that is answered is on the disk. It is
// opened only by the window that holds the writer lock, therefore without multi-instance events.
//
// RxDB's free edition opens 13 collections per realm. Collections are opened when first asked for; a headless
// workstation opens `facts` alone (with a MemoryDisk), so twelve of them share one process.

import { createRxDatabase } from 'rxdb/plugins/core';
import type { RxCollection, RxDatabase, RxJsonSchema, RxStorage } from 'rxdb/plugins/core';

/** One entry of the journal as it is stored: the canonical text is the truth, the rest finds it again. */
export type StoredFact = {
  /** Epoch and sequence in fixed width: sorts as the journal does, and no number can be used twice. */
  readonly key: string;
  /** What it is about, to be found by: a transaction, an operator, or ''. */
  readonly subject: string;
  readonly kind: string;
  readonly recordedAt: string;
  /** Money in it, for the count of what is not delivered yet. */
  readonly amountMinor: number;
  /** RFC 8785 text of the whole fact with hash and signature. */
  readonly body: string;
};

/** A replicated document kept as text: cheap in every hop, and parsed once where it is used. */
export type StoredDocument = { readonly id: string; readonly body: string };

export type TillCollectionName =
  | 'facts'
  | 'carts'
  | 'customers'
  | 'stock'
  | 'staff'
  | 'settings'
  | 'promotions'
  | 'attention';

export type TillDatabase = {
  facts(): Promise<RxCollection<StoredFact>>;
  documents(name: Exclude<TillCollectionName, 'facts'>): Promise<RxCollection<StoredDocument>>;
  close(): Promise<void>;
  /** Deletes every collection of the database; only "rebuild from server" asks for it. */
  remove(): Promise<void>;
};

/** Width 5 for epochs and 9 for sequences: the ceilings of the protocol. */
export const journalKey = (epoch: number, sequence: number): string =>
  `${String(epoch).padStart(5, '0')}.${String(sequence).padStart(9, '0')}`;

export const FIRST_JOURNAL_KEY = journalKey(0, 0);

const text = { type: 'string' } as const;

const factsSchema: RxJsonSchema<StoredFact> = {
  title: 'facts',
  version: 0,
  primaryKey: 'key',
  type: 'object',
  properties: {
    key: { type: 'string', maxLength: 15 },
    subject: { type: 'string', maxLength: 64 },
    kind: text,
    recordedAt: text,
    amountMinor: { type: 'number' },
    body: text,
  },
  required: ['key', 'subject', 'kind', 'recordedAt', 'amountMinor', 'body'],
  // The key is named too: with another index declared, RxDB no longer makes the one over the key by itself.
  indexes: ['key', 'subject'],
};

const documentSchema = (title: string): RxJsonSchema<StoredDocument> => ({
  title,
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: { type: 'string', maxLength: 128 }, body: text },
  required: ['id', 'body'],
});

/** Opens (or makes) the database. Rejects when the store is damaged; the caller turns that into a trouble. */
export async function openTillDatabase(
  storage: RxStorage<unknown, unknown>,
  name: string,
): Promise<TillDatabase> {
  const database: RxDatabase = await createRxDatabase({
    name,
    storage,
    multiInstance: false,
    eventReduce: true,
    // A module that is loaded again during development must not find the name taken.
    closeDuplicates: true,
  });
  const opened = new Map<string, Promise<RxCollection>>();
  const open = (collection: TillCollectionName): Promise<RxCollection> => {
    const known = opened.get(collection);
    if (known !== undefined) return known;
    const schema = collection === 'facts' ? factsSchema : documentSchema(collection);
    const opening = database
      .addCollections({ [collection]: { schema, autoMigrate: false } })
      .then((added) => {
        const made = added[collection];
        if (made === undefined) throw new Error(`The collection ${collection} did not open.`);
        return made;
      });
    opened.set(collection, opening);
    opening.catch(() => opened.delete(collection));
    return opening;
  };
  return {
    facts: () => open('facts') as Promise<RxCollection<StoredFact>>, // Opened with factsSchema above.
    documents: (collection) => open(collection) as Promise<RxCollection<StoredDocument>>, // documentSchema.
    close: async () => void (await database.close()),
    remove: async () => void (await database.remove()),
  };
}

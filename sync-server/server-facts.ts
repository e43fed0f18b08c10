// Composes the server's own workstations: one per shop, with its key in the data folder, recording what the
// server does (deliveries of the demo store, price changes) through the admission that tills go through.

import { sign } from 'node:crypto';
import type { FactBodies } from '../shared/domain/fact.ts';
import { asWorkstationId, type StoreId } from '../shared/domain/ids.ts';
import { enrolServerWorkstation } from './auth/enrol-workstation.ts';
import type { RecordPriceChange } from './catalogue/change-price.ts';
import { inTransaction, type Database, type Transaction } from './db/database.ts';
import type { Admission } from './replication/admission.ts';
import {
  appendServerFacts,
  type ServerEvent,
  type ServerWorkstation,
} from './server-workstation/append-server-facts.ts';
import { loadServerKey } from './server-workstation/server-key.ts';

export type ServerFacts = {
  /** Enrols the server's workstation of a shop, or finds it enrolled. */
  readonly enrol: (storeId: StoreId) => Promise<void>;
  /** Entries in the journal of the server's workstation of a shop. */
  readonly journalLength: (storeId: StoreId) => Promise<number>;
  /** Records deliveries in one transaction. */
  readonly recordReceipts: (
    storeId: StoreId,
    receipts: readonly FactBodies['stock-received'][],
  ) => Promise<void>;
  /** The server must be enrolled in the shop before, because a transaction is open by then. */
  readonly recordPriceChange: RecordPriceChange;
  /** Many price changes at once. */
  readonly recordPriceChanges: (
    transaction: Transaction,
    storeId: StoreId,
    changes: readonly FactBodies['price-changed'][],
  ) => Promise<void>;
  /** Entries of any kind inside a transaction of the caller; the server must be enrolled in the shop before. */
  readonly appendWithin: (
    transaction: Transaction,
    storeId: StoreId,
    events: readonly ServerEvent[],
  ) => Promise<void>;
  /** Signature (base64url of 64 raw bytes) of a text by the key of the server's workstation of a shop. */
  readonly signText: (storeId: StoreId, text: string) => Promise<string>;
};

export type ServerFactsGiven = {
  readonly database: Database;
  readonly admission: Pick<Admission, 'admitWithin' | 'headOf'>;
  readonly dataFolder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
};

export function createServerFacts(given: ServerFactsGiven): ServerFacts {
  const { database, admission } = given;
  const known = new Map<StoreId, Promise<ServerWorkstation>>();

  const enrolled = async (storeId: StoreId): Promise<ServerWorkstation> => {
    const { privateKey, publicKey } = await loadServerKey(given.dataFolder, storeId);
    const id = await enrolServerWorkstation(database, { storeId, publicKey });
    return { id: asWorkstationId(id), storeId, privateKey };
  };
  const workstationOf = (storeId: StoreId): Promise<ServerWorkstation> => {
    const workstation = known.get(storeId) ?? enrolled(storeId);
    known.set(storeId, workstation);
    workstation.catch(() => known.delete(storeId));
    return workstation;
  };
  const knownWorkstation = (storeId: StoreId): Promise<ServerWorkstation> => {
    const workstation = known.get(storeId);
    // Enrolling needs a connection of its own. Inside a transaction that could wait for ever: all connections
    // may be held by transactions that wait for this one.
    if (workstation === undefined) throw new Error(`the server is not enrolled in the store ${storeId}`);
    return workstation;
  };
  const append = (
    transaction: Transaction,
    workstation: ServerWorkstation,
    events: readonly ServerEvent[],
  ): Promise<unknown> =>
    appendServerFacts(transaction, workstation, {
      events,
      at: new Date(given.now()).toISOString(),
      newId: given.newId,
      admit: admission.admitWithin,
    });

  return {
    async enrol(storeId) {
      await workstationOf(storeId);
    },
    async journalLength(storeId) {
      const head = await admission.headOf((await workstationOf(storeId)).id);
      return head?.sequence ?? 0;
    },
    async recordReceipts(storeId, receipts) {
      const workstation = await workstationOf(storeId);
      const events = receipts.map((body) => ({ kind: 'stock-received', body }) as const);
      await inTransaction(database, (transaction) => append(transaction, workstation, events));
    },
    async recordPriceChange(transaction, { storeId, ...body }) {
      await append(transaction, await knownWorkstation(storeId), [{ kind: 'price-changed', body }]);
    },
    async recordPriceChanges(transaction, storeId, changes) {
      const events = changes.map((body) => ({ kind: 'price-changed', body }) as const);
      await append(transaction, await knownWorkstation(storeId), events);
    },
    async appendWithin(transaction, storeId, events) {
      await append(transaction, await knownWorkstation(storeId), events);
    },
    async signText(storeId, text) {
      const { privateKey } = await workstationOf(storeId);
      return sign('sha256', Buffer.from(text, 'utf8'), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      }).toString('base64url');
    },
  };
}

// Opens the till of an enrolled workstation and keeps it open: waits for the writer lock, opens the database,
// has the journal checked, brings back the cart, and does all of it again when the lock comes back, the server
// knows more than we do, or a person decided how to go on.
//
//   lock held ──► open database ──► check journal ──► ready ──server ahead──► check again
//                      │                  └─► undecided ──contact or person──► check again
//                      └─► ST-01 ──retry / rebuild──► open again

import type { JournalHead } from '../domain/fact.ts';
import { EMPTY_JOURNAL } from '../domain/journal.ts';
import { refuse, accept, type Outcome } from '../domain/refusal.ts';
import type { CartDisk } from './cart-keeper.ts';
import type { Parts } from './parts.ts';
import type { StoredIdentity } from './ports.ts';
import { createTextCarts } from './replication/memory-carts.ts';
import { createMemoryDocuments, type ReferenceDocuments } from './replication/reference-documents.ts';
import { createRxdbCarts, type ReplicatedCarts } from './replication/rxdb-carts.ts';
import { createRxdbDocuments } from './replication/rxdb-documents.ts';
import { followReference } from './follow-reference.ts';
import { createFactStore } from './journal/fact-store.ts';
import { salvageEntries } from './journal/salvage-entries.ts';
import { NewerTill } from './storage/carry-over.ts';
import { openTillDatabase, type TillDatabase } from './storage/till-database.ts';
import type { TillSession } from './session.ts';
import { openTillSession, type OpenResult } from './till-session.ts';
import { TROUBLES } from './troubles.ts';

/** How long the first check waits for the server's mark: briefly when the device's own witnesses agree. */
const HEAD_WAIT_MS = 1_500;
const PURGE_EVERY_MS = 3_600_000;
/** Own entries looked at for what the stored stock pages may not contain yet. */
const RECENT_ENTRIES = 500;

export type TillKeeper = {
  session(): TillSession | null;
  cartDisk(): CartDisk | null;
  documents(): ReferenceDocuments | null;
  open(identity: StoredIdentity): Promise<void>;
  /** The identity that will be opened next has just been enrolled. */
  expectNew(identity: StoredIdentity): void;
  /** Resolves when what was asked so far has come to an end. */
  idle(): Promise<void>;
  /** The server's mark, whenever a token brings one. */
  learnHead(head: JournalHead): void;
  /** Tries again after a trouble; `startsWithoutServer` when a person has decided so. */
  retry(startsWithoutServer: boolean): Promise<Outcome<null>>;
  /** Throws the local database away and starts from what the server has. */
  rebuild(): Promise<Outcome<null>>;
  /** Deletes the till of a workstation that the server no longer knows. */
  destroy(): Promise<void>;
  resync(collections: readonly string[] | null): void;
  close(): Promise<void>;
};

export function createTillKeeper(parts: Parts, fetchHead: () => Promise<JournalHead | null>): TillKeeper {
  const { given, board } = parts;
  let identity: StoredIdentity | null = null;
  let database: TillDatabase | null = null;
  let documents: ReferenceDocuments | null = null;
  let carts: ReplicatedCarts | null = null;
  let disk: CartDisk | null = null;
  let session: TillSession | null = null;
  let isUndecided = false;
  let newId: string | null = null;
  let purgeTimer: ReturnType<typeof setInterval> | undefined;
  let turn: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work).catch((error: unknown) => {
      board.raise(error instanceof NewerTill ? TROUBLES.newerVersion() : storeUnopened(parts));
      console.error('till-not-opened', String(error));
    });
    return turn;
  };

  const openDatabase = async (own: StoredIdentity): Promise<TillDatabase> => {
    if (database !== null) return database;
    const opened = await openTillDatabase(await given.storage(), `till${given.namespace}`);
    database = opened;
    board.settle(storeUnopened(parts).code);
    const now = () => given.now().getTime();
    const common = { connection: parts.connection, serverUrl: given.serverUrl, now, random: given.random };
    documents =
      given.documents === 'rxdb'
        ? createRxdbDocuments({ ...common, database: () => Promise.resolve(opened) })
        : createMemoryDocuments(common, given.documents);
    if (given.documents === 'rxdb' || given.carts === 'replicated') {
      carts = createRxdbCarts({ ...common, database: opened, workstationId: own.enrolment.workstationId });
    }
    disk = carts ?? createTextCarts(given.textStore, given.namespace);
    disk.watch((id, cart) => parts.storeCarts.take(id, cart));
    followReference(parts, documents);
    return opened;
  };

  const check = async (startsWithoutServer: boolean, known: JournalHead | null = null): Promise<void> => {
    if (identity === null || !parts.mayWrite()) return;
    const own = identity;
    await session?.close();
    session = null;
    const isOffline = !given.wakeUps.mayBeOnline() || startsWithoutServer;
    const isNew = newId === own.enrolment.workstationId;
    // Asked while the database opens; neither waits for the other.
    const asking = known !== null || isNew || isOffline ? null : within(HEAD_WAIT_MS, fetchHead());
    const opened = await openDatabase(own);
    const serverHead = known ?? (isNew ? EMPTY_JOURNAL : await asking);
    const result = await openTillSession(parts, {
      database: opened,
      identity: own,
      serverHead,
      startsWithoutServer,
      onServerAhead: (head) => void inTurn(() => check(false, head)),
    });
    isUndecided = result.kind === 'undecided';
    showResult(parts, result);
    if (result.kind !== 'open') return;
    newId = null;
    session = result.session;
    await afterOpening(result.session);
  };

  const afterOpening = async (open: TillSession): Promise<void> => {
    const recent = await open.store.tail(RECENT_ENTRIES);
    for (const fact of recent) {
      parts.stock.addOwn(fact);
      parts.orders.addOwn(fact);
    }
    const done = new Set(
      recent.map((fact) => (fact.kind === 'transaction-completed' ? fact.body.transaction.cartId : null)),
    );
    // A cart whose sale is in the journal was completed although nobody was told: it must not be paid twice.
    const all = (await disk?.load()) ?? [];
    parts.storeCarts.load(all);
    const own = identity?.enrolment.workstationId;
    for (const cart of all) {
      const isOpenHere = cart.workstationId === own && cart.suspended === undefined;
      if (done.has(cart.id) || (isOpenHere && cart.lines.length === 0)) await disk?.remove(cart.id);
      else if (isOpenHere && parts.cart.peek() === null) parts.setCart(cart);
    }
    open.delivery.poke();
    void open.fetchMissing().catch((error: unknown) => console.error('missing-not-fetched', String(error)));
    // A kiosk may read and write no carts of the store.
    if (given.kind === 'pos') void carts?.startReplication();
    clearInterval(purgeTimer);
    purgeTimer = setInterval(() => {
      // Not while somebody sells: the storage looks through everything when it cleans up.
      if (parts.cart.peek() === null) void open.purge().catch(() => undefined);
    }, PURGE_EVERY_MS);
  };

  const shutParts = async (): Promise<void> => {
    clearInterval(purgeTimer);
    await session?.close();
    session = null;
    await carts?.close();
    await documents?.close();
    carts = null;
    documents = null;
    disk = null;
  };
  const shut = async (): Promise<void> => {
    await shutParts();
    const open = database;
    database = null;
    await open?.close().catch(() => undefined);
  };

  return {
    session: () => session,
    cartDisk: () => disk,
    documents: () => documents,
    open(own) {
      identity = own;
      return inTurn(() => check(false));
    },
    idle: () => turn,
    expectNew(own) {
      newId = own.enrolment.workstationId;
    },
    learnHead(head) {
      if (session !== null) void session.delivery.learn(head).then(() => session?.delivery.poke());
      else if (isUndecided) {
        isUndecided = false;
        void inTurn(() => check(false, head));
      }
    },
    async retry(startsWithoutServer) {
      await inTurn(() => check(startsWithoutServer));
      return session === null ? refuse('not-ready') : accept(null);
    },
    async rebuild() {
      const head = await within(HEAD_WAIT_MS * 4, fetchHead());
      if (head === null) return refuse('server-unreachable');
      await inTurn(async () => {
        const open = database;
        await session?.close();
        session = null;
        if (open === null) await given.destroyTill();
        else {
          await salvageEntries({
            ...parts,
            store: createFactStore(await open.facts(), () => head),
            from: head,
          });
          await documents?.close();
          await carts?.close();
          await open.remove();
        }
        database = null;
        board.settle(TROUBLES.damaged({ epoch: 0, sequence: 0 }).code);
        await check(false);
      });
      return session === null ? refuse('not-ready') : accept(null);
    },
    async destroy() {
      await inTurn(async () => {
        const open = database;
        database = null;
        await shutParts();
        if (open === null) await given.destroyTill();
        else await open.remove();
      });
    },
    resync(collections) {
      documents?.resync(collections);
      if (collections === null || collections.includes('carts')) carts?.resync();
    },
    close: () => inTurn(shut),
  };
}

function showResult(parts: Parts, result: OpenResult): void {
  const { board } = parts;
  for (const code of ['JR-02', 'JR-03', 'JR-04', 'JR-05']) board.settle(code);
  switch (result.kind) {
    case 'open':
    case 'refused':
      return;
    case 'undecided':
      board.raise(
        result.lost === null
          ? TROUBLES.journalUnknown()
          : TROUBLES.tailMissing(result.lost, result.mayStartNow),
      );
      return;
    case 'forked':
      board.raise(TROUBLES.forked());
      return;
    case 'damaged':
      board.raise(TROUBLES.damaged(result.at));
      return;
  }
}

function storeUnopened(parts: Parts): ReturnType<typeof TROUBLES.storeUnopened> {
  const mark = parts.canary.read();
  return TROUBLES.storeUnopened({
    pendingCount: mark?.pendingCount ?? 0,
    pendingAmountMinor: mark?.pendingAmountMinor ?? 0,
  });
}

/** The value, or null when it takes longer or cannot be had. */
async function within<Value>(milliseconds: number, value: Promise<Value | null>): Promise<Value | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  const first = await Promise.race([value.catch(() => null), late]);
  clearTimeout(timer);
  return first;
}

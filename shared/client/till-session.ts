// What exists only while this window writes: the open journal, what is pending, and delivery. It is made after
// the boot check has said how the journal goes on, and thrown away whole when the lock or the store is lost.

import type { Fact, JournalHead, JournalPosition } from '../domain/fact.ts';
import { compareJournalPositions } from '../domain/journal.ts';
import { createFetchMissing, type FetchMissing } from './fetch-missing.ts';
import { foldCards } from '../domain/card-payment.ts';
import { foldTill } from '../domain/till-session.ts';
import { createDelivery } from './delivery/delivery.ts';
import { bootCheck, type BootResult } from './journal/boot-check.ts';
import { createFactStore } from './journal/fact-store.ts';
import { createJournal } from './journal/journal.ts';
import { createPendingBook } from './journal/pending-book.ts';
import { noteUnanswered, readCards } from './journal/read-cards.ts';
import { readTill } from './journal/read-till.ts';
import type { Parts } from './parts.ts';
import { oldestOpen } from './paying/pay-memory.ts';
import type { StoredIdentity } from './ports.ts';
import type { TillSession } from './session.ts';
import { TROUBLES } from './troubles.ts';
import type { TillDatabase } from './storage/till-database.ts';

/** Acknowledged entries are kept this long, so that a server that lost memory can be filled again. */
const KEPT_DAYS = 30;
const PURGE_STEP = 200;
const DAY_MS = 86_400_000;

export type OpenResult =
  | { readonly kind: 'open'; readonly session: TillSession }
  | Exclude<BootResult, { readonly kind: 'ready' }>
  | { readonly kind: 'refused' };

export type OpenOptions = {
  readonly database: TillDatabase;
  readonly identity: StoredIdentity;
  readonly serverHead: JournalHead | null;
  readonly startsWithoutServer: boolean;
  readonly onServerAhead: (head: JournalHead) => void;
};

/** Checks the journal and opens it; nothing is written unless the check allows it. */
export async function openTillSession(parts: Parts, options: OpenOptions): Promise<OpenResult> {
  const { given, board, canary } = parts;
  const { identity } = options;
  const { workstationId } = identity.enrolment;
  const kept = canary.read();
  const mark = kept?.workstationId === workstationId ? kept : null;
  const store = createFactStore(
    await options.database.facts(),
    () => mark?.head ?? { epoch: 1, sequence: 0 },
  );
  const boot = await bootCheck({
    store,
    canary: mark,
    connection: parts.connection,
    publicKey: identity.keys.publicKey,
    subtle: given.subtle,
    serverHead: options.serverHead,
    startsWithoutServer: options.startsWithoutServer,
  });
  if (boot.kind !== 'ready') return boot;

  const book = createPendingBook({
    store,
    canary,
    workstationId,
    onChange: (pending) => board.report(pending),
    onCanaryFailed: () => board.raise(TROUBLES.canaryFailed()),
  });
  if (boot.missing !== null) parts.journalNotes.noteMissing(workstationId, boot.missing);
  // What is missing may have opened or closed the till.
  const isWhole = parts.journalNotes.missing(workstationId) === null;
  parts.till.value = isWhole ? await readTill(store, boot.head) : null;
  noteTill(parts, workstationId);
  parts.cards.value = await readCards(store, parts.payMemory.openCardsSince());
  const journal = createJournal(
    {
      store,
      book,
      enrolment: identity.enrolment,
      privateKey: identity.keys.privateKey,
      subtle: given.subtle,
      now: given.now,
      newId: given.newId,
      whyNot: () =>
        parts.mayWrite() ? null : parts.isOutdated() ? 'newer-version-running' : 'another-window-writes',
      onAppended(fact: Fact) {
        const till = parts.till.peek();
        if (till !== null) parts.till.value = foldTill(till, fact);
        if (fact.kind === 'till-opened' || fact.kind === 'till-closed') noteTill(parts, workstationId);
        takeInPayments(parts, fact);
        parts.onAppended(fact);
      },
      onBroken: () => board.raise(TROUBLES.storeLost(book.pendingCount())),
    },
    boot.head,
  );
  const delivery = createDelivery(
    {
      store,
      book,
      connection: parts.connection,
      head: () => journal.head(),
      mayWrite: () => parts.mayWrite(),
      now: () => given.now().getTime(),
      random: given.random,
    },
    {
      onForked: () => board.raise(TROUBLES.forked()),
      onServerAhead: options.onServerAhead,
      onServerAmnesia: ({ confirmed, server }) => board.raise(TROUBLES.serverAmnesia(confirmed, server)),
      onRefused: (code) => board.raise(TROUBLES.entryRefused(code)),
      onAccepted: () => board.settle(TROUBLES.entryRefused('').code),
    },
  );
  if (boot.newEpoch !== null) {
    const { epoch, previousHash, reason, lost, restoredCount } = boot.newEpoch;
    await book.recount(boot.head);
    const started = await journal.startEpoch(epoch, previousHash, { reason, lost });
    if (!started.ok) {
      delivery.close();
      return { kind: 'refused' };
    }
    if (reason !== 'enrolled') {
      board.raise(TROUBLES.newEpoch({ lost, restoredCount, epoch }));
      // Before anybody sells: what is written behind a break would be gone with it at the next start.
      await given.ballast.renewLog();
    }
  }
  await book.recount(journal.head());
  await noteUnanswered(journal, parts.cards.peek());
  return {
    kind: 'open',
    session: {
      store,
      book,
      journal,
      delivery,
      ...upkeep(
        parts,
        { store, book, journal, delivery },
        createFetchMissing(parts, { identity, store, journal }),
      ),
    },
  };
}

/** Which session sales belong to, for a start at which a part of the journal is missing. */
function noteTill(parts: Parts, workstationId: string): void {
  const till = parts.till.peek();
  if (till !== null) parts.journalNotes.noteOpenTill(workstationId, till.open?.tillSessionId ?? null);
}

function takeInPayments(parts: Parts, fact: Fact): void {
  const before = parts.cards.peek();
  const cards = foldCards(before, fact);
  parts.payMemory.takeIn(fact);
  if (cards === before) return;
  parts.payMemory.keepCards(cards);
  parts.cards.value = cards;
}

function upkeep(
  parts: Parts,
  open: Pick<TillSession, 'store' | 'book' | 'journal' | 'delivery'>,
  fetchMissing: FetchMissing,
): Pick<TillSession, 'fetchMissing' | 'purge' | 'close'> {
  return {
    fetchMissing: () => fetchMissing.run(),
    async purge() {
      const before = new Date(parts.given.now().getTime() - KEPT_DAYS * DAY_MS).toISOString();
      // The newest entry always stays: the next start links to it. So do those of the till session that is open, and of
      // the oldest card payment that is.
      let newest: JournalPosition = open.book.acknowledged();
      for (const kept of [parts.till.peek()?.open?.first, oldestOpen(parts.cards.peek())]) {
        if (kept !== undefined && kept !== null && compareJournalPositions(kept, newest) < 0) newest = kept;
      }
      const newestToGo = { epoch: newest.epoch, sequence: Math.max(0, newest.sequence - 1) };
      await open.store.purge(newestToGo, before, PURGE_STEP);
    },
    async close() {
      fetchMissing.close();
      open.delivery.close();
      await open.journal.settled();
    },
  };
}

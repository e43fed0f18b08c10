// The journal of a workstation: the only way in which something that happened gets onto the disk.
//
//   build(place) → canonical JSON → SHA-256 + signature → one strict insert → read back → canary → answer
//
// Appends stand in a queue and never interleave, so (epoch, sequence) has no gap and no number is used twice.
// A refusal leaves the journal as it was. When it cannot be known whether an entry was written, the journal
// stops, and the next start finds out by comparing with the canary.

import type { Fact, FactBodies, FactContent, FactKind, JournalHead } from '../../domain/fact.ts';
import { asFactId, type OperatorId } from '../../domain/ids.ts';
import { checkLink } from '../../domain/journal.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Enrolment } from '../ports.ts';
import { isQuotaError } from '../storage/storage-errors.ts';
import type { FactStore } from './fact-store.ts';
import type { PendingBook } from './pending-book.ts';
import { headOf, sealFact, type SealedFact } from './seal-fact.ts';

/** Where the next entry will stand; bodies that carry their own number (receipts) are built with it. */
export type EntryPlace = {
  readonly epoch: number;
  readonly sequence: number;
  readonly recordedAt: string;
};

export type AppendRefusal =
  | 'journal-not-ready'
  | 'another-window-writes'
  | 'newer-version-running'
  | 'storage-full'
  | 'storage-failed'
  | 'text-not-storable';

export type Journal = {
  head(): JournalHead;
  /** `build` may refuse; then nothing is written and its refusal is the answer. */
  append<Kind extends FactKind, Reason extends string = never>(
    kind: Kind,
    build: (place: EntryPlace) => Outcome<FactBodies[Kind], Reason>,
    operatorId?: OperatorId,
  ): Promise<Outcome<Fact<Kind>, AppendRefusal | Reason>>;
  /** Begins a new epoch; the only entry that may follow a gap. */
  startEpoch(
    epoch: number,
    previousHash: string,
    body: FactBodies['epoch-started'],
  ): Promise<Outcome<Fact, AppendRefusal>>;
  /** Resolves when everything that was queued has been answered. */
  settled(): Promise<void>;
  isWriting(): boolean;
};

export type JournalGiven = {
  readonly store: FactStore;
  readonly book: PendingBook;
  readonly enrolment: Enrolment;
  readonly privateKey: CryptoKey;
  readonly subtle: SubtleCrypto;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Asked right before each entry: null, or why this window must not write. */
  readonly whyNot: () => 'another-window-writes' | 'newer-version-running' | null;
  readonly onAppended: (fact: Fact) => void;
  /** It cannot be known whether the last entry was written; selling must stop. */
  readonly onBroken: (error: unknown) => void;
};

/** A journal that goes on after `start`; the boot check has found that this is its true head. */
export function createJournal(given: JournalGiven, start: JournalHead): Journal {
  let head = start;
  let isBroken = false;
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    waiting += 1;
    const result = queue.then(work).finally(() => {
      waiting -= 1;
    });
    queue = result.catch(() => undefined);
    return result;
  };

  const write = async (content: FactContent): Promise<Outcome<Fact, AppendRefusal>> => {
    let sealed: SealedFact;
    try {
      sealed = await sealFact(content, given.privateKey, given.subtle);
    } catch {
      return refuse('text-not-storable', { kind: content.kind });
    }
    try {
      await given.store.insert(sealed);
    } catch (error) {
      const isThere = await given.store.holds(sealed).catch(() => null);
      if (isThere === null) {
        isBroken = true;
        given.onBroken(error);
        return refuse('storage-failed');
      }
      if (!isThere) return refuse(isQuotaError(error) ? 'storage-full' : 'storage-failed');
    }
    head = headOf(sealed.fact);
    given.book.appended(sealed.fact);
    given.onAppended(sealed.fact);
    return accept(sealed.fact);
  };

  const refusalNow = (): AppendRefusal | null => (isBroken ? 'storage-failed' : given.whyNot());

  return {
    head: () => head,
    settled: async () => void (await queue),
    isWriting: () => waiting > 0,
    append(kind, build, operatorId) {
      return inTurn(async () => {
        const refusal = refusalNow();
        if (refusal !== null) return refuse(refusal);
        if (head.sequence === 0) return refuse('journal-not-ready');
        const place = {
          epoch: head.epoch,
          sequence: head.sequence + 1,
          recordedAt: given.now().toISOString(),
        };
        const body = build(place);
        if (!body.ok) return body;
        const content = contentOf(
          given,
          { ...place, previousHash: head.hash, kind, body: body.value },
          operatorId,
        );
        // A broken link here would be a bug of ours, and must never reach the disk.
        if (!checkLink(head, content).ok) throw new Error('The next entry does not fit the journal.');
        return (await write(content)) as Outcome<Fact<typeof kind>, AppendRefusal>; // write() keeps the kind.
      });
    },
    startEpoch(epoch, previousHash, body) {
      return inTurn(async () => {
        const refusal = refusalNow();
        if (refusal !== null) return refuse(refusal);
        const place = { epoch, sequence: 1, recordedAt: given.now().toISOString() };
        return write(contentOf(given, { ...place, previousHash, kind: 'epoch-started', body }));
      });
    },
  };
}

function contentOf<Kind extends FactKind>(
  given: JournalGiven,
  entry: EntryPlace & { readonly previousHash: string; readonly kind: Kind; readonly body: FactBodies[Kind] },
  operatorId?: OperatorId,
): FactContent<Kind> {
  return {
    id: asFactId(given.newId()),
    workstationId: given.enrolment.workstationId,
    storeId: given.enrolment.storeId,
    ...entry,
    ...(operatorId === undefined ? {} : { operatorId }),
  };
}

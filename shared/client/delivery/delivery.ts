// Brings the journal to the server. What is delivered is proved by the server's high-water mark alone
// (RELIABILITY F1): no clock, no checkpoint of a replication library, no answer code.
//
//   waiting ──entry, contact, wake-up──► sending ──mark──► more? ──► sending
//      ▲                                    │ failure: back off with jitter, try the same batch again
//      └────────────────────────────────────┘
//
// A mark below what was confirmed means that the server has lost memory: the gap is sent again from here. A
// mark above our own head means that we have: the workstation stops and looks. A fork stops everything.

import type { JournalHead } from '../../domain/fact.ts';
import { compareJournalPositions } from '../../domain/journal.ts';
import type { FactStore } from '../journal/fact-store.ts';
import type { PendingBook } from '../journal/pending-book.ts';
import { createRetryPace } from '../server/retry-pace.ts';
import { isRecord } from '../server/server-answer.ts';
import { isHead } from '../storage/canary.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import { pause } from '../server/pause.ts';
import { readPushAnswer } from './read-push-answer.ts';

export const BATCH_FACTS_MAX = 200;
/** Below the server's body limit of 1 MB, with room for the wrapping. */
export const BATCH_BYTES_MAX = 900_000;
const SEND_TIMEOUT_MS = 30_000;

export type DeliveryEvents = {
  readonly onForked: () => void;
  /** The server has entries of ours that we do not have. */
  readonly onServerAhead: (head: JournalHead) => void;
  readonly onServerAmnesia: (given: {
    readonly confirmed: JournalHead;
    readonly server: JournalHead;
  }) => void;
  readonly onRefused: (code: string) => void;
  readonly onAccepted: () => void;
};

export type Delivery = {
  /** There may be something to send. */
  poke(): void;
  /**
   * A mark learned with a token. It may be older than the answer to a push that crossed it, so a lower one is
   * not believed but asked for again while nothing is being sent.
   */
  learn(mark: JournalHead): Promise<void>;
  isSending(): boolean;
  /** Resolves when nothing is pending, or false after `timeoutMs`; for closing and for replay. */
  drained(timeoutMs: number): Promise<boolean>;
  close(): void;
};

export function createDelivery(
  given: {
    readonly store: FactStore;
    readonly book: PendingBook;
    readonly connection: ServerConnection;
    readonly head: () => JournalHead;
    readonly mayWrite: () => boolean;
    readonly now: () => number;
    readonly random: () => number;
  },
  events: DeliveryEvents,
): Delivery {
  const pace = createRetryPace(given);
  const closing = new AbortController();
  let isSending = false;
  let isStopped = false;
  let isRunning = false;
  let factsMax = BATCH_FACTS_MAX;
  let mustAsk = false;

  const believe = async (mark: JournalHead): Promise<void> => {
    const confirmed = given.book.acknowledged();
    const head = given.head();
    if (compareJournalPositions(mark, head) > 0) {
      isStopped = true;
      events.onServerAhead(mark);
      return;
    }
    const ours = mark.sequence === 0 ? null : await given.store.at(mark);
    if (ours !== null && ours.hash !== mark.hash) {
      isStopped = true;
      events.onForked();
      return;
    }
    if (compareJournalPositions(mark, confirmed) < 0) events.onServerAmnesia({ confirmed, server: mark });
    if (compareJournalPositions(mark, confirmed) !== 0) await given.book.acknowledge(mark, head);
  };

  const sendOne = async (): Promise<'again' | 'failed' | 'done'> => {
    const batch = await nextBatch(given.store, given.book.acknowledged(), factsMax);
    if (batch.length === 0) {
      if (given.book.pendingCount() > 0) await given.book.recount(given.head());
      return 'done';
    }
    const before = given.book.acknowledged();
    const answer = await given.connection.request('/api/v1/facts', {
      method: 'POST',
      body: `{"facts":[${batch.join(',')}]}`,
      timeoutMs: SEND_TIMEOUT_MS,
    });
    if (closing.signal.aborted) return 'done';
    const verdict = readPushAnswer(answer);
    switch (verdict.kind) {
      case 'mark':
        await believe(verdict.head);
        if (compareJournalPositions(given.book.acknowledged(), before) === 0) {
          pace.failed();
          return 'failed';
        }
        pace.succeeded();
        factsMax = BATCH_FACTS_MAX;
        events.onAccepted();
        return 'again';
      case 'forked':
        isStopped = true;
        events.onForked();
        return 'done';
      case 'too-large':
        factsMax = Math.max(1, Math.floor(batch.length / 2));
        pace.failed();
        return 'failed';
      case 'invalid':
        if (verdict.head !== null) await believe(verdict.head);
        events.onRefused(verdict.code);
        // One entry at a time finds out which one it is; the ones before it are delivered meanwhile.
        factsMax = 1;
        pace.failed();
        return 'failed';
      case 'outdated':
        pace.failed(600_000);
        return 'failed';
      case 'later':
        pace.failed(verdict.retryAfterMs ?? undefined);
        return 'failed';
    }
  };

  const askForMark = async (): Promise<'again' | 'failed'> => {
    const { epoch, sequence } = given.head();
    const answer = await given.connection.request(
      `/api/v1/facts?epoch=${String(Math.max(1, epoch))}&afterSequence=${String(sequence)}&limit=1`,
    );
    const head = answer.kind === 'ok' && isRecord(answer.body) ? answer.body['head'] : null;
    if (!isHead(head)) {
      pace.failed(answer.kind === 'refused' ? (answer.retryAfterMs ?? undefined) : undefined);
      return 'failed';
    }
    mustAsk = false;
    await believe(head);
    return 'again';
  };

  const hasWork = () => mustAsk || given.book.pendingCount() > 0;
  const mayGoOn = () => !isStopped && !closing.signal.aborted && given.mayWrite();

  const run = async () => {
    while (mayGoOn() && hasWork()) {
      if (!(await given.connection.whenOnline())) return;
      await pause(pace.delayMs(), closing.signal);
      if (closing.signal.aborted || !given.mayWrite()) return;
      isSending = true;
      try {
        if ((await (mustAsk ? askForMark() : sendOne())) === 'done') return;
      } finally {
        isSending = false;
      }
    }
  };

  const delivery: Delivery = {
    poke() {
      if (isRunning || isStopped || closing.signal.aborted) return;
      isRunning = true;
      void run()
        .catch(() => pace.failed())
        .finally(() => {
          isRunning = false;
          if (mayGoOn() && (mustAsk || given.book.pendingCount() > 0))
            setTimeout(() => delivery.poke(), pace.delayMs());
        });
    },
    async learn(mark) {
      if (compareJournalPositions(mark, given.book.acknowledged()) >= 0) {
        await believe(mark);
        return;
      }
      mustAsk = true;
      delivery.poke();
    },
    isSending: () => isSending,
    async drained(timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      while (given.book.pendingCount() > 0) {
        if (performance.now() > deadline || closing.signal.aborted) return false;
        delivery.poke();
        await pause(10, closing.signal);
      }
      return true;
    },
    close: () => closing.abort(),
  };
  return delivery;
}

/** Canonical texts of the entries after `mark`, as many as fit into one request. */
async function nextBatch(store: FactStore, mark: JournalHead, factsMax: number): Promise<readonly string[]> {
  const stored = await store.after(mark, factsMax);
  const batch: string[] = [];
  let bytes = 0;
  for (const one of stored) {
    // A UTF-16 unit is at most three bytes of UTF-8; canonical JSON of a shop is mostly one.
    const size = new TextEncoder().encode(one.body).length + 1;
    if (batch.length > 0 && bytes + size > BATCH_BYTES_MAX) break;
    batch.push(one.body);
    bytes += size;
  }
  return batch;
}

// The one way into the journals, for pushes of workstations and for the server's own facts. Requests for one
// store are taken one transaction after the other, because they share the store's feed counter anyway; what
// queues meanwhile is taken together, up to a limit, so that a busy store costs one commit for many tills.

import type { Fact, JournalHead } from '../../shared/domain/fact.ts';
import { LIST_MAX } from '../../shared/protocol/limits.ts';
import type { PushOutcome } from '../../shared/protocol/messages.ts';
import { admissionScopes, type CallerKind } from '../db/caller.ts';
import { databaseErrorCode, inTransaction, type Database, type Transaction } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { sqlInScopes } from '../db/row-scopes.ts';
import { admitQuickly } from './admit-quickly.ts';
import { admitBatch, type AdmitRequest, type AdmitResult } from './admit-batch.ts';
import { judgeFact, readEnvelope, type FactEnvelope, type JudgedFact } from './judge-fact.ts';
import { judgeDecisions } from './judge-decisions.ts';
import { judgeInContext } from './judge-in-context.ts';
import { createPriceJudge } from './judge-prices.ts';
import { createStoreBooks, type StoreBooks } from './store-books.ts';
import { isGenuine } from './verify-fact.ts';

/** Facts that may wait for one store; beyond that the server says 503 and tills keep what they have. */
const WAITING_FACTS_MAX = 20_000;
/** The server does not dispute its own facts; anything else is a bug. */
const OWN_OUTCOMES: ReadonlySet<PushOutcome> = new Set(['accepted', 'repeated']);
const UNIQUE_VIOLATION = '23505';

export type AdmissionRequest = {
  readonly workstationId: string;
  readonly storeId: string;
  readonly callerKind: CallerKind;
  /** Of this workstation and store, ascending by (epoch, sequence); at least one. */
  readonly envelopes: readonly FactEnvelope[];
};

export type AdmissionResult =
  | AdmitResult
  /** The fact's hash or signature is wrong; what stood before it was taken in. */
  | { readonly kind: 'not-genuine'; readonly factId: string; readonly before: AdmitResult | null }
  | { readonly kind: 'overloaded' };

export type Admission = {
  readonly admit: (request: AdmissionRequest) => Promise<AdmissionResult>;
  /**
   * The same judgement and rules inside a transaction of the caller, for facts that the server itself writes
   * together with what they cause. Throws when an entry is not taken in.
   */
  readonly admitWithin: (transaction: Transaction, request: OwnFacts) => Promise<void>;
  /** Newest entry held of a journal, null for an unknown workstation. */
  readonly headOf: (workstationId: string) => Promise<JournalHead | null>;
};

export type OwnFacts = {
  readonly storeId: string;
  readonly workstationId: string;
  readonly facts: readonly Fact[];
};

export type AdmissionGiven = {
  readonly database: Database;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onQuarantined: (workstationId: string) => void;
};

type Waiting = {
  readonly request: AdmitRequest;
  readonly resolve: (result: AdmitResult) => void;
  readonly reject: (error: unknown) => void;
};

type Queue = { readonly waiting: Waiting[]; facts: number; isRunning: boolean };

export function createAdmission(given: AdmissionGiven): Admission {
  const { database, log } = given;
  const books = createStoreBooks(database.sql, given.now);
  const prices = createPriceJudge(database);
  const queues = new Map<string, Queue>();

  const takeTogether = (storeId: string, requests: readonly AdmitRequest[], isCareful: boolean) =>
    inTransaction(
      database,
      (transaction) =>
        admitBatch(transaction, requests, {
          storeId,
          isCareful,
          at: new Date(given.now()).toISOString(),
        }),
      { scopes: admissionScopes(storeId) },
    );

  /** The quick way for whom it serves, the long way for the others. */
  async function takeBatch(
    storeId: string,
    requests: readonly AdmitRequest[],
  ): Promise<readonly AdmitResult[]> {
    const quick = await admitQuickly(database, storeId, requests);
    const left = requests.filter((_, place) => quick[place] === null);
    const slow = left.length === 0 ? [] : await takeTogether(storeId, left, false);
    const ofSlow = new Map(left.map((request, place) => [request, slow[place]]));
    return requests.map((request, place) => {
      const result = quick[place] ?? ofSlow.get(request);
      if (result === undefined) throw new Error('a batch had too few results');
      return result;
    });
  }

  async function takeAlone(storeId: string, each: Waiting): Promise<void> {
    try {
      const [result] = await takeTogether(storeId, [each.request], true);
      if (result === undefined) throw new Error('a batch of one had no result');
      each.resolve(result);
    } catch (error) {
      each.reject(error);
    }
  }

  async function run(storeId: string, queue: Queue): Promise<void> {
    queue.isRunning = true;
    while (queue.waiting.length > 0) {
      const batch = nextBatch(queue);
      try {
        const results = await takeBatch(
          storeId,
          batch.map((each) => each.request),
        );
        for (const [place, each] of batch.entries()) {
          const result = results[place];
          if (result === undefined) each.reject(new Error('a batch had too few results'));
          else each.resolve(result);
        }
      } catch (error) {
        const isOneAtFault = databaseErrorCode(error) === UNIQUE_VIOLATION;
        // An id that is used twice is found by a careful look at each request by itself.
        if (isOneAtFault) for (const each of batch) await takeAlone(storeId, each);
        else for (const each of batch) each.reject(error);
      }
    }
    queue.isRunning = false;
    queues.delete(storeId);
  }

  function enqueue(storeId: string, request: AdmitRequest): Promise<AdmitResult> | null {
    const queue = queues.get(storeId) ?? { waiting: [], facts: 0, isRunning: false };
    if (queue.facts + request.facts.length > WAITING_FACTS_MAX) return null;
    queues.set(storeId, queue);
    queue.facts += request.facts.length;
    return new Promise((resolve, reject) => {
      queue.waiting.push({ request, resolve, reject });
      if (!queue.isRunning) void run(storeId, queue);
    });
  }

  return {
    async admit(request) {
      const genuine = await genuineFacts(request, books);
      if (genuine === null) return { kind: 'unwelcome', reason: 'unknown' };
      const { failedId } = genuine;
      const sql = sqlInScopes(database, admissionScopes(request.storeId));
      const inContext = await judgeInContext(sql, genuine.facts);
      const decided = await judgeDecisions(sql, inContext);
      const facts = await prices.judge(request.storeId, decided);
      let before: AdmitResult | null = null;
      if (facts.length > 0) {
        const queued = enqueue(request.storeId, { workstationId: request.workstationId, facts });
        if (queued === null) return { kind: 'overloaded' };
        before = await queued;
        if (before.kind === 'forked') {
          given.onQuarantined(request.workstationId);
          log.error({ workstationId: request.workstationId, storeId: request.storeId }, 'journal-forked');
        }
        if (before.kind !== 'admitted') return before;
      }
      if (failedId === null && before !== null) return before;
      log.warn({ workstationId: request.workstationId, factId: failedId }, 'fact-not-genuine');
      return { kind: 'not-genuine', factId: failedId ?? '', before };
    },
    async admitWithin(transaction, { storeId, workstationId, facts }) {
      const envelopes = facts.map(readEnvelope).filter((envelope) => envelope !== null);
      // Rows of this transaction are not visible to others yet, so nothing remembered is used.
      const genuine = await genuineFacts(
        { storeId, workstationId, callerKind: 'server', envelopes },
        createStoreBooks(transaction.sql, given.now),
      );
      if (genuine === null || genuine.facts.length !== facts.length) {
        throw new Error('a fact of the server is not well formed or not signed by its workstation');
      }
      const [result] = await admitBatch(transaction, [{ workstationId, facts: genuine.facts }], {
        storeId,
        isCareful: true,
        at: new Date(given.now()).toISOString(),
      });
      const isTakenIn =
        result?.kind === 'admitted' && result.results.every(({ outcome }) => OWN_OUTCOMES.has(outcome));
      if (!isTakenIn) throw new Error(`facts of the server were not taken in: ${JSON.stringify(result)}`);
    },
    async headOf(workstationId) {
      const rows = await database.sql<JournalHead[]>`
        select head_epoch as epoch, head_sequence as sequence, head_hash as hash
        from workstation where id = ${workstationId}`;
      return rows[0] === undefined ? null : { ...rows[0] };
    },
  };
}

/** Takes as many waiting requests as fit a batch together, and always at least one. */
function nextBatch(queue: Queue): readonly Waiting[] {
  let facts = 0;
  let count = 0;
  for (const { request } of queue.waiting) {
    if (count > 0 && facts + request.facts.length > LIST_MAX.facts) break;
    facts += request.facts.length;
    count += 1;
  }
  queue.facts -= facts;
  return queue.waiting.splice(0, count);
}

/** Judges and verifies all facts at once; what follows the first that is not genuine is left out. */
async function genuineFacts(
  request: AdmissionRequest,
  books: StoreBooks,
): Promise<{ readonly facts: readonly JudgedFact[]; readonly failedId: string | null } | null> {
  const [book, key] = await Promise.all([
    books.bookOf(request.storeId),
    books.workstationOf(request.workstationId),
  ]);
  if (book === null || key === null) return null;
  const judged = request.envelopes.map((envelope) =>
    judgeFact(envelope, { ...book, callerKind: request.callerKind, workstationNumber: key.number }),
  );
  const verdicts = await Promise.all(judged.map((fact) => isGenuine(fact, key.publicKey)));
  const failed = verdicts.indexOf(false);
  if (failed < 0) return { facts: judged, failedId: null };
  return { facts: judged.slice(0, failed), failedId: judged[failed]?.envelope.id ?? '' };
}

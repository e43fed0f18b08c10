// Delivery goes by the server's high-water mark and by nothing else.

import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fact, JournalHead } from '../../domain/fact.ts';
import { asOperatorId, asStoreId, asWorkstationId } from '../../domain/ids.ts';
import { EMPTY_JOURNAL } from '../../domain/journal.ts';
import { accept } from '../../domain/refusal.ts';
import { createFactStore, type FactStore } from '../journal/fact-store.ts';
import { createJournal, type Journal } from '../journal/journal.ts';
import { createPendingBook, type PendingBook } from '../journal/pending-book.ts';
import type { ServerAnswer } from '../server/server-answer.ts';
import type { RequestOptions, ServerConnection } from '../server/server-connection.ts';
import { createCanary } from '../storage/canary.ts';
import { createSigningKeys } from '../storage/key-store-indexeddb.ts';
import { createMemoryTextStore } from '../storage/memory-ports.ts';
import { openTillDatabase, type TillDatabase } from '../storage/till-database.ts';
import { createDelivery, type Delivery } from './delivery.ts';

type Pushed = { readonly sequences: readonly number[] };

let database: TillDatabase;
let store: FactStore;
let book: PendingBook;
let journal: Journal;
let delivery: Delivery;
let pushes: Pushed[];
let heard: string[];
/** What the server answers to a batch; the facts of the batch are at hand. */
let answer: (facts: readonly Fact[]) => ServerAnswer;
let serverHead: JournalHead;

const ok = (head: JournalHead): ServerAnswer => ({
  kind: 'ok',
  body: { head, results: [] },
  serverTime: null,
});
const refused = (status: number, code: string, body: unknown = {}): ServerAnswer => ({
  kind: 'refused',
  status,
  code,
  detail: '',
  body,
  retryAfterMs: null,
});
const headOf = (facts: readonly Fact[]): JournalHead => {
  const last = facts.at(-1);
  return last === undefined ? EMPTY_JOURNAL : { epoch: last.epoch, sequence: last.sequence, hash: last.hash };
};

beforeEach(async () => {
  database = await openTillDatabase(getRxStorageMemory(), `delivery-${crypto.randomUUID()}`);
  const { privateKey } = await createSigningKeys(crypto.subtle, false);
  const enrolment = {
    workstationId: asWorkstationId('w1'),
    workstationNumber: 1,
    storeId: asStoreId('s1'),
    storeNumber: 1,
    name: 'w1',
    kind: 'pos' as const,
    serverUrl: '',
    enrolledAt: '',
  };
  store = createFactStore(await database.facts(), () => ({ epoch: 1, sequence: 0 }));
  heard = [];
  pushes = [];
  serverHead = EMPTY_JOURNAL;
  answer = (facts) => {
    serverHead = headOf(facts);
    return ok(serverHead);
  };
  book = createPendingBook({
    store,
    canary: createCanary(createMemoryTextStore(), ''),
    workstationId: 'w1',
    onChange: () => {},
    onCanaryFailed: () => heard.push('canary-failed'),
  });
  journal = createJournal(
    {
      store,
      book,
      enrolment,
      privateKey,
      subtle: crypto.subtle,
      now: () => new Date(),
      newId: () => crypto.randomUUID(),
      whyNot: () => null,
      onAppended: () => {},
      onBroken: () => heard.push('broken'),
    },
    EMPTY_JOURNAL,
  );
  await journal.startEpoch(1, EMPTY_JOURNAL.hash, { reason: 'enrolled', lost: null });
  const connection = {
    whenOnline: () => Promise.resolve(true),
    request(_path: string, options: RequestOptions = {}) {
      if (options.body === undefined) return Promise.resolve(ok(serverHead));
      const { facts } = JSON.parse(options.body) as { facts: Fact[] };
      pushes.push({ sequences: facts.map((fact) => fact.sequence) });
      return Promise.resolve(answer(facts));
    },
  } as unknown as ServerConnection; // Delivery uses these two of it.
  delivery = createDelivery(
    {
      store,
      book,
      connection,
      head: () => journal.head(),
      mayWrite: () => true,
      now: () => Date.now(),
      random: () => 0,
    },
    {
      onForked: () => heard.push('forked'),
      onServerAhead: () => heard.push('server-ahead'),
      onServerAmnesia: ({ confirmed, server }) =>
        heard.push(`amnesia ${String(server.sequence)} < ${String(confirmed.sequence)}`),
      onRefused: (code) => heard.push(`refused ${code}`),
      onAccepted: () => {},
    },
  );
});
afterEach(async () => {
  delivery.close();
  await database.close();
});

async function append(count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) {
    await journal.append('operator-signed-on', () => accept({ operatorId: asOperatorId('o1') }));
  }
}

describe('delivery', () => {
  test('batches hold at most 200 facts and go out in order', async () => {
    await append(449);
    expect(book.pendingCount()).toBe(450);
    expect(await delivery.drained(60_000)).toBe(true);
    expect(pushes.map((push) => push.sequences.length)).toEqual([200, 200, 50]);
    expect(pushes.flatMap((push) => push.sequences)).toEqual(
      Array.from({ length: 450 }, (_, place) => place + 1),
    );
    expect(book.pendingCount()).toBe(0);
    expect(book.oldestPendingAt()).toBeNull();
  });

  test('an answer that takes in a part is followed from its mark', async () => {
    await append(4);
    const whole = answer;
    answer = (facts) => {
      answer = whole;
      return ok(headOf(facts.slice(0, 2)));
    };
    expect(await delivery.drained(60_000)).toBe(true);
    expect(pushes.map((push) => push.sequences)).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ]);
  });

  test('an answer without a mark proves nothing', async () => {
    const whole = answer;
    let left = 2;
    answer = (facts) => {
      left -= 1;
      return left >= 0 ? { kind: 'ok', body: { fine: true }, serverTime: null } : whole(facts);
    };
    expect(await delivery.drained(60_000)).toBe(true);
    expect(pushes.map((push) => push.sequences)).toEqual([[1], [1], [1]]);
  });

  test('a fork stops delivery and says so', async () => {
    answer = () => refused(409, 'journal-forked');
    expect(await delivery.drained(300)).toBe(false);
    expect(heard).toEqual(['forked']);
    expect(pushes).toHaveLength(1);
    expect(book.pendingCount()).toBe(1);
  });

  test('a quarantined workstation is told like a fork', async () => {
    answer = () => refused(403, 'workstation-quarantined');
    expect(await delivery.drained(300)).toBe(false);
    expect(heard).toEqual(['forked']);
  });

  test('a mark with another hash at our own place is a fork', async () => {
    answer = (facts) => ok({ ...headOf(facts), hash: 'f'.repeat(64) });
    expect(await delivery.drained(300)).toBe(false);
    expect(heard).toEqual(['forked']);
  });

  test('a mark above our own head means that we have lost something', async () => {
    answer = () => ok({ epoch: 1, sequence: 9, hash: 'f'.repeat(64) });
    expect(await delivery.drained(300)).toBe(false);
    expect(heard).toEqual(['server-ahead']);
  });

  test('a body that is too large is sent in smaller parts', async () => {
    await append(7);
    const whole = answer;
    answer = (facts) => (facts.length > 3 ? refused(413, 'body-too-large') : whole(facts));
    expect(await delivery.drained(60_000)).toBe(true);
    expect(pushes.map((push) => push.sequences.length).slice(0, 3)).toEqual([8, 4, 2]);
  });

  test('an entry that is not taken does not hold back those before it, and is named', async () => {
    await append(3);
    answer = (facts) => {
      const good = facts.filter((fact) => fact.sequence < 3);
      const head = good.length === 0 ? serverHead : headOf(good);
      serverHead = head;
      return refused(422, 'fact-not-genuine', { head });
    };
    expect(await delivery.drained(1_500)).toBe(false);
    expect(book.pendingCount()).toBe(2);
    expect(new Set(heard)).toEqual(new Set(['refused fact-not-genuine']));
  });

  test('a server that forgot is filled again; a mark that a push has overtaken is not believed', async () => {
    await append(3);
    await delivery.drained(60_000);
    const old = { ...serverHead };
    await append(2);
    await delivery.drained(60_000);
    // The token crossed the push: its mark is older than what the push confirmed.
    await delivery.learn(old);
    await delivery.drained(1_000);
    expect(heard).toEqual([]);
    // Now the server has truly forgotten.
    serverHead = old;
    await delivery.learn(old);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(await delivery.drained(60_000)).toBe(true);
    expect(heard).toEqual(['amnesia 4 < 6']);
    expect(pushes.at(-1)?.sequences).toEqual([5, 6]);
  });

  test('confirmed entries older than asked are purged, a few at a time; the start of the epoch and the newest stay', async () => {
    await append(9);
    await delivery.drained(60_000);
    const soon = new Date(Date.now() + 1000).toISOString();
    expect(await store.purge({ epoch: 1, sequence: 9 }, soon, 4)).toBe(4);
    expect(await store.at({ epoch: 1, sequence: 1 })).toMatchObject({ kind: 'epoch-started' });
    expect(await store.purge({ epoch: 1, sequence: 9 }, soon, 100)).toBe(4);
    expect((await store.newest())?.sequence).toBe(10);
    expect(await store.purge({ epoch: 1, sequence: 9 }, soon, 100)).toBe(0);
  });
});

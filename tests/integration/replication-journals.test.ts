// How the server takes journals in: repeats, gaps, forks, poison, disputed money, wrong proofs; and what it never
// does: lose a fact, take one twice, or let one stop those after it.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { looseCanonicalJson } from '../../sync-server/replication/loose-canonical-json.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { anotherPool, aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import {
  aTransaction,
  aWorkstation,
  call,
  open,
  push,
  sell,
  signedFact,
  signIn,
  write,
  type Problem,
} from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const outcomes = (answer: { body: { results: readonly { outcome: string }[] } }): readonly string[] =>
  answer.body.results.map((result) => result.outcome);
const attentionOf = async (workstationId: string): Promise<readonly string[]> =>
  (
    await database.sql<{ kind: string }[]>`
      select kind from attention where workstation_id = ${workstationId} order by id`
  ).map((row) => row.kind);

describe('journals of workstations', () => {
  test('facts are taken in once, whatever is sent again', async () => {
    const till = await aWorkstation(server);
    const facts = [open(till), sell(till), sell(till, { pieces: 3 })];
    expect(outcomes(await push(server, till, facts))).toEqual(['accepted', 'accepted', 'accepted']);
    const again = await push(server, till, [...facts, sell(till)]);
    expect(outcomes(again)).toEqual(['repeated', 'repeated', 'repeated', 'accepted']);
    expect(again.body.head).toEqual(till.head);
    const [row] =
      await database.sql`select count(*)::integer as count from fact where workstation_id = ${till.id}`;
    expect(row).toEqual({ count: 4 });
  });

  test('a request in any order is taken in the order of the journal', async () => {
    const till = await aWorkstation(server);
    const facts = [open(till), sell(till), sell(till)];
    const answer = await push(server, till, facts.toReversed());
    expect(outcomes(answer)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(answer.body.head).toEqual(till.head);
  });

  test('a gap stops there, and the head says from where to send again', async () => {
    const till = await aWorkstation(server);
    const [first, second, third] = [open(till), sell(till), sell(till)];
    await push(server, till, [first]);
    const gap = await push(server, till, [third]);
    expect([gap.status, outcomes(gap), gap.body.head.sequence]).toEqual([200, ['gap'], 1]);
    expect(outcomes(await push(server, till, [second, third]))).toEqual(['accepted', 'accepted']);
  });

  test('another entry for a place that is taken is a fork: kept as evidence, the workstation is stopped', async () => {
    const till = await aWorkstation(server);
    const start = open(till);
    const clone = { ...till, facts: [] };
    const sold = sell(till);
    await push(server, till, [start, sold]);
    const other = sell(clone, { pieces: 2 });
    const answer = await push(server, clone, [other]);
    expect([answer.status, answer.body.code]).toEqual([409, 'journal-forked']);
    expect(await attentionOf(till.id)).toEqual(['journal-forked']);
    const [evidence] = await database.sql`select hash from forked_fact where workstation_id = ${till.id}`;
    expect(evidence).toEqual({ hash: other.hash });
    const [kept] =
      await database.sql`select hash from fact where workstation_id = ${till.id} and sequence = 2`;
    expect(kept).toEqual({ hash: sold.hash });
    const next = await push(server, till, [sell(till)]);
    expect([next.status, next.body.code]).toEqual([403, 'workstation-quarantined']);
    const signIn2 = await signIn(server, till);
    expect(signIn2.status).toBe(403);
  });

  test('a copy that goes on from an older entry is found at its first push', async () => {
    const till = await aWorkstation(server);
    await push(server, till, [open(till)]);
    const clone = { ...till, facts: [] };
    await push(server, till, [sell(till), sell(till)]);
    sell(clone, { pieces: 2 });
    const answer = await push(server, clone, [sell(clone, { pieces: 5 }), sell(clone), sell(clone)]);
    expect(answer.status).toBe(409);
  });

  test('the same id with another amount is a fork, and the original is untouched', async () => {
    const till = await aWorkstation(server);
    await push(server, till, [open(till)]);
    const sold = sell(till);
    await push(server, till, [sold]);
    const content = {
      id: sold.id,
      workstationId: till.id,
      storeId: till.storeId,
      epoch: 1,
      sequence: 3,
      previousHash: sold.hash,
      kind: 'transaction-completed',
      recordedAt: '2026-03-02T10:00:00.000Z',
      body: { transaction: aTransaction(till, { pieces: 9 }) },
    };
    const answer = await push(server, till, [signedFact(till.privateKey, content)]);
    expect([answer.status, answer.body.code]).toEqual([409, 'journal-forked']);
    const rows =
      await database.sql`select hash from fact where workstation_id = ${till.id} and id = ${sold.id}`;
    expect([...rows]).toEqual([{ hash: sold.hash }]);
  });

  test('a new epoch continues from the last known entry, and what is declared lost is shown to people', async () => {
    const till = await aWorkstation(server);
    await push(server, till, [open(till), sell(till)]);
    const started = write(till, 'epoch-started', {
      reason: 'tail-missing',
      lost: { epoch: 1, fromSequence: 3, toSequence: 5 },
    });
    const answer = await push(server, till, [started, sell(till)]);
    expect(outcomes(answer)).toEqual(['accepted', 'accepted']);
    expect([answer.body.head.epoch, answer.body.head.sequence]).toEqual([2, 2]);
    expect(await attentionOf(till.id)).toEqual(['entries-lost']);
  });

  test('an epoch that arrives before what it stands on is a gap; one that branches off an older entry is a fork', async () => {
    const till = await aWorkstation(server);
    await push(server, till, [open(till)]);
    const branch = { ...till, facts: [] };
    const [first, second] = [sell(till), sell(till)];
    const started = write(till, 'epoch-started', { reason: 'tail-missing', lost: null });
    const early = await push(server, till, [started]);
    expect([early.status, outcomes(early), early.body.head.sequence]).toEqual([200, ['gap'], 1]);
    expect(outcomes(await push(server, till, [first, second, started]))).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ]);
    branch.head = { epoch: 2, sequence: 0, hash: first?.hash ?? '' };
    const other = write(branch, 'epoch-started', { reason: 'tail-missing', lost: null });
    expect((await push(server, till, [other])).status).toBe(409);
  });

  test('money that does not compute again is taken in and shown with both values', async () => {
    const till = await aWorkstation(server);
    await push(server, till, [open(till)]);
    const transaction = aTransaction(till);
    const wrong = {
      ...transaction,
      totals: { netMinor: 1000, taxMinor: 210, grossMinor: 999, cashRoundingMinor: 0 },
    };
    const answer = await push(server, till, [
      write(till, 'transaction-completed', { transaction: wrong }),
      sell(till),
    ]);
    expect(outcomes(answer)).toEqual(['disputed', 'accepted']);
    const [row] = await database.sql<{ body: string }[]>`
      select body from attention where workstation_id = ${till.id}`;
    const { values } = JSON.parse(row?.body ?? '{}') as { values: Record<string, unknown> };
    expect([values['path1'], values['stated1'], values['computed1']]).toEqual([
      'totals.grossMinor',
      999,
      1210,
    ]);
  });

  test('a poisoned fact is kept, shown, and does not stop those after it', async () => {
    const till = await aWorkstation(server);
    await push(server, till, [open(till)]);
    const facts = [
      sell(till, { note: 'a\u0000b' }),
      write(till, 'transaction-completed', { transaction: { ...aTransaction(till), extra: '\u0000' } }),
      write(till, 'operator-signed-on', { operatorId: 'o1', secret: 'x'.repeat(600) }),
      sell(till),
    ];
    const answer = await push(server, till, facts);
    expect(outcomes(answer)).toEqual(['accepted', 'kept', 'kept', 'accepted']);
    expect(await attentionOf(till.id)).toEqual(['fact-kept', 'fact-kept']);
    await server.modules.foldWorker.settle();
    const rows = await database.sql`
      select count(*)::integer as count, sum(gross_minor)::integer as gross from transaction_view
      where workstation_id = ${till.id}`;
    // The kept transaction has readable money, so it is booked: three sales of 12.10.
    expect([...rows]).toEqual([{ count: 3, gross: 3630 }]);
  });

  test('half a surrogate pair in a text is kept with its escape', async () => {
    const till = await aWorkstation(server);
    await push(server, till, [open(till)]);
    const content = {
      id: randomUUID(),
      workstationId: till.id,
      storeId: till.storeId,
      epoch: 1,
      sequence: 2,
      previousHash: till.head.hash,
      kind: 'transaction-completed',
      recordedAt: '2026-03-02T10:00:00.000Z',
      body: { transaction: aTransaction(till, { note: 'a\uD800b' }) },
    };
    const fact = signedFact(till.privateKey, content, looseCanonicalJson(content));
    till.head = { epoch: 1, sequence: 2, hash: fact.hash };
    const answer = await push(server, till, [fact, sell(till)]);
    expect([answer.status, outcomes(answer)]).toEqual([200, ['accepted', 'accepted']]);
    const back = await call<{ facts: unknown[] }>(`${server.url}/facts?epoch=1&afterSequence=1&limit=1`, {
      token: till.token,
    });
    expect(back.body.facts).toEqual([fact]);
  });

  test('a fact of an unknown kind is kept for the version that knows it', async () => {
    const till = await aWorkstation(server);
    const answer = await push(server, till, [
      open(till),
      write(till, 'moon-landed' as 'pin-failed', { where: 'x' }),
      sell(till),
    ]);
    expect(outcomes(answer)).toEqual(['accepted', 'kept', 'accepted']);
  });

  test('a wrong hash, a wrong signature or another key is refused, and what stood before it is taken in', async () => {
    for (const damage of [
      (fact: { hash: string }) => ({ ...fact, hash: 'a'.repeat(64) }),
      (fact: object) => ({ ...fact, signature: 'A'.repeat(86) }),
      (fact: object) => ({ ...fact, recordedAt: '2026-03-02T10:00:01.000Z' }),
    ]) {
      const till = await aWorkstation(server);
      const facts = [open(till), sell(till), sell(till)];
      const answer = await push(server, till, [facts[0], damage(facts[1] ?? open(till)), facts[2]]);
      expect([answer.status, answer.body.code, answer.body.head?.sequence]).toEqual([
        422,
        'fact-not-genuine',
        1,
      ]);
      expect(outcomes(await push(server, till, facts))).toEqual(['repeated', 'accepted', 'accepted']);
    }
  });

  test('facts of another workstation or store are refused whole', async () => {
    const till = await aWorkstation(server);
    const other = await aWorkstation(server, { storeId: 's2' });
    const answer = await push(server, till, [open(other)]);
    expect([answer.status, answer.body.code]).toEqual([403, 'fact-of-another-workstation']);
    const moved = signedFact(till.privateKey, { ...open(till), storeId: 's2' });
    expect((await push(server, till, [moved])).status).toBe(403);
  });

  test.each([
    ['no facts', { facts: [] }],
    ['too many facts', { facts: Array.from({ length: 201 }, () => ({})) }],
    ['a field that is not known', { facts: [{}], role: 'manager' }],
    ['a list', []],
    ['null', 'null'],
  ])('a request with %s is refused', async (_, body) => {
    const till = await aWorkstation(server);
    const answer = await call<Problem>(`${server.url}/facts`, { body, token: till.token });
    expect(answer.status).toBe(400);
  });

  test('a fact without a place in a journal is refused with a sentence', async () => {
    const till = await aWorkstation(server);
    const answer = await push(server, till, [{ ...open(till), sequence: 0 }]);
    expect([answer.status, answer.body.code]).toEqual([422, 'fact-malformed']);
  });

  test('own facts come back as they were sent', async () => {
    const till = await aWorkstation(server);
    const facts = [open(till), sell(till, { note: 'گل' }), sell(till)];
    await push(server, till, facts);
    const back = await call<{ facts: unknown[]; head: unknown }>(
      `${server.url}/facts?epoch=1&afterSequence=0`,
      {
        token: till.token,
      },
    );
    expect(back.body).toEqual({ facts, head: till.head });
  });

  test('eight tills of one store push at once without any error', async () => {
    const tills = await Promise.all(Array.from({ length: 8 }, () => aWorkstation(server)));
    await Promise.all(
      tills.map(async (till) => {
        await push(server, till, [open(till)]);
        for (let round = 0; round < 10; round += 1) {
          const answer = await push(server, till, [
            sell(till, { ordinal: (round * 7) % 300 }),
            sell(till, { ordinal: 299 - ((round * 11) % 300) }),
          ]);
          expect([answer.status, outcomes(answer)]).toEqual([200, ['accepted', 'accepted']]);
        }
      }),
    );
    const places = await database.sql<{ position: number }[]>`
      select position from fact where store_id = 's1' order by position`;
    expect(places.map((row) => row.position)).toEqual(places.map((_, place) => place + 1));
  });

  test('without a database nothing is answered as taken in, and the till is told when to come back', async () => {
    const pool = anotherPool(database);
    const shop = await aSyncServer({ database: pool });
    const till = await aWorkstation(server);
    await push(shop, till, [open(till)]);
    await pool.close(100);
    const answer = await push(shop, till, [sell(till)]);
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, 2]);
    await shop.stop();
    const again = await push(server, till, till.facts);
    expect(outcomes(again)).toEqual(['repeated', 'accepted']);
  });
});

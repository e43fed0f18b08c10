// A workstation that sends its journal over a bad network: answers are lost, requests arrive twice, late and in the
// wrong order, pieces overlap. Whatever happens, the server ends with exactly the journal, each entry once, and the head
// it answers never goes back. Each run is one workstation with its own seed.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fact, JournalHead } from '../../shared/domain/fact.ts';
import { asStoreId } from '../../shared/domain/ids.ts';
import { compareJournalPositions } from '../../shared/domain/journal.ts';
import type { Store } from '../../shared/domain/store.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { createAdmission, type Admission } from '../../sync-server/replication/admission.ts';
import { readEnvelope, type FactEnvelope } from '../../sync-server/replication/judge-fact.ts';
import { aDatabase, type TestDatabase } from '../support/a-database.ts';
import { aJournalWriter, append, appendSale, signed, type JournalWriter } from '../support/a-journal.ts';
import { seededRandom, type SeededRandom } from '../support/seeded-random.ts';

const RUNS = Math.min(Number(process.env['PROPERTY_RUNS'] ?? 100), 1000);
const SEED = Number(process.env['SEED'] ?? 7);
const PIECE_MAX = 5;

const STORE: Store = {
  id: asStoreId('store-1'),
  number: 1,
  name: 'Test store',
  addressLines: [],
  taxNumber: '',
  timeZone: 'Europe/Warsaw',
  dayStartsAtMinute: 0,
  currency: 'EUR',
  defaultLanguage: 'en',
  receiptFooter: '',
};

let database: TestDatabase;
let admission: Admission;

beforeAll(async () => {
  database = await aDatabase({ connections: 8 });
  await database.sql`insert into store (id, number, name, body)
    values (${STORE.id}, 1, ${STORE.name}, ${JSON.stringify(STORE)})`;
  admission = createAdmission({
    database,
    log: SILENT_LOG,
    now: () => Date.now(),
    onQuarantined: () => undefined,
  });
});
afterAll(async () => {
  await database.drop();
});

describe('pushing facts', () => {
  test(`leaves each entry exactly once over ${RUNS} bad networks (seed ${SEED})`, async () => {
    const seeds = Array.from({ length: RUNS }, (_, index) => SEED * 1000 + index);
    // Eight at a time: the queue of the store is shared, as it is in a shop.
    for (let from = 0; from < seeds.length; from += 8) {
      await Promise.all(
        seeds.slice(from, from + 8).map((seed, place) => oneWorkstation(seed, from + place + 2)),
      );
    }
    const rows = await database.sql<{ kind: string }[]>`select kind from attention`;
    expect(rows).toEqual([]);
  });

  test('an entry that was altered on its way back in time is a fork, and the first one stays', async () => {
    const writer = await enrolled('forked', 9001);
    append(writer, 'epoch-started', { reason: 'enrolled', lost: null });
    const { hash: _hash, signature: _signature, ...content } = appendSale(writer, 1);
    await push(writer, writer.facts);
    const first = writer.facts.at(-1);
    const other = signed(writer, { ...content, recordedAt: '2026-03-02T11:00:00.000Z' });
    expect(await push(writer, [other])).toMatchObject({ kind: 'forked', results: [{ outcome: 'conflict' }] });
    const held = await database.sql`select hash from fact where workstation_id = 'forked' and sequence = 2`;
    expect(held).toEqual([{ hash: first?.hash }]);
  });
});

async function oneWorkstation(seed: number, number: number): Promise<void> {
  const random = seededRandom(seed);
  const writer = await enrolled(`ws-${seed}`, number);
  writeJournal(writer, random);
  let heard = -1;
  let newest: JournalHead | null = null;
  for (let attempt = 0; heard < writer.facts.length - 1; attempt += 1) {
    expect(attempt, `seed ${seed} does not come to an end`).toBeLessThan(500);
    const from = random.chance(0.2) ? random.integer(writer.facts.length) : heard + 1;
    const pieces = Array.from({ length: random.chance(0.3) ? 2 : 1 }, (_, place) =>
      writer.facts.slice(from + place, from + place + 1 + random.integer(PIECE_MAX)),
    ).filter((piece) => piece.length > 0 && !opensEpochAhead(piece, writer, heard));
    // Both pieces are under way at once and may arrive in either order; each may arrive twice.
    const arrivals = pieces.flatMap((piece) => (random.chance(0.2) ? [piece, piece] : [piece]));
    const answers = await Promise.all(arrivals.map((piece) => push(writer, piece)));
    for (const answer of answers) {
      if (answer.kind !== 'admitted') throw new Error(`seed ${seed}: ${JSON.stringify(answer)}`);
      if (random.chance(0.5)) continue;
      if (newest === null || compareJournalPositions(answer.head, newest) > 0) newest = answer.head;
      heard = writer.facts.findIndex((fact) => fact.hash === newest?.hash);
    }
  }
  const stored = await database.sql<{ id: string; hash: string; epoch: number; sequence: number }[]>`
    select id, hash, epoch, sequence from fact where workstation_id = ${writer.workstation} order by epoch, sequence`;
  expect([...stored], `seed ${seed}`).toEqual(
    writer.facts.map(({ id, hash, epoch, sequence }) => ({ id, hash, epoch, sequence })),
  );
  expect(await admission.headOf(writer.workstation)).toEqual(newest);
}

/** A workstation opens an epoch on the head that the server has named, so it never sends the opening over a gap. */
function opensEpochAhead(piece: readonly Fact[], writer: JournalWriter, heard: number): boolean {
  const [first] = piece;
  return first !== undefined && first.sequence === 1 && writer.facts.indexOf(first) > heard + 1;
}

function writeJournal(writer: JournalWriter, random: SeededRandom): void {
  append(writer, 'epoch-started', { reason: 'enrolled', lost: null });
  const length = 4 + random.integer(16);
  for (let entry = 0; entry < length; entry += 1) {
    if (random.chance(0.08)) append(writer, 'epoch-started', { reason: 'tail-missing', lost: null });
    else
      append(writer, 'pin-failed', {
        operatorId: 'operator-1' as never,
        failuresInRow: 1 + random.integer(4),
      });
  }
}

function push(writer: JournalWriter, facts: readonly Fact[]) {
  const envelopes = facts.map((fact): FactEnvelope => {
    const envelope = readEnvelope(fact);
    if (envelope === null) throw new Error(`fact ${fact.id} has no envelope`);
    return envelope;
  });
  return admission.admit({
    workstationId: writer.workstation,
    storeId: STORE.id,
    callerKind: 'pos',
    envelopes,
  });
}

async function enrolled(id: string, number: number): Promise<JournalWriter> {
  const writer = aJournalWriter(id);
  await database.sql`insert into workstation (id, store_id, number, kind, name, public_key)
    values (${id}, ${STORE.id}, ${number}, 'pos', ${id}, ${JSON.stringify(writer.publicKey)})`;
  return writer;
}

// Facts into the server: 16 tills push signed sales of three lines, 1, 10 and 100 facts a request, beside a raw
// batched INSERT of the same rows into the same PostgreSQL (no HTTP, no checks: the physical limit), beside
// rxdb-server (in memory) and express-pouchdb (not durable per request). Legs of a round follow each other, so
// that all see the same machine; ratios are medians of the rounds' own ratios.

import { openServerDatabase, type ServerDatabase } from '../support/server-database.ts';
import { postmasterPid, startServer, type ServerProcess } from '../support/server-process.ts';
import type { Bench, BenchOptions } from './bench.ts';
import { ask, enrolLoadTill, makeSales, type LoadFact, type LoadTill } from './load-till.ts';
import { startPeer, type PeerServer } from './peers.ts';
import { cpuMsOf } from './process-cost.ts';
import { beside, told, type Row } from './row.ts';
import { median } from './statistics.ts';

const TILLS = 16;
const SIZES = [
  { factsPerRequest: 1, requestsPerTill: 40, leastOfRaw: 0.45 },
  { factsPerRequest: 10, requestsPerTill: 16, leastOfRaw: 0.6 },
  { factsPerRequest: 100, requestsPerTill: 4, leastOfRaw: 0.7 },
] as const;
const LEAST_OF_POUCH = 2;

type Given = {
  readonly server: ServerProcess;
  readonly sql: ServerDatabase;
  readonly rxdb: PeerServer;
  readonly pouch: PeerServer;
  readonly tills: readonly LoadTill[];
};

type Round = {
  readonly ours: number;
  readonly raw: number;
  readonly rxdb: number;
  readonly pouch: number;
  readonly cpuPerFact: number;
};

export const push: Bench = {
  name: 'push',
  about: 'facts/s into the server beside raw INSERT, rxdb-server, express-pouchdb',
  async run(options) {
    const server = await startServer({ env: { DEMO_ITEMS: '600' } });
    const sql = openServerDatabase(server, TILLS);
    const rxdb = await startPeer('rxdb-server');
    const pouch = await startPeer('express-pouchdb');
    try {
      await sql`create table bench_fact (like fact including all)`;
      await fetch(`${pouch.url}/bench`, { method: 'PUT' });
      const tills: LoadTill[] = [];
      for (let number = 0; number < TILLS; number += 1) tills.push(await enrolLoadTill(server.url));
      return await measure({ server, sql, rxdb, pouch, tills }, options);
    } finally {
      await sql.end();
      await rxdb.stop();
      await pouch.stop();
      await server.dispose();
    }
  },
};

async function measure(given: Given, { isQuick, say }: BenchOptions): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { factsPerRequest, requestsPerTill, leastOfRaw } of SIZES) {
    const requests = isQuick ? Math.min(2, requestsPerTill) : requestsPerTill;
    const rounds: Round[] = [];
    // The first round warms everybody up and is not counted.
    for (let round = 0; round < (isQuick ? 2 : 6); round += 1) {
      const measured = await runRound(given, factsPerRequest, requests);
      if (round > 0) rounds.push(measured);
    }
    const name = `push, ${factsPerRequest} ${factsPerRequest === 1 ? 'fact' : 'facts'} per request`;
    const rates = (kind: keyof Round): number => median(rounds.map((round) => round[kind]));
    const ratio = (kind: 'raw' | 'rxdb' | 'pouch'): number =>
      median(rounds.map((round) => round.ours / round[kind]));
    const ours = (other: string): Row => told(`${name}, beside ${other}`, rates('ours'), 'facts/s');
    rows.push(
      beside(ours('raw INSERT'), {
        other: `raw batched INSERT (${Math.round(rates('raw'))} facts/s)`,
        ratio: ratio('raw'),
        atLeast: leastOfRaw,
      }),
      beside(ours('express-pouchdb'), {
        other: `express-pouchdb (${Math.round(rates('pouch'))} docs/s)`,
        ratio: ratio('pouch'),
        atLeast: LEAST_OF_POUCH,
      }),
      beside(ours('rxdb-server'), {
        other: `rxdb-server in memory (${Math.round(rates('rxdb'))} docs/s)`,
        ratio: ratio('rxdb'),
        atLeast: null,
      }),
      told(`${name}, processor time of server and database`, rates('cpuPerFact') * 1000, 'µs/fact'),
    );
    say(`${name}: ${Math.round(rates('ours'))} facts/s, raw ${Math.round(rates('raw'))}`);
  }
  return rows;
}

async function runRound(given: Given, factsPerRequest: number, requestsPerTill: number): Promise<Round> {
  const { server, tills } = given;
  const batches = tills.map((till) =>
    Array.from({ length: requestsPerTill }, () => makeSales(till, factsPerRequest)),
  );
  const total = tills.length * requestsPerTill * factsPerRequest;
  const postmaster = postmasterPid(server.dataFolder) ?? 0;
  const cpu = (): number => cpuMsOf(server.pid() ?? 0, postmaster);
  const cpuBefore = cpu();
  const ours = await rate(batches, total, async (batch, place) => {
    const till = tills[place];
    if (till === undefined) throw new Error('there is a batch without its till');
    const text = `{"facts":[${batch.map(({ body }) => body).join(',')}]}`;
    const { results } = await ask<{ results: readonly { outcome: string }[] }>(server.url, '/facts', {
      token: till.token,
      text,
    });
    const wrong = results.find(({ outcome }) => outcome !== 'accepted');
    if (wrong !== undefined) throw new Error(`A fact of the load was not accepted but ${wrong.outcome}.`);
  });
  const cpuPerFact = (cpu() - cpuBefore) / total;
  let position = Date.now() * 1000;
  const raw = await rate(batches, total, async (batch) => {
    position += batch.length;
    await insertRaw(given.sql, batch, position);
  });
  const rxdb = await rate(batches, total, (batch) =>
    post(
      `${given.rxdb.url}/facts/0/push`,
      batch.map(({ fact, body }) => ({ newDocumentState: { id: fact.id, body, _deleted: false } })),
    ),
  );
  const pouch = await rate(batches, total, (batch) =>
    post(`${given.pouch.url}/bench/_bulk_docs`, {
      docs: batch.map(({ fact, body }) => ({ _id: fact.id, body })),
    }),
  );
  return { ours, raw, rxdb, pouch, cpuPerFact };
}

/** Facts a second when every till sends its batches one after the other and all tills send at once. */
async function rate(
  batches: readonly (readonly LoadFact[][])[],
  total: number,
  send: (batch: readonly LoadFact[], till: number) => Promise<unknown>,
): Promise<number> {
  const started = performance.now();
  await Promise.all(
    batches.map(async (own, till) => {
      for (const batch of own) await send(batch, till);
    }),
  );
  return (total / (performance.now() - started)) * 1000;
}

function insertRaw(sql: ServerDatabase, batch: readonly LoadFact[], position: number): Promise<unknown> {
  const facts = batch.map(({ fact }) => fact);
  const column = (pick: (fact: LoadFact['fact']) => string | number): string[] =>
    facts.map((fact) => String(pick(fact)));
  return sql`
    insert into bench_fact (workstation_id, epoch, sequence, id, store_id, kind, hash, position, body)
    select workstation_id, epoch, sequence, id, store_id, kind, hash, position, body
    from unnest(${column((fact) => fact.workstationId)}::text[], ${column((fact) => fact.epoch)}::text[]::integer[],
      ${column((fact) => fact.sequence)}::text[]::integer[], ${column((fact) => fact.id)}::text[],
      ${column((fact) => fact.storeId)}::text[], ${column((fact) => fact.kind)}::text[],
      ${column((fact) => fact.hash)}::text[],
      ${facts.map((_, index) => String(position - index))}::text[]::bigint[], ${batch.map(({ body }) => body)}::text[])
      as given (workstation_id, epoch, sequence, id, store_id, kind, hash, position, body)`;
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`);
}

// First load of the catalogue as the server sees it: the stored, compressed snapshot beside paging through the
// change feed, in processor time of server and database for one workstation. The client's side is `first-sync`.

import { get } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import type { SnapshotResponse } from '../../shared/protocol/messages.ts';
import { postmasterPid, type ServerProcess } from '../support/server-process.ts';
import type { Bench } from './bench.ts';
import { ask, enrolLoadTill, type LoadTill } from './load-till.ts';
import { cpuMsOf } from './process-cost.ts';
import { beside, told } from './row.ts';
import { median } from './statistics.ts';

const LEAST_RATIO = 10;
const PAGES_PER_PULL = 100;

export const snapshot: Bench = {
  name: 'snapshot',
  about: "server's processor time of a first load: snapshot beside paging",
  async run({ items, isQuick, say, bigStore }) {
    const server = await bigStore();
    const till = await enrolLoadTill(server.url);
    // The first request builds it and fills the caches of both ways.
    const { bytes } = await downloadSnapshot(server, till);
    await pageThrough(server, till);
    const snapshots: number[] = [];
    const pagings: number[] = [];
    const repeats = isQuick ? 2 : 4;
    for (let round = 0; round < (isQuick ? 1 : 5); round += 1) {
      // Processor time is counted in steps of 10 ms, so one round downloads it many times.
      snapshots.push((await cost(server, () => downloadSnapshot(server, till), repeats * 5)) / repeats / 5);
      pagings.push((await cost(server, () => pageThrough(server, till), repeats)) / repeats);
    }
    say(`snapshot ${median(snapshots)} ms, paging ${median(pagings)} ms`);
    const row = told(`catalogue of ${items} items to one till, processor time`, median(snapshots), 'ms');
    return [
      beside(row, {
        other: `paging (${Math.round(median(pagings))} ms)`,
        ratio: median(pagings) / Math.max(0.2, median(snapshots)),
        atLeast: LEAST_RATIO,
      }),
      told(`catalogue of ${items} items, snapshot`, bytes / 1e6, 'MB'),
    ];
  },
};

async function cost(server: ServerProcess, run: () => Promise<unknown>, repeats: number): Promise<number> {
  const cpu = (): number => cpuMsOf(server.pid() ?? 0, postmasterPid(server.dataFolder) ?? 0);
  const before = cpu();
  for (let repeat = 0; repeat < repeats; repeat += 1) await run();
  return cpu() - before;
}

async function downloadSnapshot(server: ServerProcess, till: LoadTill): Promise<{ bytes: number }> {
  const { url } = await ask<SnapshotResponse>(server.url, '/snapshots/catalogue', { token: till.token });
  return { bytes: (await download(`${server.url}${url}`, till.token)).length };
}

async function pageThrough(server: ServerProcess, till: LoadTill): Promise<void> {
  let checkpoint = '';
  for (;;) {
    const query = `limit=${PAGES_PER_PULL}${checkpoint === '' ? '' : `&checkpoint=${encodeURIComponent(checkpoint)}`}`;
    const url = `${server.url}/api/v1/replication/catalogue_pages/pull?${query}`;
    const text = brotliDecompressSync(await download(url, till.token)).toString('utf8');
    // The protocol's own answer to a pull.
    const pulled = JSON.parse(text) as {
      documents: readonly unknown[];
      checkpoint: { position: string };
    };
    if (pulled.documents.length < PAGES_PER_PULL) return;
    checkpoint = pulled.checkpoint.position;
  }
}

/** The bytes as they come, compressed as a browser would ask for them. */
function download(url: string, token: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'accept-encoding': 'br',
      'x-tillandsia-protocol': '1',
    };
    get(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    }).on('error', reject);
  });
}

// Live streams: memory of one open connection and how long a change takes to reach all of them. Workstations are
// written into the database and their tokens made by the server's own code, because 500 enrolments from one
// address are what the rate limit is there to stop.

import { generateKeyPairSync } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createTokens } from '../../sync-server/auth/tokens.ts';
import { openServerDatabase } from '../support/server-database.ts';
import { startServer } from '../support/server-process.ts';
import type { Bench } from './bench.ts';
import { ask, enrolLoadTill, makeSales } from './load-till.ts';
import { residentKilobytes } from './process-cost.ts';
import { limited, told } from './row.ts';
import { median } from './statistics.ts';

const STREAMS_OF_A_WORKSTATION = 4;
const KILOBYTES_PER_STREAM_MAX = 15;
const FAN_OUT_MS_MAX = 50;
const HEAR_TIMEOUT_MS = 20_000;

type Stream = { readonly response: IncomingMessage; onChanged: (() => void) | null };

export const streams: Bench = {
  name: 'streams',
  about: '2,000 live streams: memory of each, and how fast a change reaches all',
  async run({ isQuick, say }) {
    const count = isQuick ? 200 : 2000;
    const server = await startServer({ env: { DEMO_ITEMS: '600' } });
    const open: Stream[] = [];
    try {
      const till = await enrolLoadTill(server.url);
      const tokens = await tokensOfWorkstations(
        server.dataFolder,
        till.identity.storeId,
        count / STREAMS_OF_A_WORKSTATION,
      );
      const url = `${server.url}/api/v1/replication/stream`;
      // What the server needs for its first streams (code, buffers) is not counted for the others.
      for (const token of tokens.slice(0, 5)) open.push(await openStream(url, token));
      await delay(1000);
      const before = residentKilobytes(server.pid() ?? 0);
      for (const [place, token] of tokens.entries()) {
        const already = place < 5 ? 1 : 0;
        const more = Array.from({ length: STREAMS_OF_A_WORKSTATION - already }, () => openStream(url, token));
        open.push(...(await Promise.all(more)));
      }
      await delay(1000);
      const perStream = (residentKilobytes(server.pid() ?? 0) - before) / (open.length - 5);
      say(`${open.length} streams are open`);
      const medians: number[] = [];
      const slowest: number[] = [];
      for (let round = 0; round < (isQuick ? 3 : 15); round += 1) {
        const [sale] = makeSales(till, 1);
        const heard = hearChange(open);
        const sent = performance.now();
        await ask(server.url, '/facts', { token: till.token, text: `{"facts":[${sale?.body ?? ''}]}` });
        const times = (await heard).map((time) => time - sent);
        medians.push(median(times));
        slowest.push(Math.max(...times));
        await delay(200);
      }
      return [
        limited(`${count} live streams, server memory of each`, perStream, {
          unit: 'kB',
          atMost: KILOBYTES_PER_STREAM_MAX,
        }),
        limited(`${count} live streams, sale sent → told, median stream`, median(medians), {
          unit: 'ms',
          atMost: FAN_OUT_MS_MAX,
        }),
        told(`${count} live streams, sale sent → told, slowest stream`, median(slowest), 'ms'),
      ];
    } finally {
      for (const { response } of open) response.destroy();
      await server.dispose();
    }
  },
};

async function tokensOfWorkstations(dataFolder: string, storeId: string, count: number): Promise<string[]> {
  const sql = openServerDatabase({ dataFolder });
  try {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = JSON.stringify(publicKey.export({ format: 'jwk' }));
    const ids = Array.from({ length: count }, (_, place) => `stream-${place}`);
    const numbers = ids.map((_, place) => String(1000 + place));
    await sql`
      insert into workstation (id, store_id, number, kind, name, public_key)
      select id, ${storeId}, number::integer, 'pos', 'Stream', ${key}
      from unnest(${ids}::text[], ${numbers}::text[]) as given (id, number)`;
    const rows = await sql<{ value: string }[]>`select value from setting where key = 'installation-secret'`;
    const secret = Buffer.from(String(JSON.parse(rows[0]?.value ?? '""')), 'base64url');
    const tokens = createTokens(secret, Date.now);
    return await Promise.all(
      ids.map(async (workstationId) => (await tokens.issue({ workstationId, storeId, kind: 'pos' })).token),
    );
  } finally {
    await sql.end();
  }
}

function openStream(url: string, token: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'x-tillandsia-protocol': '1' };
    get(url, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) {
        reject(new Error(`A stream was answered with ${response.statusCode}.`));
        return;
      }
      const stream: Stream = { response, onChanged: null };
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        if (text.includes('event: changed')) stream.onChanged?.();
      });
      response.once('data', () => resolve(stream));
      response.on('error', () => undefined);
    }).on('error', reject);
  });
}

/** The time at which each stream hears of the next change. */
function hearChange(open: readonly Stream[]): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    const timer = setTimeout(() => {
      reject(new Error(`${times.length} of ${open.length} streams heard of a change.`));
    }, HEAR_TIMEOUT_MS);
    for (const stream of open) {
      stream.onChanged = () => {
        stream.onChanged = null;
        times.push(performance.now());
        if (times.length < open.length) return;
        clearTimeout(timer);
        resolve(times);
      };
    }
  });
}

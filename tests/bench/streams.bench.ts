// Live streams: memory of one open connection and how long a change takes to reach all of them.

import { setTimeout as delay } from 'node:timers/promises';
import { startServer } from '../support/server-process.ts';
import type { Bench } from './bench.ts';
import { ask, enrolLoadTill, makeSales } from './load-till.ts';
import { openStream, STREAMS_OF_A_WORKSTATION, tokensOfWorkstations, type Stream } from './live-streams.ts';
import { residentKilobytes } from './process-cost.ts';
import { limited, told } from './row.ts';
import { median } from './statistics.ts';

const KILOBYTES_PER_STREAM_MAX = 15;
const FAN_OUT_MS_MAX = 50;
const HEAR_TIMEOUT_MS = 20_000;

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

// Requests drawn from the server's own OpenAPI document, twenty for each run of a property: whatever is asked, the server answers
// with a success or with a problem document that says what to do, never with a fault of its own, and it goes on.

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHANNEL_SCOPES, makeApiKey } from '../../sync-server/channels/api-keys.ts';
import { openDatabase, type Database } from '../../sync-server/db/database.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { demoItems } from '../../sync-server/demo/demo-items.ts';
import { enrolLoadTill, type LoadTill } from '../bench/load-till.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { operationsOf, requestsTo, type FuzzRequest, type Operation } from './api-fuzz/requests.ts';

const CASES = Number(process.env['PROPERTY_RUNS'] ?? '500') * 20;
const SEED = Number(process.env['SEED'] ?? '1');
const AT_ONCE = 8;
const TILLS = 12;
/** These answer 401 to a wrong signature; it says nothing of the token. */
const SIGNING_IN = /\/(enrolments|challenges|tokens)$/;
/** A stream goes on for ever: it is left as soon as it has begun. */
const STREAMS = /\/stream$/;
/** These are named here because what they do well ends the run: they make more work than they test. */
const SLOW_OPERATIONS = new Set(['POST /api/v1/print']);
/** A busy machine answers late; a request that nobody answers is still found. */
const ANSWER_LIMIT_MS = 60_000;

let server: ServerProcess;
let database: Database;
let channelKey: string;
/** The first is in use; a till that a request has put out of service makes room for the next. */
let tills: LoadTill[];
let operations: readonly Operation[];

beforeAll(async () => {
  server = await startServer({ env: { DEMO_ITEMS: '300' } });
  database = openDatabase(
    {
      kind: 'socket',
      path: `${server.dataFolder}/postgres/.s.PGSQL.5432`,
      database: 'tillandsia',
      user: 'tillandsia',
    },
    { log: SILENT_LOG, random: Math.random, connections: 1 },
  );
  channelKey = await makeApiKey(database, {
    name: 'Fuzz',
    channel: 'web',
    scopes: CHANNEL_SCOPES,
    perMinute: 10_000_000,
  });
  tills = [];
  for (let number = 0; number < TILLS; number += 1) tills.push(await enrolLoadTill(server.url));
  operations = operationsOf(await (await fetch(`${server.url}/api/docs/json`)).json());
}, 300_000);
afterAll(async () => {
  await database.close();
  await server.dispose();
});

test(`no request of ${String(CASES)} drawn from the document is answered by a fault of the server`, async () => {
  const known = await idsInUse();
  /** One of each kind is enough to see. */
  const faults = new Map<string, string>();
  const answers = new Map<number, number>();
  const perOperation = Math.ceil(CASES / (operations.length - SLOW_OPERATIONS.size));
  const queue = operations.flatMap((operation, at) => {
    const runs = SLOW_OPERATIONS.has(`${operation.method} ${operation.route}`) ? 20 : perOperation;
    return fc.sample(requestsTo(operation, known), { numRuns: runs, seed: SEED + at });
  });
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < queue.length) {
      const request = queue[next];
      next += 1;
      if (request === undefined) return;
      const answer = await ask(request);
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
      if (answer.fault !== null)
        faults.set(`${request.operation.route} ${String(answer.status)}`, answer.fault);
      if (
        answer.status === 401 &&
        isOfTill(request) &&
        !SIGNING_IN.test(request.operation.route) &&
        tills.length > 1
      ) {
        tills.shift();
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  process.stdout.write(
    `seed ${String(SEED)}, ${String(queue.length)} requests to ${String(operations.length)} operations: `,
  );
  process.stdout.write(
    `${[...answers]
      .sort(([one], [other]) => one - other)
      .map(([status, count]) => `${String(count)} × ${String(status)}`)
      .join(', ')}\n`,
  );
  expect([...faults.values()]).toEqual([]);
  // Requests that fit come through, too: otherwise only the door would be tested.
  expect((answers.get(200) ?? 0) + (answers.get(201) ?? 0)).toBeGreaterThan(queue.length / 50);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.log()).not.toContain('uncaught');
}, 1_200_000);

async function idsInUse(): Promise<readonly string[]> {
  const [store] = await database.sql<{ id: string }[]>`select id from store order by id limit 1`;
  const items = Array.from(demoItems(300, 1), ({ item }) => item.id).slice(0, 10);
  return [
    ...(store === undefined ? [] : [store.id]),
    ...items,
    ...tills.map(({ identity }) => identity.workstationId),
  ];
}

const isOfTill = ({ operation }: FuzzRequest): boolean => operation.route.startsWith('/api/');

async function ask(
  request: FuzzRequest,
): Promise<{ readonly status: number; readonly fault: string | null }> {
  const name = `${request.operation.method} ${request.path}`.slice(0, 300);
  const body = request.body === null ? {} : { body: request.body };
  const leave = new AbortController();
  const limit = setTimeout(() => leave.abort(), ANSWER_LIMIT_MS);
  try {
    const response = await fetch(`${server.url}${request.path}`, {
      method: request.operation.method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${isOfTill(request) ? (tills[0]?.token ?? '') : channelKey}`,
        ...request.headers,
      },
      signal: leave.signal,
      ...body,
    });
    if (STREAMS.test(request.operation.route) && response.ok) return { status: response.status, fault: null };
    const text = await response.text();
    return {
      status: response.status,
      fault: faultOf({ name, request, status: response.status, text, response }),
    };
  } catch (error) {
    return { status: 0, fault: `${name} with ${request.body?.slice(0, 300) ?? 'no body'}: ${String(error)}` };
  } finally {
    clearTimeout(limit);
    leave.abort();
  }
}

function faultOf(given: {
  readonly name: string;
  readonly request: FuzzRequest;
  readonly status: number;
  readonly text: string;
  readonly response: Response;
}): string | null {
  const { name, request, status, text, response } = given;
  const shown = `${name} with ${request.body?.slice(0, 400) ?? 'no body'} → ${String(status)} ${text.slice(0, 300)}`;
  if (status >= 500) return shown;
  if (status < 400) return null;
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) return `${shown} (no problem document)`;
  const problem = JSON.parse(text) as { code?: unknown; detail?: unknown };
  const isWhole =
    typeof problem.code === 'string' && typeof problem.detail === 'string' && problem.detail.length > 10;
  return isWhole ? null : `${shown} (a problem without a sentence)`;
}

// The live stream: server-sent events that say which collections have moved, never what is in them; the workstation
// then pulls. A change is told at once to all connections; those that follow it within a moment are gathered. A connection ends when its
// token does, when the workstation is revoked, and when the server stops.
//
//   commit ──► wake-up(scope, position) ──≤ 25 ms──► which collections moved? ──► event `changed` to who may see the scope

import type { ServerResponse } from 'node:http';
import { PULLED_COLLECTIONS } from '../../shared/protocol/messages.ts';
import type { Caller } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { RequestRefused } from '../db/request-refused.ts';

/** Least time between two tellings: a busy store costs every reader forty of them a second. */
const GATHER_MS = 25;
const PING_MS = 15_000;
const STANDING_CHECK_MS = 10_000;
const CONNECTIONS_MAX = 12_000;
const CONNECTIONS_OF_WORKSTATION_MAX = 4;
/** A reader that takes nothing is cut off rather than kept in memory; it comes back and pulls. */
const UNREAD_BYTES_MAX = 64_000;

export type StreamHub = {
  /** Why another connection of this caller is not opened, or null. */
  readonly refusal: (caller: Caller) => RequestRefused | null;
  readonly open: (caller: Caller, response: ServerResponse) => void;
  readonly connectionCount: () => number;
  /** Ends all connections of a workstation at once. */
  readonly endWorkstation: (workstationId: string) => void;
  readonly close: () => void;
};

export type StreamHubGiven = {
  readonly database: Database;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

type Connection = {
  readonly caller: Caller;
  readonly response: ServerResponse;
  /** Scopes as one text: connections with the same scopes are told the same. */
  readonly audience: string;
};

export function createStreamHub(given: StreamHubGiven): StreamHub {
  const { database, log, now } = given;
  const connections = new Set<Connection>();
  /** Connections of each workstation. */
  const counts = new Map<string, number>();
  const told = new Map<string, number>();
  const moved = new Map<string, number>();
  let gathering: NodeJS.Timeout | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  const serverTime = (): string => new Date(now()).toISOString();
  const countOf = (id: string): number => counts.get(id) ?? 0;

  function forget(connection: Connection): void {
    if (!connections.delete(connection)) return;
    const id = connection.caller.workstationId;
    const left = countOf(id) - 1;
    if (left > 0) counts.set(id, left);
    else counts.delete(id);
  }

  function end(connection: Connection): void {
    forget(connection);
    connection.response.end();
  }

  function send(connection: Connection, event: string): void {
    const { response } = connection;
    if (response.writableLength > UNREAD_BYTES_MAX) {
      forget(connection);
      response.destroy();
      return;
    }
    response.write(event);
  }

  const unsubscribe = database.wakeUps.subscribe((scope, position) => {
    // Feeds of facts are for fold workers; no token has their scope.
    if (scope.startsWith('facts:')) return;
    moved.set(scope, position);
    const waitMs = Math.max(0, toldAt + GATHER_MS - performance.now());
    gathering ??= setTimeout(() => {
      gathering = null;
      toldAt = performance.now();
      tellMoved().catch((error: unknown) => log.warn({ error: String(error) }, 'stream-not-told'));
    }, waitMs);
  });

  async function tellMoved(): Promise<void> {
    const scopes = [...moved].filter(([scope]) => hasListener(scope));
    moved.clear();
    if (scopes.length === 0) return;
    const changed = await collectionsMoved(database, scopes, told);
    for (const [scope, position] of scopes) told.set(scope, position);
    const time = serverTime();
    const texts = new Map<string, string | null>();
    for (const connection of connections) {
      const { audience } = connection;
      const known = texts.get(audience);
      const text = known === undefined ? changedEvent(connection.caller, changed, { scopes, time }) : known;
      texts.set(audience, text);
      if (text !== null) send(connection, text);
    }
  }

  function hasListener(scope: string): boolean {
    for (const { caller } of connections) if (caller.scopes.includes(scope)) return true;
    return false;
  }

  const pinging = setInterval(() => {
    const text = `event: ping\ndata: ${JSON.stringify({ serverTime: serverTime() })}\n\n`;
    for (const connection of connections) {
      if (connection.caller.expiresAtMs <= now()) end(connection);
      else send(connection, text);
    }
  }, PING_MS);

  const checking = setInterval(() => {
    endUnwelcome().catch((error: unknown) => log.warn({ error: String(error) }, 'standings-unread'));
  }, STANDING_CHECK_MS);
  for (const timer of [pinging, checking]) timer.unref();

  async function endUnwelcome(): Promise<void> {
    const ids = [...counts.keys()];
    if (ids.length === 0) return;
    const rows = await database.sql<{ id: string }[]>`
      select id from workstation
      where id = any(${ids}::text[]) and (revoked_at is not null or quarantined_at is not null)`;
    const unwelcome = new Set<string>(rows.map((row) => row.id));
    for (const connection of connections) if (unwelcome.has(connection.caller.workstationId)) end(connection);
  }

  return {
    refusal(caller) {
      if (isClosed || connections.size >= CONNECTIONS_MAX) return tooMany(503);
      return countOf(caller.workstationId) >= CONNECTIONS_OF_WORKSTATION_MAX ? tooMany(429) : null;
    },
    open(caller, response) {
      const connection: Connection = { caller, response, audience: caller.scopes.join(' ') };
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        // Not kept for another request, or a server that stops would wait for it.
        connection: 'close',
        'x-content-type-options': 'nosniff',
      });
      response.socket?.setNoDelay(true);
      response.on('close', () => forget(connection));
      response.on('error', () => forget(connection));
      connections.add(connection);
      counts.set(caller.workstationId, countOf(caller.workstationId) + 1);
      response.write(`retry: 2000\nevent: ping\ndata: ${JSON.stringify({ serverTime: serverTime() })}\n\n`);
    },
    connectionCount: () => connections.size,
    endWorkstation(workstationId) {
      for (const connection of connections) {
        if (connection.caller.workstationId === workstationId) end(connection);
      }
    },
    close() {
      isClosed = true;
      unsubscribe();
      clearInterval(pinging);
      clearInterval(checking);
      if (gathering !== null) clearTimeout(gathering);
      for (const connection of connections) end(connection);
    },
  };
}

/** Scopes and the collections in them that have documents newer than what was told before. */
async function collectionsMoved(
  database: Database,
  scopes: readonly (readonly [string, number])[],
  told: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = scopes.map(([scope]) => scope);
  const rows = await database.sql<{ scope: string; collection: string }[]>`
    select s.scope, c.collection
    from unnest(${names}::text[], ${names.map((scope) => told.get(scope) ?? 0)}::bigint[]) as s (scope, position)
    cross join unnest(${[...PULLED_COLLECTIONS]}::text[]) as c (collection)
    where exists (
      select 1 from document d
      where d.scope = s.scope and d.collection = c.collection and d.position > s.position
    )`;
  const moved = new Map<string, string[]>();
  for (const { scope, collection } of rows) moved.set(scope, [...(moved.get(scope) ?? []), collection]);
  return moved;
}

function changedEvent(
  caller: Caller,
  changed: ReadonlyMap<string, readonly string[]>,
  given: { readonly scopes: readonly (readonly [string, number])[]; readonly time: string },
): string | null {
  const seen = given.scopes.filter(([scope]) => caller.scopes.includes(scope));
  const collections = [...new Set(seen.flatMap(([scope]) => changed.get(scope) ?? []))];
  if (collections.length === 0) return null;
  const positions = Object.fromEntries(seen);
  return `event: changed\ndata: ${JSON.stringify({ positions, collections, serverTime: given.time })}\n\n`;
}

/** 503 when all are in use, 429 when this workstation alone has too many. */
const tooMany = (status: 429 | 503): RequestRefused =>
  new RequestRefused({
    status,
    code: 'too-many-streams',
    detail: 'Too many live connections are open. Nothing is lost: the workstation asks again by itself.',
    retryAfterSeconds: 10,
  });

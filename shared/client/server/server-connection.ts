// One connection to one server: every request goes through here, gets the token and a time limit, and tells
// by its outcome whether the server is there. A heartbeat keeps that true within ten seconds even when the
// network hangs; while the server is away nothing but the heartbeat knocks, at a falling pace.
//
//   connecting ──answer──► online/hub ──failure or silence──► offline ──heartbeat answered──► online/hub

import { signal, type ReadonlySignal } from '@preact/signals-core';
import { PROTOCOL_HEADER } from '../../protocol/limits.ts';
import { PROTOCOL } from '../../protocol/versions.ts';
import type { WakeUps } from '../ports.ts';
import { createRetryPace } from './retry-pace.ts';
import { isRecord, readAnswer, type ServerAnswer } from './server-answer.ts';

const REQUEST_TIMEOUT_MS = 15_000;
const HEARTBEAT_EVERY_MS = 5_000;
const HEARTBEAT_TIMEOUT_MS = 4_000;

export type ConnectionState = 'connecting' | 'online' | 'hub' | 'offline';

export type RequestOptions = {
  readonly method?: 'GET' | 'POST';
  /** JSON text of the body. */
  readonly body?: string;
  readonly timeoutMs?: number;
  /** Without a token: status, enrolment and the token itself. */
  readonly isOpen?: boolean;
};

export type ServerConnection = {
  readonly state: ReadonlySignal<ConnectionState>;
  readonly isDemo: () => boolean;
  request(path: string, options?: RequestOptions): Promise<ServerAnswer>;
  /** The same door for answers that are read as they arrive (live stream, snapshot); null when there is none. */
  open(path: string, signal: AbortSignal, accept: string): Promise<Response | null>;
  /** Proof of life from a stream that stays open. */
  heard(serverTime: string | null): void;
  /** Resolves at once when online, otherwise with the next contact; false when closed. */
  whenOnline(): Promise<boolean>;
  /** Knocks now, as far as the pace allows. */
  hurry(): void;
  start(): void;
  close(): void;
};

export type ConnectionGiven = {
  readonly serverUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  readonly random: () => number;
  readonly wakeUps: WakeUps;
};

export type ConnectionEvents = {
  readonly onContact: (given: { readonly serverTime: string | null; readonly roundTripMs: number }) => void;
  /** The server no longer speaks our protocol. */
  readonly onOutdated: () => void;
};

/** `token` gives a valid token, or a fresh one when the last was refused; null while there is none. */
export function createServerConnection(
  given: ConnectionGiven,
  token: (refused: string | null) => Promise<string | null>,
  events: ConnectionEvents,
): ServerConnection {
  const state = signal<ConnectionState>('connecting');
  const pace = createRetryPace({ now: () => given.now().getTime(), random: given.random });
  const closing = new AbortController();
  let waiting: ((isOnline: boolean) => void)[] = [];
  let lastHeardAt = Number.NEGATIVE_INFINITY;
  let role: 'online' | 'hub' = 'online';
  let isDemo = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopListening = () => {};

  const heard = (serverTime: string | null, roundTripMs = 0) => {
    lastHeardAt = performance.now();
    pace.succeeded();
    events.onContact({ serverTime, roundTripMs });
    if (state.peek() !== role) state.value = role;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake(true);
  };
  const silent = (retryAfterMs?: number) => {
    pace.failed(retryAfterMs);
    const wasOnline = state.peek() !== 'offline';
    state.value = 'offline';
    // The next knock belongs to the failing pace, not to the quiet heartbeat.
    if (wasOnline) schedule(pace.delayMs());
  };

  const send = async (
    path: string,
    options: RequestOptions,
    bearer: string | null,
  ): Promise<ServerAnswer> => {
    const startedAt = performance.now();
    const limit = new AbortController();
    const limitTimer = setTimeout(() => limit.abort(), options.timeoutMs ?? REQUEST_TIMEOUT_MS);
    try {
      const response = await given.fetch(given.serverUrl + path, {
        method: options.method ?? 'GET',
        headers: headersOf(bearer, options.body !== undefined),
        ...(options.body === undefined ? {} : { body: options.body }),
        signal: AbortSignal.any([closing.signal, limit.signal]),
        cache: 'no-store',
      });
      const answer = await readAnswer(response);
      note(answer, performance.now() - startedAt);
      return answer;
    } catch {
      if (!closing.signal.aborted) silent();
      return { kind: 'unreachable', why: limit.signal.aborted ? 'timeout' : 'network' };
    } finally {
      clearTimeout(limitTimer);
    }
  };
  const note = (answer: ServerAnswer, roundTripMs: number) => {
    if (answer.kind === 'unreachable') silent();
    else if (answer.kind === 'ok') heard(answer.serverTime, roundTripMs);
    else if (answer.status === 426) events.onOutdated();
    else if (answer.status === 502 || answer.status === 504) silent(answer.retryAfterMs ?? undefined);
    else heard(null);
  };

  const request: ServerConnection['request'] = async (path, options = {}) => {
    if (options.isOpen === true) return send(path, options, null);
    const bearer = await token(null);
    if (bearer === null) return { kind: 'unreachable', why: 'network' };
    const answer = await send(path, options, bearer);
    if (answer.kind !== 'refused' || answer.status !== 401) return answer;
    const fresh = await token(bearer);
    return fresh === null ? answer : send(path, options, fresh);
  };

  const beat = async () => {
    const isFresh = performance.now() - lastHeardAt < HEARTBEAT_EVERY_MS - 500 && state.peek() !== 'offline';
    if (!isFresh) {
      const answer = await send('/api/v1/status', { isOpen: true, timeoutMs: HEARTBEAT_TIMEOUT_MS }, null);
      if (answer.kind === 'ok' && isRecord(answer.body)) {
        isDemo = answer.body['isDemo'] === true;
        role = answer.body['role'] === 'hub' ? 'hub' : 'online';
        if (state.peek() !== 'offline') state.value = role;
      }
    }
    schedule(Math.max(pace.delayMs(), state.peek() === 'offline' ? 0 : HEARTBEAT_EVERY_MS));
  };
  const schedule = (delayMs: number) => {
    if (closing.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(() => void beat(), delayMs);
  };

  const connection: ServerConnection = {
    state,
    isDemo: () => isDemo,
    request,
    async open(path, signal, accept) {
      const bearer = await token(null);
      if (bearer === null) return null;
      const ask = (with_: string) =>
        given.fetch(given.serverUrl + path, { headers: { ...headersOf(with_, false), accept }, signal });
      const response = await ask(bearer);
      if (response.status !== 401) return response;
      const fresh = await token(bearer);
      return fresh === null ? null : ask(fresh);
    },
    heard: (serverTime) => heard(serverTime),
    whenOnline() {
      if (closing.signal.aborted) return Promise.resolve(false);
      if (state.peek() === 'online' || state.peek() === 'hub') return Promise.resolve(true);
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    hurry() {
      pace.hurry();
      schedule(pace.delayMs());
    },
    start() {
      stopListening = given.wakeUps.listen(() => connection.hurry());
      if (!given.wakeUps.mayBeOnline()) state.value = 'offline';
      schedule(0);
    },
    close() {
      closing.abort();
      clearTimeout(timer);
      stopListening();
      for (const wake of waiting) wake(false);
      waiting = [];
    },
  };
  return connection;
}

function headersOf(bearer: string | null, hasBody: boolean): Record<string, string> {
  return {
    accept: 'application/json',
    [PROTOCOL_HEADER]: String(PROTOCOL.current),
    ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
    ...(hasBody ? { 'content-type': 'application/json' } : {}),
  };
}

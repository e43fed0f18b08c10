// Card terminals for workstations: start an attempt, follow it, look for its outcome, give it up, close the terminal's day. A
// request names a terminal that a person configured, and never an address. A card's number never comes this way.

import { setTimeout as pause } from 'node:timers/promises';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Object } from 'typebox';
import * as bound from '../../shared/protocol/bounds.ts';
import {
  terminalAttemptRequest,
  terminalAttemptState,
  terminalClosing,
  terminalClosingRequest,
  terminalFollowQuery,
  type TerminalAttemptRequest,
  type TerminalAttemptState,
} from '../../shared/protocol/card-terminals.ts';
import { callerOf, storeScope, type Caller } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { sqlInScopes } from '../db/row-scopes.ts';
import { createAttemptDesk, type AttemptDesk } from './attempt-desk.ts';
import {
  insertNeverArrived,
  NEVER_ARRIVED,
  noteCancelled,
  readAttempt,
  stateOf,
  type AttemptRow,
} from './attempt-rows.ts';
import { closeTerminal } from './closings.ts';
import type { SendClocks } from './send-permit.ts';
import type { TerminalDriver } from './terminal-driver.ts';

export type TerminalsGiven = {
  readonly database: Database;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly terminals: ReadonlyMap<string, TerminalDriver>;
  readonly lookAgainAfterMs?: readonly number[];
  readonly sendClocks?: SendClocks;
  readonly requireToken: (options?: {
    readonly scope?: 'company' | 'store' | 'kiosk' | 'manage';
  }) => (request: FastifyRequest) => Promise<void>;
};

const LOOK_EVERY_MS = 200;
const FIND_WAIT_MS = 20_000;
const terminalParams = Object({ terminalId: bound.plainId });
const attemptParams = Object({ terminalId: bound.plainId, attemptId: bound.plainId });
const ATTEMPTS = '/terminals/:terminalId/attempts';

/** Registers the routes; the desk behind them is returned, so that its work can be waited for at the end. */
export async function terminalRoutes(root: FastifyInstance, given: TerminalsGiven): Promise<AttemptDesk> {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database } = given;
  const desk = createAttemptDesk(given);
  const asks = createRateLimit({ burst: 60, perMinute: 120, now: given.now });
  const guard = { onRequest: given.requireToken({ scope: 'store' }) };
  const tags = ['card terminals'];
  const reply = { response: { 200: terminalAttemptState } };
  const limited = (caller: Caller): void => {
    const waitMs = asks.take(caller.workstationId);
    if (waitMs > 0) throw tooOften(waitMs);
  };

  app.post(
    ATTEMPTS,
    {
      ...guard,
      schema: {
        tags,
        summary: 'Asks a terminal for money, once for each attempt',
        description:
          'A repeat of an attempt is answered with what became of it; the terminal is not asked again.',
        params: terminalParams,
        body: terminalAttemptRequest,
        ...reply,
      },
    },
    async (request) => {
      const caller = callerOf(request);
      limited(caller);
      const { terminalId } = request.params;
      await assertTerminal(given, caller, terminalId);
      const attempt = attemptOf(caller, terminalId, request.body);
      if ((await desk.start(attempt)) === 'known') await assertSame(database, attempt);
      return stateNow(database, attempt);
    },
  );

  app.get(
    `${ATTEMPTS}/:attemptId`,
    {
      ...guard,
      schema: {
        tags,
        summary: 'What became of an attempt; waits for the next change where asked to',
        params: attemptParams,
        querystring: terminalFollowQuery,
        ...reply,
      },
    },
    async (request) => {
      const { workstationId } = callerOf(request);
      const { seen = -1, waitMs = 0 } = request.query;
      const key = { workstationId, attemptId: request.params.attemptId };
      const deadline = performance.now() + waitMs;
      for (;;) {
        const row = await followed(desk, database, key);
        const isOver = row.state !== 'waiting' && row.state !== 'asking';
        if (isOver || row.version !== seen || performance.now() >= deadline) return stateOf(row);
        await pause(LOOK_EVERY_MS);
      }
    },
  );

  app.post(
    `${ATTEMPTS}/:attemptId/find`,
    {
      ...guard,
      schema: {
        tags,
        summary: 'Asks the terminal what became of an attempt; moves no money',
        description:
          'An attempt that never came here is answered as declined, and never will be carried out.',
        params: attemptParams,
        ...reply,
      },
    },
    async (request) => {
      const caller = callerOf(request);
      limited(caller);
      const { terminalId, attemptId } = request.params;
      const { workstationId, storeId } = caller;
      await insertNeverArrived(database, { workstationId, storeId, terminalId, attemptId });
      // A terminal that hangs is not waited for: the attempt stays unknown, and may be asked about again.
      await Promise.race([
        desk.find({ workstationId, attemptId }),
        pause(FIND_WAIT_MS, null, { ref: false }),
      ]);
      return stateNow(database, { workstationId, attemptId });
    },
  );

  app.post(
    `${ATTEMPTS}/:attemptId/cancel`,
    {
      ...guard,
      schema: {
        tags,
        summary: 'Asks the terminal to stop; what became of the attempt is told as ever',
        params: attemptParams,
        ...reply,
      },
    },
    async (request) => {
      const key = { workstationId: callerOf(request).workstationId, attemptId: request.params.attemptId };
      await noteCancelled(database, key);
      return stateNow(database, key);
    },
  );

  app.post(
    '/terminals/:terminalId/closings',
    {
      ...guard,
      schema: {
        tags,
        summary: "Closes the terminal's day and compares its sums with the attempts",
        params: terminalParams,
        body: terminalClosingRequest,
        response: { 200: terminalClosing },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      limited(caller);
      const { terminalId } = request.params;
      const driver = await assertTerminal(given, caller, terminalId);
      const closing = await closeTerminal(database, {
        caller,
        terminalId,
        driver,
        turns: desk.turns,
        ...request.body,
      });
      if (closing.ok) return closing.value;
      throw closingRefused(closing.reason);
    },
  );
  return desk;
}

const attemptOf = (caller: Caller, terminalId: string, asked: TerminalAttemptRequest) => ({
  workstationId: caller.workstationId,
  storeId: caller.storeId,
  terminalId,
  ...asked,
  reverses: asked.reverses ?? null,
});

/** A terminal of the caller's store, or of no store in particular. */
async function assertTerminal(
  { database, terminals }: TerminalsGiven,
  caller: Caller,
  terminalId: string,
): Promise<TerminalDriver> {
  const rows = await sqlInScopes(database, [storeScope(caller.storeId)])<{ id: string }[]>`
    select id from card_terminal where id = ${terminalId} and (store_id is null or store_id = ${caller.storeId})`;
  const driver = terminals.get(terminalId);
  if (rows.length === 1 && driver !== undefined) return driver;
  throw new RequestRefused({
    status: 404,
    code: 'terminal-unknown',
    detail:
      'This store has no such card terminal. Nothing was charged. Choose another terminal, or ask a manager to set it up.',
  });
}

type Key = { readonly workstationId: string; readonly attemptId: string };

async function stateNow(database: Database, key: Key): Promise<TerminalAttemptState> {
  const row = await readAttempt(database, key);
  if (row === null) throw attemptUnknown();
  return stateOf(row);
}

/** As it stands now; one that a dead server left behind is taken over first. */
async function followed(desk: AttemptDesk, database: Database, key: Key): Promise<AttemptRow> {
  const row = await readAttempt(database, key);
  if (row === null) throw attemptUnknown();
  const isLeftBehind = (row.state === 'waiting' || row.state === 'asking') && !row.isHeld;
  if (!isLeftBehind) return row;
  await desk.find(key);
  return (await readAttempt(database, key)) ?? row;
}

async function assertSame(database: Database, attempt: ReturnType<typeof attemptOf>): Promise<void> {
  const row = await readAttempt(database, attempt);
  // Somebody asked what became of it before it came: its id is used up, and the answer stands.
  if (row?.reason === NEVER_ARRIVED) return;
  const isSame =
    row?.terminalId === attempt.terminalId &&
    row.action === attempt.action &&
    row.amountMinor === attempt.amountMinor &&
    row.currency === attempt.currency &&
    row.reverses === attempt.reverses;
  if (isSame) return;
  throw new RequestRefused({
    status: 409,
    code: 'card-attempt-changed',
    detail:
      'Another amount was asked for under this attempt already. Nothing more was charged. Start a new payment.',
  });
}

const attemptUnknown = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'card-attempt-unknown',
    detail: 'This attempt never came here. Nothing was charged.',
  });

function closingRefused(reason: string): RequestRefused {
  const sentences: Readonly<Record<string, string>> = {
    'terminal-busy':
      'The card terminal is busy with a payment. Its day was not closed. Try again in a moment.',
    'terminal-unreachable':
      'The card terminal does not answer. Its day may or may not be closed. Check that it is on, then try again.',
  };
  return new RequestRefused({
    // 502 would say that this server is not reached either.
    status: 409,
    code: reason,
    detail: sentences[reason] ?? 'The card terminal told no sums. Compare its own slip with the Z report.',
  });
}

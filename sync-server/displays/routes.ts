// Pairs a customer's screen with one till, and hands on what that till shows. A till asks for a code of six digits; the screen
// that types it in time gets a key that is good for this one thing: looking at what this till shows.
//
//   till ──codes──► 123456 ──typed──► screen ──pairings──► key ──stream──► what the till shows
//     └──────────── content ───────────────────────────────────────────────┘

import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  DISPLAY_CODE_DIGITS,
  displayCodeResponse,
  displayContent,
  displayContentResponse,
  displayPairRequest,
  displayPairResponse,
} from '../../shared/protocol/display.ts';
import { callerOf } from '../db/caller.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { createDisplayHub } from './display-hub.ts';

const CODE_LIFETIME_MS = 10 * 60_000;
const CODES_MAX = 10_000;

export type DisplaysGiven = {
  readonly secret: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly requireToken: (options?: {
    readonly scope?: 'store';
  }) => (request: FastifyRequest) => Promise<void>;
  /** May the till still be served? */
  readonly isWelcome: (workstationId: string) => Promise<boolean>;
};

/** Registers the routes below the prefix of `root`; screens are let go before the server closes. */
export async function displayRoutes(root: FastifyInstance, given: DisplaysGiven): Promise<void> {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { now, secret } = given;
  const hub = createDisplayHub();
  const codes = new Map<string, { readonly workstationId: string; readonly until: number }>();
  const contents = createRateLimit({ burst: 600, perMinute: 1_200, now });
  // A million codes, ten tries a minute: nobody guesses one in its ten minutes.
  const tries = createRateLimit({ burst: 10, perMinute: 10, now });
  const tills = { onRequest: given.requireToken({ scope: 'store' }) };

  app.post(
    '/displays/codes',
    {
      ...tills,
      schema: {
        tags: ['displays'],
        summary: 'A code that pairs a customer’s screen',
        response: { 200: displayCodeResponse },
      },
    },
    (request) => {
      const caller = callerOf(request);
      const waitMs = tries.take(`codes ${caller.workstationId}`);
      if (waitMs > 0) throw tooOften(waitMs);
      for (const [code, { until }] of codes) if (until <= now() || codes.size > CODES_MAX) codes.delete(code);
      let code = newCode();
      while (codes.has(code)) code = newCode();
      const until = now() + CODE_LIFETIME_MS;
      codes.set(code, { workstationId: caller.workstationId, until });
      return { code, expiresAt: new Date(until).toISOString() };
    },
  );

  app.post(
    '/displays/pairings',
    {
      schema: {
        tags: ['displays'],
        summary: 'The key of a screen for a code that a till shows',
        body: displayPairRequest,
        response: { 200: displayPairResponse },
      },
    },
    (request) => {
      const waitMs = tries.take(`pairings ${request.ip}`);
      if (waitMs > 0) throw tooOften(waitMs);
      const found = codes.get(request.body.code);
      if (found === undefined || found.until <= now()) throw codeUnknown();
      codes.delete(request.body.code);
      return { key: keyOf(found.workstationId, secret) };
    },
  );

  app.post(
    '/displays/content',
    {
      ...tills,
      schema: {
        tags: ['displays'],
        summary: 'What the screens of the own till show now; kept nowhere',
        body: displayContent,
        response: { 200: displayContentResponse },
      },
    },
    (request) => {
      const { workstationId } = callerOf(request);
      const waitMs = contents.take(workstationId);
      if (waitMs > 0) throw tooOften(waitMs);
      return { displays: hub.show(workstationId, JSON.stringify(request.body)) };
    },
  );

  app.get(
    '/displays/stream',
    {
      schema: {
        tags: ['displays'],
        summary: 'Server-sent events: `content` is what the till shows',
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const workstationId = workstationOfKey(request.headers.authorization ?? '', secret);
      if (workstationId === null || !(await given.isWelcome(workstationId))) throw keyRefused();
      reply.hijack();
      if (!hub.open(workstationId, reply.raw)) reply.raw.writeHead(503).end();
    },
  );
  root.addHook('preClose', async () => hub.close());
}

const newCode = (): string => String(randomInt(10 ** DISPLAY_CODE_DIGITS)).padStart(DISPLAY_CODE_DIGITS, '0');

/** The workstation and a seal over it: the server keeps no list of screens. */
function keyOf(workstationId: string, secret: Uint8Array): string {
  return `${workstationId}.${sealOf(workstationId, secret)}`;
}

function sealOf(workstationId: string, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(`tillandsia-display:${workstationId}`).digest('base64url');
}

function workstationOfKey(authorization: string, secret: Uint8Array): string | null {
  const key = authorization.replace(/^Bearer /u, '');
  const at = key.lastIndexOf('.');
  const [workstationId, seal] = [key.slice(0, at), Buffer.from(key.slice(at + 1))];
  const right = Buffer.from(sealOf(workstationId, secret));
  return at > 0 && seal.length === right.length && timingSafeEqual(seal, right) ? workstationId : null;
}

const codeUnknown = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'display-code-unknown',
    detail:
      'No till shows this code now. Ask the till for a new one; a code is good for ten minutes and one screen.',
  });

const keyRefused = (): RequestRefused =>
  new RequestRefused({
    status: 401,
    code: 'display-key-refused',
    detail: 'This screen is not paired with a till any more. Pair it again with a code of the till.',
  });

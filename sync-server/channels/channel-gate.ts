// The gate of the Channels API: a key, the scope that the route needs, and how often the key may ask. A key is remembered for ten
// seconds, so that one that was taken back stops working soon and the others cost no look at the database. A published key is
// everybody's: there each visitor (address) has limits of their own, and tight ones for what is guessed or fills the shop's books.

import type { FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import { createRateLimit, type RateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { findApiKey, type ChannelCaller, type ChannelScope } from './api-keys.ts';

const REMEMBER_MS = 10_000;
const REMEMBERED_MAX = 10_000;
/** Wrong keys from one address. */
const WRONG_PER_MINUTE = 60;
/** Of one visitor. A page of the shop asks for about five things. */
const VISITOR_PER_MINUTE = 240;
/** Orders, feedback and codes for carts of one visitor: ten at once, then two a minute. */
const VISITOR_WRITES_BURST = 10;
const VISITOR_WRITES_PER_MINUTE = 2;
/** Codes of one visitor that were none of ours: ten at once, then one every two minutes. */
const VISITOR_GUESSES_BURST = 10;
const VISITOR_GUESSES_PER_MINUTE = 0.5;

export type ChannelGate = {
  /** Hook of a route that keys with one of these scopes may use. */
  readonly require: (...scopes: readonly ChannelScope[]) => (request: FastifyRequest) => Promise<void>;
  readonly callerOf: (request: FastifyRequest) => ChannelCaller;
  /** Counts something that a visitor writes into the books of the shop. Partners are limited by their key alone. */
  readonly countWrite: (request: FastifyRequest) => void;
  /** Looks something up by a code; who names too many codes that are none of ours is stopped for a while. */
  readonly lookUp: <Found>(request: FastifyRequest, find: () => Promise<Found>) => Promise<Found>;
};

export function createChannelGate(given: {
  readonly database: Database;
  readonly now: () => number;
}): ChannelGate {
  const known = new Map<string, { readonly until: number; readonly caller: ChannelCaller }>();
  const limits = new Map<string, RateLimit>();
  const callers = new WeakMap<FastifyRequest, ChannelCaller>();
  const wrong = createRateLimit({ burst: WRONG_PER_MINUTE, perMinute: WRONG_PER_MINUTE, now: given.now });

  const visits = createRateLimit({
    burst: VISITOR_PER_MINUTE,
    perMinute: VISITOR_PER_MINUTE,
    now: given.now,
  });
  const writes = createRateLimit({
    burst: VISITOR_WRITES_BURST,
    perMinute: VISITOR_WRITES_PER_MINUTE,
    now: given.now,
  });
  const guesses = createRateLimit({
    burst: VISITOR_GUESSES_BURST,
    perMinute: VISITOR_GUESSES_PER_MINUTE,
    now: given.now,
  });

  async function admit(request: FastifyRequest): Promise<ChannelCaller> {
    const [, text = ''] = /^Bearer (\S{1,128})$/u.exec(request.headers.authorization ?? '') ?? [];
    const remembered = known.get(text);
    if (remembered !== undefined && remembered.until > given.now()) return remembered.caller;
    const waitMs = wrong.wait(request.ip);
    if (waitMs > 0) throw tooOften(waitMs);
    const caller = text === '' ? null : await findApiKey(given.database, text);
    if (caller === null) {
      known.delete(text);
      wrong.take(request.ip);
      throw noKey();
    }
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(text, { until: given.now() + REMEMBER_MS, caller });
    return caller;
  }

  function limitOf(caller: ChannelCaller): RateLimit {
    const id = `${caller.selector}:${String(caller.perMinute)}`;
    const limit =
      limits.get(id) ??
      createRateLimit({ burst: Math.max(1, caller.perMinute), perMinute: caller.perMinute, now: given.now });
    limits.set(id, limit);
    return limit;
  }

  const callerOf = (request: FastifyRequest): ChannelCaller => {
    const caller = callers.get(request);
    if (caller === undefined) throw new Error('this route reads the channel without asking for a key');
    return caller;
  };
  return {
    require:
      (...scopes) =>
      async (request) => {
        const caller = await admit(request);
        const waitMs = caller.isPublished ? visits.take(request.ip) : 0;
        if (waitMs > 0) throw tooOften(waitMs);
        const keyWaitMs = limitOf(caller).take(caller.selector);
        if (keyWaitMs > 0) throw tooOften(keyWaitMs);
        if (!scopes.some((scope) => caller.scopes.includes(scope))) throw notAllowed(scopes);
        callers.set(request, caller);
      },
    callerOf,
    countWrite(request) {
      const waitMs = callerOf(request).isPublished ? writes.take(request.ip) : 0;
      if (waitMs > 0) throw tooOften(waitMs);
    },
    async lookUp(request, find) {
      if (!callerOf(request).isPublished) return find();
      const waitMs = guesses.wait(request.ip);
      if (waitMs > 0) throw tooOften(waitMs);
      try {
        return await find();
      } catch (error) {
        if (error instanceof RequestRefused && error.statusCode === 404) guesses.take(request.ip);
        throw error;
      }
    },
  };
}

const noKey = (): RequestRefused =>
  new RequestRefused({
    status: 401,
    code: 'key-not-valid',
    detail: 'The request carries no valid key (Authorization: Bearer tck_…). Nothing was changed.',
  });

const notAllowed = (scopes: readonly string[]): RequestRefused =>
  new RequestRefused({
    status: 403,
    code: 'scope-not-allowed',
    detail: `This key may not do that: it lacks the scope "${scopes.join('" or "')}". Nothing was changed.`,
  });

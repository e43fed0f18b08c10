// The gate of the Channels API: a key, the scope that the route needs, and how often the key may ask. A key is remembered for ten
// seconds, so that one that was taken back stops working soon and the others cost no look at the database.

import type { FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import { createRateLimit, type RateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { findApiKey, type ChannelCaller, type ChannelScope } from './api-keys.ts';

const REMEMBER_MS = 10_000;
const REMEMBERED_MAX = 10_000;
/** Wrong keys from one address. */
const WRONG_PER_MINUTE = 60;

export type ChannelGate = {
  /** Hook of a route. */
  readonly require: (scope: ChannelScope) => (request: FastifyRequest) => Promise<void>;
  readonly callerOf: (request: FastifyRequest) => ChannelCaller;
};

export function createChannelGate(given: {
  readonly database: Database;
  readonly now: () => number;
}): ChannelGate {
  const known = new Map<string, { readonly until: number; readonly caller: ChannelCaller }>();
  const limits = new Map<string, RateLimit>();
  const callers = new WeakMap<FastifyRequest, ChannelCaller>();
  const wrong = createRateLimit({ burst: WRONG_PER_MINUTE, perMinute: WRONG_PER_MINUTE, now: given.now });

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

  return {
    require: (scope) => async (request) => {
      const caller = await admit(request);
      const waitMs = limitOf(caller).take(caller.selector);
      if (waitMs > 0) throw tooOften(waitMs);
      if (!caller.scopes.includes(scope)) throw notAllowed(scope);
      callers.set(request, caller);
    },
    callerOf(request) {
      const caller = callers.get(request);
      if (caller === undefined) throw new Error('this route reads the channel without asking for a key');
      return caller;
    },
  };
}

const noKey = (): RequestRefused =>
  new RequestRefused({
    status: 401,
    code: 'key-not-valid',
    detail: 'The request carries no valid key (Authorization: Bearer tck_…). Nothing was changed.',
  });

const notAllowed = (scope: string): RequestRefused =>
  new RequestRefused({
    status: 403,
    code: 'scope-not-allowed',
    detail: `This key may not do that: it lacks the scope "${scope}". Nothing was changed.`,
  });

// The gate of the API: who may come in (tokens, standing), and what they may ask for (scopes). Routes get it as
// a Fastify hook; everything else is refused with a sentence and a stable code.

import type { FastifyRequest } from 'fastify';
import { PROTOCOL_HEADER } from '../../shared/protocol/limits.ts';
import { isProtocolServed, PROTOCOL } from '../../shared/protocol/versions.ts';
import { storeScope, type Caller } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { RequestRefused } from '../db/request-refused.ts';
import { quarantined, revoked } from '../db/standing-refusals.ts';
import { createStandings, type Standings } from './standing.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** `store` is the store of the caller itself; a caller never names a store. */
export type NeededScope = 'company' | 'store' | 'kiosk' | 'manage';

export type Authority = {
  readonly database: Database;
  readonly secret: Uint8Array;
  readonly tokens: Tokens;
  readonly standings: Standings;
  readonly now: () => number;
  readonly log: Log;
  /** Hook of a route: lets a caller in that has any of the scopes (any token when none is named). */
  readonly requireToken: (options?: { readonly scope?: NeededScope | readonly NeededScope[] }) => Guard;
};

export type Guard = (request: FastifyRequest) => Promise<void>;

export type AuthorityGiven = {
  readonly database: Database;
  readonly secret: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
};

export function createAuthority(given: AuthorityGiven): Authority {
  const tokens = createTokens(given.secret, given.now);
  const standings = createStandings(given.database, given.now);

  async function admit(request: FastifyRequest): Promise<Caller> {
    const caller = await tokens.read(bearerOf(request));
    if (caller === null) throw notSignedIn();
    const standing = await standings.of(caller.workstationId);
    if (standing === null || standing.isRevoked) throw revoked();
    if (standing.isQuarantined) throw quarantined();
    return caller;
  }

  return {
    ...given,
    tokens,
    standings,
    requireToken(options = {}) {
      const needed = options.scope === undefined ? [] : [options.scope].flat();
      return async (request) => {
        checkProtocol(request);
        const caller = await admit(request);
        const isAllowed =
          needed.length === 0 ||
          needed.some((scope) =>
            caller.scopes.includes(scope === 'store' ? storeScope(caller.storeId) : scope),
          );
        if (!isAllowed) {
          given.log.warn(
            { workstationId: caller.workstationId, route: request.routeOptions.url },
            'scope-refused',
          );
          throw notAllowed();
        }
        request.caller = caller;
      };
    },
  };
}

function bearerOf(request: FastifyRequest): string {
  const [kind, token] = (request.headers.authorization ?? '').split(' ');
  return kind?.toLowerCase() === 'bearer' && token !== undefined ? token : '';
}

/** 426 for a caller who says a number that is not served; one who says none speaks the current one. */
export function checkProtocol(request: FastifyRequest): void {
  const spoken = request.headers[PROTOCOL_HEADER];
  if (spoken === undefined || isProtocolServed(Number(spoken))) return;
  throw new RequestRefused({
    status: 426,
    code: 'protocol-not-served',
    detail:
      `This app speaks version ${String(spoken).slice(0, 12)} of the protocol and the server speaks ` +
      `${PROTOCOL.oldest} to ${PROTOCOL.current}. Everything that was sold is kept on this device. ` +
      'Update the app, or the server, whichever is older.',
    extra: { protocol: PROTOCOL },
  });
}

const notSignedIn = (): RequestRefused =>
  new RequestRefused({
    status: 401,
    code: 'token-needed',
    detail:
      'The workstation is not signed in, or its token is over. Nothing is lost. It signs in again by itself.',
  });

const notAllowed = (): RequestRefused =>
  new RequestRefused({
    status: 403,
    code: 'scope-not-allowed',
    detail:
      'This workstation may not see or do this. Nothing was changed. Use a workstation of the right kind.',
  });

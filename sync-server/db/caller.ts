// Who is asking: read from the verified token by auth, and the only source of what a request may see.

import type { FastifyRequest } from 'fastify';
import type { StoreId, WorkstationId } from '../../shared/domain/ids.ts';

export type CallerKind = 'pos' | 'kiosk' | 'server';

export type Caller = {
  readonly workstationId: WorkstationId;
  readonly storeId: StoreId;
  readonly kind: CallerKind;
  /** Such as company, store:s1, kiosk, manage. */
  readonly scopes: readonly string[];
  /** Milliseconds since 1970, by the server's clock. */
  readonly expiresAtMs: number;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by auth's `requireToken`; null on routes that need no token. */
    caller: Caller | null;
  }
}

/** The store scope of a caller: where facts, stock and staff of its store live. */
export const storeScope = (storeId: string): string => `store:${storeId}`;
/** The feed of facts of a store; read by fold workers, never by workstations. */
export const factsScope = (storeId: string): string => `facts:${storeId}`;

/** One journal, for giving a workstation its own entries back. */
export const journalScope = (workstationId: string): string => `journal:${workstationId}`;
/** What taking facts of a store in may see and write: its journals, and what the store is told about them. */
export const admissionScopes = (storeId: string): readonly string[] => [
  storeScope(storeId),
  factsScope(storeId),
];

/** The caller of a route that `requireToken` guards; a route without that guard is a bug and throws. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('this route reads the caller without asking for a token');
  return request.caller;
}

// What the replication routes are given by the composition root.

import type { FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { Admission } from './admission.ts';
import type { StreamHub } from './stream-hub.ts';

type Scope = 'company' | 'store' | 'kiosk' | 'manage';

export type ReplicationGiven = {
  readonly database: Database;
  readonly admission: Admission;
  readonly streams: StreamHub;
  readonly lineage: string;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Of auth: lets in who has any of the scopes. */
  readonly requireToken: (options?: {
    readonly scope?: Scope | readonly Scope[];
  }) => (request: FastifyRequest) => Promise<void>;
};

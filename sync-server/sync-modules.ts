// Puts sign-in, journals, replication, views and printing together: what every server needs, whatever else it
// serves. Modules meet here and in db; what one needs of another is handed over as a function.

import type { FastifyInstance } from 'fastify';
import { createAuthority, type Authority } from './auth/authority.ts';
import { authRoutes, type AuthRoutesGiven } from './auth/routes.ts';
import type { Database } from './db/database.ts';
import { codeRoutes } from './codes/routes.ts';
import { customerRoutes } from './customers/routes.ts';
import { displayRoutes } from './displays/routes.ts';
import { loadInstallation, type Installation } from './db/installation.ts';
import type { Log } from './db/log.ts';
import { printRoutes } from './printing/routes.ts';
import { terminalRoutes } from './terminals/routes.ts';
import type { SendClocks } from './terminals/send-permit.ts';
import type { TerminalDriver } from './terminals/terminal-driver.ts';
import { viewRoutes } from './projections/routes.ts';
import { startFoldWorker, type FoldWorker } from './projections/fold-worker.ts';
import { referenceRoutes } from './reference-data/routes.ts';
import { createAdmission, type Admission } from './replication/admission.ts';
import { replicationRoutes } from './replication/routes.ts';
import { createStreamHub, type StreamHub } from './replication/stream-hub.ts';
import { shareWakeUps } from './replication/wake-ups-between-processes.ts';

export type SyncModulesGiven = Pick<AuthRoutesGiven, 'role' | 'demoStoreId' | 'newId'> & {
  readonly database: Database;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Card terminals by id; none where nothing is said. */
  readonly terminals?: ReadonlyMap<string, TerminalDriver>;
  readonly lookAgainAfterMs?: readonly number[];
  readonly sendClocks?: SendClocks;
};

export type SyncModules = {
  readonly installation: Installation;
  readonly authority: Authority;
  readonly admission: Admission;
  readonly streams: StreamHub;
  readonly foldWorker: FoldWorker;
  /** Ends streams and workers; the database must still be there. */
  readonly stop: () => Promise<void>;
};

/** Registers the routes on `api` (below /api/v1) and starts the workers behind them. */
export async function registerSyncModules(
  api: FastifyInstance,
  given: SyncModulesGiven,
): Promise<SyncModules> {
  const { database, log, now, newId } = given;
  const installation = await loadInstallation(database);
  const authority = createAuthority({ database, secret: installation.secret, now, log });
  const streams = createStreamHub({ database, log, now });
  const admission = createAdmission({
    database,
    log,
    now,
    onQuarantined(workstationId) {
      authority.standings.forget(workstationId);
      streams.endWorkstation(workstationId);
    },
  });
  const { requireToken } = authority;
  await authRoutes(api, { authority, newId, role: given.role, demoStoreId: given.demoStoreId });
  await replicationRoutes(api, {
    database,
    admission,
    streams,
    lineage: installation.lineage,
    log,
    now,
    requireToken,
  });
  customerRoutes(api, { database, now, requireToken });
  codeRoutes(api, { database, now, requireToken });
  await viewRoutes(api, { database, requireToken });
  await referenceRoutes(api, { database, now, requireToken, isDemo: () => given.demoStoreId() !== null });
  await printRoutes(api, { database, log, now, newId, requireToken });
  const desk = await terminalRoutes(api, {
    database,
    log,
    now,
    newId,
    requireToken,
    terminals: given.terminals ?? new Map<string, TerminalDriver>(),
    ...(given.lookAgainAfterMs !== undefined && { lookAgainAfterMs: given.lookAgainAfterMs }),
    ...(given.sendClocks !== undefined && { sendClocks: given.sendClocks }),
  });
  await displayRoutes(api, {
    secret: installation.secret,
    now,
    requireToken,
    async isWelcome(workstationId) {
      const standing = await authority.standings.of(workstationId);
      return standing !== null && !standing.isRevoked && !standing.isQuarantined;
    },
  });
  const unshare = shareWakeUps(database, log);
  const foldWorker = startFoldWorker({ database, log, now });
  return {
    installation,
    authority,
    admission,
    streams,
    foldWorker,
    async stop() {
      streams.close();
      await desk.settled();
      await foldWorker.close();
      await unshare();
    },
  };
}

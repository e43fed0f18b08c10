// Puts the modules of the server together and hands each what it needs. Modules never import each other; what
// one needs of another is passed in here as a function.

import type { FastifyInstance } from 'fastify';
import { createAuthority } from './auth/authority.ts';
import { authRoutes } from './auth/routes.ts';
import type { Database } from './db/database.ts';
import { loadInstallation } from './db/installation.ts';
import type { Surroundings } from './main.ts';
import type { Settings } from './settings.ts';

export type ModulesGiven = Surroundings & { readonly settings: Settings; readonly database: Database };

export type Modules = {
  /** Stops the workers behind the routes, after the last request. */
  readonly stop: () => Promise<void>;
};

const API = '/api/v1';

/** Registers all routes of the API below /api/v1 and starts the workers behind them. */
export async function registerModules(app: FastifyInstance, given: ModulesGiven): Promise<Modules> {
  const { database, log, now, newId } = given;
  const installation = await loadInstallation(database);
  const authority = createAuthority({ database, secret: installation.secret, now, log });
  await app.register(
    (scope) => authRoutes(scope, { authority, newId, role: 'head-office', demoStoreId: () => null }),
    {
      prefix: API,
    },
  );
  return { stop: async () => undefined };
}

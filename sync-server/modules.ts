// Puts the modules of the server together and hands each what it needs. Modules never import each other; what
// one needs of another is passed in here as a function.

import { randomInt } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { asStoreId } from '../shared/domain/ids.ts';
import { carriesAdminKey, loadAdminKey } from './admin-key.ts';
import { addressesOf } from './addresses.ts';
import { registerApiDocs } from './api-docs.ts';
import { createEnrolmentCode } from './auth/enrolment-code.ts';
import { registerChannelModules } from './channel-modules.ts';
import { findPublishedKey, openShopOnce } from './channels/api-keys.ts';
import { CATALOGUE_COLLECTION } from './catalogue/publish-pages.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { createSnapshots, type Snapshots } from './catalogue/snapshots.ts';
import { writeCheckpoint } from './db/checkpoint.ts';
import type { Database } from './db/database.ts';
import { ensureDemoStore } from './demo-store.ts';
import { pictureRoutes } from './demo/pictures/picture-routes.ts';
import { findDemoStore } from './find-demo-store.ts';
import { openTerminals } from './open-terminals.ts';
import { settingsRoutes } from './reference-data/settings-routes.ts';
import { publishPrinters } from './publish-printers.ts';
import { storeTerminals } from './publish-terminals.ts';
import { smsCarrier, smtpCarrier } from './messages/carriers.ts';
import { tillRoutes } from './orders/till-routes.ts';
import { createServerFacts, type ServerFacts } from './server-facts.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';
import { registerSyncModules, type SyncModules } from './sync-modules.ts';

export type ModulesGiven = Omit<Surroundings, 'appsFolder'> & {
  readonly settings: Settings;
  readonly database: Database;
};

export type Modules = {
  /** Shop that demo workstations enrol into; null without a demo store. */
  readonly demoStoreId: string | null;
  /** May visitors come to /shop/? */
  readonly isShopOpen: boolean;
  /** A fresh enrolment code for the demo store, to be shown at the start. */
  readonly newDemoCode: () => Promise<string | null>;
  /** Stops the workers behind the routes, after the last request. */
  readonly stop: () => Promise<void>;
};

const API = '/api/v1';
const JOBS_EVERY_MS = 1_000;
const CHANCE_STEPS = 2 ** 32;

/** Registers all routes of the API below /api/v1, fills an empty database, and starts the workers. */
export async function registerModules(app: FastifyInstance, given: ModulesGiven): Promise<Modules> {
  const { database, settings, log, now, newId } = given;
  const demo = await findDemoStore(database, settings.demo);
  await registerApiDocs(app);
  await app.register(pictureRoutes);
  // One context for all routes of the API; `register` runs it at once when it is awaited.
  const registered: { sync?: SyncModules; snapshots?: Snapshots; serverFacts?: ServerFacts } = {};
  await app.register(
    async (api) => {
      const sync = await registerSyncModules(api, {
        ...given,
        role: 'head-office',
        demoStoreId: () => demo.storeId,
        terminals: openTerminals(settings.terminals, now),
      });
      const { dataFolder } = settings;
      const serverFacts = createServerFacts({ database, admission: sync.admission, dataFolder, now, newId });
      if (demo.isToBeMade) {
        const { items } = settings.demo;
        const outcome = await ensureDemoStore(database, { items, serverFacts });
        log.info({ items, outcome }, 'demo-store');
      }
      await enrolInShops(database, serverFacts);
      await storeTerminals(database, settings.terminals);
      await publishPrinters(database, { printers: settings.printers, isDemo: demo.storeId !== null });
      const snapshots = makeSnapshots(given, sync);
      await registerCatalogue(api, { ...given, sync, snapshots, serverFacts, demoStoreId: demo.storeId });
      Object.assign(registered, { sync, snapshots, serverFacts });
    },
    { prefix: API },
  );
  const { sync, snapshots, serverFacts } = registered;
  if (sync === undefined || snapshots === undefined || serverFacts === undefined)
    throw new Error('the routes of the API were not registered');
  await app.register(
    async (api) => {
      tillRoutes(api, { database, now, requireToken: sync.authority.requireToken });
    },
    { prefix: API },
  );
  if (demo.storeId !== null) await openShopOnce(database);
  const isShopOpen = (await findPublishedKey(database)) !== null;
  const channels = await registerChannels(app, given, { serverFacts, sync, isShopOpen });
  // The first workstation to ask waits for it if it is not ready by then.
  const preparing = snapshots.prepare().catch((error: unknown) => {
    log.error({ error: String(error) }, 'snapshots-not-prepared');
  });
  return {
    demoStoreId: demo.storeId,
    isShopOpen,
    async newDemoCode() {
      if (demo.storeId === null) return null;
      return createEnrolmentCode(database, { storeId: demo.storeId, secret: sync.installation.secret });
    },
    async stop() {
      await channels.stop();
      await sync.stop();
      await preparing;
      await snapshots.settled();
    },
  };
}

/** The settings of a shop name the key with which the server signs there, so it is enrolled before they are published. */
async function enrolInShops(database: Database, serverFacts: ServerFacts): Promise<void> {
  const shops = await database.sql<{ id: string }[]>`select id from store where kind = 'shop' order by id`;
  for (const { id } of shops) await serverFacts.enrol(asStoreId(id));
}

/** Orders of channels, and who is told of them. */
async function registerChannels(
  app: FastifyInstance,
  given: ModulesGiven,
  parts: {
    readonly serverFacts: ServerFacts;
    readonly sync: SyncModules;
    readonly isShopOpen: boolean;
  },
): Promise<{ readonly stop: () => Promise<void> }> {
  const { notices } = given.settings;
  const email = notices.mail === null ? null : smtpCarrier(notices.mail);
  const orders = await registerChannelModules(app, {
    ...given,
    serverFacts: parts.serverFacts,
    chance: () => randomInt(CHANCE_STEPS) / CHANCE_STEPS,
    carriers: { email, sms: notices.sms === null ? null : smsCarrier(notices.sms) },
    trackingUrl: notices.trackingUrl ?? (parts.isShopOpen ? ownTrackingUrl(given.settings) : null),
    mayReachPrivate: notices.mayReachPrivate,
    jobsEveryMs: JOBS_EVERY_MS,
    requireToken: parts.sync.authority.requireToken,
  });
  return {
    async stop() {
      await orders.stop();
      email?.close();
    },
  };
}

/** The page of this server's own shop, at the address by which most can reach it. */
function ownTrackingUrl(settings: Settings): string {
  const addresses = addressesOf(settings, settings.port);
  return `${addresses.at(-1) ?? ''}/shop/track/{code}`;
}

function makeSnapshots(given: ModulesGiven, sync: SyncModules): Snapshots {
  const { lineage } = sync.installation;
  return createSnapshots({
    database: given.database,
    folder: `${given.settings.dataFolder}/snapshots`,
    lineage,
    checkpointAt: (scope, position) =>
      writeCheckpoint({ lineage, collection: CATALOGUE_COLLECTION, positions: new Map([[scope, position]]) }),
    now: given.now,
    log: given.log,
  });
}

async function registerCatalogue(
  api: FastifyInstance,
  given: ModulesGiven & {
    readonly sync: SyncModules;
    readonly snapshots: Snapshots;
    readonly serverFacts: ServerFacts;
    readonly demoStoreId: string | null;
  },
): Promise<void> {
  const { demoStoreId, sync } = given;
  const adminKey = await loadAdminKey(given.settings.dataFolder);
  const mayManage = sync.authority.requireToken({ scope: 'manage' });
  const isDemoAdmin = (request: FastifyRequest): boolean =>
    demoStoreId !== null && carriesAdminKey(request, adminKey);
  await catalogueRoutes(api, {
    database: given.database,
    snapshots: given.snapshots,
    requireReader: sync.authority.requireToken({ scope: ['company', 'kiosk'] }),
    async requireManager(request) {
      if (!isDemoAdmin(request)) await mayManage(request);
    },
    async storeOf(request) {
      const storeId = request.caller?.storeId ?? demoStoreId;
      if (storeId === null) throw new Error('a price change without a store');
      // Before the transaction of the change, because enrolling needs a connection of its own.
      await given.serverFacts.enrol(asStoreId(storeId));
      return asStoreId(storeId);
    },
    recordPriceChange: given.serverFacts.recordPriceChange,
  });
  await settingsRoutes(api, {
    database: given.database,
    requireStore: sync.authority.requireToken({ scope: 'store' }),
    enrol: given.serverFacts.enrol,
    record: (transaction, storeId, body) =>
      given.serverFacts.appendWithin(transaction, storeId, [{ kind: 'settings-changed', body }]),
    now: given.now,
    isDemo: demoStoreId !== null,
  });
}

// A manager at a till changes settings of the shop: the operator's permission is looked up here, the change is written down in
// the server's journal and published, all in one transaction. The order is that of price changes: entries first, then documents.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { StoreId } from '../../shared/domain/ids.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import { hasPermission } from '../../shared/domain/permissions.ts';
import {
  changeStore,
  type SettingsChange,
  type SettingsChanged,
  type SettingsRefusal,
} from '../../shared/domain/settings-change.ts';
import type { Store } from '../../shared/domain/store.ts';
import { settingsChangeRequest, type SettingsChangeRequest } from '../../shared/protocol/settings-change.ts';
import { callerOf, storeScope } from '../db/caller.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { RequestRefused } from '../db/request-refused.ts';
import { publishSettings } from './publish-settings.ts';

export type SettingsRoutesGiven = {
  readonly database: Database;
  /** Lets in tills of a store. */
  readonly requireStore: (request: FastifyRequest) => Promise<void>;
  /** Gives the shop its own workstation of the server; needs a connection of its own. */
  readonly enrol: (storeId: StoreId) => Promise<void>;
  readonly record: (transaction: Transaction, storeId: StoreId, changed: SettingsChanged) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly isDemo: boolean;
};

/** Registers the route below the prefix of the API. */
export async function settingsRoutes(app: FastifyInstance, given: SettingsRoutesGiven): Promise<void> {
  app.post<{ Body: SettingsChangeRequest }>(
    '/settings/changes',
    { onRequest: given.requireStore, schema: { body: settingsChangeRequest } },
    async (request) => {
      const { storeId, workstationId } = callerOf(request);
      const { operatorId, change } = request.body;
      await given.enrol(storeId);
      await inTransaction(given.database, async (transaction) => {
        const operator = await managerOf(transaction, storeId, operatorId);
        await given.record(transaction, storeId, {
          change,
          changedBy: operator.id,
          changedAt: workstationId,
        });
        await apply(transaction, storeId, change, {
          now: new Date(given.now()).toISOString(),
          setBy: operator.name,
        });
        await publishSettings(transaction, { isDemo: given.isDemo });
      });
      return { isChanged: true };
    },
  );
}

async function managerOf({ sql }: Transaction, storeId: StoreId, id: string): Promise<Operator> {
  const rows = await sql<{ body: string }[]>`
    select o.body from operator o
    join document d on d.scope = ${storeScope(storeId)} and d.collection = 'staff' and d.id = o.id
    where o.id = ${id} and o.is_active and not d.deleted`;
  // Written by the server alone, always as JSON of Operator.
  const operator = rows[0] === undefined ? null : (JSON.parse(rows[0].body) as Operator);
  if (operator === null || !hasPermission(operator, 'manage-settings')) {
    throw new RequestRefused({
      status: 403,
      code: 'permission-missing',
      detail:
        'This operator may not change the settings of the shop. Nothing was changed. Ask a manager to sign on.',
    });
  }
  return operator;
}

async function apply(
  transaction: Transaction,
  storeId: StoreId,
  change: SettingsChange,
  given: { readonly now: string; readonly setBy: string },
): Promise<void> {
  const { sql } = transaction;
  if (change.kind === 'order-rules') {
    await sql`insert into setting (key, value) values ('order-rules', ${JSON.stringify(change.rules)})
      on conflict (key) do update set value = excluded.value, changed_at = now()`;
    return;
  }
  if (change.kind === 'operator-limits') {
    await changeLimits(transaction, storeId, change);
    return;
  }
  const [row] = await sql<{ body: string }[]>`select body from store where id = ${storeId} for update`;
  if (row === undefined) throw new Error(`there is no store ${storeId}`);
  // As above.
  const changed = changeStore(JSON.parse(row.body) as Store, change, given);
  if (!changed.ok) throw notChanged(changed.reason);
  await sql`update store set body = ${JSON.stringify(changed.value)} where id = ${storeId}`;
}

async function changeLimits(
  transaction: Transaction,
  storeId: StoreId,
  { operatorId, limits }: Extract<SettingsChange, { readonly kind: 'operator-limits' }>,
): Promise<void> {
  const { sql } = transaction;
  const [row] = await sql<{ body: string }[]>`
    select o.body from operator o
    join document d on d.scope = ${storeScope(storeId)} and d.collection = 'staff' and d.id = o.id
    where o.id = ${operatorId} and not d.deleted for update of o`;
  if (row === undefined) throw notChanged('operator-unknown');
  const body = JSON.stringify({ ...(JSON.parse(row.body) as Operator), limits });
  await sql`update operator set body = ${body} where id = ${operatorId}`;
  await publishDocuments(transaction, {
    scope: storeScope(storeId),
    collection: 'staff',
    documents: [{ id: operatorId, body }],
  });
}

const DETAILS: Readonly<Record<SettingsRefusal | 'operator-unknown', string>> = {
  'rate-own-currency': "This is the shop's own currency, which has no rate. Nothing was changed.",
  'rate-not-taken': 'This currency is not taken at present. Nothing was changed.',
  'too-many-rates':
    'The shop has as many rates as are kept. Nothing was changed. Ask head office to clear the old ones.',
  'operator-unknown': 'Nobody of this shop has this number. Nothing was changed.',
};

const notChanged = (code: keyof typeof DETAILS): RequestRefused =>
  new RequestRefused({ status: 422, code, detail: DETAILS[code] });

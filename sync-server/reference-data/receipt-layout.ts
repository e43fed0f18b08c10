// Saves how a store's receipts look: checked by the rule of the domain, as a version after the one that was changed, and
// published to all tills of the store in the same transaction. Two managers who change the same version do not overwrite
// each other: the second is told.

import type { Operator } from '../../shared/domain/operator.ts';
import { hasPermission } from '../../shared/domain/permissions.ts';
import { checkReceiptLayout, type ReceiptLayout } from '../../shared/domain/receipt-layout.ts';
import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import type { ReceiptLayoutRequest } from '../../shared/protocol/receipt-layout.ts';
import { inTransaction, type Database } from '../db/database.ts';
import { publishSettings } from './publish-settings.ts';

/** Versions of one store that are kept; older ones go. */
const VERSIONS_MAX = 100;

export type SaveLayoutGiven = {
  readonly storeId: string;
  readonly workstationId: string;
  readonly request: ReceiptLayoutRequest;
  readonly isDemo: boolean;
};

type LayoutRefusal =
  | 'layout-not-allowed'
  | 'layout-changed-meanwhile'
  | Extract<ReturnType<typeof checkReceiptLayout>, { readonly ok: false }>['reason'];

/** The layout as it is now saved, with its new version. */
export async function saveReceiptLayout(
  database: Database,
  given: SaveLayoutGiven,
): Promise<Outcome<ReceiptLayout, LayoutRefusal>> {
  const { storeId, workstationId, isDemo } = given;
  const { operatorId, layout } = given.request;
  const checked = checkReceiptLayout(layout);
  if (!checked.ok) return checked;
  return inTransaction(database, async (transaction) => {
    const { sql } = transaction;
    const people = await sql<{ body: string }[]>`select body from operator where id = ${operatorId}`;
    // The server alone writes this column, always as JSON of an Operator.
    const operator = people[0] === undefined ? null : (JSON.parse(people[0].body) as Operator);
    if (operator === null || !hasPermission(operator, 'manage-devices')) return refuse('layout-not-allowed');
    // The row of the store is the turn of whoever saves: two at once would both find the same version.
    await sql`select id from store where id = ${storeId} for update`;
    const [newest] = await sql<{ version: number }[]>`
      select coalesce(max(version), 0)::integer as version from receipt_layout where store_id = ${storeId}`;
    const version = newest?.version ?? 0;
    if (version !== layout.version) return refuse('layout-changed-meanwhile', { version });
    const saved: ReceiptLayout = { ...layout, version: version + 1 };
    await sql`
      insert into receipt_layout (store_id, version, workstation_id, operator_id, body)
      values (${storeId}, ${saved.version}, ${workstationId}, ${operatorId}, ${JSON.stringify(saved)})`;
    await sql`
      delete from receipt_layout where store_id = ${storeId} and version <= ${saved.version - VERSIONS_MAX}`;
    await publishSettings(transaction, { isDemo });
    return accept(saved);
  });
}

// Codes that serve once: a till that is about to use one asks whether it is free, and keeps it from the others for some minutes. What is
// decided is what the entries say (projections/fold-payments): a claim keeps two tills with a network from using one code at once.

import { storableText } from '../db/storable-text.ts';
import { inTransaction, type Database } from '../db/database.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { CodeToClaim } from '../../shared/protocol/code-messages.ts';

/** As long as a customer may take to pay. */
export const CLAIM_MS = 10 * 60_000;

export type Claimant = { readonly workstationId: string; readonly storeId: string };

/**
 * Keeps the code for this till; asking again lengthens it. Refuses 409 `voucher-used` and `coupon-used` {receiptNumber}, and
 * `code-held` {minutes} while another till has it.
 */
export async function claimCode(
  database: Database,
  { workstationId, storeId }: Claimant,
  asked: CodeToClaim & { readonly nowMs: number },
): Promise<{ readonly until: string }> {
  const { kind, nowMs } = asked;
  const customerId: string = asked.customerId ?? '';
  const code = storableText(asked.code);
  const until = new Date(nowMs + CLAIM_MS).toISOString();
  return inTransaction(database, async ({ sql }) => {
    const [used] = await sql<{ receipt: string }[]>`
      select receipt_number as receipt from code_use
      where kind = ${kind} and code = ${code} and customer_id = ${customerId}`;
    if (used !== undefined) throw alreadyUsed(kind, code, used.receipt);
    const claimed = await sql`
      insert into code_claim (kind, code, customer_id, store_id, workstation_id, claimed_until)
      values (${kind}, ${code}, ${customerId}, ${storeId}, ${workstationId}, ${until}::timestamptz)
      on conflict (kind, code, customer_id) do update
      set store_id = excluded.store_id, workstation_id = excluded.workstation_id, claimed_until = excluded.claimed_until
      where code_claim.workstation_id = excluded.workstation_id
        or code_claim.claimed_until <= ${new Date(nowMs).toISOString()}::timestamptz
      returning 1`;
    if (claimed.length === 0) throw heldElsewhere(code);
    return { until };
  });
}

/** Gives a code back that was not used after all; what another till holds is left alone. */
export async function releaseCode(
  database: Database,
  { workstationId }: Pick<Claimant, 'workstationId'>,
  { kind, code, customerId }: CodeToClaim,
): Promise<void> {
  await database.sql`
    delete from code_claim
    where kind = ${kind} and code = ${storableText(code)} and customer_id = ${customerId ?? ''}
      and workstation_id = ${workstationId}`;
}

/** Takes claims away that ended long ago; answers how many. */
export async function forgetClaims(database: Database, nowMs: number): Promise<number> {
  const rows = await database.sql`
    delete from code_claim where claimed_until < ${new Date(nowMs - CLAIM_MS).toISOString()}::timestamptz returning 1`;
  return rows.length;
}

function alreadyUsed(kind: CodeToClaim['kind'], code: string, receiptNumber: string): RequestRefused {
  return new RequestRefused({
    status: 409,
    code: `${kind}-used`,
    detail: `The ${kind} ${code} was used on receipt ${receiptNumber}. Nothing was changed.`,
    extra: { receiptNumber },
  });
}

function heldElsewhere(code: string): RequestRefused {
  return new RequestRefused({
    status: 409,
    code: 'code-held',
    detail: `Another till is using ${code} at this moment. It is free again in ten minutes at the latest, if it was not used there.`,
  });
}

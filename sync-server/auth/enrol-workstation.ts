// Enrolment: a code and a public key become a workstation with a number of its own in the store. Numbers are
// given out under a lock on the store and never reused, because they are part of every receipt number.

import type { EnrolmentRequest, EnrolmentResponse } from '../../shared/protocol/messages.ts';
import { asStoreId, asWorkstationId } from '../../shared/domain/ids.ts';
import { inTransaction, type Database } from '../db/database.ts';
import { storableText } from '../db/storable-text.ts';
import { takeEnrolmentCode } from './enrolment-code.ts';

/** The workstation that writes facts in the name of the server of a store. */
export const serverWorkstationId = (storeId: string): string => `server-${storeId}`;
/** Not a number of a till: it stands on no receipt. */
const SERVER_NUMBER = 0;

export type EnrolGiven = {
  readonly secret: Uint8Array;
  /** Normalised. */
  readonly code: string;
  readonly request: EnrolmentRequest;
  readonly newId: string;
};

/** The enrolled workstation, or null when the code does not open a store. */
export async function enrolWorkstation(
  database: Database,
  given: EnrolGiven,
): Promise<EnrolmentResponse | null> {
  return inTransaction(database, async ({ sql }) => {
    const storeId = await takeEnrolmentCode(sql, {
      code: given.code,
      secret: given.secret,
      workstationId: given.newId,
    });
    if (storeId === null) return null;
    const stores = await sql<
      { number: number }[]
    >`select number from store where id = ${storeId} for no key update`;
    const store = stores[0];
    if (store === undefined) throw new Error('an enrolment code points to a store that is not there');
    const numbers = await sql<{ next: number }[]>`
      select coalesce(max(number), 0) + 1 as next from workstation where store_id = ${storeId}`;
    const number = Math.max(1, numbers[0]?.next ?? 1);
    const { kty, crv, x, y } = given.request.publicKey;
    await sql`
      insert into workstation (id, store_id, number, kind, name, public_key)
      values (${given.newId}, ${storeId}, ${number}, ${given.request.kind}, ${storableText(given.request.name)},
              ${JSON.stringify({ kty, crv, x, y })})`;
    return {
      workstationId: asWorkstationId(given.newId),
      workstationNumber: number,
      storeId: asStoreId(storeId),
      storeNumber: store.number,
      epoch: 1,
    };
  });
}

/**
 * Makes the server's own workstation of a store, or gives it the present key when it exists: the key lives in the
 * data folder and may be new there after a restore.
 */
export async function enrolServerWorkstation(
  database: Database,
  given: { readonly storeId: string; readonly publicKey: { readonly x: string; readonly y: string } },
): Promise<string> {
  const id = serverWorkstationId(given.storeId);
  const key = JSON.stringify({ kty: 'EC', crv: 'P-256', x: given.publicKey.x, y: given.publicKey.y });
  await database.sql`
    insert into workstation (id, store_id, number, kind, name, public_key)
    values (${id}, ${given.storeId}, ${SERVER_NUMBER}, 'server', 'Server', ${key})
    on conflict (id) do update set public_key = excluded.public_key`;
  return id;
}

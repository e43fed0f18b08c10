// Who the customers are that tills have taken down. The journal holds a commitment alone; the details come beside it and are taken
// only where they are those of an entry of the same workstation. The newest entry that the server took in counts, so that details
// that come late, twice or from two tills end in one document.

import { createHash } from 'node:crypto';
import type { Static } from 'typebox';
import { customerPreimage } from '../../shared/domain/customer.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import type { pushCustomersRequest, pushCustomersResponse } from '../../shared/protocol/customer.ts';
import type { Customer } from '../../shared/protocol/documents.ts';
import { storeScope, type Caller } from '../db/caller.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';

type Details = Static<typeof pushCustomersRequest>['customers'][number];
type Result = Static<typeof pushCustomersResponse>['results'][number];
type Entry = { readonly received_at: Date; readonly mark: string | null; readonly body: string };
type Known = {
  readonly body: string;
  readonly recorded_by: string | null;
  readonly recorded_at: Date | null;
};

/** What became of each, in the order in which they came; a repeat is answered as the first time. */
export async function takeCustomers(
  database: Database,
  caller: Pick<Caller, 'workstationId' | 'storeId'>,
  pushed: readonly Details[],
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const details of pushed) {
    results.push(
      await inTransaction(database, (transaction) => takeCustomer(transaction, { caller, details })),
    );
  }
  return results;
}

async function takeCustomer(
  transaction: Transaction,
  given: { readonly caller: Pick<Caller, 'workstationId' | 'storeId'>; readonly details: Details },
): Promise<Result> {
  const { sql } = transaction;
  const { caller, details } = given;
  const { factId, customerId } = details;
  const [entry] = await sql<Entry[]>`
    select received_at, mark, body from fact where workstation_id = ${caller.workstationId} and id = ${factId}`;
  if (entry === undefined) return { factId, outcome: 'waiting', customer: null };
  const fact = recordedBy(entry);
  if (fact === null || !isOf(fact, details)) return { factId, outcome: 'refused', customer: null };
  // Makes everybody who writes this customer wait, so that the newest entry wins whoever comes first.
  await sql`
    insert into customer (id, name, body) values (${customerId}, '', '') on conflict (id) do nothing`;
  const [known] = await sql<Known[]>`
    select body, recorded_by, recorded_at from customer where id = ${customerId} for update`;
  const before = known === undefined || known.body === '' ? null : (JSON.parse(known.body) as Customer); // Written below, by the demo or by the Channels API.
  if (known !== undefined && before !== null && isNewer(known, { factId, entry })) {
    return { factId, outcome: known.recorded_by === factId ? 'recorded' : 'superseded', customer: before };
  }
  const customer = customerOf(before, details, fact);
  const body = JSON.stringify(customer);
  await sql`
    update customer set name = ${customer.name}, body = ${body}, recorded_by = ${factId},
      recorded_at = ${entry.received_at} where id = ${customerId}`;
  // Where a copy is already, it is brought up to date; a new customer is known to the store that took them down.
  const copies = await sql<{ scope: string }[]>`
    select scope from document where collection = 'customers' and id = ${customerId} and not deleted`;
  const scopes = new Set([storeScope(caller.storeId), ...copies.map(({ scope }) => scope)]);
  for (const scope of [...scopes].sort()) {
    await publishDocuments(transaction, {
      scope,
      collection: 'customers',
      documents: [{ id: customerId, body }],
    });
  }
  return { factId, outcome: 'recorded', customer };
}

function recordedBy({ mark, body }: Entry): Fact<'customer-recorded'> | null {
  if (mark === 'kept') return null;
  const fact = JSON.parse(body) as Fact; // Admitted and not kept, so it fits the schema of its kind.
  return fact.kind === 'customer-recorded' ? fact : null;
}

function isOf({ body }: Fact<'customer-recorded'>, { customerId, salt, ...details }: Details): boolean {
  const preimage = customerPreimage(customerId, details, salt);
  return (
    body.customerId === customerId && createHash('sha256').update(preimage).digest('hex') === body.commitment
  );
}

/** Does what is known follow this entry, or one that came after it? */
function isNewer(
  known: Known,
  { factId, entry }: { readonly factId: string; readonly entry: Entry },
): boolean {
  if (known.recorded_by === null || known.recorded_at === null) return false;
  if (known.recorded_by === factId) return true;
  const apart = known.recorded_at.getTime() - entry.received_at.getTime();
  return apart === 0 ? known.recorded_by > factId : apart > 0;
}

function customerOf(
  before: Customer | null,
  { customerId: id, name, phone, email }: Details,
  fact: Fact<'customer-recorded'>,
): Customer {
  const { phone: _phone, email: _email, consents = [], ...rest } = before ?? { id, name };
  const asked = new Map(fact.body.consents.map(({ purpose, isGiven }) => [purpose, isGiven]));
  const kept = consents.filter(({ purpose }) => asked.get(purpose) !== false);
  const news = [...asked]
    .filter(([purpose, isGiven]) => isGiven && !kept.some((one) => one.purpose === purpose))
    .map(([purpose]) => ({ purpose, at: fact.recordedAt }));
  return {
    ...rest,
    name,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
    consents: [...kept, ...news],
  };
}

// The way that nearly every push takes: facts that continue their journal where it stands, with nothing to show to
// people, are taken in by one statement. The statement itself checks that the head is the one the facts continue
// from, under a lock on the head's row; a request whose head is another one changes nothing and goes the long way
// (admit-batch.ts), which knows repeats, gaps and forks.

import type { JournalHead } from '../../shared/domain/fact.ts';
import { checkLink } from '../../shared/domain/journal.ts';
import { admissionScopes, factsScope } from '../db/caller.ts';
import { databaseErrorCode, type Database } from '../db/database.ts';
import { sqlInScopes } from '../db/row-scopes.ts';
import type { AdmitRequest, AdmitResult } from './admit-batch.ts';
import { joined, SEPARATOR } from './joined-texts.ts';
import type { JudgedFact } from './judge-fact.ts';

/** A deadlock, a serialization failure, or a unique key: the long way finds out and waits its turn. */
const GO_THE_LONG_WAY = new Set(['40001', '40P01', '23505']);

/** Results in the order of the requests; null for those that have to go the long way. */
export async function admitQuickly(
  database: Database,
  storeId: string,
  requests: readonly AdmitRequest[],
): Promise<readonly (AdmitResult | null)[]> {
  const quick = new Map<string, AdmitRequest>();
  for (const request of requests) {
    if (!quick.has(request.workstationId) && isPlainContinuation(request.facts)) {
      quick.set(request.workstationId, request);
    }
  }
  const taken = quick.size === 0 ? new Set<string>() : await takeIn(database, storeId, [...quick.values()]);
  return requests.map((request) =>
    quick.get(request.workstationId) === request && taken.has(request.workstationId)
      ? resultOf(request)
      : null,
  );
}

/** Do the facts link to each other inside one epoch, and is there nothing that people must see? */
function isPlainContinuation(facts: readonly JudgedFact[]): boolean {
  let head = headBefore(facts);
  if (head === null) return false;
  for (const { envelope, mark, values } of facts) {
    const opens = envelope.kind === 'epoch-started';
    if (opens || mark !== null || Object.keys(values).length > 0) return false;
    if (!checkLink(head, { ...envelope, kind: 'pin-failed' }).ok) return false;
    head = { epoch: envelope.epoch, sequence: envelope.sequence, hash: envelope.hash };
  }
  return true;
}

/** The head that the first fact says it continues from; null for the first of an epoch. */
function headBefore(facts: readonly JudgedFact[]): JournalHead | null {
  const first = facts[0]?.envelope;
  if (first === undefined || first.sequence === 1) return null;
  return { epoch: first.epoch, sequence: first.sequence - 1, hash: first.previousHash };
}

function resultOf(request: AdmitRequest): AdmitResult {
  const last = request.facts.at(-1)?.envelope;
  if (last === undefined) throw new Error('a request without facts was taken in');
  return {
    kind: 'admitted',
    head: { epoch: last.epoch, sequence: last.sequence, hash: last.hash },
    results: request.facts.map((fact) => ({ id: fact.envelope.id, outcome: 'accepted' })),
  };
}

/** Ids of the workstations whose facts were taken in, all of them together in one statement. */
async function takeIn(
  database: Database,
  storeId: string,
  requests: readonly AdmitRequest[],
): Promise<ReadonlySet<string>> {
  const scope = factsScope(storeId);
  try {
    const rows = await takeInRows(database, { storeId, scope, requests });
    const last = rows[0]?.last ?? null;
    if (last !== null) database.wakeUps.announce(scope, last);
    return new Set(rows.map((row) => row.id));
  } catch (error) {
    if (GO_THE_LONG_WAY.has(databaseErrorCode(error))) return new Set();
    throw error;
  }
}

type TakenRow = { readonly id: string; readonly last: number };

function takeInRows(
  database: Database,
  given: { readonly storeId: string; readonly scope: string; readonly requests: readonly AdmitRequest[] },
): Promise<readonly TakenRow[]> {
  const { storeId, scope, requests } = given;
  const before = requests.map((request) => headBefore(request.facts));
  const after = requests.map((request) => request.facts.at(-1)?.envelope);
  const facts = requests.flatMap((request) => request.facts);
  const envelopes = facts.map((fact) => fact.envelope);
  return sqlInScopes(database, admissionScopes(storeId))<TakenRow[]>`
    with asked as (
      select * from unnest(
        string_to_array(${joined(requests.map((request) => request.workstationId))}::text, ${SEPARATOR}),
        ${before.map((head) => head?.epoch ?? 0)}::integer[], ${before.map((head) => head?.sequence ?? 0)}::integer[],
        string_to_array(${joined(before.map((head) => head?.hash ?? ''))}::text, ${SEPARATOR}),
        ${after.map((head) => head?.epoch ?? 0)}::integer[], ${after.map((head) => head?.sequence ?? 0)}::integer[],
        string_to_array(${joined(after.map((head) => head?.hash ?? ''))}::text, ${SEPARATOR}))
        as a (id, from_epoch, from_sequence, from_hash, to_epoch, to_sequence, to_hash)
    ), ready as (
      select w.id, a.to_epoch, a.to_sequence, a.to_hash
      from workstation w join asked a on a.id = w.id
      where w.store_id = ${storeId} and w.revoked_at is null and w.quarantined_at is null
        and w.head_epoch = a.from_epoch and w.head_sequence = a.from_sequence and w.head_hash = a.from_hash
      order by w.id for update of w
    ), heads as (
      update workstation w
      set head_epoch = r.to_epoch, head_sequence = r.to_sequence, head_hash = r.to_hash
      from ready r where w.id = r.id returning w.id
    ), incoming as (
      select f.*, row_number() over (order by f.place) as nth
      from unnest(
        string_to_array(${joined(envelopes.map((each) => each.workstationId))}::text, ${SEPARATOR}),
        ${envelopes.map((each) => each.epoch)}::integer[], ${envelopes.map((each) => each.sequence)}::integer[],
        string_to_array(${joined(envelopes.map((each) => each.id))}::text, ${SEPARATOR}),
        string_to_array(${joined(envelopes.map((each) => each.kind))}::text, ${SEPARATOR}),
        string_to_array(${joined(envelopes.map((each) => each.hash))}::text, ${SEPARATOR}),
        string_to_array(${joined(facts.map((each) => each.stored))}::text, ${SEPARATOR}))
        with ordinality as f (workstation_id, epoch, sequence, id, kind, hash, body, place)
      join heads h on h.id = f.workstation_id
    ), counter as (
      insert into scope_counter (scope, last)
      select ${scope}, count(*) from incoming having count(*) > 0
      on conflict (scope) do update set last = scope_counter.last + excluded.last
      returning last
    ), inserted as (
      insert into fact (workstation_id, epoch, sequence, id, store_id, kind, hash, position, body)
      select i.workstation_id, i.epoch, i.sequence, i.id, ${storeId}, i.kind, i.hash,
             counter.last - (select count(*) from incoming) + i.nth, i.body
      from incoming i, counter
    )
    select heads.id, counter.last from heads, counter`;
}

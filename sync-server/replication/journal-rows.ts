// The rows behind journals: heads under lock, entries that are held already, and the one statement that writes
// new entries, their places in the store's feed and the new heads together.

import type { JournalHead } from '../../shared/domain/fact.ts';
import { compareJournalPositions } from '../../shared/domain/journal.ts';
import { factsScope } from '../db/caller.ts';
import type { Transaction, TransactionSql } from '../db/database.ts';
import { storableText } from '../db/storable-text.ts';
import { joined, SEPARATOR } from './joined-texts.ts';
import { hashKey, idKey, placeKey } from './journal-keys.ts';
import type { JudgedFact } from './judge-fact.ts';

/** A journal while its row is locked; it changes as facts of the batch are planned. */
export type Journal = {
  readonly workstationId: string;
  /** As stored when the row was locked. */
  readonly storedHead: JournalHead;
  head: JournalHead;
  readonly isRevoked: boolean;
  isQuarantined: boolean;
  /** Places and ids taken in this batch, with the hash. */
  readonly fresh: Map<string, string>;
};

type Request = { readonly workstationId: string; readonly facts: readonly JudgedFact[] };

/** Locks the head rows in sorted order; workstations of other stores are not found. */
export async function lockJournals(
  sql: TransactionSql,
  storeId: string,
  requests: readonly Request[],
): Promise<ReadonlyMap<string, Journal>> {
  const ids = [...new Set(requests.map((request) => request.workstationId))];
  const rows = await sql<
    { id: string; epoch: number; sequence: number; hash: string; revoked: boolean; quarantined: boolean }[]
  >`
    select id, head_epoch as epoch, head_sequence as sequence, head_hash as hash,
           revoked_at is not null as revoked, quarantined_at is not null as quarantined
    from workstation where id = any(${ids}::text[]) and store_id = ${storeId}
    order by id for update`;
  return new Map(
    rows.map(({ id, epoch, sequence, hash, revoked, quarantined }) => [
      id,
      {
        workstationId: id,
        storedHead: { epoch, sequence, hash },
        head: { epoch, sequence, hash },
        isRevoked: revoked,
        isQuarantined: quarantined,
        fresh: new Map<string, string>(),
      },
    ]),
  );
}

/** Hashes of entries that are held, by place and by id. Only what may be held is asked for. */
export async function findHeld(
  sql: TransactionSql,
  journals: ReadonlyMap<string, Journal>,
  given: { readonly requests: readonly Request[]; readonly isCareful: boolean },
): Promise<ReadonlyMap<string, string>> {
  const asked = given.requests
    .flatMap((request) => request.facts)
    .map((fact) => fact.envelope)
    .filter((envelope) => {
      const journal = journals.get(envelope.workstationId);
      return (
        journal !== undefined &&
        (given.isCareful || compareJournalPositions(envelope, journal.storedHead) <= 0)
      );
    });
  const held = new Map<string, string>();
  await findBranches(sql, journals, { requests: given.requests, held });
  if (asked.length === 0) return held;
  const workstations = asked.map((envelope) => envelope.workstationId);
  const places = await sql<{ workstation_id: string; epoch: number; sequence: number; hash: string }[]>`
    select f.workstation_id, f.epoch, f.sequence, f.hash
    from unnest(${workstations}::text[], ${asked.map((each) => each.epoch)}::integer[],
                ${asked.map((each) => each.sequence)}::integer[]) as a (workstation_id, epoch, sequence)
    join fact f using (workstation_id, epoch, sequence)`;
  for (const row of places) held.set(placeKey(row.workstation_id, row.epoch, row.sequence), row.hash);
  if (!given.isCareful) return held;
  const ids = await sql<{ workstation_id: string; id: string; hash: string }[]>`
    select f.workstation_id, f.id, f.hash
    from unnest(${workstations}::text[], ${asked.map((each) => each.id)}::text[]) as a (workstation_id, id)
    join fact f using (workstation_id, id)`;
  for (const row of ids) held.set(idKey(row.workstation_id, row.id), row.hash);
  return held;
}

/**
 * An epoch that opens on something else than the head either runs ahead of entries that are still to come, or
 * branches off an older entry. Only the second is held here; it is rare, so that no index serves it.
 */
async function findBranches(
  sql: TransactionSql,
  journals: ReadonlyMap<string, Journal>,
  given: { readonly requests: readonly Request[]; readonly held: Map<string, string> },
): Promise<void> {
  const openings = given.requests
    .flatMap((request) => request.facts)
    .map((fact) => fact.envelope)
    .filter(({ workstationId, sequence, previousHash }) => {
      const journal = journals.get(workstationId);
      return sequence === 1 && journal !== undefined && journal.storedHead.hash !== previousHash;
    });
  if (openings.length === 0) return;
  const rows = await sql<{ workstation_id: string; hash: string }[]>`
    select f.workstation_id, f.hash
    from unnest(${openings.map((each) => each.workstationId)}::text[],
                ${openings.map((each) => each.previousHash)}::text[]) as o (workstation_id, hash)
    join fact f on f.workstation_id = o.workstation_id and f.hash = o.hash`;
  for (const row of rows) given.held.set(hashKey(row.workstation_id, row.hash), row.hash);
}

/** Writes entries with their feed positions, and the heads, in one statement. */
export async function insertFacts(
  transaction: Transaction,
  storeId: string,
  facts: readonly JudgedFact[],
): Promise<void> {
  const scope = factsScope(storeId);
  const envelopes = facts.map((fact) => fact.envelope);
  const heads = [...new Map(envelopes.map((envelope) => [envelope.workstationId, envelope])).values()];
  const rows = await transaction.sql<{ last: number; count: number }[]>`
    with counter as (
      insert into scope_counter (scope, last) values (${scope}, ${facts.length})
      on conflict (scope) do update set last = scope_counter.last + excluded.last
      returning last - ${facts.length}::bigint as base
    ), heads as (
      update workstation w
      set head_epoch = h.epoch, head_sequence = h.sequence, head_hash = h.hash
      from unnest(${heads.map((head) => head.workstationId)}::text[], ${heads.map((head) => head.epoch)}::integer[],
                  ${heads.map((head) => head.sequence)}::integer[], ${heads.map((head) => head.hash)}::text[])
           as h (id, epoch, sequence, hash)
      where w.id = h.id
    ), inserted as (
      insert into fact (workstation_id, epoch, sequence, id, store_id, kind, hash, mark, position, body)
      select i.workstation_id, i.epoch, i.sequence, i.id, ${storeId}, i.kind, i.hash, nullif(i.mark, ''),
             counter.base + i.place, i.body
      from unnest(string_to_array(${joined(envelopes.map((each) => each.workstationId))}::text, ${SEPARATOR}),
                  ${envelopes.map((each) => each.epoch)}::integer[],
                  ${envelopes.map((each) => each.sequence)}::integer[],
                  string_to_array(${joined(envelopes.map((each) => each.id))}::text, ${SEPARATOR}),
                  string_to_array(${joined(envelopes.map((each) => storableText(each.kind)))}::text, ${SEPARATOR}),
                  string_to_array(${joined(envelopes.map((each) => each.hash))}::text, ${SEPARATOR}),
                  string_to_array(${joined(facts.map((each) => each.mark ?? ''))}::text, ${SEPARATOR}),
                  string_to_array(${joined(facts.map((each) => each.stored))}::text, ${SEPARATOR}))
           with ordinality as i (workstation_id, epoch, sequence, id, kind, hash, mark, body, place), counter
      returning position
    )
    select max(position) as last, count(*) as count from inserted`;
  const row = rows[0];
  if (row === undefined || row.count !== facts.length)
    throw new Error('not all facts of a batch were written');
  transaction.published.set(scope, row.last);
}

/** Evidence of a fork, kept beside the journal. */
export async function keepForkedFacts(sql: TransactionSql, facts: readonly JudgedFact[]): Promise<void> {
  const envelopes = facts.map((fact) => fact.envelope);
  await sql`
    insert into forked_fact (workstation_id, epoch, sequence, hash, body)
    select * from unnest(${envelopes.map((each) => each.workstationId)}::text[],
                         ${envelopes.map((each) => each.epoch)}::integer[],
                         ${envelopes.map((each) => each.sequence)}::integer[],
                         ${envelopes.map((each) => each.hash)}::text[], ${facts.map((each) => each.stored)}::text[])
    on conflict do nothing`;
}

/** Stops the workstations until a person has looked. */
export async function quarantine(sql: TransactionSql, workstationIds: readonly string[]): Promise<void> {
  await sql`
    update workstation set quarantined_at = coalesce(quarantined_at, now())
    where id = any(${[...workstationIds]}::text[])`;
}

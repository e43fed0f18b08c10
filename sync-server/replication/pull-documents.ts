// What a workstation has not seen yet of a collection, in all scopes of its token at once. A scope is read to its
// end before the next one; inside a scope the order is that of the feed, whose positions are committed in order,
// so what is skipped once can never appear behind the checkpoint.

import { readCheckpoint, writeCheckpoint } from '../db/checkpoint.ts';
import type { Database } from '../db/database.ts';
import { sqlInScopes } from '../db/row-scopes.ts';

export type Pulled = {
  /** JSON of the documents, each with `_deleted`. */
  readonly documents: readonly string[];
  readonly checkpoint: string;
};

export type PullGiven = {
  readonly lineage: string;
  readonly collection: string;
  /** Of the token, sorted. */
  readonly scopes: readonly string[];
  /** As the workstation sent it; null reads from the start. */
  readonly checkpoint: string | null;
  readonly limit: number;
};

type Row = {
  readonly scope: string;
  readonly after: number;
  readonly last: number;
  readonly position: number | null;
  readonly deleted: boolean;
  readonly body: string;
};

/** Null when the checkpoint is not one of ours for this reading: the workstation then starts again from null. */
export async function pullDocuments(database: Database, given: PullGiven): Promise<Pulled | null> {
  const from =
    given.checkpoint === null ? new Map<string, number>() : readCheckpoint(given.checkpoint, given);
  if (from === null) return null;
  const after = given.scopes.map((scope) => from.get(scope) ?? 0);
  const rows = await sqlInScopes(database, given.scopes)<Row[]>`
    select s.scope, s.after, coalesce(c.last, 0) as last, d.position, d.deleted, d.body
    from unnest(${[...given.scopes]}::text[], ${after}::bigint[]) as s (scope, after)
    left join scope_counter c on c.scope = s.scope
    left join lateral (
      select position, deleted, body from document
      where scope = s.scope and collection = ${given.collection} and position > s.after
      order by position limit ${given.limit}
    ) d on true
    order by s.scope, d.position`;
  if (rows.some((row) => row.after > row.last)) return null;
  const taken = rows.filter((row) => row.position !== null).slice(0, given.limit);
  const positions = new Map(from);
  for (const row of taken) positions.set(row.scope, row.position ?? 0);
  return {
    documents: taken.map((row) => withDeleted(row.body, row.deleted)),
    checkpoint: writeCheckpoint({ ...given, positions }),
  };
}

/** Adds `_deleted` to a JSON object without reading it. */
export function withDeleted(body: string, isDeleted: boolean): string {
  const open = body.slice(0, body.lastIndexOf('}')).trimEnd();
  return `${open}${open.endsWith('{') ? '' : ','}"_deleted":${String(isDeleted)}}`;
}

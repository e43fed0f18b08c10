// Reads journals for an export: what belongs to a store, its workstations, and their entries in the order of each
// journal, a few at a time, so that a journal of any length fits into memory.

import type { Fact } from '../../shared/domain/fact.ts';
import type { Category } from '../../shared/domain/item.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import type { Store } from '../../shared/domain/store.ts';
import type { Sql, TransactionSql } from '../db/sql.ts';

export type ExportedWorkstation = {
  readonly id: string;
  readonly number: number;
  readonly storeId: string;
  /** JSON Web Key, as the workstation sent it when it was enrolled. */
  readonly publicKey: string;
  readonly head: { readonly epoch: number; readonly sequence: number; readonly hash: string };
};

export type ExportedShop = {
  readonly store: Store;
  readonly workstations: readonly ExportedWorkstation[];
  readonly operatorNames: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, Category>;
};

export type StoredEntry = {
  readonly epoch: number;
  readonly sequence: number;
  readonly kind: string;
  readonly mark: string | null;
  /** JSON of the fact as it was taken in. */
  readonly body: string;
};

const ENTRIES_AT_ONCE = 500;

/** The shops, or the one with this id or number; none when there is no such shop. */
export async function readShops(
  sql: Sql | TransactionSql,
  wanted: string | null,
): Promise<readonly ExportedShop[]> {
  // Proof of the casts: these columns are written by the server alone, always as JSON of the type named here.
  const stores = await sql<{ id: string; number: number; body: string }[]>`
    select id, number, body from store where kind = 'shop' order by number`;
  const workstations = await sql<(Omit<ExportedWorkstation, 'head'> & ExportedWorkstation['head'])[]>`
    select id, number, store_id as "storeId", public_key as "publicKey", head_epoch as epoch,
           head_sequence as sequence, head_hash as hash
    from workstation order by store_id, number`;
  const operators = await sql<{ body: string }[]>`select body from operator`;
  const categories = await sql<{ body: string }[]>`select body from category`;
  const operatorNames = new Map(
    operators.map(({ body }) => JSON.parse(body) as Operator).map(({ id, name }) => [String(id), name]),
  );
  const categoriesById = new Map(
    categories.map(({ body }) => JSON.parse(body) as Category).map((each) => [String(each.id), each]),
  );
  return stores
    .filter(({ id, number }) => wanted === null || id === wanted || String(number) === wanted)
    .map(({ id, body }) => ({
      store: JSON.parse(body) as Store,
      workstations: workstations
        .filter(({ storeId }) => storeId === id)
        .map(({ epoch, sequence, hash, ...rest }) => ({ ...rest, head: { epoch, sequence, hash } })),
      operatorNames,
      categories: categoriesById,
    }));
}

/** All entries of one journal, oldest first. */
export async function* entriesOf(
  sql: Sql | TransactionSql,
  workstationId: string,
): AsyncGenerator<StoredEntry> {
  const rows = sql<StoredEntry[]>`
    select epoch, sequence, kind, mark, body from fact
    where workstation_id = ${workstationId} order by epoch, sequence`.cursor(ENTRIES_AT_ONCE);
  for await (const part of rows) yield* part;
}

/** The entry as a fact; null when it was kept although it does not fit its schema. */
export function factOfEntry(entry: StoredEntry): Fact | null {
  // Admission has checked every entry that it did not mark as kept.
  return entry.mark === 'kept' ? null : (JSON.parse(entry.body) as Fact);
}

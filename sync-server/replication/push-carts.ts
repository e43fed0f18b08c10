// Carts are edited on both sides. A push says what the workstation last knew (RxDB: assumedMasterState); when the
// server's cart is a different one by now, nothing is written and the server's cart is the answer. The workstation
// then merges line by line (shared/protocol/merge-carts.ts) and pushes again, so both sides use one rule.

import { Compile } from 'typebox/compile';
import type { Cart } from '../../shared/domain/cart.ts';
import { isSameCart } from '../../shared/protocol/merge-carts.ts';
import type { PushDocumentsRequest } from '../../shared/protocol/messages.ts';
import { cartSchema } from '../../shared/protocol/sale.ts';
import { storeScope } from '../db/caller.ts';
import { inTransaction, type Database, type Transaction, type TransactionSql } from '../db/database.ts';
import { publishDocuments, type PublishedDocument } from '../db/feed.ts';
import { withDeleted } from './pull-documents.ts';

const cartValidator = Compile(cartSchema);

type CartState = { readonly cart: Cart; readonly isDeleted: boolean };
type Row = { readonly next: CartState; readonly assumed: CartState | null };

/** Conflicting carts of the server as JSON, or null when something pushed is not a cart of this store. */
export async function pushCarts(
  database: Database,
  given: { readonly storeId: string; readonly rows: PushDocumentsRequest },
): Promise<readonly string[] | null> {
  const rows = readRows(given.rows, given.storeId);
  if (rows === null) return null;
  const scope = storeScope(given.storeId);
  const take = async (transaction: Transaction): Promise<readonly string[]> => {
    const { sql } = transaction;
    await lockScope(sql, scope);
    const masters = await readMasters(sql, scope, rows);
    const conflicts: string[] = [];
    const written: PublishedDocument[] = [];
    for (const { next, assumed } of rows) {
      const master = masters.get(next.cart.id) ?? null;
      if (master !== null && isSameState(master, next)) continue;
      if (master !== null && (assumed === null || !isSameState(master, assumed))) {
        conflicts.push(withDeleted(JSON.stringify(master.cart), master.isDeleted));
        continue;
      }
      written.push({ id: next.cart.id, body: JSON.stringify(next.cart), deleted: next.isDeleted });
    }
    await publishDocuments(transaction, { scope, collection: 'carts', documents: written });
    return conflicts;
  };
  return inTransaction(database, take, { scopes: [scope] });
}

/** Makes everybody who writes to the scope wait, so that two pushes of one new cart see each other. */
async function lockScope(sql: TransactionSql, scope: string): Promise<void> {
  await sql`insert into scope_counter (scope, last) values (${scope}, 0) on conflict (scope) do nothing`;
  await sql`select last from scope_counter where scope = ${scope} for update`;
}

async function readMasters(
  sql: TransactionSql,
  scope: string,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, CartState>> {
  const found = await sql<{ id: string; body: string; deleted: boolean }[]>`
    select id, body, deleted from document
    where scope = ${scope} and collection = 'carts' and id = any(${rows.map((row) => row.next.cart.id)}::text[])`;
  return new Map(
    found.map(({ id, body, deleted }) => {
      // Only carts that were checked are written to this collection.
      return [id, { cart: JSON.parse(body) as Cart, isDeleted: deleted }];
    }),
  );
}

function readRows(pushed: PushDocumentsRequest, storeId: string): readonly Row[] | null {
  const rows: Row[] = [];
  const ids = new Set<string>();
  for (const { newDocumentState, assumedMasterState } of pushed) {
    const next = readState(newDocumentState);
    if (next === null || next.cart.storeId !== storeId || ids.has(next.cart.id)) return null;
    ids.add(next.cart.id);
    const isAssumed = assumedMasterState !== undefined && assumedMasterState !== null;
    rows.push({ next, assumed: isAssumed ? readState(assumedMasterState) : null });
  }
  return rows;
}

function readState(value: unknown): CartState | null {
  if (typeof value !== 'object' || value === null) return null;
  const { _deleted: isDeleted = false, ...cart } = { _deleted: undefined, ...value };
  if (typeof isDeleted !== 'boolean' || !cartValidator.Check(cart)) return null;
  return { cart, isDeleted };
}

const isSameState = (one: CartState, other: CartState): boolean =>
  one.isDeleted === other.isDeleted && isSameCart(one.cart, other.cart);

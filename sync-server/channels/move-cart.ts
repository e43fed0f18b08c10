// A kept cart goes to a till and comes back, and is in one place all the while: the row says which. A code is good for one use and a
// quarter of an hour; whoever moves the cart makes every other code of it worthless. What is asked twice is answered twice the same.

import { randomBytes } from 'node:crypto';
import { passportCode, readPassportCode } from '../../shared/domain/cart-passport.ts';
import type { PassportPlace, PassportTakenMessage } from '../../shared/protocol/passport-messages.ts';
import { inTransaction, type Database, type Sql, type TransactionSql } from '../db/database.ts';
import { RequestRefused } from '../db/request-refused.ts';
import { alreadyBought, atTill, type KeptLine } from './kept-carts.ts';

const PASSPORT_MINUTES = 15;
const CHANCE_BYTES = 9;

export type MoveGiven = {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};
/** The till that asks. */
export type AtTill = { readonly workstationId: string; readonly storeId: string };
export type PassportCode = { readonly code: string; readonly expiresAt: string };

type Row = {
  readonly at_workstation: string | null;
  readonly bought: string | null;
  readonly body: string;
};

/** A new code of the cart; those that were made before are worthless from now on. */
export async function newPassport(
  sql: Sql | TransactionSql,
  cartId: string,
  now: () => number,
): Promise<PassportCode> {
  const code = passportCode(randomBytes(CHANCE_BYTES));
  const expiresAt = new Date(now() + PASSPORT_MINUTES * 60_000).toISOString();
  await forgetCodes(sql, cartId);
  await sql`insert into cart_passport (code, cart_id, expires_at) values (${code}, ${cartId}, ${expiresAt})`;
  return { code, expiresAt };
}

/** The cart is the phone's that names the code first; a repeat from there is answered by the cart itself. Its id. */
export async function claimCartByCode(given: MoveGiven, selector: string, typed: string): Promise<string> {
  const code = readPassportCode(typed);
  if (code === null) throw unknownPassport();
  return inTransaction(given.database, async ({ sql }) => {
    const [row] = await sql<{ cart_id: string }[]>`
      update cart_passport set used_by = 'phone' from channel_cart c
      where code = ${code} and used_by is null and expires_at > ${new Date(given.now())}
        and c.id = cart_id and c.selector = ${selector} and c.bought is null
      returning cart_id`;
    if (row === undefined) throw unknownPassport();
    await letGo(sql, row.cart_id);
    return row.cart_id;
  });
}

/** The till has the cart from now on. A till whose answer was lost asks with the same code, and gets the cart again. */
export async function takeCartByCode(
  given: MoveGiven,
  till: AtTill,
  typed: string,
): Promise<PassportTakenMessage> {
  const code = readPassportCode(typed);
  if (code === null) throw unknownPassport();
  return inTransaction(given.database, async ({ sql }) => {
    const [found] = await sql<(Row & { cart_id: string; used_by: string | null; is_over: boolean })[]>`
      select p.cart_id, p.used_by, p.expires_at <= ${new Date(given.now())} as is_over,
             c.at_workstation, c.bought, c.body
      from cart_passport p join channel_cart c on c.id = p.cart_id where p.code = ${code} for update`;
    if (found === undefined) throw unknownPassport();
    const isRepeat = found.used_by === till.workstationId && found.at_workstation === till.workstationId;
    if (!isRepeat) {
      if (found.used_by !== null || found.is_over) throw unknownPassport();
      if (found.bought !== null) throw alreadyBought();
      if (found.at_workstation !== null && found.at_workstation !== till.workstationId) throw atTill();
      await sql`update cart_passport set used_by = ${till.workstationId} where code = ${code}`;
      await forgetCodes(sql, found.cart_id);
      await sql`
        update channel_cart
        set at_workstation = ${till.workstationId}, at_store = ${till.storeId},
            taken_lines = ${JSON.stringify(linesOf(found))}, version = version + 1, changed_at = now()
        where id = ${found.cart_id}`;
    }
    return { cartId: found.cart_id, lines: [...linesOf(found)] };
  });
}

/**
 * The cart as it stands at the till, with a code for the customer's phone. It stays at the till until the phone uses the code. A cart
 * that began at this till is kept for the shop from now on, under the id that the till gave it.
 */
export async function giveCart(
  given: MoveGiven & { readonly selector: string | null },
  till: AtTill,
  cart: { readonly id: string; readonly lines: readonly KeptLine[] },
): Promise<PassportCode> {
  if (given.selector === null) throw shopClosed();
  const { selector } = given;
  const body = JSON.stringify({ storeId: till.storeId, lines: cart.lines });
  return inTransaction(given.database, async ({ sql }) => {
    await sql`
      insert into channel_cart (id, selector, body, at_workstation, at_store)
      values (${cart.id}, ${selector}, ${body}, ${till.workstationId}, ${till.storeId})
      on conflict (id) do nothing`;
    const kept = await lockOwn(sql, till, cart.id);
    if (kept.bought !== null) throw alreadyBought();
    await sql`
      update channel_cart set body = ${body}, version = version + 1, changed_at = now() where id = ${cart.id}`;
    return newPassport(sql, cart.id, given.now);
  });
}

/** The till keeps the cart after all: the code that was shown is worthless. */
export async function keepCart({ database }: MoveGiven, till: AtTill, cartId: string): Promise<void> {
  await inTransaction(database, async ({ sql }) => {
    await lockOwn(sql, till, cartId);
    await forgetCodes(sql, cartId);
  });
}

/** Gives the cart back as it was when the till took it. Where it is not at this till any more there is nothing to do. */
export async function releaseCart({ database }: MoveGiven, till: AtTill, cartId: string): Promise<void> {
  await inTransaction(database, async ({ sql }) => {
    const [row] = await sql`
      select 1 from channel_cart where id = ${cartId} and at_workstation = ${till.workstationId} for update`;
    if (row !== undefined) await letGo(sql, cartId);
  });
}

export async function placeOfCart(
  { database }: MoveGiven,
  till: AtTill,
  cartId: string,
): Promise<PassportPlace> {
  const [row] = await database.sql<Row[]>`
    select at_workstation, bought, body from channel_cart where id = ${cartId}`;
  if (row === undefined) throw notHere();
  if (row.bought !== null) return 'bought';
  if (row.at_workstation === null) return 'phone';
  return row.at_workstation === till.workstationId ? 'here' : 'elsewhere';
}

async function lockOwn(sql: TransactionSql, till: AtTill, cartId: string): Promise<Row> {
  const [row] = await sql<Row[]>`
    select at_workstation, bought, body from channel_cart
    where id = ${cartId} and at_workstation = ${till.workstationId} for update`;
  if (row === undefined) throw notHere();
  return row;
}

async function letGo(sql: TransactionSql, cartId: string): Promise<void> {
  await forgetCodes(sql, cartId);
  await sql`
    update channel_cart
    set at_workstation = null, at_store = null, taken_lines = null, version = version + 1, changed_at = now()
    where id = ${cartId}`;
}

async function forgetCodes(sql: Sql | TransactionSql, cartId: string): Promise<void> {
  await sql`update cart_passport set used_by = 'nobody' where cart_id = ${cartId} and used_by is null`;
}

// Written by the routes of carts only.
const linesOf = ({ body }: Row): readonly KeptLine[] =>
  (JSON.parse(body) as { readonly lines: readonly KeptLine[] }).lines;

const unknownPassport = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'passport-unknown',
    detail:
      'The code is not valid: mistyped, used already, or older than a quarter of an hour. Nothing was changed. Ask for a new one.',
  });

const notHere = (): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'passport-not-here',
    detail: 'This cart is not at this till. Nothing was changed.',
  });

const shopClosed = (): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'shop-closed',
    detail: 'There is no open shop that could take over the cart. It stays at the till.',
  });

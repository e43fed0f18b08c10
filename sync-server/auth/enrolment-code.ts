// Codes that enrol one workstation: 8 letters of 20 that cannot spell words or be misread, 34.6 bits, single use,
// 10 minutes. Only a keyed hash is stored. The first 3 letters find the code, so that wrong guesses count against
// that code alone: after 5 it is dead, and nobody can use up the codes of others by guessing.

import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Database, TransactionSql } from '../db/database.ts';

export const CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
export const CODE_LENGTH = 8;
export const CODE_TRIES_MAX = 5;
const SELECTOR_LENGTH = 3;
const CODE_LIFETIME_MINUTES = 10;
const SELECTOR_TRIES_MAX = 50;

/** Capital letters without the spaces and dashes that people add when they read a code aloud. */
export function normaliseCode(typed: string): string | null {
  const letters = typed.toUpperCase().replaceAll(/[\s\-–.]/gu, '');
  const isCode =
    letters.length === CODE_LENGTH && [...letters].every((letter) => CODE_LETTERS.includes(letter));
  return isCode ? letters : null;
}

const codeHash = (secret: Uint8Array, code: string): string =>
  createHmac('sha256', secret).update(`enrolment-code:${code}`).digest('base64url');

function randomCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
}

/**
 * Makes a code for one workstation of the store and forgets codes that are over. The code is shown once and
 * stored nowhere. Throws when so many codes are open that no free selector is found.
 */
export async function createEnrolmentCode(
  database: Database,
  given: { readonly storeId: string; readonly secret: Uint8Array },
): Promise<string> {
  await database.sql`delete from enrolment_code where expires_at < now() or used_at is not null`;
  for (let attempt = 0; attempt < SELECTOR_TRIES_MAX; attempt += 1) {
    const code = randomCode();
    const rows = await database.sql`
      insert into enrolment_code (selector, code_hash, store_id, expires_at)
      values (${code.slice(0, SELECTOR_LENGTH)}, ${codeHash(given.secret, code)}, ${given.storeId},
              now() + make_interval(mins => ${CODE_LIFETIME_MINUTES}))
      on conflict (selector) do nothing returning selector`;
    if (rows.length === 1) return code;
  }
  throw new Error('too many enrolment codes are open at once');
}

/**
 * Takes the code and returns its store, or null when it is unknown, used, over, or was guessed at too often:
 * the answer is the same for all of these, so that it teaches nothing. A wrong guess is counted.
 */
export async function takeEnrolmentCode(
  sql: TransactionSql,
  given: { readonly code: string; readonly secret: Uint8Array; readonly workstationId: string },
): Promise<string | null> {
  const selector = given.code.slice(0, SELECTOR_LENGTH);
  const rows = await sql<{ code_hash: string; store_id: string; is_open: boolean }[]>`
    select code_hash, store_id, used_at is null and expires_at > now() and tries < ${CODE_TRIES_MAX} as is_open
    from enrolment_code where selector = ${selector} for update`;
  const row = rows[0];
  if (row === undefined || !row.is_open) return null;
  const isRight = timingSafeEqual(
    Buffer.from(row.code_hash, 'base64url'),
    Buffer.from(codeHash(given.secret, given.code), 'base64url'),
  );
  if (!isRight) {
    await sql`update enrolment_code set tries = tries + 1 where selector = ${selector}`;
    return null;
  }
  await sql`
    update enrolment_code set used_at = now(), workstation_id = ${given.workstationId}
    where selector = ${selector}`;
  return row.store_id;
}

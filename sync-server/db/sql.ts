// The driver's handles with our type of bigint: whole numbers, never text.

import type postgres from 'postgres';

type Types = { readonly bigint: number };
export type Sql = postgres.Sql<Types>;
export type TransactionSql = postgres.TransactionSql<Types>;

/** What requests run as (request-role.ts). */
export const REQUEST_ROLE = 'tillandsia_request';

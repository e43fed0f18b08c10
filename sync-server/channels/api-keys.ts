// Who may speak for a channel: a key such as tck_4F7Q2M9B_… that is shown once when it is made. Only a hash of it is kept; its first
// part finds the row, so that a wrong guess costs one look.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { OrderChannel } from '../../shared/domain/order/order.ts';
import type { Database } from '../db/database.ts';

export const CHANNEL_SCOPES = ['catalogue', 'carts', 'orders', 'customers', 'tracking', 'webhooks'] as const;
/** What visitors of a shop may do with its published key: read, keep a cart, place an order, follow it by its code. */
export const PUBLISHED_SCOPES = ['catalogue', 'carts', 'placing', 'tracking'] as const;
export type ChannelScope = (typeof CHANNEL_SCOPES)[number] | (typeof PUBLISHED_SCOPES)[number];

export type ChannelCaller = {
  readonly selector: string;
  readonly name: string;
  readonly channel: OrderChannel;
  readonly scopes: readonly string[];
  readonly perMinute: number;
  /** The key stands in a page for everybody: who asks is a visitor, not a partner. */
  readonly isPublished: boolean;
};

const PUBLISHED_KEY = /^tpk_([0-9A-F]{12})$/u;
const KEY = /^tck_([0-9A-F]{12})_([A-Za-z0-9_-]{43})$/u;

/** Requests of all visitors together. */
export const PUBLISHED_PER_MINUTE = 6_000;

export type NewKey = {
  readonly name: string;
  readonly channel: OrderChannel;
  readonly scopes: readonly ChannelScope[];
  readonly perMinute: number;
};

/** Makes a key and returns its text, which is stored nowhere. */
export async function makeApiKey(database: Pick<Database, 'sql'>, given: NewKey): Promise<string> {
  const selector = randomBytes(6).toString('hex').toUpperCase();
  const secret = randomBytes(32).toString('base64url');
  await database.sql`
    insert into api_key (selector, key_hash, name, channel, scopes, per_minute)
    values (${selector}, ${hashOf(secret)}, ${given.name}, ${given.channel}, ${given.scopes.join(' ')},
            ${given.perMinute})`;
  return `tck_${selector}_${secret}`;
}

/** Makes a key that may be read by everybody, and returns its text. */
export async function publishApiKey(database: Database, given: Omit<NewKey, 'scopes'>): Promise<string> {
  const selector = randomBytes(6).toString('hex').toUpperCase();
  await database.sql`
    insert into api_key (selector, key_hash, name, channel, scopes, per_minute, is_published)
    values (${selector}, '', ${given.name}, ${given.channel}, ${PUBLISHED_SCOPES.join(' ')}, ${given.perMinute}, true)`;
  return `tpk_${selector}`;
}

/** The published key of the shop; null while it is closed. Of several the newest. */
export async function findPublishedKey(database: Database): Promise<string | null> {
  const selector = await findPublishedSelector(database);
  return selector === null ? null : `tpk_${selector}`;
}

/** The part of the published key that carts are kept under; null while the shop is closed. */
export async function findPublishedSelector(database: Database): Promise<string | null> {
  const [row] = await database.sql<{ selector: string }[]>`
    select selector from api_key where is_published and revoked_at is null
    order by made_at desc, selector limit 1`;
  return row?.selector ?? null;
}

/** Opens a shop that nobody has ever opened or closed. */
export async function openShopOnce(database: Database): Promise<void> {
  const known = await database.sql`select 1 from api_key where is_published limit 1`;
  if (known.length === 0)
    await publishApiKey(database, { name: 'Shop', channel: 'web', perMinute: PUBLISHED_PER_MINUTE });
}

/** False when there is no such key. */
export async function revokeApiKey(database: Database, selector: string): Promise<boolean> {
  const revoked = await database.sql`
    update api_key set revoked_at = coalesce(revoked_at, now()) where selector = ${selector} returning selector`;
  return revoked.length > 0;
}

type KeyRow = {
  readonly key_hash: string;
  readonly name: string;
  readonly channel: OrderChannel;
  readonly scopes: string;
  readonly per_minute: number;
  readonly is_published: boolean;
};

/** Whose key this is; null for one that is not ours, not right, or taken back. */
export async function findApiKey(database: Database, text: string): Promise<ChannelCaller | null> {
  const [, published] = PUBLISHED_KEY.exec(text) ?? [];
  const [, selector = published, secret] = KEY.exec(text) ?? [];
  if (selector === undefined) return null;
  const [row] = await database.sql<KeyRow[]>`
    select key_hash, name, channel, scopes, per_minute, is_published from api_key
    where selector = ${selector} and revoked_at is null`;
  if (row === undefined || !isRight(row, secret)) return null;
  const { name, channel, scopes, per_minute: perMinute, is_published: isPublished } = row;
  return { selector, name, channel, scopes: scopes.split(' '), perMinute, isPublished };
}

/** A published key has no secret, and a secret never opens a published one. */
function isRight(row: KeyRow, secret: string | undefined): boolean {
  if (row.is_published || secret === undefined) return row.is_published && secret === undefined;
  return timingSafeEqual(Buffer.from(row.key_hash, 'hex'), Buffer.from(hashOf(secret), 'hex'));
}

// 256 bits of chance need no slow hash.
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

// Who may speak for a channel: a key such as tck_4F7Q2M9B_… that is shown once when it is made. Only a hash of it is kept; its first
// part finds the row, so that a wrong guess costs one look.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { OrderChannel } from '../../shared/domain/order/order.ts';
import type { Database } from '../db/database.ts';

export const CHANNEL_SCOPES = ['catalogue', 'carts', 'orders', 'customers', 'tracking', 'webhooks'] as const;
export type ChannelScope = (typeof CHANNEL_SCOPES)[number];

export type ChannelCaller = {
  readonly selector: string;
  readonly name: string;
  readonly channel: OrderChannel;
  readonly scopes: readonly string[];
  readonly perMinute: number;
};

const KEY = /^tck_([0-9A-F]{12})_([A-Za-z0-9_-]{43})$/u;

export type NewKey = {
  readonly name: string;
  readonly channel: OrderChannel;
  readonly scopes: readonly ChannelScope[];
  readonly perMinute: number;
};

/** Makes a key and returns its text, which is stored nowhere. */
export async function makeApiKey(database: Database, given: NewKey): Promise<string> {
  const selector = randomBytes(6).toString('hex').toUpperCase();
  const secret = randomBytes(32).toString('base64url');
  await database.sql`
    insert into api_key (selector, key_hash, name, channel, scopes, per_minute)
    values (${selector}, ${hashOf(secret)}, ${given.name}, ${given.channel}, ${given.scopes.join(' ')},
            ${given.perMinute})`;
  return `tck_${selector}_${secret}`;
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
};

/** Whose key this is; null for one that is not ours, not right, or taken back. */
export async function findApiKey(database: Database, text: string): Promise<ChannelCaller | null> {
  const [, selector, secret] = KEY.exec(text) ?? [];
  if (selector === undefined || secret === undefined) return null;
  const [row] = await database.sql<KeyRow[]>`
    select key_hash, name, channel, scopes, per_minute from api_key
    where selector = ${selector} and revoked_at is null`;
  const isRight =
    row !== undefined &&
    timingSafeEqual(Buffer.from(row.key_hash, 'hex'), Buffer.from(hashOf(secret), 'hex'));
  if (!isRight) return null;
  const { name, channel, scopes, per_minute: perMinute } = row;
  return { selector, name, channel, scopes: scopes.split(' '), perMinute };
}

// 256 bits of chance need no slow hash.
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

// A key for the demo store alone, with which a script or a curious visitor may change prices over the API without
// being a workstation that may manage. It is made once, kept in the data folder for its owner's eyes, and means
// nothing on a server without a demo store.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyRequest } from 'fastify';

export const ADMIN_KEY_HEADER = 'x-tillandsia-admin-key';
export const ADMIN_KEY_FILE = 'admin-key';

/** Reads the key of this data folder, or makes it. */
export async function loadAdminKey(dataFolder: string): Promise<string> {
  const file = path.join(dataFolder, ADMIN_KEY_FILE);
  try {
    await writeFile(file, `${randomBytes(24).toString('base64url')}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}

/** Does the request carry the key? Compared in constant time. */
export function carriesAdminKey(request: FastifyRequest, key: string): boolean {
  const given = request.headers[ADMIN_KEY_HEADER];
  if (typeof given !== 'string') return false;
  const [mine, theirs] = [Buffer.from(key), Buffer.from(given)];
  return mine.length > 0 && mine.length === theirs.length && timingSafeEqual(mine, theirs);
}

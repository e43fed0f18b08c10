// A workstation proves that it holds its key by signing a challenge: random, for one workstation, once, 2 minutes.

import { createPublicKey, randomBytes, verify, type JsonWebKey } from 'node:crypto';
import { tokenPreimage } from '../../shared/protocol/limits.ts';
import type { Database } from '../db/database.ts';

const LIFETIME_SECONDS = 120;

/** Also given to ids that do not exist, so that the answer does not tell which ones do. */
export async function makeChallenge(database: Database, workstationId: string): Promise<string> {
  const challenge = randomBytes(24).toString('base64url');
  await database.sql`
    with over as (delete from token_challenge where expires_at < now())
    insert into token_challenge (challenge, workstation_id, expires_at)
    select ${challenge}, id, now() + make_interval(secs => ${LIFETIME_SECONDS})
    from workstation where id = ${workstationId}`;
  return challenge;
}

export const challengeExpiry = (nowMs: number): string =>
  new Date(nowMs + LIFETIME_SECONDS * 1000).toISOString();

/** Uses the challenge up, right or wrong, and says whether it was open for this workstation. */
export async function takeChallenge(
  database: Database,
  given: { readonly challenge: string; readonly workstationId: string },
): Promise<boolean> {
  const rows = await database.sql<{ workstation_id: string; is_open: boolean }[]>`
    delete from token_challenge where challenge = ${given.challenge}
    returning workstation_id, expires_at > now() as is_open`;
  return rows[0] !== undefined && rows[0].is_open && rows[0].workstation_id === given.workstationId;
}

/** ECDSA P-256 over the UTF-8 text of the challenge; false for anything malformed. */
export function isSignedByWorkstation(
  publicKeyJwk: string,
  given: { readonly challenge: string; readonly signature: string },
): boolean {
  // Our own column: a P-256 key that enrolment wrote from a checked request.
  const key = createPublicKey({ key: JSON.parse(publicKeyJwk) as JsonWebKey, format: 'jwk' });
  return verify(
    'sha256',
    Buffer.from(tokenPreimage(given.challenge), 'utf8'),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(given.signature, 'base64url'),
  );
}

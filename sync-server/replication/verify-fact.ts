// Is a fact what its workstation signed? Hash over the preimage, then the ECDSA P-256 signature over the same
// bytes. The signature check runs on libuv's threads, so that other requests are served meanwhile.

import { createHash, createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { JudgedFact } from './judge-fact.ts';

/** Reads the public key of a workstation as enrolment stored it. */
export function publicKeyOf(jwk: string): KeyObject {
  // Our own column, written from a checked request.
  return createPublicKey({ key: JSON.parse(jwk) as JsonWebKey, format: 'jwk' });
}

/** True when hash and signature belong to the fact and to this key. */
export function isGenuine(fact: JudgedFact, key: KeyObject): Promise<boolean> {
  const bytes = Buffer.from(fact.preimage, 'utf8');
  if (createHash('sha256').update(bytes).digest('hex') !== fact.envelope.hash) return Promise.resolve(false);
  const signature = Buffer.from(fact.envelope.signature, 'base64url');
  return new Promise((resolve, reject) => {
    verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature, (error, isRight) => {
      if (error === null) resolve(isRight);
      else reject(error);
    });
  });
}

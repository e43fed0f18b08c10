// Checks a PIN against an encoded Argon2id string with hash-wasm. In a browser it runs in its own worker
// (argon2.worker.ts), because it takes a tenth of a second by design; headless it runs in place.

import { argon2Verify } from 'hash-wasm';
import type { PinVerifier } from './ports.ts';

/** PINs longer than this are nobody's; nothing long is ever hashed. */
const PIN_LENGTH_MAX = 32;

/** False for a wrong PIN and for a verifier that cannot be read. */
export const verifyPinHere: PinVerifier = async (pin, verifier) => {
  if (pin === '' || pin.length > PIN_LENGTH_MAX) return false;
  try {
    return await argon2Verify({ password: pin, hash: verifier });
  } catch {
    return false;
  }
};

// PINs against encoded Argon2id strings.

import { argon2id } from 'hash-wasm';
import { expect, test } from 'vitest';
import { verifyPinHere } from './argon2-verifier.ts';

test('the right PIN passes and every other answer is no, also for verifiers that cannot be read', async () => {
  const verifier = await argon2id({
    password: '1234',
    salt: new Uint8Array(16),
    parallelism: 1,
    iterations: 1,
    memorySize: 256,
    hashLength: 32,
    outputType: 'encoded',
  });
  expect(await verifyPinHere('1234', verifier)).toBe(true);
  expect(await verifyPinHere('1235', verifier)).toBe(false);
  expect(await verifyPinHere('', verifier)).toBe(false);
  expect(await verifyPinHere('1'.repeat(33), verifier)).toBe(false);
  expect(await verifyPinHere('1234', 'nonsense')).toBe(false);
});

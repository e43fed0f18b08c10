import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asStoreId } from '../../shared/domain/ids.ts';
import { loadServerKey } from './server-key.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tillandsia-key-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the key of a store is made once and only its owner may read it', async () => {
  const made = await loadServerKey(folder, asStoreId('s1'));
  expect(made.publicKey.x).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(made.publicKey.y).toMatch(/^[A-Za-z0-9_-]{43}$/);
  const again = await loadServerKey(folder, asStoreId('s1'));
  expect(again.publicKey).toEqual(made.publicKey);
  expect((await loadServerKey(folder, asStoreId('s2'))).publicKey).not.toEqual(made.publicKey);
  expect((await stat(path.join(folder, 'keys'))).mode & 0o777).toBe(0o700);
  expect((await stat(path.join(folder, 'keys', 'server-s1.pem'))).mode & 0o777).toBe(0o600);
});

test('a damaged key is an error; it is never replaced in silence', async () => {
  await loadServerKey(folder, asStoreId('s3'));
  await writeFile(path.join(folder, 'keys', 'server-s3.pem'), 'damaged');
  await expect(loadServerKey(folder, asStoreId('s3'))).rejects.toThrow(/./);
});

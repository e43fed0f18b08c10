// The signing key of the server's own workstation in a store: ECDSA P-256, made once, kept in the data folder and
// readable by its owner only. A till's key never leaves its browser; this one never leaves the server.

import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { StoreId } from '../../shared/domain/ids.ts';

export type ServerKey = {
  readonly privateKey: KeyObject;
  /** Coordinates of the public point, base64url. */
  readonly publicKey: { readonly x: string; readonly y: string };
};

const FOLDER = 'keys';

/** Reads the key of a store from `<dataFolder>/keys`, or makes it at the first call. */
export async function loadServerKey(dataFolder: string, storeId: StoreId): Promise<ServerKey> {
  const folder = path.join(dataFolder, FOLDER);
  const file = path.join(folder, `server-${storeId}.pem`);
  const stored = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (stored !== null) return keyOf(createPrivateKey(stored));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeForOwnerOnly(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return keyOf(privateKey);
}

// Whole or not at all: a key that is half on disk would lose the workstation its name.
async function writeForOwnerOnly(file: string, text: string): Promise<void> {
  const unfinished = `${file}.new`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
}

function keyOf(privateKey: KeyObject): ServerKey {
  const { x, y, crv } = privateKey.export({ format: 'jwk' });
  if (crv !== 'P-256' || x === undefined || y === undefined) {
    throw new Error('the key of the server in the data folder is not a P-256 key');
  }
  return { privateKey, publicKey: { x, y } };
}

// Seals an entry: SHA-256 over its canonical JSON, and the workstation's signature over the same bytes. Opens
// one again with every check, for entries that come back from the server.

import type { Fact, FactContent, FactKind, JournalHead } from '../../domain/fact.ts';
import { canonicalJson, factPreimage } from '../../domain/journal.ts';

const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const encoder = new TextEncoder();

/** The fact with hash and signature, and its canonical text as it is stored and sent. */
export type SealedFact = { readonly fact: Fact; readonly body: string };

/** Hashes and signs; throws for content that canonical JSON does not allow (lone surrogates, non-finite numbers). */
export async function sealFact<Kind extends FactKind>(
  content: FactContent<Kind>,
  privateKey: CryptoKey,
  subtle: SubtleCrypto,
): Promise<SealedFact> {
  const bytes = encoder.encode(factPreimage(content));
  const [digest, signature] = await Promise.all([
    subtle.digest('SHA-256', bytes),
    subtle.sign(SIGNING, privateKey, bytes),
  ]);
  const fact = { ...content, hash: toHex(digest), signature: toBase64Url(signature) } as Fact; // Adds exactly the two members by which Fact differs from FactContent.
  return { fact, body: canonicalJson(fact) };
}

/** Is it exactly what this workstation wrote: right hash, right signature? */
export async function isGenuine(fact: Fact, publicKey: CryptoKey, subtle: SubtleCrypto): Promise<boolean> {
  const bytes = encoder.encode(factPreimage(fact));
  const signature = fromBase64Url(fact.signature);
  if (signature === null) return false;
  const [digest, isSigned] = await Promise.all([
    subtle.digest('SHA-256', bytes),
    subtle.verify(SIGNING, publicKey, signature, bytes),
  ]);
  return isSigned && toHex(digest) === fact.hash;
}

/** Hash alone: enough to find damage in what this device wrote itself. */
export async function hasRightHash(fact: Fact, subtle: SubtleCrypto): Promise<boolean> {
  return toHex(await subtle.digest('SHA-256', encoder.encode(factPreimage(fact)))) === fact.hash;
}

/** Signs a text, for the token challenge. */
export async function signText(value: string, privateKey: CryptoKey, subtle: SubtleCrypto): Promise<string> {
  return toBase64Url(await subtle.sign(SIGNING, privateKey, encoder.encode(value)));
}

export const headOf = (fact: Fact): JournalHead => ({
  epoch: fact.epoch,
  sequence: fact.sequence,
  hash: fact.hash,
});

export function toHex(bytes: ArrayBuffer): string {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += byte.toString(16).padStart(2, '0');
  return text;
}

export function toBase64Url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

// The links of a workstation's journal: what is hashed and signed, which entry may follow which, and the receipt
// number that (epoch, sequence) gives. Hashing and signing themselves are done by the caller with WebCrypto over
// the UTF-8 bytes of the preimage.
//
//   head (e, n, h) ── same epoch ──► (e, n+1, previousHash h)
//                  └─ new epoch ───► (e' > e, 1, previousHash h, kind epoch-started)

import { canonicalJson } from './canonical-json.ts';
import { GENESIS_HASH, type Fact, type FactContent, type JournalHead, type JournalPosition } from './fact.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

export { canonicalJson } from './canonical-json.ts';

/** The head of a journal that has no entry yet. */
export const EMPTY_JOURNAL: JournalHead = { epoch: 0, sequence: 0, hash: GENESIS_HASH };

/** Epochs have at most four letters (ZZZZ), far beyond any real life of a workstation. */
export const EPOCH_MAX = 26 + 26 ** 2 + 26 ** 3 + 26 ** 4;

/** Canonical text of an entry without its hash and signature: the bytes that both are made over. */
export function factPreimage(fact: Fact | FactContent): string {
  const content: Record<string, unknown> = { ...fact };
  delete content['hash'];
  delete content['signature'];
  return canonicalJson(content);
}

/** Negative when left is the earlier entry, 0 when both are the same, positive when left is the later one. */
export function compareJournalPositions(left: JournalPosition, right: JournalPosition): number {
  return left.epoch - right.epoch || left.sequence - right.sequence;
}

/**
 * May this entry stand right after `previousHead`? Checks position, previous hash and the start of epochs; hash and
 * signature of the entry itself are the caller's part. An entry at or below the head is `already-held`.
 */
export function checkLink(
  previousHead: JournalHead,
  fact: Pick<FactContent, 'epoch' | 'sequence' | 'previousHash' | 'kind'>,
): Outcome<
  null,
  'already-held' | 'journal-gap' | 'wrong-previous-hash' | 'epoch-not-started' | 'epoch-start-misplaced'
> {
  const { epoch, sequence } = fact;
  const isFirstEver = previousHead.sequence === 0;
  const isHeld = compareJournalPositions(fact, previousHead) <= 0 && !(isFirstEver && sequence > 0);
  if (isHeld) return refuse('already-held', { epoch, sequence });
  const startsEpoch = isFirstEver || epoch !== previousHead.epoch;
  const expectedSequence = startsEpoch ? 1 : previousHead.sequence + 1;
  if (sequence !== expectedSequence || epoch < Math.max(1, previousHead.epoch)) {
    return refuse('journal-gap', { epoch, sequence, expectedSequence });
  }
  if (startsEpoch && fact.kind !== 'epoch-started') return refuse('epoch-not-started', { epoch });
  if (!startsEpoch && fact.kind === 'epoch-started') {
    return refuse('epoch-start-misplaced', { epoch, sequence });
  }
  if (fact.previousHash !== previousHead.hash) return refuse('wrong-previous-hash', { epoch, sequence });
  return accept(null);
}

export type ReceiptNumberParts = {
  readonly storeNumber: number;
  readonly workstationNumber: number;
  readonly epoch: number;
  readonly sequence: number;
};

/** store-workstation-epoch letter and sequence: 01-02-A000017. Unique because the journal position is. */
export function receiptNumber(parts: ReceiptNumberParts): string {
  const { storeNumber, workstationNumber, epoch, sequence } = parts;
  for (const part of [storeNumber, workstationNumber, epoch, sequence]) {
    if (!Number.isSafeInteger(part) || part < 0)
      throw new RangeError('receipt number of a part that is none');
  }
  if (epoch < 1 || epoch > EPOCH_MAX) throw new RangeError(`epoch is out of bounds: ${String(epoch)}`);
  const store = String(storeNumber).padStart(2, '0');
  const workstation = String(workstationNumber).padStart(2, '0');
  return `${store}-${workstation}-${epochLetters(epoch)}${String(sequence).padStart(6, '0')}`;
}

/** Reads a receipt number as printed; capitals and surrounding spaces are forgiven, anything else is refused. */
export function parseReceiptNumber(text: string): Outcome<ReceiptNumberParts, 'not-a-receipt-number'> {
  const plain = text.trim().toUpperCase();
  const parts = /^(\d{2,9})-(\d{2,9})-([A-Z]{1,4})(\d{6,15})$/.exec(plain);
  if (parts === null) return refuse('not-a-receipt-number');
  const value = {
    storeNumber: Number(parts[1]),
    workstationNumber: Number(parts[2]),
    epoch: epochOfLetters(parts[3] ?? ''),
    sequence: Number(parts[4]),
  };
  // A number with needless zeros would be a second spelling of the same receipt.
  return receiptNumber(value) === plain ? accept(value) : refuse('not-a-receipt-number');
}

// Bijective base 26: 1 = A … 26 = Z, 27 = AA.
function epochLetters(epoch: number): string {
  let letters = '';
  for (let rest = epoch; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

function epochOfLetters(letters: string): number {
  let epoch = 0;
  for (const letter of letters) epoch = epoch * 26 + (letter.charCodeAt(0) - 64);
  return epoch;
}

// Brings back entries that the server has and this device has lost. Each one is verified before it is stored:
// our own signature, our own hash, and a link to the one before it.

import type { Fact, JournalHead } from '../../domain/fact.ts';
import { canonicalJson, checkLink, compareJournalPositions } from '../../domain/journal.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import { isRecord } from '../server/server-answer.ts';
import { isHead } from '../storage/canary.ts';
import type { FactStore } from './fact-store.ts';
import { headOf, isGenuine } from './seal-fact.ts';

/** Entries asked for in one request, and the most that are brought back: older ones are safe on the server. */
const STEP = 200;
const RESTORED_MAX = 2_000;

export type Restored =
  | { readonly kind: 'restored'; readonly head: JournalHead; readonly count: number }
  | { readonly kind: 'unreachable' }
  /** The server's entries are not what this workstation signed, or do not link. */
  | { readonly kind: 'not-genuine'; readonly at: JournalHead };

/** Fetches (after, to] and stores it. When more is missing than is brought back, the newest part is. */
export async function restoreEntries(
  given: {
    readonly connection: ServerConnection;
    readonly store: FactStore;
    readonly publicKey: CryptoKey;
    readonly subtle: SubtleCrypto;
  },
  after: JournalHead,
  to: JournalHead,
): Promise<Restored> {
  const isShortened =
    to.epoch === after.epoch || after.epoch === 0 ? to.sequence - after.sequence > RESTORED_MAX : false;
  const firstSequence = isShortened ? to.sequence - RESTORED_MAX : after.sequence;
  let position: { epoch: number; sequence: number } = isShortened
    ? { epoch: to.epoch, sequence: firstSequence }
    : { epoch: Math.max(1, after.epoch), sequence: after.epoch === 0 ? 0 : after.sequence };
  // Without a head before the first entry there is nothing to link it to; the signature still binds it to us.
  let head: JournalHead | null = isShortened ? null : after;
  let count = 0;
  while (compareJournalPositions(position, to) < 0) {
    const answer = await given.connection.request(
      `/api/v1/facts?epoch=${String(position.epoch)}&afterSequence=${String(position.sequence)}&limit=${String(STEP)}`,
    );
    if (answer.kind !== 'ok' || !isRecord(answer.body) || !Array.isArray(answer.body['facts'])) {
      return { kind: 'unreachable' };
    }
    const facts = answer.body['facts'].filter(isFact);
    if (facts.length === 0) {
      if (position.epoch >= to.epoch) return { kind: 'unreachable' };
      position = { epoch: position.epoch + 1, sequence: 0 };
      continue;
    }
    for (const fact of facts) {
      if (compareJournalPositions(fact, to) > 0) break;
      const doesLink = head === null || checkLink(head, fact).ok;
      if (!doesLink || !(await isGenuine(fact, given.publicKey, given.subtle))) {
        return { kind: 'not-genuine', at: headOf(fact) };
      }
      const sealed = { fact, body: canonicalJson(fact) };
      if (!(await given.store.holds(sealed))) await given.store.insert(sealed);
      head = headOf(fact);
      position = { epoch: fact.epoch, sequence: fact.sequence };
      count += 1;
    }
  }
  const reached = head ?? after;
  return reached.hash === to.hash
    ? { kind: 'restored', head: reached, count }
    : { kind: 'not-genuine', at: reached };
}

function isFact(value: unknown): value is Fact {
  if (!isRecord(value) || !isHead(value)) return false;
  return (
    'kind' in value &&
    typeof value.kind === 'string' &&
    'signature' in value &&
    typeof value.signature === 'string'
  );
}

// The check before selling: compares database, canary and server, verifies the newest entries, brings back
// what can be brought back, and starts a new epoch when anything was missing. An empty database beside a
// canary or a server that knows us is a loss, never a new device.

import type { Fact, JournalHead } from '../../domain/fact.ts';
import { checkLink, compareJournalPositions, EMPTY_JOURNAL } from '../../domain/journal.ts';
import type { ServerConnection } from '../server/server-connection.ts';
import type { CanaryMark } from '../storage/canary.ts';
import type { FactStore } from './fact-store.ts';
import { judgeHeads, later, lostBetween, type Lost } from './judge-heads.ts';
import type { MissingRange } from './journal-notes.ts';
import { restoreEntries } from './restore-entries.ts';
import { hasRightHash, headOf } from './seal-fact.ts';

/** Newest entries whose hash and links are checked at every start. */
const VERIFIED_AT_START = 32;

export type NewEpoch = {
  readonly epoch: number;
  readonly previousHash: string;
  readonly reason: 'enrolled' | 'tail-missing' | 'storage-lost';
  readonly lost: Lost | null;
  readonly restoredCount: number;
};

export type BootResult =
  | {
      readonly kind: 'ready';
      readonly head: JournalHead;
      readonly newEpoch: NewEpoch | null;
      /** What the server has confirmed and could not be asked for now. */
      readonly missing: MissingRange | null;
    }
  /** The database is behind and only the server or a person can say how to go on. */
  | { readonly kind: 'undecided'; readonly lost: Lost | null; readonly mayStartNow: boolean }
  | { readonly kind: 'forked'; readonly at: JournalHead }
  | { readonly kind: 'damaged'; readonly at: JournalHead };

export type BootGiven = {
  readonly store: FactStore;
  readonly canary: CanaryMark | null;
  readonly connection: ServerConnection;
  readonly publicKey: CryptoKey;
  readonly subtle: SubtleCrypto;
  /** The server's mark of our journal, or null when it cannot be had now. */
  readonly serverHead: JournalHead | null;
  /** A person has decided to go on without the server. */
  readonly startsWithoutServer: boolean;
};

/** Decides whether and how this journal goes on. */
export async function bootCheck(given: BootGiven): Promise<BootResult> {
  const tail = await given.store.tail(VERIFIED_AT_START);
  const damage = await findDamage(tail, given.subtle);
  if (damage !== null) return { kind: 'damaged', at: damage };
  const newest = tail.at(-1);
  const local = newest === undefined ? EMPTY_JOURNAL : headOf(newest);
  const canary = given.canary?.head ?? null;
  for (const witness of [canary, given.serverHead]) {
    const ours = witness === null || witness.sequence === 0 ? null : await given.store.at(witness);
    if (ours !== null && witness !== null && ours.hash !== witness.hash)
      return { kind: 'forked', at: headOf(ours) };
  }
  const judgement = judgeHeads({ local, canary, server: given.serverHead });
  switch (judgement.verdict) {
    case 'continue':
      return { kind: 'ready', head: local, newEpoch: null, missing: null };
    case 'begin':
      return { kind: 'ready', head: EMPTY_JOURNAL, newEpoch: firstEpoch(), missing: null };
    case 'ask-server': {
      if (!given.startsWithoutServer || canary === null) {
        return { kind: 'undecided', lost: judgement.lost, mayStartNow: canary !== null };
      }
      // What both sides know for certain is what the server confirmed or what survived here.
      const common = later(local, given.canary?.acknowledged ?? EMPTY_JOURNAL);
      return {
        kind: 'ready',
        head: common,
        newEpoch: {
          epoch: later(local, canary).epoch + 1,
          previousHash: common.hash,
          reason: local.sequence === 0 ? 'storage-lost' : 'tail-missing',
          // Not from our own end on: the server may have confirmed entries that are missing here.
          lost: lostBetween(common, later(local, canary)),
          restoredCount: 0,
        },
        missing: compareJournalPositions(common, local) > 0 ? { after: local, to: common } : null,
      };
    }
    case 'restore': {
      const restored =
        judgement.fetch === null
          ? { kind: 'restored' as const, head: local, count: 0 }
          : await restoreEntries(given, judgement.fetch.after, judgement.fetch.to);
      if (restored.kind === 'unreachable')
        return { kind: 'undecided', lost: judgement.lost, mayStartNow: false };
      if (restored.kind === 'not-genuine') return { kind: 'forked', at: restored.at };
      return {
        kind: 'ready',
        head: restored.head,
        newEpoch: {
          epoch: judgement.nextEpoch,
          previousHash: restored.head.hash,
          reason: judgement.reason,
          lost: judgement.lost,
          restoredCount: restored.count,
        },
        missing: null,
      };
    }
  }
}

/** How a journal begins that nobody has ever written in. */
export function firstEpoch(): NewEpoch {
  return { epoch: 1, previousHash: EMPTY_JOURNAL.hash, reason: 'enrolled', lost: null, restoredCount: 0 };
}

async function findDamage(tail: readonly Fact[], subtle: SubtleCrypto): Promise<JournalHead | null> {
  let before: Fact | null = null;
  for (const fact of tail) {
    const doesLink = before === null || checkLink(headOf(before), fact).ok;
    if (!doesLink || !(await hasRightHash(fact, subtle))) return headOf(fact);
    before = fact;
  }
  return null;
}

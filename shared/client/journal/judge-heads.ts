// Compares what three witnesses know of the journal (the database, the canary, the server) and says what must
// happen before anything is sold. Pure, so that every combination can be tested.
//
//   all agree, or local is ahead ──────────────► continue
//   somebody knows more than the database ─────► restore what the server has, name what nobody has, new epoch
//   the database knows less, server silent ────► a person decides (wait, or new epoch now)
//   same place, other hash ────────────────────► forked: never sell on

import type { JournalHead } from '../../domain/fact.ts';
import { compareJournalPositions, EMPTY_JOURNAL } from '../../domain/journal.ts';

export type Witnesses = {
  /** Newest entry in the database, EMPTY_JOURNAL when it is empty. */
  readonly local: JournalHead;
  /** Null when localStorage knows nothing of this workstation. */
  readonly canary: JournalHead | null;
  /** Null while the server cannot be asked. */
  readonly server: JournalHead | null;
};

export type Lost = { readonly epoch: number; readonly fromSequence: number; readonly toSequence: number };

export type Judgement =
  | { readonly verdict: 'begin' }
  | { readonly verdict: 'continue' }
  | { readonly verdict: 'ask-server'; readonly lost: Lost | null }
  | {
      readonly verdict: 'restore';
      /** Exclusive start and inclusive end of what the server can give back; null when it has nothing more. */
      readonly fetch: { readonly after: JournalHead; readonly to: JournalHead } | null;
      readonly lost: Lost | null;
      readonly nextEpoch: number;
      readonly reason: 'tail-missing' | 'storage-lost';
    };

/** What the witnesses add up to. `server: null` with a database that is behind answers `ask-server`. */
export function judgeHeads({ local, canary, server }: Witnesses): Judgement {
  const known = [local, canary ?? EMPTY_JOURNAL, server ?? EMPTY_JOURNAL].reduce(later);
  if (known.sequence === 0)
    return server === null ? { verdict: 'ask-server', lost: null } : { verdict: 'begin' };
  if (compareJournalPositions(local, known) >= 0) return { verdict: 'continue' };
  if (server === null) return { verdict: 'ask-server', lost: lostBetween(local, known) };
  const isServerAhead = compareJournalPositions(server, local) > 0;
  const survivor = isServerAhead ? server : local;
  return {
    verdict: 'restore',
    fetch: isServerAhead ? { after: local, to: server } : null,
    lost: lostBetween(survivor, known),
    nextEpoch: known.epoch + 1,
    reason: local.sequence === 0 ? 'storage-lost' : 'tail-missing',
  };
}

/** The sequences after `survivor` up to `known`; in another epoch they are counted from its beginning. */
export function lostBetween(survivor: JournalHead, known: JournalHead): Lost | null {
  if (compareJournalPositions(survivor, known) >= 0) return null;
  const fromSequence = survivor.epoch === known.epoch ? survivor.sequence + 1 : 1;
  return { epoch: known.epoch, fromSequence, toSequence: known.sequence };
}

/** The later of two heads. */
export function later(left: JournalHead, right: JournalHead): JournalHead {
  return compareJournalPositions(left, right) >= 0 ? left : right;
}

// Every combination of what database, canary and server know, and what follows from it.

import { describe, expect, test } from 'vitest';
import type { JournalHead } from '../../domain/fact.ts';
import { EMPTY_JOURNAL } from '../../domain/journal.ts';
import { judgeHeads } from './judge-heads.ts';

const head = (epoch: number, sequence: number): JournalHead => ({ epoch, sequence, hash: 'a'.repeat(64) });

describe('judging the journal before selling', () => {
  test('a workstation that nobody has ever heard of begins', () => {
    expect(judgeHeads({ local: EMPTY_JOURNAL, canary: null, server: EMPTY_JOURNAL })).toEqual({
      verdict: 'begin',
    });
  });

  test('an empty database never begins without asking the server', () => {
    expect(judgeHeads({ local: EMPTY_JOURNAL, canary: null, server: null })).toEqual({
      verdict: 'ask-server',
      lost: null,
    });
    expect(judgeHeads({ local: EMPTY_JOURNAL, canary: head(1, 9), server: null })).toEqual({
      verdict: 'ask-server',
      lost: { epoch: 1, fromSequence: 1, toSequence: 9 },
    });
  });

  test('a database that knows at least as much as the others goes on', () => {
    for (const canary of [null, head(1, 5), head(1, 4)]) {
      for (const server of [null, head(1, 5), head(1, 2), EMPTY_JOURNAL]) {
        expect(judgeHeads({ local: head(1, 5), canary, server })).toEqual({ verdict: 'continue' });
      }
    }
  });

  test('what the server has more is fetched, and a new epoch begins', () => {
    expect(judgeHeads({ local: head(1, 3), canary: head(1, 5), server: head(1, 5) })).toEqual({
      verdict: 'restore',
      fetch: { after: head(1, 3), to: head(1, 5) },
      lost: null,
      nextEpoch: 2,
      reason: 'tail-missing',
    });
  });

  test('what only the canary remembers is named as lost', () => {
    expect(judgeHeads({ local: head(1, 3), canary: head(1, 9), server: head(1, 5) })).toMatchObject({
      lost: { epoch: 1, fromSequence: 6, toSequence: 9 },
      nextEpoch: 2,
    });
    expect(judgeHeads({ local: head(1, 7), canary: head(1, 9), server: head(1, 5) })).toMatchObject({
      fetch: null,
      lost: { epoch: 1, fromSequence: 8, toSequence: 9 },
    });
  });

  test('entries lost in a later epoch are counted from its beginning', () => {
    expect(judgeHeads({ local: head(1, 7), canary: head(2, 4), server: head(1, 7) })).toMatchObject({
      lost: { epoch: 2, fromSequence: 1, toSequence: 4 },
      nextEpoch: 3,
    });
  });

  test('an emptied database beside a server that knows us is a loss of storage', () => {
    expect(judgeHeads({ local: EMPTY_JOURNAL, canary: null, server: head(3, 2) })).toMatchObject({
      verdict: 'restore',
      reason: 'storage-lost',
      nextEpoch: 4,
    });
  });
});

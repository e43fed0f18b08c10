import { describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';

const expected = { lineage: 'L1', collection: 'stock', scopes: ['company', 'store:s1'] };
const written = writeCheckpoint({
  lineage: 'L1',
  collection: 'stock',
  positions: new Map([
    ['store:s1', 7],
    ['company', 12],
  ]),
});
const plain = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');

describe('pull checkpoints', () => {
  test('positions of all scopes come back as they were', () => {
    expect([...(readCheckpoint(written, expected) ?? [])]).toEqual([
      ['company', 12],
      ['store:s1', 7],
    ]);
  });

  test('a checkpoint at the very start is empty and valid', () => {
    const start = writeCheckpoint({ lineage: 'L1', collection: 'stock', positions: new Map() });
    expect(readCheckpoint(start, expected)?.size).toBe(0);
  });

  test('one of another collection, scope or lineage is refused', () => {
    expect(readCheckpoint(written, { ...expected, collection: 'staff' })).toBeNull();
    expect(readCheckpoint(written, { ...expected, scopes: ['company'] })).toBeNull();
    expect(readCheckpoint(written, { ...expected, lineage: 'L2' })).toBeNull();
  });

  test.each([
    '',
    'null',
    '%%%',
    plain('L1~stock~company=-1'),
    plain('L1~stock~company=1e9'),
    plain('L1~stock~company=007'),
    plain('L1~stock~company=1,company=2'),
    plain('L1~stock~store:s1=7,company=12'),
    plain('L1~stock~company=99999999999999999999'),
    `${written}=`,
    `${written}A`,
  ])('a damaged one is refused: %s', (text) => {
    expect(readCheckpoint(text, expected)).toBeNull();
  });
});

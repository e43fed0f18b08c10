import { describe, expect, test } from 'vitest';
import { CODE_LETTERS, normaliseCode } from './enrolment-code.ts';

describe('enrolment codes', () => {
  test('twenty letters and no vowel, so that no code spells a word', () => {
    expect(new Set(CODE_LETTERS).size).toBe(20);
    expect(CODE_LETTERS).not.toMatch(/[AEIOUY01]/u);
  });

  test('are read as people type them', () => {
    expect(normaliseCode('bcdf-ghjk')).toBe('BCDFGHJK');
    expect(normaliseCode(' BC DF GH JK ')).toBe('BCDFGHJK');
  });

  test.each(['', 'BCDFGHJ', 'BCDFGHJKL', 'BCDFGHJA', 'BCDFGHJ1', 'BCDFGHJ\u0000', '۱۲۳۴۵۶۷۸'])(
    'anything else is none: %j',
    (typed) => {
      expect(normaliseCode(typed)).toBeNull();
    },
  );
});

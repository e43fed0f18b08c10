import { describe, expect, test } from 'vitest';
import { mergePassportLines, passportCode, readPassportCode, type PassportLine } from './cart-passport.ts';
import { asItemId } from './ids.ts';

const lines = (...given: readonly (readonly [string, number])[]): readonly PassportLine[] =>
  given.map(([itemId, pieces]) => ({ itemId: asItemId(itemId), quantityMilli: pieces * 1000 }));
const code = passportCode(Uint8Array.from([4, 19, 23, 2, 0, 20, 29, 30, 26]));

describe('the code of a cart', () => {
  test('is read as it is scanned and as people type it', () => {
    expect(code).toMatch(/^CP-4KQ20-MXYT[0-9A-Z]$/u);
    expect(readPassportCode(code)).toBe(code);
    expect(readPassportCode(code.toLowerCase().replaceAll('-', ' ').replace('0', 'o'))).toBe(code);
    expect(readPassportCode(`http://localhost:8080/shop/cart/${code}`)).toBe(code);
  });

  test('a wrong character and two that were swapped are found', () => {
    expect(readPassportCode(code.replace('4', '5'))).toBeNull();
    expect(readPassportCode(code.replace('KQ', 'QK'))).toBeNull();
  });

  test.each(['', 'CP', 'CP-4KQ20', 'CPU-12345', 'S01-01-A000009', '4006381333931', 'C'.repeat(400)])(
    '%j is none',
    (text) => {
      expect(readPassportCode(text)).toBeNull();
    },
  );
});

describe('a cart that both sides changed', () => {
  const base = lines(['sofa', 1], ['lamp', 2]);

  test('has what each side added and lacks what either took out', () => {
    expect(
      mergePassportLines({
        base,
        mine: lines(['sofa', 1], ['lamp', 2], ['rug', 1]),
        theirs: lines(['lamp', 2], ['mug', 6]),
      }),
    ).toEqual(lines(['lamp', 2], ['mug', 6], ['rug', 1]));
  });

  test('keeps the larger quantity where both changed the same item, and keeps what only one took out', () => {
    expect(
      mergePassportLines({ base, mine: lines(['sofa', 3]), theirs: lines(['sofa', 2], ['lamp', 5]) }),
    ).toEqual(lines(['sofa', 3], ['lamp', 5]));
  });

  test('the same goods are not counted twice when a web cart meets goods that lie on the counter', () => {
    expect(
      mergePassportLines({ base: [], mine: lines(['sofa', 1]), theirs: lines(['sofa', 1], ['mug', 2]) }),
    ).toEqual(lines(['sofa', 1], ['mug', 2]));
  });
});

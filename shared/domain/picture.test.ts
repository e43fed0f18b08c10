import { describe, expect, test } from 'vitest';
import { ditherFloydSteinberg } from './dither.ts';
import { isPicture, rowsOfPicture, toPicture } from './picture.ts';

const blackDots = (rows: Uint8Array): number =>
  rows.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);

const greyOf = (count: number, grey: number): number[] => Array.from({ length: count }, () => grey);

describe('a picture', () => {
  test.each([1, 2, 3, 4, 5])('of %i rows comes back from its text as it was', (height) => {
    const rows = Uint8Array.from({ length: 2 * height }, (_, place) => (place * 77 + 11) & 0xff);
    const picture = toPicture(13, height, rows);
    expect(isPicture(picture)).toBe(true);
    expect(picture.rowsBase64).toBe(Buffer.from(rows).toString('base64'));
    expect(rowsOfPicture(picture)).toEqual(rows);
  });

  test('with more or fewer bytes than its dots need is none', () => {
    const picture = toPicture(8, 3, Uint8Array.of(1, 2, 3));
    expect(isPicture(picture)).toBe(true);
    expect(isPicture({ ...picture, height: 4 })).toBe(false);
    expect(isPicture({ ...picture, height: 2 })).toBe(false);
    expect(isPicture({ ...picture, width: 385 })).toBe(false);
    expect(isPicture({ ...picture, rowsBase64: 'AQ\u001b=' })).toBe(false);
  });
});

describe('dithering', () => {
  test('white stays white and black stays black', () => {
    expect(blackDots(ditherFloydSteinberg(greyOf(64, 255), 8, 8))).toBe(0);
    expect(blackDots(ditherFloydSteinberg(greyOf(64, 0), 8, 8))).toBe(64);
  });

  test('a grey has as many black dots as it is dark, to one in a hundred', () => {
    for (const grey of [64, 128, 192]) {
      const rows = ditherFloydSteinberg(greyOf(64 * 64, grey), 64, 64);
      expect(Math.abs(blackDots(rows) / (64 * 64) - (255 - grey) / 255)).toBeLessThan(0.01);
    }
  });

  test('the first dots of a middle grey alternate, as Floyd and Steinberg published it', () => {
    // 127 is black and 127/16·7 too dark: the next becomes white, and so on; the row below takes what is left.
    expect([...ditherFloydSteinberg(greyOf(16, 127), 8, 2)]).toEqual([0b10101010, 0b01010101]);
  });

  test('a picture of another size than its dots is a bug', () => {
    expect(() => ditherFloydSteinberg([1, 2, 3], 2, 2)).toThrow(RangeError);
  });
});

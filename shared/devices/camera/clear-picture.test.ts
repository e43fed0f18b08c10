import { expect, it } from 'vitest';
import { enlargeMiddle, evenContrast, greyOf, rgbaOf, sharpen, type GreyPicture } from './clear-picture.ts';

const aPicture = (width: number, height: number, value: (x: number, y: number) => number): GreyPicture => ({
  width,
  height,
  pixels: Float32Array.from({ length: width * height }, (_, at) => value(at % width, Math.floor(at / width))),
});
const at = ({ width, pixels }: GreyPicture, x: number, y: number): number =>
  pixels[y * width + x] ?? Number.NaN;

it('brightness weighs green most and blue least', () => {
  const rgba = Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]);
  expect([...greyOf(4, 1, rgba).pixels].map(Math.round)).toEqual([76, 150, 29, 255]);
});

it('bars in a shadow come out as strong as bars in the light', () => {
  // Bars of four dots; the right half lies in a shadow that leaves a tenth of the contrast.
  const isBar = (x: number) => Math.floor(x / 4) % 2 === 0;
  const picture = aPicture(200, 60, (x) => (x < 100 ? (isBar(x) ? 20 : 220) : isBar(x) ? 10 : 30));
  const even = evenContrast(picture);
  const contrast = (from: number) => at(even, from + 6, 30) - at(even, from + 2, 30);
  expect(contrast(32)).toBeGreaterThan(90);
  expect(contrast(152)).toBeGreaterThan(90);
});

it('a plain wall with the noise of a camera stays plain', () => {
  const even = evenContrast(aPicture(80, 80, (x, y) => 120 + ((x * 7 + y * 13) % 3) - 1));
  expect(Math.max(...even.pixels) - Math.min(...even.pixels)).toBeLessThan(40);
});

it('a small picture becomes twice as large, and an edge in it steeper', () => {
  const picture = aPicture(40, 20, (x) => (x < 20 ? 60 : 180));
  const larger = sharpen(enlargeMiddle(picture));
  expect([larger.width, larger.height]).toEqual([80, 40]);
  expect(at(larger, 37, 20)).toBeLessThan(60);
  expect(at(larger, 42, 20)).toBeGreaterThan(180);
  expect(at(larger, 2, 20)).toBeCloseTo(60, 3);
});

it('of a large picture the middle is enlarged', () => {
  // White in the very middle, black around it.
  const larger = enlargeMiddle(aPicture(1100, 500, (x, y) => (x === 550 && y === 250 ? 255 : 0)));
  expect([larger.width, larger.height]).toEqual([1024, 768]);
  expect(at(larger, 512, 384)).toBeGreaterThan(100);
  expect(at(larger, 500, 384)).toBe(0);
});

it('values beyond black and white are cut off', () => {
  const rgba = rgbaOf({ width: 3, height: 1, pixels: Float32Array.from([-40, 128, 400]) });
  expect([...rgba]).toEqual([0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255]);
});

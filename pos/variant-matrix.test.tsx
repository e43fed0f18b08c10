// @vitest-environment happy-dom
// The matrix of a style: rows and columns as the catalogue has them, empty cells where nothing is made.

import { expect, test } from 'vitest';
import { anItem } from '../tests/support/domain-builders.ts';
import { matrixOf } from './features/sell/variant-matrix.tsx';

const shirt = (colour: string, size: string) =>
  anItem({ sku: `SHIRT-${colour}-${size}`, variant: { styleId: 'T1', colour, size } });

test('a style is a table of colours and sizes, in the order of the catalogue, with gaps', () => {
  const items = [shirt('white', 'S'), shirt('white', 'M'), shirt('black', 'M'), shirt('black', 'L')];
  const matrix = matrixOf(items);
  expect([matrix.colours, matrix.sizes]).toEqual([
    ['white', 'black'],
    ['S', 'M', 'L'],
  ]);
  expect(matrix.at('black', 'M')).toBe(items[2]);
  expect(matrix.at('white', 'L')).toBeNull();
});

import { expect, test } from 'vitest';
import { anItem, aPage } from '../../../tests/support/a-shop.ts';
import { compactPage } from './compact-page.ts';
import { createStyleIndex } from './style-index.ts';

test('finds all items of a style over pages, and forgets what a page no longer has', () => {
  const variant = (styleId: string, size: string) => ({ variant: { styleId, size } });
  const first = compactPage(
    aPage([
      anItem(0, variant('T1', 'S')),
      anItem(1),
      anItem(2, variant('T2', 'S')),
      anItem(3, variant('T1', 'M')),
    ]),
  );
  const second = compactPage(aPage([anItem(256, variant('T1', 'L'))]));
  const styles = createStyleIndex();
  styles.setPage(1, second.records);
  styles.setPage(0, first.records);
  expect(styles.ordinalsOf('T1')).toEqual([0, 3, 256]);
  expect(styles.ordinalsOf('T2')).toEqual([2]);
  expect(styles.ordinalsOf('T')).toEqual([]);
  styles.dropPage(1);
  expect(styles.ordinalsOf('T1')).toEqual([0, 3]);
});

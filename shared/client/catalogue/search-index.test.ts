// What a cashier types finds what the shop calls it, in any of its scripts.

import { describe, expect, test } from 'vitest';
import { foldForSearch } from '../../domain/fold-for-search.ts';
import { createSearchIndex } from './search-index.ts';

function indexOf(...names: readonly string[]) {
  const index = createSearchIndex();
  for (let page = 0; page * 256 < names.length; page += 1) {
    index.setPage(
      page,
      names
        .slice(page * 256, page * 256 + 256)
        .map((name) => foldForSearch(name))
        .join('\n'),
    );
  }
  return index;
}

describe('search', () => {
  test('words that begin with what was typed come before words that hold it inside', () => {
    const index = indexOf('Buttermilk', 'Whole milk', 'Milkshake');
    expect(index.search('milk', 10)).toEqual([1, 2, 0]);
  });

  test('all words must be found, in any order', () => {
    const index = indexOf('Golden tea', 'Golden milk', 'Milk powder');
    expect(index.search('milk gold', 10)).toEqual([1]);
    expect(index.search('milk silver', 10)).toEqual([]);
  });

  test('every script is found by its own letters, folded', () => {
    const index = indexOf('Żółty ser Gouda', 'Чёрный чай', 'شیر کم‌چرب', 'قهوة عربية', 'ψωμί', 'Tee Ölçü');
    expect(index.search('zolty', 5)).toEqual([0]);
    expect(index.search('черный', 5)).toEqual([1]);
    expect(index.search('شير', 5)).toEqual([2]);
    expect(index.search('قهوه', 5)).toEqual([3]);
    expect(index.search('ψωμι', 5)).toEqual([4]);
    expect(index.search('olcu', 5)).toEqual([5]);
  });

  test('words of two scripts are looked for together', () => {
    const index = indexOf('Tea چای 500g', 'Tea قهوه', 'Milk چای');
    expect(index.search('tea چای', 5)).toEqual([0]);
    expect(index.search('چای tea', 5)).toEqual([0]);
  });

  test('a hit never reaches into the next item', () => {
    const index = indexOf('Red', 'Shirt');
    expect(index.search('redshirt', 5)).toEqual([]);
    expect(index.search('red shirt', 5)).toEqual([]);
  });

  test('empty slots, empty queries and unknown letters find nothing', () => {
    const index = indexOf('', 'Milk', '', 'Milk');
    expect(index.search('milk', 5)).toEqual([1, 3]);
    expect(index.search('  ', 5)).toEqual([]);
    expect(index.search('!?', 5)).toEqual([]);
    expect(index.search('牛乳', 5)).toEqual([]);
  });

  test('ordinals count over pages, and a limit ends the search', () => {
    const names = Array.from({ length: 600 }, (_, place) => (place % 2 === 0 ? 'even' : 'odd'));
    const index = indexOf(...names);
    expect(index.search('odd', 3)).toEqual([1, 3, 5]);
    expect(index.search('odd', 1000)).toHaveLength(300);
    expect(index.search('odd', 1000).at(-1)).toBe(599);
  });

  test('a changed page is searched anew and a dropped one is gone', () => {
    const index = indexOf('Milk');
    index.setPage(0, 'bread');
    expect(index.search('milk', 5)).toEqual([]);
    expect(index.search('bread', 5)).toEqual([0]);
    index.dropPage(0);
    expect(index.search('bread', 5)).toEqual([]);
  });
});

// The independent verifier wants every sale to say by which version of the shop's prices it was computed so that it can be checked.

import { describe, expect, test } from 'vitest';
import { checkStatedPrices } from '../verify-journal/check-stated-prices.mjs';

const AT = '2026-03-02T10:00:00.000Z';
const stated = { book: 3, settings: 2, at: AT };
const line = (more: object = {}) => ({ lineNumber: 1, ...more });

function faultsOf(transaction: {
  readonly pricedWith?: unknown;
  readonly lines: readonly object[];
}): string[] {
  const faults: string[] = [];
  checkStatedPrices(transaction, (is, sentence) => {
    if (!is) faults.push(sentence);
  });
  return faults;
}

describe('stated prices', () => {
  test.each([
    ['none at all', { lines: [line()] }],
    ['by a version', { pricedWith: stated, lines: [line()] }],
    [
      'asked earlier, for another quantity, from a label',
      {
        pricedWith: stated,
        lines: [line({ priced: { book: 0, at: AT, quantityMilli: 2000, itemRevision: 0, isTyped: true } })],
      },
    ],
    [
      'with a discount on the cart that is stated',
      {
        pricedWith: { ...stated, discounts: [{ ratePpm: 100_000 }] },
        lines: [line({ modifiers: [{ kind: 'cart-discount', amountMinor: -1 }] })],
      },
    ],
  ])('%s: in order', (_, transaction) => {
    expect(faultsOf(transaction)).toEqual([]);
  });

  test.each([
    ['a line alone', { lines: [line({ priced: { book: 1 } })] }, 'by which prices not'],
    ['no revision', { pricedWith: { ...stated, book: 0 }, lines: [line()] }, 'no revision'],
    ['no settings', { pricedWith: { ...stated, settings: 1.5 }, lines: [line()] }, 'no revision'],
    ['no time', { pricedWith: { ...stated, at: 'noon' }, lines: [line()] }, 'when'],
    ['no record', { pricedWith: 'all', lines: [line()] }, 'no record'],
    [
      'a discount that is not stated',
      { pricedWith: stated, lines: [line({ modifiers: [{ kind: 'cart-discount', amountMinor: -1 }] })] },
      'not stated',
    ],
    [
      'a bundle priced for nothing',
      { pricedWith: stated, lines: [line({ bundleOf: { priced: { quantityMilli: 0 } } })] },
      'no quantity',
    ],
  ])('%s: a fault', (_, transaction, sentence) => {
    expect(faultsOf(transaction).join(' ')).toContain(sentence);
  });
});

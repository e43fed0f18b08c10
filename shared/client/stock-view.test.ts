// Own sales count at once, and only once.

import { expect, test } from 'vitest';
import type { Fact } from '../domain/fact.ts';
import { createStockView } from './stock-view.ts';

const aPage = (onHand: number, sequence: number) => ({
  page: 1,
  onHandMilli: Array.from({ length: 256 }, () => onHand),
  through: sequence === 0 ? [] : [{ workstationId: 'w1', epoch: 1, sequence }],
});

// Only what the view reads of a fact.
const received = (sequence: number, quantityMilli: number, ordinal = 256) =>
  ({
    kind: 'stock-received',
    epoch: 1,
    sequence,
    body: { documentNumber: 'd', movements: [{ itemId: 'i', ordinal, quantityMilli, reason: 'adjustment' }] },
  }) as unknown as Fact;

test('nothing is known before a page has come', () => {
  const view = createStockView(() => 'w1');
  view.addOwn(received(1, -1000));
  expect(view.onHand(256)).toBeNull();
});

test('own facts that the page does not contain are added, those that it contains are not', () => {
  const view = createStockView(() => 'w1');
  view.takePage(aPage(5000, 3));
  view.addOwn(received(3, -1000));
  view.addOwn(received(4, -1000));
  view.addOwn(received(5, -500));
  expect(view.onHand(256)).toBe(3500);
  expect(view.onHand(257)).toBe(5000);
});

test('when the server has folded a fact, nothing jumps', () => {
  const view = createStockView(() => 'w1');
  view.takePage(aPage(5000, 0));
  view.addOwn(received(1, -1000));
  view.addOwn(received(2, -1000));
  expect(view.onHand(256)).toBe(3000);
  view.takePage(aPage(4000, 1));
  expect(view.onHand(256)).toBe(3000);
  view.takePage(aPage(3000, 2));
  expect(view.onHand(256)).toBe(3000);
});

test('what other workstations have folded says nothing about our own facts', () => {
  const view = createStockView(() => 'w1');
  view.addOwn(received(2, -1000));
  view.takePage({ ...aPage(5000, 0), through: [{ workstationId: 'w2', epoch: 9, sequence: 9 }] });
  expect(view.onHand(256)).toBe(4000);
});

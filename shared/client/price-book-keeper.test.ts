import { expect, test } from 'vitest';
import { BOOK_VERSION_ID, markOfBook } from '../domain/price-book-version.ts';
import type { PromotionDocument } from '../domain/promotion-document.ts';
import { createPriceBookKeeper } from './price-book-keeper.ts';

const rule = (id: string, priceMinor: number): PromotionDocument => ({
  id,
  type: 'price-rule',
  body: { id, name: id, priority: 0, priceMinor },
});
const reason: PromotionDocument = {
  id: 'damaged',
  type: 'reason-code',
  body: { id: 'damaged', name: { en: 'Damaged' }, actions: ['discount'], position: 1 },
};
const version = (revision: number, ...book: readonly PromotionDocument[]): PromotionDocument => ({
  id: BOOK_VERSION_ID,
  type: 'version',
  body: { revision, mark: markOfBook(book) },
});
const changes = (...documents: readonly PromotionDocument[]) =>
  documents.map((content) => ({ id: content.id, content }));

test('a price book of which all documents have come has a revision, in whatever order they came', () => {
  const [one, two] = [rule('one', 100), rule('two', 200)];
  const take = createPriceBookKeeper();
  expect(take(changes(version(3, one, two), two)).revision).toBeUndefined();
  const whole = take(changes(one, reason));
  expect(whole.revision).toBe(3);
  expect(whole.priceRules.map(({ id }) => id)).toEqual(['one', 'two']);
});

test('in the middle of a change there is no revision, and prices are those that are here', () => {
  const [one, two, newer] = [rule('one', 100), rule('two', 200), rule('one', 90)];
  const take = createPriceBookKeeper();
  expect(take(changes(one, two, version(3, one, two))).revision).toBe(3);
  const between = take(changes(newer));
  expect(between.revision).toBeUndefined();
  expect(between.priceRules[0]).toMatchObject({ priceMinor: 90 });
  expect(take([{ id: 'two', content: null }, ...changes(version(4, newer))]).revision).toBe(4);
});

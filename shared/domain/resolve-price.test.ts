import { describe, expect, test } from 'vitest';
import { anItem } from '../../tests/support/domain-builders.ts';
import { asCategoryId, asItemId, asStoreId } from './ids.ts';
import type { PriceContext, PriceRule } from './price-rule.ts';
import { priceChangesAfter, resolvePrice } from './resolve-price.ts';

const tea = anItem({ sku: 'TEA', priceMinor: 4_00, categoryId: asCategoryId('drinks') });
const here: PriceContext = {
  channel: 'till',
  storeId: asStoreId('store-1'),
  customerGroups: [],
  now: '2026-03-02T10:00:00.000Z',
};
const aRule = (id: string, priceMinor: number, changes: Partial<PriceRule> = {}): PriceRule => ({
  id,
  name: `Rule ${id}`,
  priority: 0,
  ...changes,
  priceMinor,
});

describe('the price book', () => {
  test('without a rule the price of the item counts in every channel', () => {
    expect(resolvePrice(tea, 1000, [], here)).toEqual({ priceMinor: 4_00, rule: null, considered: [] });
    expect(resolvePrice(tea, 1000, [], { ...here, channel: 'web' }).priceMinor).toBe(4_00);
  });

  test.each([
    ['other-channel', { channel: 'web' }],
    ['other-store', { storeId: asStoreId('store-2') }],
    ['customer-not-in-group', { customerGroup: 'staff' }],
    ['quantity-too-low', { minQuantityMilli: 6000 }],
    ['not-yet-valid', { validFrom: '2026-03-02T10:00:00.001Z' }],
    ['no-longer-valid', { validUntil: '2026-03-02T10:00:00Z' }],
  ] as const)('a rule that does not count says why: %s', (reason, changes) => {
    expect(resolvePrice(tea, 1000, [aRule('a', 3_00, changes)], here)).toEqual({
      priceMinor: 4_00,
      rule: null,
      considered: [{ ruleId: 'a', name: 'Rule a', reason }],
    });
  });

  test('a rule counts for its items, for its categories, and for everything when it names none', () => {
    const other = aRule('a', 3_00, { itemIds: [asItemId('item-CUP')] });
    expect(resolvePrice(tea, 1000, [other], here)).toEqual({ priceMinor: 4_00, rule: null, considered: [] });
    for (const changes of [{ itemIds: [tea.id] }, { categoryIds: [tea.categoryId] }, {}]) {
      expect(resolvePrice(tea, 1000, [aRule('a', 3_00, changes)], here).priceMinor).toBe(3_00);
    }
  });

  test('15 % off the own price of 4.00 is 3.40, and 12.5 % off 3.99 is 3.49', () => {
    const rule = (ratePpm: number): PriceRule => ({ id: 'a', name: 'Spring', priority: 0, ratePpm });
    expect(resolvePrice(tea, 1000, [rule(150_000)], here)).toMatchObject({
      priceMinor: 3_40,
      rule: { id: 'a', name: 'Spring' },
    });
    expect(resolvePrice({ ...tea, priceMinor: 3_99 }, 1000, [rule(125_000)], here).priceMinor).toBe(3_49);
  });

  test('from six on it is 3.50', () => {
    const rules = [aRule('a', 3_50, { minQuantityMilli: 6000 })];
    expect(resolvePrice(tea, 5000, rules, here).priceMinor).toBe(4_00);
    expect(resolvePrice(tea, 6000, rules, here).priceMinor).toBe(3_50);
  });

  test('a price change begins at its start time, to the millisecond', () => {
    const rules = [aRule('a', 4_50, { validFrom: '2026-03-02T10:00:00Z' })];
    expect(resolvePrice(tea, 1000, rules, here).priceMinor).toBe(4_50);
    expect(resolvePrice(tea, 1000, rules, { ...here, now: '2026-03-02T09:59:59.999Z' }).priceMinor).toBe(
      4_00,
    );
  });

  test.each([
    ['another-has-priority', aRule('b', 3_00, { priority: 1 }), aRule('a', 2_00)],
    ['another-is-better', aRule('b', 2_00), aRule('a', 3_00)],
    ['another-is-better', aRule('a', 2_00), aRule('b', 2_00)],
  ])('of two rules that count one gives the price, the other says %s', (reason, winner, loser) => {
    for (const rules of [
      [winner, loser],
      [loser, winner],
    ]) {
      const { rule, considered } = resolvePrice(tea, 1000, rules, here);
      expect(rule?.id).toBe(winner.id);
      expect(considered).toEqual([{ ruleId: loser.id, name: loser.name, reason }]);
    }
  });

  test('tells when prices have to be asked again', () => {
    const rules = [
      aRule('a', 3_00, { validFrom: '2026-03-05T00:00:00Z', validUntil: '2026-03-09T00:00:00Z' }),
      aRule('b', 2_00, { validFrom: '2026-03-01T00:00:00Z', validUntil: '2026-03-05T00:00:00Z' }),
    ];
    expect(priceChangesAfter(here.now, rules)).toEqual(['2026-03-05T00:00:00Z', '2026-03-09T00:00:00Z']);
  });
});

// Carts with everything that changes prices: decisions by hand, bundles, deposits, promotions and exemptions. Whatever is
// in them, the sums agree, the order of entry decides about nothing, and a mirrored transaction leaves no trace.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { cartTotals } from '../../shared/domain/cart-totals.ts';
import { checkTransaction } from '../../shared/domain/check-transaction.ts';
import type { Cart, Decision, DiscountSize, ManualModifier } from '../../shared/domain/cart.ts';
import { asCategoryId, asItemId, asOperatorId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { kindOf } from '../../shared/domain/build-transaction.ts';
import { mirrorTransaction } from '../../shared/domain/mirror-transaction.ts';
import { sumAmounts } from '../../shared/domain/money.ts';
import { promotionContextOf } from '../../shared/domain/promotion-context.ts';
import type { GivenPromotions } from '../../shared/domain/promote-cart.ts';
import type { Promotion } from '../../shared/domain/promotions/promotion.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import type { TaxRules } from '../../shared/domain/tax.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import { sumFaults } from '../verify-journal/check-sums.mjs';
import {
  aCart,
  anItem,
  someSettings,
  transactionGiven,
  valueOf,
  type SomeLine,
} from '../support/domain-builders.ts';
import { cartLine, inclusiveTaxGroups, taxGroups, taxRules } from './arbitraries.ts';
import { holds } from './holds.ts';

type Groups = Transaction['taxGroups'];

const decision: Decision = { reasonCode: 'damaged', operatorId: asOperatorId('operator-1') };
const size: fc.Arbitrary<DiscountSize> = fc.oneof(
  fc.record({ ratePpm: fc.integer({ min: 1, max: 1_000_000 }) }),
  fc.record({ amountMinor: fc.integer({ min: 1, max: 50_00 }) }),
);
const modifier: fc.Arbitrary<ManualModifier> = fc.oneof(
  fc
    .integer({ min: 0, max: 200_00 })
    .map((unitPriceMinor) => ({ kind: 'price-override' as const, unitPriceMinor, ...decision })),
  size.map((each) => ({ kind: 'line-discount' as const, ...each, ...decision })),
);

const deposit = anItem({ sku: 'DEPOSIT', priceMinor: 25 });
const part = (sku: string, priceMinor: number): Item => anItem({ sku, priceMinor });
const parts = [part('PART-1', 3_33), part('PART-2', 7_77), part('PART-3', 0)];
const itemOf = (id: string) => [deposit, ...parts].find((item) => item.id === id) ?? null;
const bundle = anItem({
  sku: 'BUNDLE',
  priceMinor: 9_99,
  bundle: { components: parts.map(({ id }) => ({ itemId: id, quantityMilli: 2000 })), pricing: 'own' },
});
const bottle = anItem({ sku: 'BOTTLE', depositItemId: deposit.id, minimumPriceMinor: 1_00 });

const line: fc.Arbitrary<SomeLine> = fc.oneof(
  { weight: 4, arbitrary: cartLine },
  {
    weight: 1,
    arbitrary: fc
      .record({ item: fc.constantFrom(bundle, bottle), pieces: fc.integer({ min: 1, max: 5 }) })
      .map(({ item, pieces }) => ({ item, quantityMilli: pieces * 1000, itemOf })),
  },
);

/** A cart with decisions on some lines and on the whole. */
const cart: fc.Arbitrary<Cart> = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 8 }),
    modifiers: fc.array(fc.option(fc.array(modifier, { minLength: 1, maxLength: 3 })), { maxLength: 8 }),
    discounts: fc.array(size, { maxLength: 2 }),
    isExempt: fc.boolean(),
  })
  .map(({ lines, modifiers, discounts, isExempt }) => {
    const plain = aCart(...lines);
    const decided = plain.lines.map((each, place) => {
      const own = modifiers[place] ?? null;
      return own === null || each.parentLineNumber !== undefined
        ? each
        : Object.assign({}, each, { modifiers: own });
    });
    return {
      ...plain,
      lines: decided,
      ...(discounts.length === 0 ? {} : { discounts: discounts.map((each) => ({ ...each, ...decision })) }),
      ...(isExempt ? { exemption: { certificateNumber: 'DE-1', ...decision } } : {}),
    };
  });

const promotion: fc.Arbitrary<Promotion> = fc
  .record({
    reward: fc.oneof(
      fc.record({
        kind: fc.constant('percent-off' as const),
        ratePpm: fc.integer({ min: 0, max: 1_000_000 }),
        roundedOn: fc.constantFrom('unit' as const, 'sum' as const),
      }),
      fc.record({
        kind: fc.constant('amount-off-sum' as const),
        amountMinor: fc.integer({ min: 0, max: 30_00 }),
      }),
      fc.record({
        kind: fc.constant('cheapest-percent' as const),
        ratePpm: fc.constant(1_000_000),
        units: fc.constant(1),
      }),
    ),
    itemNumbers: fc.subarray([1, 2, 3, 4, 5]),
    priority: fc.integer({ min: 0, max: 1 }),
    isSpendNeeded: fc.boolean(),
  })
  .map(({ reward, itemNumbers, priority, isSpendNeeded }) => ({
    id: 'one',
    name: 'One',
    priority,
    reward,
    scope:
      itemNumbers.length === 0 ? {} : { itemIds: itemNumbers.map((each) => asItemId(`item-ITEM-${each}`)) },
    conditions: isSpendNeeded ? [{ kind: 'spend-at-least' as const, minMinor: 20_00 }] : [],
  }));
const promotions = fc
  .array(promotion, { maxLength: 4 })
  .map((all) => all.map((each, place) => Object.assign({}, each, { id: `p${String(place)}` })));

const contextOf = promotionContextOf({ timeZone: 'Europe/Warsaw', dayStartsAtMinute: 0 });
const given = (of: Cart, all: readonly Promotion[]): GivenPromotions => ({
  promotions: all,
  context: contextOf(of, { channel: 'till', now: '2026-03-02T10:00:00.000Z' }),
});

function transactionOf(of: Cart, all: readonly Promotion[], rules: TaxRules, groups: Groups): Transaction {
  const settings = someSettings({ taxRules: rules, taxGroups: groups });
  const options = { promotions: given(of, all) };
  const dueMinor = cartTotals(of, rules, groups, options).totals.grossMinor;
  const { tenders } = valueOf(settleInCash(dueMinor, Math.max(0, dueMinor), { stepMinor: 1 }));
  return valueOf(buildTransaction(of, settings, transactionGiven({ tenders, ...options })));
}

describe('a cart with everything in it', () => {
  test('adds up, for the till, for the server, and for the independent verifier', () => {
    holds(
      fc.property(cart, promotions, taxRules, taxGroups, (of, all, rules, groups) => {
        const transaction = transactionOf(of, all, rules, groups);
        expect(checkTransaction(transaction, { cashStepMinor: 1 })).toEqual([]);
        expect(sumFaults(transaction).filter((fault: string) => !fault.startsWith('tax row'))).toEqual([]);
        for (const each of transaction.lines) {
          const price = sumAmounts([
            each.extendedMinor,
            ...(each.modifiers ?? []).map(({ amountMinor }) => amountMinor),
          ]);
          expect(each.direction === 'return' ? -price : price).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('comes to the same in whatever order it was entered, and promotions were declared', () => {
    holds(
      fc.property(cart, promotions, taxRules, inclusiveTaxGroups, (of, all, rules, groups) => {
        const turned = { ...of, lines: [...of.lines].reverse() };
        const back = [...all].reverse();
        const totals = cartTotals(of, rules, groups, { promotions: given(of, all) }).totals;
        expect(cartTotals(turned, rules, groups, { promotions: given(of, back) }).totals).toEqual(totals);
      }),
    );
  });

  test('is the same cart after it was written and read', () => {
    holds(
      fc.property(cart, promotions, taxRules, taxGroups, (of, all, rules, groups) => {
        const read = JSON.parse(JSON.stringify(of)) as Cart;
        const totals = (each: Cart) => cartTotals(each, rules, groups, { promotions: given(each, all) });
        expect(totals(read)).toEqual(totals(of));
      }),
    );
  });

  test('leaves nothing in any ledger together with its mirror', () => {
    holds(
      fc.property(cart, promotions, taxRules, taxGroups, (of, all, rules, groups) => {
        const transaction = transactionOf(of, all, rules, groups);
        const turned = mirrorTransaction(transaction);
        const mirror: Transaction = { ...transaction, ...turned, kind: kindOf(turned.lines) };
        expect(checkTransaction(mirror, { cashStepMinor: 1 })).toEqual([]);
        for (const amount of ['netMinor', 'taxMinor', 'grossMinor', 'cashRoundingMinor'] as const) {
          expect(transaction.totals[amount] + mirror.totals[amount]).toBe(0);
        }
        const both = [transaction, mirror];
        expect(sumAmounts(both.flatMap(({ tenders }) => tenders.map((each) => each.amountMinor)))).toBe(0);
        expect(sumAmounts(both.flatMap(({ taxes }) => taxes.map((each) => each.taxMinor)))).toBe(0);
        const moved = new Map<string, number>();
        for (const { itemId, quantityMilli } of both.flatMap((each) => each.stockMovements)) {
          moved.set(itemId, (moved.get(itemId) ?? 0) + quantityMilli);
        }
        expect([...moved.values()].every((quantity) => quantity === 0)).toBe(true);
        expect(mirrorTransaction(mirror).lines).toEqual(transaction.lines);
      }),
    );
  });

  test('costs no less with one more item, unless a promotion or a discount of the whole cart says so', () => {
    holds(
      fc.property(
        fc.array(cartLine, { maxLength: 6 }),
        cartLine,
        inclusiveTaxGroups,
        taxRules,
        (lines, more, groups, rules) => {
          const sale = (each: SomeLine): SomeLine => Object.assign({}, each, { direction: 'sale' as const });
          const before = cartTotals(aCart(...lines.map(sale)), rules, groups).totals.grossMinor;
          const after = cartTotals(aCart(...[...lines, more].map(sale)), rules, groups).totals.grossMinor;
          expect(after).toBeGreaterThanOrEqual(before);
        },
      ),
    );
  });

  test('costs no less with one more item than the promotions say that they take off', () => {
    holds(
      fc.property(
        fc.array(cartLine, { maxLength: 6 }),
        cartLine,
        promotions,
        inclusiveTaxGroups,
        (lines, more, all, groups) => {
          const rules: TaxRules = { rounding: 'half-up', roundingPoint: 'line' };
          const of = aCart(
            ...[...lines, more].map((each) => Object.assign({}, each, { direction: 'sale' as const })),
          );
          const {
            lines: priced,
            totals,
            explanations,
          } = cartTotals(of, rules, groups, { promotions: given(of, all) });
          const shelf = sumAmounts(priced.map((each) => each.extendedMinor));
          expect(totals.grossMinor).toBe(shelf - sumAmounts(explanations.map((each) => each.discountMinor)));
        },
      ),
    );
  });
});

test('categories reach the promotions', () => {
  const of = aCart({ item: anItem({ categoryId: asCategoryId('drinks'), priceMinor: 10_00 }) });
  const half: Promotion = {
    id: 'half',
    name: 'Half',
    priority: 0,
    scope: { categoryIds: ['drinks'] },
    conditions: [],
    reward: { kind: 'percent-off', ratePpm: 500_000, roundedOn: 'sum' },
  };
  const { taxRules: rules, taxGroups: groups } = someSettings();
  expect(cartTotals(of, rules, groups, { promotions: given(of, [half]) }).totals.grossMinor).toBe(5_00);
});

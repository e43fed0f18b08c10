// Conditions that case files state in words, as conditions and scopes of ours.

import type { PromotionCondition, PromotionScope } from '../../../shared/domain/promotions/promotion.ts';
import { unitsOf } from '../decimal.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import type { CaseCart } from './case-cart.ts';

export type ReadCondition = {
  readonly conditions: readonly PromotionCondition[];
  readonly scope: PromotionScope;
};

const NUMBER = '(\\d+(?:\\.\\d+)?)';
const when = (condition: PromotionCondition): ReadCondition => ({ conditions: [condition], scope: {} });

/** What a sentence says; `scope` is what the promotion itself looks at. */
export function readCondition(said: string, cart: CaseCart, scope: PromotionScope): ReadCondition {
  const money = (text: string | undefined): number => unitsOf(text ?? '', cart.digits);
  const count = (text: string | undefined): number => unitsOf(text ?? '', 0);
  const readers: readonly (readonly [RegExp, (parts: RegExpExecArray) => ReadCondition])[] = [
    [/^customer first order$/, () => when({ kind: 'first-purchase' })],
    [
      /^cart contains (.+)$/,
      ([, items]) => when({ kind: 'contains', scope: { itemIds: (items ?? '').split(' or ') } }),
    ],
    [
      new RegExp(`^unit price >= ${NUMBER}$`),
      ([, from]) => ({ conditions: [], scope: { minUnitPriceMinor: money(from) } }),
    ],
    [
      new RegExp(`^${NUMBER} <= unit price <= ${NUMBER}$`),
      ([, from, to]) => ({
        conditions: [],
        scope: { minUnitPriceMinor: money(from), maxUnitPriceMinor: money(to) },
      }),
    ],
    [
      new RegExp(
        `^(?:discounted items total|items total|order total|order) >= ${NUMBER}(?: at that moment)?$`,
      ),
      ([, min]) => when({ kind: 'spend-at-least', minMinor: money(min) }),
    ],
    [
      new RegExp(`^order net >= ${NUMBER}$`),
      ([, min]) => when({ kind: 'spend-at-least', minMinor: money(min), measure: 'net' }),
    ],
    [
      new RegExp(`^a line with quantity >= ${NUMBER}$`),
      ([, min]) => when({ kind: 'line-quantity-at-least', minUnits: count(min) }),
    ],
    [
      new RegExp(`^eligible quantity >= ${NUMBER}$`),
      ([, min]) => when({ kind: 'quantity-at-least', minUnits: count(min), scope }),
    ],
  ];
  for (const [pattern, read] of readers) {
    const parts = pattern.exec(said);
    if (parts !== null) return read(parts);
  }
  throw new UnsupportedCase(`the condition "${said}" is not understood`);
}

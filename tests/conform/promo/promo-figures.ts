// Our figures for one promotion case: the lines under the listed promotions, then their taxes.

import { allocateByWeight, addAmounts, sumAmounts } from '../../../shared/domain/money.ts';
import { applyPromotions, type PromotedCart } from '../../../shared/domain/promotions/apply-promotions.ts';
import type { Promotion, PromotionRules } from '../../../shared/domain/promotions/promotion.ts';
import { textOfUnits, unitsOf } from '../decimal.ts';
import type { Figures } from '../judge.ts';
import { readDecimal, readDecimals, readFields, readList, readObject, type Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import { readCart, type CaseCart } from './case-cart.ts';
import { readPromotions } from './case-promotions.ts';
import { rulesOf } from './case-rules.ts';

export function promoFigures(one: Fields): Figures {
  const input = readFields(
    one['input'],
    ['lines', 'promotions', 'shipping', 'weights', 'total'],
    'the input',
  );
  if (input['weights'] !== undefined) return proratedFigures(input);
  const cart = readCart(input, readObject(one['convention'], 'the convention'));
  const promotions = readPromotions(readList(input, 'promotions'), cart);
  const rules = rulesOf(readObject(one['convention'], 'the convention'), promotions);
  const promoted = promote(cart, promotions, rules);
  return {
    ...amountFigures(cart, promoted),
    ...lineFigures(cart, promoted),
    ...caseFigures(one, cart, promotions, rules),
  };
}

function proratedFigures(input: Fields): Figures {
  const weights = readDecimals(input, 'weights').map((weight) => unitsOf(weight, 0));
  const parts = allocateByWeight(unitsOf(readDecimal(input, 'total'), 0), weights);
  return { parts: parts.map((part) => textOfUnits(part, 0)) };
}

function promote(cart: CaseCart, promotions: readonly Promotion[], rules: PromotionRules): PromotedCart {
  return applyPromotions(cart.lines, promotions, cart.context, rules);
}

type Figured = { readonly [key: string]: Figures };

function amountFigures(cart: CaseCart, promoted: PromotedCart): Figured {
  const prices = promoted.lines.map((line) => line.priceMinor);
  const text = cart.text;
  const { totals, lines } = cart.taxOf(prices);
  const discount = text(-promoted.discountMinor);
  return {
    discount,
    discount_gross: discount,
    discount_absolute: text(promoted.discountMinor),
    items_total: text(sumAmounts(prices)),
    total: text(totals.grossMinor),
    gross: text(totals.grossMinor),
    net: text(totals.netMinor),
    tax: text(totals.taxMinor),
    total_with_shipping: text(addAmounts(totals.grossMinor, cart.shippingMinor)),
    before: text(addAmounts(sumAmounts(prices), promoted.discountMinor)),
    per_line_gross: lines.map((line) => text(line.grossMinor)),
    free_qty: textOfUnits(sumAmounts(promoted.addedUnits.map((added) => added.units)), 0),
  };
}

function lineFigures(cart: CaseCart, promoted: PromotedCart): Figured {
  const { text } = cart;
  const byProduct = (figureOf: (place: number) => Figures): { [key: string]: Figures } =>
    Object.fromEntries(cart.lines.map((line, place) => [line.itemId, figureOf(place)]));
  const discountOf = (place: number): string => text(-(promoted.lines[place]?.discountMinor ?? 0));
  const unitPrices = (place: number): readonly number[] =>
    (promoted.lines[place]?.units ?? []).flatMap(({ count, priceMinor }) =>
      Array.from({ length: count }, () => priceMinor),
    );
  const taxNames = [...new Set(cart.taxNames)];
  const byTax = taxNames.map((name) => {
    const own = promoted.lines.filter((_, place) => cart.taxNames[place] === name);
    return [name, text(-sumAmounts(own.map((line) => line.discountMinor)))] as const;
  });
  return {
    per_line: byProduct(discountOf),
    line_discount: byProduct(discountOf),
    per_line_amounts: cart.lines.map((_, place) => discountOf(place)),
    per_unit: byProduct((place) =>
      unitPrices(place).map((price) => text(price - (cart.lines[place]?.unitPriceMinor ?? 0))),
    ),
    unit_prices: byProduct((place) => {
      const prices = [...new Set(unitPrices(place))];
      return prices.length === 1 ? text(prices[0] ?? 0) : prices.map(text);
    }),
    discount_gross_by_tax: Object.fromEntries(byTax),
  };
}

/** Figures that need another run or the expectation itself (a range). */
function caseFigures(
  one: Fields,
  cart: CaseCart,
  promotions: readonly Promotion[],
  rules: PromotionRules,
): Figured {
  const expected = readObject(one['expected'], 'the expectation');
  const figures: { [key: string]: Figures } = {};
  const whole = promote(cart, promotions, rules);
  const totalAfter = (promoted: PromotedCart) =>
    cart.taxOf(promoted.lines.map((line) => line.priceMinor)).totals;
  if (expected['after_first'] !== undefined || expected['net_after_first'] !== undefined) {
    const [first] = [...promotions].sort((left, right) => right.priority - left.priority);
    const after = totalAfter(promote(cart, first === undefined ? [] : [first], rules));
    figures['after_first'] = cart.text(after.grossMinor);
    figures['net_after_first'] = cart.text(after.netMinor);
  }
  if (expected['second'] !== undefined) {
    const outcome = whole.outcomes.find(({ promotionId }) => promotionId === promotions[1]?.id);
    if (outcome === undefined) throw new UnsupportedCase('there is no second promotion');
    figures['second'] = outcome.reason === null ? 'applied' : 'refused';
  }
  if (expected['total_between'] !== undefined) {
    const total = totalAfter(whole).grossMinor;
    const range = readDecimals(expected, 'total_between').map((each) => unitsOf(each, cart.digits));
    const isWithin = total >= (range[0] ?? 0) && total <= (range[1] ?? 0);
    // Where the total is within the range, the range is what we say too; else the total shows why not.
    figures['total_between'] = isWithin ? range.map(cart.text) : [cart.text(total), cart.text(total)];
  }
  return figures;
}

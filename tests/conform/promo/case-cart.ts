// Lines of a promotion case as a cart, with the taxes that are stated for them.
//
// Where the convention says that a discount carries the taxes of the discounted lines, amounts off are gross: each line is
// then priced with its taxes inside, as a shop does that gives money off after tax. A fixed tax stays outside of
// percentages: it is added to the price of the line as a part that no promotion reduces.

import { computeTax, type ComputedTax, type TaxableLine } from '../../../shared/domain/compute-tax.ts';
import { asTaxGroupId, type TaxGroupId } from '../../../shared/domain/ids.ts';
import { addAmounts, applyRate } from '../../../shared/domain/money.ts';
import type { PromotionContext, PromotionLine } from '../../../shared/domain/promotions/promotion.ts';
import type { TaxComponent, TaxGroup, TaxRules } from '../../../shared/domain/tax.ts';
import { digitsOf, textOfUnits, unitsOf } from '../decimal.ts';
import { readDecimal, readFields, readFlag, readList, readText, type Fields } from '../read-fields.ts';
import { fixedComponent, percentComponent } from '../tax/components.ts';
import { UnsupportedCase } from '../unsupported-case.ts';

const LINE_FIELDS = [
  'product',
  'unit_price',
  'unit_price_minor',
  'quantity',
  'minimum_price',
  'catalogue_percent',
  'on_sale',
  'tax',
  'tax_percent',
];

export type CaseCart = {
  readonly digits: number;
  readonly lines: readonly PromotionLine[];
  readonly taxNames: readonly string[];
  readonly shippingMinor: number;
  readonly context: PromotionContext;
  readonly text: (amountMinor: number) => string;
  readonly taxOf: (linePricesMinor: readonly number[]) => ComputedTax;
};

type CaseLine = {
  readonly line: PromotionLine;
  readonly components: readonly TaxComponent[];
  readonly taxName: string;
};

/** The cart of a case; a line or tax that is not understood makes it unsupported. */
export function readCart(input: Fields, convention: Fields): CaseCart {
  const stated = readList(input, 'lines').map((each) => readFields(each, LINE_FIELDS, 'a line'));
  const isMinor = convention['unit'] === 'minor';
  const digits = isMinor ? 0 : Math.max(2, ...stated.map((line) => digitsOf(priceText(line))));
  const isIncluded =
    convention['prices_include_tax'] === undefined || readFlag(convention, 'prices_include_tax');
  const read = stated.map((line, place) => caseLine(line, place, { digits, isIncluded }));
  const isGross = convention['tax_on_discount'] !== undefined;
  const cases = isGross ? read.map((each) => withTaxInside(each)) : read;
  const rules: TaxRules = {
    rounding: 'half-up',
    roundingPoint: 'line',
    includedNet: isMinor ? 'net-first' : 'price-minus-tax',
  };
  const taxOf = (prices: readonly number[]): ComputedTax => taxesOf(cases, prices, rules);
  return {
    digits,
    lines: cases.map(({ line }) => line),
    taxNames: cases.map(({ taxName }) => taxName),
    shippingMinor: input['shipping'] === undefined ? 0 : unitsOf(readDecimal(input, 'shipping'), digits),
    text: (amountMinor) => textOfUnits(amountMinor, digits),
    taxOf,
    context: {
      // Codes that a case lists have been handed in, and its customer is who the case says.
      coupons: [],
      customerGroups: [],
      isFirstPurchase: true,
      channel: 'till',
      businessDay: '2026-03-02',
      weekday: 1,
      minuteOfDay: 600,
      netOf: (prices) => taxOf(prices).totals.netMinor,
    },
  };
}

function priceText(line: Fields): string {
  return readDecimal(line, line['unit_price_minor'] === undefined ? 'unit_price' : 'unit_price_minor');
}

function caseLine(
  line: Fields,
  place: number,
  { digits, isIncluded }: { readonly digits: number; readonly isIncluded: boolean },
): CaseLine {
  const shelfMinor = unitsOf(priceText(line), digits);
  const offPpm =
    line['catalogue_percent'] === undefined ? 0 : unitsOf(readDecimal(line, 'catalogue_percent'), 4);
  const isOnSale = line['on_sale'] !== undefined && readFlag(line, 'on_sale');
  const units = unitsOf(readDecimal(line, 'quantity'), 0);
  const taxName = line['tax'] === undefined ? 'none' : readText(line, 'tax');
  const components =
    line['tax_percent'] === undefined
      ? statedTaxes(taxName, digits)
      : [percentComponent(readDecimal(line, 'tax_percent'), { isIncludedInPrice: isIncluded })];
  return {
    taxName,
    components,
    line: {
      lineNumber: place + 1,
      itemId: line['product'] === undefined ? `line ${String(place + 1)}` : readText(line, 'product'),
      units,
      unitPriceMinor: addAmounts(shelfMinor, -applyRate(shelfMinor, offPpm, 'half-up')),
      isReduced: offPpm > 0 || isOnSale,
      ...(line['minimum_price'] === undefined
        ? {}
        : { minimumUnitPriceMinor: unitsOf(readDecimal(line, 'minimum_price'), digits) }),
    },
  };
}

// "15% excl", "35% incl + 50% excl", "15% excl + 10.00 fixed", "none".
function statedTaxes(said: string, digits: number): readonly TaxComponent[] {
  if (said === 'none') return [];
  return said.split(' + ').map((part, place): TaxComponent => {
    const percent = /^(\d+(?:\.\d+)?)% ?(incl|excl)$/.exec(part);
    const id = `tax-${String(place)}`;
    if (percent !== null) {
      return percentComponent(percent[1] ?? '', { id, isIncludedInPrice: percent[2] === 'incl' });
    }
    const fixed = /^(\d+(?:\.\d+)?) fixed$/.exec(part);
    if (fixed !== null) return fixedComponent(fixed[1] ?? '', digits, { id });
    throw new UnsupportedCase(`the tax "${said}" is not understood`);
  });
}

function withTaxInside({ line, components, taxName }: CaseLine): CaseLine {
  const isFixed = components.some((component) => component.charge.kind === 'fixed-per-unit');
  if (components.every((component) => component.isIncludedInPrice)) return { line, components, taxName };
  if (isFixed)
    throw new UnsupportedCase('a fixed tax on top of the price cannot stay out of a discount after tax');
  const net = line.units * line.unitPriceMinor;
  const rules = { rounding: 'half-up', roundingPoint: 'line' } as const;
  const linePriceMinor = taxesOf([{ line, components, taxName }], [net], rules).totals.grossMinor;
  const unitPriceMinor = Math.floor(linePriceMinor / Math.max(1, line.units));
  return {
    taxName,
    components: components.map((component) => Object.assign({}, component, { isIncludedInPrice: true })),
    line: { ...line, unitPriceMinor, linePriceMinor },
  };
}

function taxesOf(cases: readonly CaseLine[], prices: readonly number[], rules: TaxRules): ComputedTax {
  const groups: Record<TaxGroupId, TaxGroup> = {};
  const lines = cases.map(({ components, line }, place): TaxableLine => {
    const id = asTaxGroupId(`line ${String(place)}`);
    groups[id] = { id, name: id, letter: 'A', components };
    return {
      direction: 'sale',
      taxGroupId: id,
      priceMinor: prices[place] ?? 0,
      quantityMilli: Math.max(1, line.units) * 1000,
    };
  });
  return computeTax(lines, rules, groups);
}

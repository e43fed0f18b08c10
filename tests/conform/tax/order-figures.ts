// Orders of web shops: lines with one rate each, discounts of the order shared by the lines before tax, shipping and
// surcharges as lines of their own, tax rounded per line or per unit.

import { computeTax, type TaxableLine } from '../../../shared/domain/compute-tax.ts';
import { asTaxGroupId, type TaxGroupId } from '../../../shared/domain/ids.ts';
import {
  addAmounts,
  allocateByWeight,
  multiplyByQuantity,
  sumAmounts,
} from '../../../shared/domain/money.ts';
import type { TaxGroup, TaxRules } from '../../../shared/domain/tax.ts';
import { digitsOf, textOfUnits, unitsOf } from '../decimal.ts';
import type { Figures } from '../judge.ts';
import {
  readDecimal,
  readDecimals,
  readFields,
  readFlag,
  readList,
  readText,
  type Fields,
} from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import { percentComponent } from './components.ts';

type OrderLine = {
  readonly percent: string;
  readonly isIncluded: boolean;
  readonly priceMinor: number;
  readonly quantityMilli: number;
};

/** Decimal prices; whole-cent shares of order discounts in proportion to the lines. */
export function orderTaxes(one: Fields): Figures {
  const input = readFields(one['input'], ['lines', 'order_discounts'], 'the input');
  const known = ['prices_include_tax', 'rounding', 'discount_allocation'];
  const convention = readFields(one['convention'], known, 'the convention');
  if (readText(convention, 'discount_allocation') !== 'proportional to item totals, whole cents') {
    throw new UnsupportedCase('discounts are shared otherwise than in proportion, in whole cents');
  }
  const lines = readList(input, 'lines').map((each) =>
    readFields(each, ['unit_price', 'tax_percent', 'quantity'], 'a line'),
  );
  const digits = Math.max(2, ...lines.map((line) => digitsOf(readDecimal(line, 'unit_price'))));
  const isIncluded = readFlag(convention, 'prices_include_tax');
  let priced = lines.map((line) => orderLine(line, digits, isIncluded));
  for (const discount of readDecimals(input, 'order_discounts')) {
    const shares = allocateByWeight(
      unitsOf(discount, digits),
      priced.map((line) => line.priceMinor),
    );
    priced = priced.map(({ percent, quantityMilli, priceMinor }, place) => {
      return {
        percent,
        isIncluded,
        quantityMilli,
        priceMinor: addAmounts(priceMinor, -(shares[place] ?? 0)),
      };
    });
  }
  const { totals } = taxOf(priced, {
    rounding: 'half-up',
    roundingPoint: pointOf(readText(convention, 'rounding')),
  });
  return { total: textOfUnits(totals.grossMinor, digits), tax: textOfUnits(totals.taxMinor, digits) };
}

function pointOf(said: string): TaxRules['roundingPoint'] {
  if (said === 'per_item') return 'line';
  if (said === 'per_unit') return 'unit';
  throw new UnsupportedCase(`rounding "${said}" is not understood`);
}

/** Prices in minor units; the price of a unit is rounded with and without tax before it is multiplied. */
export function orderInMinorUnits(one: Fields): Figures {
  const input = readFields(one['input'], ['lines', 'shipping', 'surcharge'], 'the input');
  const convention = readFields(one['convention'], ['prices_include_tax', 'rounding'], 'the convention');
  if (readText(convention, 'rounding') !== 'unit price rounded, then multiplied unless noted') {
    throw new UnsupportedCase('the unit price is not rounded first');
  }
  const isIncluded = readFlag(convention, 'prices_include_tax');
  const rules: TaxRules = { rounding: 'half-up', roundingPoint: 'unit', includedNet: 'net-first' };
  const goods = readList(input, 'lines').map((each) =>
    orderLine(readFields(each, ['unit_price', 'tax_percent', 'quantity'], 'a line'), 0, isIncluded),
  );
  const surcharge = input['surcharge'] === undefined ? [] : [extraLine(input['surcharge'], isIncluded)];
  const shipping = input['shipping'] === undefined ? [] : [extraLine(input['shipping'], isIncluded)];
  const order = taxOf([...goods, ...surcharge], rules);
  const delivery = taxOf(shipping, rules);
  const text = (amountMinor: number): string => textOfUnits(amountMinor, 0);
  return {
    net: text(order.totals.netMinor),
    gross: text(order.totals.grossMinor),
    shipping: text(delivery.totals.netMinor),
    shipping_gross: text(delivery.totals.grossMinor),
    tax_summary: taxOf([...goods, ...surcharge, ...shipping], rules).byRate.map(
      ({ percent, netMinor, taxMinor }) => ({
        rate: percent,
        base: text(netMinor),
        tax: text(taxMinor),
      }),
    ),
  };
}

function orderLine(line: Fields, digits: number, isIncluded: boolean): OrderLine {
  const quantityMilli = unitsOf(readDecimal(line, 'quantity'), 3);
  const unitPriceMinor = unitsOf(readDecimal(line, 'unit_price'), digits);
  return {
    percent: readDecimal(line, 'tax_percent'),
    isIncluded,
    quantityMilli,
    priceMinor: multiplyByQuantity(unitPriceMinor, quantityMilli),
  };
}

function extraLine(extra: unknown, isIncluded: boolean): OrderLine {
  const fields = readFields(extra, ['price', 'tax_percent', 'includes_tax'], 'shipping or surcharge');
  return {
    percent: readDecimal(fields, 'tax_percent'),
    isIncluded: fields['includes_tax'] === undefined ? isIncluded : readFlag(fields, 'includes_tax'),
    quantityMilli: 1000,
    priceMinor: unitsOf(readDecimal(fields, 'price'), 0),
  };
}

type OrderTax = {
  readonly totals: { readonly netMinor: number; readonly taxMinor: number; readonly grossMinor: number };
  readonly byRate: readonly {
    readonly percent: string;
    readonly netMinor: number;
    readonly taxMinor: number;
  }[];
};

function taxOf(lines: readonly OrderLine[], rules: TaxRules): OrderTax {
  const groups: Record<TaxGroupId, TaxGroup> = {};
  const taxable = lines.map((line): TaxableLine => {
    const id = asTaxGroupId(`${line.percent}:${String(line.isIncluded)}`);
    const component = percentComponent(line.percent, { isIncludedInPrice: line.isIncluded });
    groups[id] = { id, name: line.percent, letter: 'A', components: [component] };
    const { priceMinor, quantityMilli } = line;
    return { direction: 'sale', taxGroupId: id, priceMinor, quantityMilli };
  });
  const computed = computeTax(taxable, rules, groups);
  const percents = [...new Set(lines.map((line) => line.percent))];
  const byRate = percents.map((percent) => {
    const own = computed.lines.filter((_, place) => lines[place]?.percent === percent);
    return {
      percent,
      netMinor: sumAmounts(own.map((line) => line.netMinor)),
      taxMinor: sumAmounts(own.map((line) => line.taxMinor)),
    };
  });
  return { totals: computed.totals, byRate };
}

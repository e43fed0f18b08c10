// Taxes of a whole document: several lines with the same taxes, or one line with a discount before tax.

import { fraction } from '../../../shared/domain/fraction.ts';
import { addAmounts, applyRate, multiplyByQuantity } from '../../../shared/domain/money.ts';
import type { RoundingMode, TaxRules } from '../../../shared/domain/tax.ts';
import { digitsOf, textOfFraction, textOfUnits, unitsOf } from '../decimal.ts';
import type { Figures } from '../judge.ts';
import {
  readDecimal,
  readDecimals,
  readFields,
  readFlag,
  readList,
  readObject,
  readText,
  type Fields,
} from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import {
  componentsOf,
  exactAmounts,
  fixedDigits,
  percentComponent,
  roundedAmounts,
  sumExact,
} from './components.ts';
import { lineOf, rulesOf } from './line-figures.ts';

export function documentTaxes(one: Fields): Figures {
  const input = readObject(one['input'], 'the input');
  if (input['taxes'] !== undefined) return chainDocument(one);
  if (input['tax_percents'] !== undefined) return percentDocument(one);
  return couponDocument(one);
}

/** Lines of quantity and price under one chain of taxes. */
function chainDocument(one: Fields): Figures {
  const input = readFields(one['input'], ['lines', 'taxes'], 'the input');
  const convention = readFields(one['convention'], ['rounding', 'precision'], 'the convention');
  const precision = readDecimal(convention, 'precision');
  const taxes = readList(input, 'taxes');
  const lines = readList(input, 'lines').map((each) =>
    readFields(each, ['quantity', 'unit_price'], 'a line'),
  );
  const digits = Math.max(
    digitsOf(precision),
    fixedDigits(taxes),
    ...lines.map(
      (each) => digitsOf(readDecimal(each, 'unit_price')) + digitsOf(readDecimal(each, 'quantity')),
    ),
  );
  const stepMinor = unitsOf(precision, digits);
  const priced = lines.map((each) => {
    const quantityMilli = unitsOf(readDecimal(each, 'quantity'), 3);
    return { quantityMilli, priceMinor: lineOf(readDecimal(each, 'unit_price'), quantityMilli, digits) };
  });
  if (priced.some(({ priceMinor }) => priceMinor % stepMinor !== 0)) {
    throw new UnsupportedCase(
      'the price of a line is finer than what it is rounded to; a till rounds it first',
    );
  }
  const amounts = roundedAmounts(componentsOf(taxes, digits), priced, rulesOf(convention, stepMinor));
  return {
    untaxed: textOfUnits(amounts.netMinor, digits),
    tax: textOfUnits(addAmounts(amounts.grossMinor, -amounts.netMinor), digits),
    total: textOfUnits(amounts.grossMinor, digits),
    per_tax: amounts.taxes.map(({ taxMinor }) => textOfUnits(taxMinor, digits)),
  };
}

const MODES: Readonly<Record<string, RoundingMode>> = {
  up: 'up',
  down: 'down',
  nearest: 'half-up',
  'half-up': 'half-up',
  'half-even': 'half-even',
};

/** Net amounts under percentages on top; each tax rounded on each line, or once for the document. */
function percentDocument(one: Fields): Figures {
  const input = readFields(one['input'], ['lines', 'tax_percents'], 'the input');
  const convention = readFields(one['convention'], ['rounding', 'precision'], 'the convention');
  const said = readText(convention, 'rounding');
  const [, point, modeName] = /^per (line|document) and tax, (.+)$/.exec(said) ?? [];
  const mode = MODES[modeName ?? ''];
  if (mode === undefined) throw new UnsupportedCase(`rounding "${said}" cannot be set`);
  const prices = readDecimals(input, 'lines');
  const precision = readDecimal(convention, 'precision');
  const digits = Math.max(digitsOf(precision), ...prices.map(digitsOf));
  const components = readDecimals(input, 'tax_percents').map((percent, place) =>
    percentComponent(percent, { id: `tax-${String(place)}` }),
  );
  const rules: TaxRules = {
    rounding: mode,
    roundingPoint: point === 'line' ? 'line' : 'rate',
    roundingStepMinor: unitsOf(precision, digits),
  };
  const lines = prices.map((price) => ({ priceMinor: unitsOf(price, digits), quantityMilli: 1000 }));
  const whole = roundedAmounts(components, lines, rules);
  const perTax = whole.taxes.map(({ taxMinor }) => textOfUnits(taxMinor, digits));
  const totals = { tax: textOfUnits(addAmounts(whole.grossMinor, -whole.netMinor), digits), per_tax: perTax };
  if (point !== 'line') return totals;
  const perLine = lines.map((line) => roundedAmounts(components, [line], rules).taxes);
  return {
    ...totals,
    per_line_tax: perLine.map((taxes) => taxes.map(({ taxMinor }) => textOfUnits(taxMinor, digits))),
  };
}

/** One line, a percentage off before tax, taxes not rounded; the rates apply from the inside out, each on the last. */
function couponDocument(one: Fields): Figures {
  const known = ['unit_price', 'quantity', 'includes_tax', 'rates_inner_to_outer', 'coupon_percent'];
  const input = readFields(one['input'], known, 'the input');
  readFields(one['convention'], [], 'the convention');
  const digits = Math.max(2, digitsOf(readDecimal(input, 'unit_price')));
  const isIncluded = readFlag(input, 'includes_tax');
  const rates = readDecimals(input, 'rates_inner_to_outer');
  const components = rates.map((percent, place) =>
    percentComponent(percent, {
      id: `tax-${String(place)}`,
      isIncludedInPrice: isIncluded,
      joinsLaterBases: true,
      takesEarlierTaxes: true,
    }),
  );
  const unitPrice = unitsOf(readDecimal(input, 'unit_price'), digits);
  const fullPrice = multiplyByQuantity(unitPrice, unitsOf(readDecimal(input, 'quantity'), 3));
  const offPpm = unitsOf(
    input['coupon_percent'] === undefined ? '0' : readDecimal(input, 'coupon_percent'),
    4,
  );
  const price = addAmounts(fullPrice, -applyRate(fullPrice, offPpm, 'half-up'));
  const amounts = exactAmounts(components, price, 1000);
  const taxes = amounts.taxes.map(({ tax }) => tax);
  return {
    gross: textOfFraction(amounts.gross, digits),
    net: textOfFraction(amounts.net, digits),
    sum: textOfFraction(sumExact(taxes), digits),
    taxes_by_rate: Object.fromEntries(
      rates.map((rate, place) => [rate, textOfFraction(taxes[place] ?? fraction(0, 1), digits)]),
    ),
  };
}

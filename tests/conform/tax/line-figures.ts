// Taxes of one line: a price, a quantity and a chain of taxes, rounded per line or not at all.

import type { TaxRules } from '../../../shared/domain/tax.ts';
import { digitsOf, EXACT_DIGITS, textOfFraction, textOfUnits, unitsOf } from '../decimal.ts';
import type { Figures } from '../judge.ts';
import {
  readDecimal,
  readFields,
  readFlag,
  readList,
  readObject,
  readText,
  type Fields,
} from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import { componentsOf, exactAmounts, fixedDigits, roundedAmounts } from './components.ts';

export function lineTaxes(one: Fields): Figures {
  const input = readFields(one['input'], ['quantity', 'unit_price', 'taxes'], 'the input');
  const known = ['rounding', 'precision', 'unrounded_6dp'];
  const convention = readFields(one['convention'], known, 'the convention');
  const taxes = readList(input, 'taxes');
  const quantityMilli = unitsOf(readDecimal(input, 'quantity'), 3);
  const unitPrice = readDecimal(input, 'unit_price');
  const isExact =
    convention['rounding'] === 'none' ||
    (convention['unrounded_6dp'] !== undefined && readFlag(convention, 'unrounded_6dp'));
  // Fine enough for price × quantity to be whole, so that nothing is rounded before the taxes are.
  const digits = Math.max(digitsOf(unitPrice) + digitsOf(readDecimal(input, 'quantity')), fixedDigits(taxes));
  if (isExact) {
    const line = { unitPrice, quantityMilli, digits };
    const isReversed =
      readObject(one['expected'], 'the expectation')['reverse_compute_gross_to_net'] !== undefined;
    const reverse = isReversed ? { reverse_compute_gross_to_net: netOfUnitGross(taxes, line) } : {};
    return { ...exactLine(taxes, line), ...reverse };
  }
  const precision = readDecimal(convention, 'precision');
  const scale = Math.max(digits, digitsOf(precision));
  const components = componentsOf(taxes, scale);
  const priceMinor = lineOf(unitPrice, quantityMilli, scale);
  const stepMinor = unitsOf(precision, scale);
  if (priceMinor % stepMinor !== 0) {
    throw new UnsupportedCase(
      'the price of the line is finer than what it is rounded to; a till rounds it first',
    );
  }
  const amounts = roundedAmounts(components, [{ priceMinor, quantityMilli }], rulesOf(convention, stepMinor));
  return {
    total_included: textOfUnits(amounts.grossMinor, scale),
    total_excluded: textOfUnits(amounts.netMinor, scale),
    taxes: amounts.taxes.map(({ taxMinor, baseMinor }) => ({
      base: textOfUnits(baseMinor, scale),
      amount: textOfUnits(taxMinor, scale),
    })),
  };
}

/** Rounding per line or globally, in steps of the stated precision. */
export function rulesOf(convention: Fields, stepMinor: number): TaxRules {
  const rounding = readText(convention, 'rounding');
  switch (rounding) {
    case 'round_per_line':
      return { rounding: 'half-up', roundingPoint: 'line', roundingStepMinor: stepMinor };
    case 'round_globally':
      // There net and each tax are summed exactly over the document and rounded each on their own.
      return {
        rounding: 'half-up',
        roundingPoint: 'rate',
        roundingStepMinor: stepMinor,
        includedNet: 'rounded-itself',
      };
    default:
      throw new UnsupportedCase(`rounding "${rounding}" is not understood`);
  }
}

/** Unit price × quantity in 10^-digits; the digits were chosen so that it is whole. */
export function lineOf(unitPrice: string, quantityMilli: number, digits: number): number {
  const product = BigInt(unitsOf(unitPrice, digits)) * BigInt(quantityMilli);
  if (product % 1000n !== 0n) throw new UnsupportedCase('the price of the line is not whole');
  const price = Number(product / 1000n);
  if (!Number.isSafeInteger(price)) throw new UnsupportedCase('the price of the line is too large');
  return price;
}

type ExactLine = { readonly unitPrice: string; readonly quantityMilli: number; readonly digits: number };

function exactLine(taxes: readonly unknown[], line: ExactLine): { readonly [key: string]: Figures } {
  const { unitPrice, quantityMilli, digits } = line;
  const components = componentsOf(taxes, digits);
  const amounts = exactAmounts(components, lineOf(unitPrice, quantityMilli, digits), quantityMilli);
  const unit = exactAmounts(components, unitsOf(unitPrice, digits), 1000);
  return {
    total_included: textOfFraction(amounts.gross, digits),
    total_excluded: textOfFraction(amounts.net, digits),
    taxes: amounts.taxes.map(({ tax, base }) => ({
      base: textOfFraction(base, digits),
      amount: textOfFraction(tax, digits),
    })),
    unit_gross: textOfFraction(unit.gross, digits),
  };
}

// The way back: the gross of one unit with every tax inside it, solved for its net. The gross has to be whole at some
// number of decimals to be handed to the solver.
function netOfUnitGross(taxes: readonly unknown[], line: ExactLine): string {
  const { unitPrice, digits } = line;
  const { gross } = exactAmounts(componentsOf(taxes, digits), unitsOf(unitPrice, digits), 1000);
  for (let finer = 0; finer <= EXACT_DIGITS; finer += 1) {
    const numerator = gross.numerator * 10n ** BigInt(finer);
    if (numerator % gross.denominator !== 0n) continue;
    const inside = componentsOf(taxes, digits + finer).map((component) =>
      Object.assign({}, component, { isIncludedInPrice: true }),
    );
    const { net } = exactAmounts(inside, Number(numerator / gross.denominator), 1000);
    return textOfFraction(net, digits + finer);
  }
  throw new UnsupportedCase('the gross of a unit is no finite decimal number');
}

// Single amounts: the taxes of a price, the tax inside a gross, a price under other taxes.

import { fraction } from '../../../shared/domain/fraction.ts';
import { mapUnitPrice } from '../../../shared/domain/price-mapping.ts';
import type { TaxComponent } from '../../../shared/domain/tax.ts';
import { digitsOf, textOfFraction, textOfUnits, unitsOf } from '../decimal.ts';
import type { Figures } from '../judge.ts';
import { readDecimal, readFields, readFlag, readList, type Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import { exactAmounts, percentComponent, roundedAmounts, sumExact } from './components.ts';

/**
 * Taxes of an amount, not rounded. Compound rates come after the plain ones and are charged on price and all taxes
 * before them; the answer keeps the order of the case.
 */
export function amountTaxes(one: Fields): Figures {
  const input = readFields(one['input'], ['amount', 'includes_tax', 'rates'], 'the input');
  readFields(one['convention'], [], 'the convention');
  const amount = readDecimal(input, 'amount');
  const digits = digitsOf(amount);
  const isIncluded = readFlag(input, 'includes_tax');
  const rates = readList(input, 'rates').map((rate, place) => rateOf(rate, place, isIncluded));
  const ordered = [...rates].sort(
    (left, right) => Number(left.takesEarlierTaxes) - Number(right.takesEarlierTaxes),
  );
  const amounts = exactAmounts(ordered, unitsOf(amount, digits), 1000);
  const taxes = rates.map((rate) => amounts.taxes[ordered.indexOf(rate)]?.tax ?? fraction(0, 1));
  return {
    taxes: taxes.map((tax) => textOfFraction(tax, digits)),
    total: textOfFraction(sumExact(taxes), digits),
  };
}

function rateOf(rate: unknown, place: number, isIncludedInPrice: boolean): TaxComponent {
  const parts = /^(\d+(?:\.\d+)?)( compound)?$/.exec(String(rate));
  if (parts === null) throw new UnsupportedCase(`the rate "${String(rate)}" is not understood`);
  return percentComponent(parts[1] ?? '', {
    id: `tax-${String(place)}`,
    isIncludedInPrice,
    joinsLaterBases: true,
    takesEarlierTaxes: parts[2] !== undefined,
  });
}

/** The tax inside a gross amount, rounded half-up to the cent; net is the rest. */
export function grossToTax(one: Fields): Figures {
  const input = readFields(one['input'], ['gross', 'tax_percent'], 'the input');
  readFields(one['convention'], [], 'the convention');
  const digits = Math.max(2, digitsOf(readDecimal(input, 'gross')));
  const components = [percentComponent(readDecimal(input, 'tax_percent'), { isIncludedInPrice: true })];
  const line = { priceMinor: unitsOf(readDecimal(input, 'gross'), digits), quantityMilli: 1000 };
  const rules = { rounding: 'half-up', roundingPoint: 'line' } as const;
  const { grossMinor, netMinor } = roundedAmounts(components, [line], rules);
  return { tax: textOfUnits(grossMinor - netMinor, digits), net: textOfUnits(netMinor, digits) };
}

/** A unit price stated with one tax, for a customer who is charged another or none. */
export function priceMapping(one: Fields): Figures {
  const input = readFields(one['input'], ['unit_price', 'from_tax', 'to_tax'], 'the input');
  readFields(one['convention'], [], 'the convention');
  const digits = Math.max(2, digitsOf(readDecimal(input, 'unit_price')));
  const mapped = mapUnitPrice(
    unitsOf(readDecimal(input, 'unit_price'), digits),
    { components: statedTax(input['from_tax']) },
    { components: statedTax(input['to_tax']) },
  );
  return { unit_price: textOfUnits(mapped, digits) };
}

function statedTax(stated: unknown): readonly TaxComponent[] {
  if (stated === 'none') return [];
  const parts = /^(\d+(?:\.\d+)?)% ?(incl|excl)$/.exec(String(stated));
  if (parts === null) throw new UnsupportedCase(`the tax "${String(stated)}" is not understood`);
  return [percentComponent(parts[1] ?? '', { isIncludedInPrice: parts[2] === 'incl' })];
}

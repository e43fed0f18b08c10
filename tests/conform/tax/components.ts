// Taxes of case files as our components, and single amounts computed with them: exactly, or by our rules.

import { computeTax } from '../../../shared/domain/compute-tax.ts';
import { addFractions, fraction, ZERO, type Fraction } from '../../../shared/domain/fraction.ts';
import { asTaxGroupId } from '../../../shared/domain/ids.ts';
import { shareNumerator, solveTaxChain, taxBaseMinor } from '../../../shared/domain/tax-chain.ts';
import type { TaxComponent, TaxRules } from '../../../shared/domain/tax.ts';
import { digitsOf, unitsOf } from '../decimal.ts';
import { readDecimal, readFields, readFlag, readList, readText } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';

const TAX_FIELDS = [
  'type',
  'amount',
  'price_included',
  'include_in_base_of_later',
  'affected_by_earlier',
] as const;
const GROUP = asTaxGroupId('case');

/** One percentage. The rate is read exactly; one finer than a millionth cannot be set in our rules. */
export function percentComponent(percent: string, changes: Partial<TaxComponent> = {}): TaxComponent {
  const ratePpm = unitsOf(percent, 4);
  if (ratePpm < 0) throw new UnsupportedCase('a rate below zero cannot be set');
  return {
    id: `${percent}%`,
    name: percent,
    charge: { kind: 'percent', ratePpm },
    isIncludedInPrice: false,
    joinsLaterBases: false,
    takesEarlierTaxes: false,
    ...changes,
  };
}

/** So much for each unit, in 10^-digits. */
export function fixedComponent(
  amount: string,
  digits: number,
  changes: Partial<TaxComponent> = {},
): TaxComponent {
  const charge = { kind: 'fixed-per-unit', amountMinor: unitsOf(amount, digits) } as const;
  return { ...percentComponent('0'), id: `${amount} each`, charge, ...changes };
}

/** The list of taxes of a case; a group of taxes is its members, in order. */
export function componentsOf(taxes: readonly unknown[], digits: number): readonly TaxComponent[] {
  const components = taxes.flatMap((tax) => componentOf(tax, digits));
  return components.map((component, place) => Object.assign({}, component, { id: `tax-${String(place)}` }));
}

/** Most decimals among the fixed amounts of a list of taxes. */
export function fixedDigits(taxes: readonly unknown[]): number {
  const amounts = taxes.map((tax) => readFields(tax, [...TAX_FIELDS, 'taxes'], 'a tax'));
  const fixed = amounts.filter((tax) => tax['type'] === 'fixed_per_unit');
  return Math.max(0, ...fixed.map((tax) => digitsOf(readDecimal(tax, 'amount'))));
}

function componentOf(tax: unknown, digits: number): readonly TaxComponent[] {
  const fields = readFields(tax, [...TAX_FIELDS, 'taxes'], 'a tax');
  const type = readText(fields, 'type');
  if (type === 'group') return componentsOf(readList(fields, 'taxes'), digits);
  const amount = readDecimal(fields, 'amount');
  const changes = {
    isIncludedInPrice: readFlag(fields, 'price_included'),
    joinsLaterBases: readFlag(fields, 'include_in_base_of_later'),
    takesEarlierTaxes: readFlag(fields, 'affected_by_earlier'),
  };
  switch (type) {
    case 'percent':
      return [percentComponent(amount, changes)];
    case 'division': {
      const inside = percentComponent(amount, changes);
      return [{ ...inside, charge: { kind: 'percent-of-gross', ratePpm: unitsOf(amount, 4) } }];
    }
    case 'fixed_per_unit':
      return [fixedComponent(amount, digits, changes)];
    default:
      throw new UnsupportedCase(`taxes of the type ${type} cannot be set`);
  }
}

export type ExactAmounts = {
  readonly net: Fraction;
  readonly gross: Fraction;
  readonly taxes: readonly { readonly tax: Fraction; readonly base: Fraction }[];
};

/** Taxes of one signed price and quantity, not rounded at all. */
export function exactAmounts(
  components: readonly TaxComponent[],
  price: number,
  quantityMilli: number,
): ExactAmounts {
  const chain = solveTaxChain(components);
  const exact = (share: (typeof chain)['net']): Fraction =>
    fraction(shareNumerator(share, price, quantityMilli), share.over);
  const net = exact(chain.net);
  const taxes = chain.parts.map((part) => ({ tax: exact(part.tax), base: exact(part.base) }));
  const gross = taxes.reduce((sum, { tax }) => addFractions(sum, tax), net);
  return { net, gross, taxes };
}

/** The sum of exact amounts. */
export function sumExact(values: readonly Fraction[]): Fraction {
  return values.reduce((sum, value) => addFractions(sum, value), ZERO);
}

export type RoundedAmounts = {
  readonly netMinor: number;
  readonly grossMinor: number;
  readonly taxes: readonly { readonly taxMinor: number; readonly baseMinor: number }[];
};

/** Taxes of one or more prices by our rules, as till and server compute them. Negative quantities come back. */
export function roundedAmounts(
  components: readonly TaxComponent[],
  lines: readonly { readonly priceMinor: number; readonly quantityMilli: number }[],
  rules: TaxRules,
): RoundedAmounts {
  const taxable = lines.map(({ priceMinor, quantityMilli }) => {
    const isReturn = quantityMilli < 0;
    return {
      direction: isReturn ? ('return' as const) : ('sale' as const),
      taxGroupId: GROUP,
      priceMinor: isReturn ? 0 - priceMinor : priceMinor,
      quantityMilli: Math.abs(quantityMilli),
    };
  });
  const groups = { [GROUP]: { id: GROUP, name: 'case', letter: 'A', components } };
  const { totals, taxes } = computeTax(taxable, rules, groups);
  const taxesMinor = components.map(
    (component) => taxes.find((row) => row.componentId === component.id)?.taxMinor ?? 0,
  );
  const amounts = { netMinor: totals.netMinor, taxesMinor };
  return {
    netMinor: totals.netMinor,
    grossMinor: totals.grossMinor,
    taxes: taxesMinor.map((taxMinor, place) => ({
      taxMinor,
      baseMinor: taxBaseMinor(components, place, amounts),
    })),
  };
}

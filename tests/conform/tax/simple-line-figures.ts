// One net amount with duties and a tax, told in words: duties as a percentage of the net, of one another, or per unit;
// in the base of the tax or not; a tax as a percentage of net and duties, or of what is paid in the end.

import { sumAmounts } from '../../../shared/domain/money.ts';
import type { TaxComponent } from '../../../shared/domain/tax.ts';
import { digitsOf, textOfUnits, unitsOf } from '../decimal.ts';
import type { Figures } from '../judge.ts';
import { readDecimal, readDecimals, readFields, readText, type Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import { fixedComponent, percentComponent, roundedAmounts } from './components.ts';

const DUTY_FIELDS = [
  'duties_percent_of_net',
  'duty1_percent',
  'duty2_percent_of_duty1',
  'per_unit_duty',
  'duty',
  'duty_in_base',
  'duty_not_in_base',
];
const TAX_FIELDS = ['vat_percent_of_gross', 'tax_percent', 'division_percent'];

export function simpleLineTaxes(one: Fields): Figures {
  const input = readFields(one['input'], ['net', ...DUTY_FIELDS, ...TAX_FIELDS], 'the input');
  readFields(one['convention'], [], 'the convention');
  const net = readDecimal(input, 'net');
  const fixed = ['per_unit_duty', 'duty_in_base', 'duty_not_in_base'].filter(
    (key) => input[key] !== undefined,
  );
  const digits = Math.max(2, digitsOf(net), ...fixed.map((key) => digitsOf(readDecimal(input, key))));
  const duties = dutiesOf(input, digits);
  const components = [...duties, ...taxesOf(input)].map((component, place) =>
    Object.assign({}, component, { id: `tax-${String(place)}` }),
  );
  const line = { priceMinor: unitsOf(net, digits), quantityMilli: 1000 };
  const rules = { rounding: 'half-up', roundingPoint: 'line' } as const;
  const amounts = roundedAmounts(components, [line], rules);
  const taxes = amounts.taxes.map(({ taxMinor }) => taxMinor);
  const vat = textOfUnits(sumAmounts(taxes.slice(duties.length)), digits);
  return {
    duties: taxes.slice(0, duties.length).map((taxMinor) => textOfUnits(taxMinor, digits)),
    vat,
    tax: vat,
    tax_base: textOfUnits(amounts.taxes[duties.length]?.baseMinor ?? 0, digits),
    total_tax: textOfUnits(sumAmounts(taxes), digits),
    gross: textOfUnits(amounts.grossMinor, digits),
  };
}

function dutiesOf(input: Fields, digits: number): readonly TaxComponent[] {
  const duties: TaxComponent[] = [];
  if (input['duties_percent_of_net'] !== undefined) {
    for (const percent of readDecimals(input, 'duties_percent_of_net')) {
      duties.push(percentComponent(percent, { joinsLaterBases: true }));
    }
  }
  if (input['duty1_percent'] !== undefined) {
    duties.push(percentComponent(readDecimal(input, 'duty1_percent'), { joinsLaterBases: true }));
  }
  if (input['duty2_percent_of_duty1'] !== undefined) {
    const onDuty = { joinsLaterBases: true, takesEarlierTaxes: true, leavesOutPrice: true };
    duties.push(percentComponent(readDecimal(input, 'duty2_percent_of_duty1'), onDuty));
  }
  if (input['per_unit_duty'] !== undefined) {
    const joinsLaterBases = isInBase(readText(input, 'duty'));
    duties.push(fixedComponent(readDecimal(input, 'per_unit_duty'), digits, { joinsLaterBases }));
  }
  if (input['duty_in_base'] !== undefined) {
    duties.push(fixedComponent(readDecimal(input, 'duty_in_base'), digits, { joinsLaterBases: true }));
  }
  if (input['duty_not_in_base'] !== undefined) {
    duties.push(fixedComponent(readDecimal(input, 'duty_not_in_base'), digits));
  }
  return duties;
}

function isInBase(said: string): boolean {
  if (said === 'included in base') return true;
  if (said === 'not included in base') return false;
  throw new UnsupportedCase(`a duty "${said}" is not understood`);
}

function taxesOf(input: Fields): readonly TaxComponent[] {
  const taxes: TaxComponent[] = [];
  for (const key of ['vat_percent_of_gross', 'tax_percent']) {
    if (input[key] === undefined) continue;
    taxes.push(percentComponent(readDecimal(input, key), { takesEarlierTaxes: true }));
  }
  if (input['division_percent'] !== undefined) {
    const percent = readDecimal(input, 'division_percent');
    const charge = { kind: 'percent-of-gross', ratePpm: unitsOf(percent, 4) } as const;
    taxes.push({ ...percentComponent(percent, { takesEarlierTaxes: true }), charge });
  }
  return taxes;
}

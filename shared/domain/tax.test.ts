import { describe, expect, test } from 'vitest';
import { aFixedTax, aPercentTax, aTaxGroup, taxGroupsOf } from '../../tests/support/domain-builders.ts';
import { computeTax, type TaxableLine } from './compute-tax.ts';
import { asTaxGroupId } from './ids.ts';
import { taxBaseMinor } from './tax-chain.ts';
import type { TaxComponent, TaxGroup, TaxRules } from './tax.ts';

const LINE: TaxRules = { rounding: 'half-up', roundingPoint: 'line' };
const RATE: TaxRules = { rounding: 'half-up', roundingPoint: 'rate' };
const DOCUMENT: TaxRules = { rounding: 'half-up', roundingPoint: 'document' };

const line = (priceMinor: number, changes: Partial<TaxableLine> = {}): TaxableLine => ({
  direction: 'sale',
  taxGroupId: asTaxGroupId('tax-A'),
  priceMinor,
  quantityMilli: 1000,
  ...changes,
});

/** Taxes of lines that are all in one group. */
function taxed(components: readonly TaxComponent[], lines: readonly TaxableLine[], rules: TaxRules = LINE) {
  return computeTax(lines, rules, taxGroupsOf(aTaxGroup('A', ...components)));
}

describe('tax in the price', () => {
  test('23 % in 1.23 is 0.23, and the price stays', () => {
    const { lines, totals } = taxed([aPercentTax(23)], [line(1_23)]);
    expect(lines).toEqual([{ netMinor: 1_00, taxMinor: 23, grossMinor: 1_23 }]);
    expect(totals).toEqual({ netMinor: 1_00, taxMinor: 23, grossMinor: 1_23 });
  });

  test('two taxes in one price take nothing from each other', () => {
    const { taxes, totals } = taxed([aPercentTax(6), aPercentTax(4)], [line(1_10)]);
    expect(taxes.map((row) => row.taxMinor)).toEqual([6, 4]);
    expect(totals).toEqual({ netMinor: 1_00, taxMinor: 10, grossMinor: 1_10 });
  });

  test('a fee per piece and 21 % on price and fee, both in the price of 121.00', () => {
    const fee = aFixedTax(1_00, { isIncludedInPrice: true, joinsLaterBases: true });
    const vat = aPercentTax(21, { takesEarlierTaxes: true });
    const { taxes, totals } = taxed([fee, vat], [line(121_00)]);
    expect(taxes.map((row) => row.taxMinor)).toEqual([1_00, 21_00]);
    expect(totals.netMinor).toBe(99_00);
  });
});

describe('tax on top of the price', () => {
  const onTop = { isIncludedInPrice: false };

  test('23 % on 1.00 makes 1.23', () => {
    const { totals } = taxed([aPercentTax(23, onTop)], [line(1_00)]);
    expect(totals).toEqual({ netMinor: 1_00, taxMinor: 23, grossMinor: 1_23 });
  });

  test('a compound tax is charged on the one before it', () => {
    const first = aPercentTax(5, { ...onTop, joinsLaterBases: true });
    const second = aPercentTax(8.5, { ...onTop, takesEarlierTaxes: true });
    const { taxes, totals } = taxed([first, second], [line(1000_00)]);
    expect(taxes.map((row) => row.taxMinor)).toEqual([50_00, 89_25]);
    expect(totals.grossMinor).toBe(1139_25);
  });

  test('a tax that does not take earlier taxes leaves them out although they join', () => {
    const first = aPercentTax(5, { ...onTop, joinsLaterBases: true });
    const second = aPercentTax(10, onTop);
    expect(taxed([first, second], [line(100_00)]).taxes.map((row) => row.taxMinor)).toEqual([5_00, 10_00]);
  });

  test('a tax on tax only leaves the price out', () => {
    const duty = aPercentTax(10, { ...onTop, joinsLaterBases: true });
    const onDuty = aPercentTax(20, { ...onTop, takesEarlierTaxes: true, leavesOutPrice: true });
    expect(taxed([duty, onDuty], [line(10_00)]).taxes.map((row) => row.taxMinor)).toEqual([1_00, 20]);
  });

  test('a fee per kilogram follows the weight', () => {
    const { totals } = taxed([aFixedTax(2_00)], [line(10_00, { quantityMilli: 1250 })]);
    expect(totals).toEqual({ netMinor: 10_00, taxMinor: 2_50, grossMinor: 12_50 });
  });

  test('taxes inside the gross: 25 % of what is paid in the end is 3.33 on 10.00', () => {
    const inside = aPercentTax(25, { ...onTop, charge: { kind: 'percent-of-gross', ratePpm: 250_000 } });
    expect(taxed([inside], [line(10_00)]).totals).toEqual({
      netMinor: 10_00,
      taxMinor: 3_33,
      grossMinor: 13_33,
    });
  });

  test('neighbouring taxes inside one gross share it', () => {
    const inside = (ratePpm: number): TaxComponent =>
      aPercentTax(ratePpm / 10_000, { ...onTop, charge: { kind: 'percent-of-gross', ratePpm } });
    const { taxes, totals } = taxed([inside(100_000), inside(400_000)], [line(50_00)]);
    expect(taxes.map((row) => row.taxMinor)).toEqual([10_00, 40_00]);
    expect(totals.grossMinor).toBe(100_00);
  });

  test('taxes inside the gross that leave nothing of it are a wrong setting', () => {
    const inside = aPercentTax(100, { charge: { kind: 'percent-of-gross', ratePpm: 1_000_000 } });
    expect(() => taxed([inside], [line(1_00)])).toThrow(RangeError);
  });
});

describe('where the fraction is rounded away', () => {
  const lines = [line(1_01), line(1_01), line(1_01)];
  const vat = aPercentTax(5, { isIncludedInPrice: false });

  test('on each line: three times 0.0505 is three times 0.05', () => {
    expect(taxed([vat], lines, LINE).totals.taxMinor).toBe(15);
  });

  test('on each rate: 5 % of 3.03 is 0.15', () => {
    expect(taxed([vat], lines, RATE).totals.taxMinor).toBe(15);
    expect(taxed([vat], [...lines, line(1_01)], RATE).totals.taxMinor).toBe(20);
  });

  test('on each unit: four pieces of 1.11 at 5 % are four times 0.06, in one line 0.22', () => {
    const four = line(4_44, { quantityMilli: 4000 });
    expect(taxed([vat], [four], { ...LINE, roundingPoint: 'unit' }).totals.taxMinor).toBe(24);
    expect(taxed([vat], [four], LINE).totals.taxMinor).toBe(22);
  });

  test('once for the document: two rates of 0.005 each are one cent together', () => {
    const groups = taxGroupsOf(
      aTaxGroup('A', vat),
      aTaxGroup('B', aPercentTax(10, { isIncludedInPrice: false })),
    );
    const two = [line(10), line(5, { taxGroupId: asTaxGroupId('tax-B') })];
    expect(computeTax(two, RATE, groups).totals.taxMinor).toBe(2);
    expect(computeTax(two, DOCUMENT, groups).totals.taxMinor).toBe(1);
  });

  test('what a rate comes to is given back to its lines, the largest fraction first', () => {
    const { lines: perLine } = taxed([vat], [line(1_01), line(1_11), line(1_01)], RATE);
    // 0.0505 + 0.0555 + 0.0505 = 0.1565 → 0.16, cut off below 0.05 each: the cent belongs to 0.0555.
    expect(perLine.map((each) => each.taxMinor)).toEqual([5, 6, 5]);
  });

  test('lines, rows and totals agree whatever the point', () => {
    const groups = taxGroupsOf(
      aTaxGroup('A', aPercentTax(23)),
      aTaxGroup('B', aPercentTax(7.7), aPercentTax(1.1)),
    );
    const mixed = [line(1_99), line(3_33, { taxGroupId: asTaxGroupId('tax-B') }), line(7_77), line(13)];
    for (const roundingPoint of ['unit', 'line', 'rate', 'document'] as const) {
      const { lines: perLine, taxes, totals } = computeTax(mixed, { ...LINE, roundingPoint }, groups);
      expect(perLine.reduce((sum, each) => sum + each.taxMinor, 0)).toBe(totals.taxMinor);
      expect(taxes.reduce((sum, each) => sum + each.taxMinor, 0)).toBe(totals.taxMinor);
      expect(totals.grossMinor).toBe(13_22);
    }
  });

  test('half-even, down and up', () => {
    const half = [line(10)];
    const at = (rounding: TaxRules['rounding']) => taxed([vat], half, { ...LINE, rounding }).totals.taxMinor;
    expect([at('half-up'), at('half-even'), at('down'), at('up')]).toEqual([1, 0, 0, 1]);
  });

  test('taxes in steps of 0.05', () => {
    const { totals } = taxed([aPercentTax(5)], [line(5_00)], { ...LINE, roundingStepMinor: 5 });
    expect(totals).toEqual({ netMinor: 4_75, taxMinor: 25, grossMinor: 5_00 });
  });

  test('net and taxes rounded each on their own may leave the shelf price by a cent', () => {
    const six = aPercentTax(6);
    const rules: TaxRules = { ...RATE, includedNet: 'rounded-itself' };
    expect(taxed([six, six], [line(35_58)], rules).totals).toEqual({
      netMinor: 31_77,
      taxMinor: 3_82,
      grossMinor: 35_59,
    });
    expect(taxed([six, six], [line(35_58)], RATE).totals.grossMinor).toBe(35_58);
  });
});

describe('net first', () => {
  test('1.23 with 20 % inside is 1.03 net and the rest is tax; tax first it is 1.02', () => {
    const rules: TaxRules = { ...LINE, includedNet: 'net-first' };
    expect(taxed([aPercentTax(20)], [line(1_23)], rules).totals).toEqual({
      netMinor: 1_03,
      taxMinor: 20,
      grossMinor: 1_23,
    });
    expect(taxed([aPercentTax(20)], [line(1_23)]).totals.netMinor).toBe(1_02);
  });

  test('two taxes share the rest by their exact amounts', () => {
    const rules: TaxRules = { ...RATE, includedNet: 'net-first' };
    const { taxes, totals } = taxed([aPercentTax(6), aPercentTax(6)], [line(17_79), line(17_79)], rules);
    expect(totals).toEqual({ netMinor: 31_77, taxMinor: 3_81, grossMinor: 35_58 });
    expect(taxes.map((row) => row.taxMinor)).toEqual([1_91, 1_90]);
  });
});

describe('goods that come back', () => {
  test('a return gives back exactly the tax of the sale', () => {
    const back = [line(1_01, { direction: 'return' }), line(1_11, { direction: 'return' })];
    for (const rules of [LINE, RATE, DOCUMENT]) {
      const sold = taxed([aPercentTax(23)], [line(1_01), line(1_11)], rules);
      const returned = taxed([aPercentTax(23)], back, rules);
      expect(returned.totals.taxMinor).toBe(-sold.totals.taxMinor);
      expect(returned.totals.grossMinor).toBe(-2_12);
      expect(returned.lines.map((each) => -each.taxMinor)).toEqual(sold.lines.map((each) => each.taxMinor));
    }
  });

  test('an even exchange nets to zero', () => {
    const { totals, taxes } = taxed(
      [aPercentTax(23)],
      [line(9_99), line(9_99, { direction: 'return' })],
      RATE,
    );
    expect(totals).toEqual({ netMinor: 0, taxMinor: 0, grossMinor: 0 });
    expect(taxes).toMatchObject([{ netMinor: 0, taxMinor: 0, grossMinor: 0 }]);
  });
});

describe('the base of a tax', () => {
  test('is the net and the earlier taxes that join it', () => {
    const fee = aFixedTax(1_00, { joinsLaterBases: true });
    const vat = aPercentTax(21, { isIncludedInPrice: false, joinsLaterBases: true, takesEarlierTaxes: true });
    const onTaxes = aPercentTax(10, {
      isIncludedInPrice: false,
      takesEarlierTaxes: true,
      leavesOutPrice: true,
    });
    const amounts = { netMinor: 99_00, taxesMinor: [1_00, 21_00, 2_20] };
    const bases = [0, 1, 2].map((place) => taxBaseMinor([fee, vat, onTaxes], place, amounts));
    expect(bases).toEqual([99_00, 100_00, 22_00]);
  });
});

describe('the tax table', () => {
  test('has one row per component, sorted by letter, whatever the order of the lines', () => {
    const b: TaxGroup = aTaxGroup('B', aPercentTax(8));
    const groups = taxGroupsOf(aTaxGroup('A', aPercentTax(23)), b, aTaxGroup('E'));
    const lines = [
      line(1_08, { taxGroupId: b.id }),
      line(5_00, { taxGroupId: asTaxGroupId('tax-E') }),
      line(1_23),
    ];
    const { taxes } = computeTax(lines, LINE, groups);
    expect(taxes.map((row) => [row.letter, row.ratePpm, row.netMinor, row.taxMinor, row.grossMinor])).toEqual(
      [
        ['A', 230_000, 1_00, 23, 1_23],
        ['B', 80_000, 1_00, 8, 1_08],
        ['E', 0, 5_00, 0, 5_00],
      ],
    );
  });

  test('a tax group that the store does not have is a bug', () => {
    expect(() => computeTax([line(1)], LINE, {})).toThrow(RangeError);
  });

  test('prices of twelve digits are taxed exactly', () => {
    const { totals } = taxed([aPercentTax(23), aPercentTax(0.65)], [line(999_999_999_999_99)]);
    expect(totals.grossMinor).toBe(999_999_999_999_99);
    expect(totals.taxMinor).toBe(186_008_896_077_64 + 5_256_773_150_02);
  });
});

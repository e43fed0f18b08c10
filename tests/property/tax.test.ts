// Taxes promise sums: per line, per row of the tax table, and in total they agree, whatever the rules of the shop.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeTax, type TaxableLine } from '../../shared/domain/compute-tax.ts';
import { divideRoundedBig, sumAmounts } from '../../shared/domain/money.ts';
import { shareNumerator, solveTaxChain } from '../../shared/domain/tax-chain.ts';
import type { TaxGroup, TaxRules } from '../../shared/domain/tax.ts';
import { inclusiveTaxGroups, taxableLines, taxGroups, taxRules } from './arbitraries.ts';
import { holds } from './holds.ts';

describe('taxes of any document', () => {
  test('lines, rows and totals agree, and net and tax make gross', () => {
    holds(
      fc.property(taxableLines, taxRules, taxGroups, (lines, rules, groups) => {
        const { lines: perLine, taxes, totals } = computeTax(lines, rules, groups);
        expect(sumAmounts(perLine.map((line) => line.taxMinor))).toBe(totals.taxMinor);
        expect(sumAmounts(perLine.map((line) => line.netMinor))).toBe(totals.netMinor);
        expect(sumAmounts(perLine.map((line) => line.grossMinor))).toBe(totals.grossMinor);
        expect(sumAmounts(taxes.map((row) => row.taxMinor))).toBe(totals.taxMinor);
        for (const each of [...perLine, ...taxes, totals]) {
          expect(each.netMinor + each.taxMinor).toBe(each.grossMinor);
        }
      }),
    );
  });

  test('the order of the lines changes neither totals nor the tax table', () => {
    const shuffled = taxableLines.chain((lines) =>
      fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
    );
    holds(
      fc.property(shuffled, taxRules, taxGroups, ([lines, others], rules, groups) => {
        const [first, second] = [computeTax(lines, rules, groups), computeTax(others, rules, groups)];
        expect(second.totals).toEqual(first.totals);
        expect(second.taxes).toEqual(first.taxes);
      }),
    );
  });

  test('everything turned back takes back exactly what was charged', () => {
    holds(
      fc.property(taxableLines, taxRules, taxGroups, (lines, rules, groups) => {
        const there = computeTax(lines, rules, groups);
        const back = computeTax(lines.map(turned), rules, groups);
        expect(sumAmounts([there.totals.grossMinor, back.totals.grossMinor])).toBe(0);
        expect(sumAmounts([there.totals.taxMinor, back.totals.taxMinor])).toBe(0);
        for (const [place, line] of there.lines.entries()) {
          expect((back.lines[place]?.taxMinor ?? Number.NaN) + line.taxMinor).toBe(0);
          expect((back.lines[place]?.netMinor ?? Number.NaN) + line.netMinor).toBe(0);
        }
      }),
    );
  });

  test('with every tax in the price the customer pays the shelf price', () => {
    holds(
      fc.property(taxableLines, taxRules, inclusiveTaxGroups, (lines, rules, groups) => {
        const { lines: perLine } = computeTax(lines, rules, groups);
        expect(perLine.map((line) => Math.abs(line.grossMinor))).toEqual(
          lines.map((line) => line.priceMinor),
        );
      }),
    );
  });

  test('a row rounded per rate is the exact tax of the whole, rounded once', () => {
    holds(
      fc.property(taxableLines, taxRules, taxGroups, (lines, rules, groups) => {
        const sold = lines.map((line): TaxableLine => ({ ...line, direction: 'sale' }));
        const perRate: TaxRules = { ...rules, roundingPoint: 'rate', includedNet: 'price-minus-tax' };
        const { taxes } = computeTax(sold, perRate, groups);
        for (const group of Object.values<TaxGroup>(groups)) {
          const own = sold.filter((line) => line.taxGroupId === group.id);
          const priceMinor = sumAmounts(own.map((line) => line.priceMinor));
          const quantityMilli = sumAmounts(own.map((line) => line.quantityMilli));
          for (const { component, tax } of solveTaxChain(group.components).parts) {
            const row = taxes.find((each) => each.componentId === component.id);
            const exact = shareNumerator(tax, priceMinor, quantityMilli);
            if (own.length > 0) expect(row?.taxMinor).toBe(divideRoundedBig(exact, tax.over, rules.rounding));
          }
        }
      }),
    );
  });

  test('rounded on each line or unit, the tax of the whole is the sum of what each line pays alone', () => {
    const points = fc.constantFrom<TaxRules['roundingPoint']>('line', 'unit');
    holds(
      fc.property(taxableLines, taxRules, taxGroups, points, (lines, rules, groups, roundingPoint) => {
        const each: TaxRules = { ...rules, roundingPoint };
        const whole = computeTax(lines, each, groups);
        const alone = lines.map((line) => computeTax([line], each, groups).totals);
        expect(whole.lines).toEqual(alone);
        expect(whole.totals.taxMinor).toBe(sumAmounts(alone.map(({ taxMinor }) => taxMinor)));
      }),
    );
  });

  test('a document rounded once is less than one unit from the exact sum', () => {
    holds(
      fc.property(taxableLines, taxGroups, (lines, groups) => {
        const sold = lines.map((line): TaxableLine => ({ ...line, direction: 'sale' }));
        const { totals } = computeTax(sold, { rounding: 'half-up', roundingPoint: 'document' }, groups);
        // The exact sum in billionths of a minor unit, each part cut off by less than one billionth.
        let billionths = 0n;
        let parts = 0n;
        for (const line of sold) {
          for (const { tax } of solveTaxChain(groups[line.taxGroupId]?.components ?? []).parts) {
            const exact = shareNumerator(tax, line.priceMinor, line.quantityMilli);
            billionths += (exact * 1_000_000_000n) / tax.over;
            parts += 1n;
          }
        }
        const off = BigInt(totals.taxMinor) * 1_000_000_000n - billionths;
        expect(off <= 500_000_000n + parts && -off <= 500_000_000n + parts).toBe(true);
      }),
    );
  });

  test('the parts of a solved price are the price again', () => {
    holds(
      fc.property(
        taxGroups,
        fc.nat(),
        fc.integer({ min: 1, max: 100_000 }),
        (groups, priceMinor, quantityMilli) => {
          for (const group of Object.values<TaxGroup>(groups)) {
            const { net, parts } = solveTaxChain(group.components);
            const shares = [
              net,
              ...parts.filter((part) => part.component.isIncludedInPrice).map((part) => part.tax),
            ];
            const over = shares.reduce((product, share) => product * share.over, 1n);
            const sum = shares
              .map((share) => shareNumerator(share, priceMinor, quantityMilli) * (over / share.over))
              .reduce((left, right) => left + right, 0n);
            expect(sum).toBe(BigInt(priceMinor) * over);
          }
        },
      ),
    );
  });
});

function turned(line: TaxableLine): TaxableLine {
  return { ...line, direction: line.direction === 'sale' ? 'return' : 'sale' };
}

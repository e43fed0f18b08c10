// Generators of valid shops: tax components and groups, rules, lines and carts. Everything that a property varies is
// made here once, so that all properties mean the same by "any cart".

import * as fc from 'fast-check';
import type { TaxableLine } from '../../shared/domain/compute-tax.ts';
import { asTaxGroupId, type TaxGroupId } from '../../shared/domain/ids.ts';
import type { TaxComponent, TaxGroup, TaxRules } from '../../shared/domain/tax.ts';
import { anItem, taxGroupsOf, type SomeLine } from '../support/domain-builders.ts';

const GROUP_LETTERS = ['A', 'B', 'C'] as const;

const charge: fc.Arbitrary<TaxComponent['charge']> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.integer({ min: 0, max: 500_000 }).map((ratePpm) => ({ kind: 'percent' as const, ratePpm })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 200_000 })
      .map((ratePpm) => ({ kind: 'percent-of-gross' as const, ratePpm })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 500 })
      .map((amountMinor) => ({ kind: 'fixed-per-unit' as const, amountMinor })),
  },
);

export const taxComponent: fc.Arbitrary<Omit<TaxComponent, 'id' | 'name'>> = fc.record({
  charge,
  isIncludedInPrice: fc.boolean(),
  joinsLaterBases: fc.boolean(),
  takesEarlierTaxes: fc.boolean(),
});

/** Three groups A, B and C with up to three components each, in any mix of ways to be charged. */
export const taxGroups: fc.Arbitrary<Readonly<Record<TaxGroupId, TaxGroup>>> = fc
  .tuple(...GROUP_LETTERS.map(() => fc.array(taxComponent, { maxLength: 3 })))
  .map((all) =>
    taxGroupsOf(
      ...all.map((components, place): TaxGroup => {
        const letter = GROUP_LETTERS[place] ?? 'A';
        const named = components.map((each, at) => ({ id: `${letter}${String(at)}`, name: letter, ...each }));
        return { id: asTaxGroupId(`tax-${letter}`), name: letter, letter, components: named };
      }),
    ),
  );

/** Groups of which every tax is in the price: the customer pays the shelf price. */
export const inclusiveTaxGroups = taxGroups.map((groups) =>
  taxGroupsOf(
    ...Object.values<TaxGroup>(groups).map(({ id, name, letter, components }) => {
      const included = components.map((component) =>
        Object.assign({}, component, { isIncludedInPrice: true }),
      );
      return { id, name, letter, components: included };
    }),
  ),
);

export const taxRules: fc.Arbitrary<TaxRules> = fc.record({
  rounding: fc.constantFrom('half-up', 'half-even', 'down', 'up'),
  roundingPoint: fc.constantFrom('unit', 'line', 'rate', 'document'),
  includedNet: fc.constantFrom('price-minus-tax', 'net-first'),
});

const taxGroupId = fc.constantFrom(...GROUP_LETTERS).map((letter) => asTaxGroupId(`tax-${letter}`));

const price = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 100_00 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1_000_000_000_000 }) },
);

const quantity = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 20 }).map((pieces) => pieces * 1000) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5000 }) },
);

export const taxableLine: fc.Arbitrary<TaxableLine> = fc.record({
  direction: fc.constantFrom('sale', 'sale', 'return'),
  taxGroupId,
  priceMinor: price,
  quantityMilli: quantity,
});

export const taxableLines = fc.array(taxableLine, { maxLength: 12 });

/** A line of a cart; pieces where the quantity is whole, else kilograms. Five items at most, so that some meet. */
export const cartLine: fc.Arbitrary<SomeLine> = fc
  .record({
    itemNumber: fc.integer({ min: 1, max: 5 }),
    priceMinor: price,
    quantityMilli: quantity,
    direction: fc.constantFrom('sale', 'sale', 'sale', 'return'),
    taxGroupId,
  })
  .map(({ itemNumber, priceMinor, quantityMilli, direction, taxGroupId: group }) => ({
    item: anItem({
      sku: `ITEM-${String(itemNumber)}`,
      ordinal: itemNumber,
      unit: quantityMilli % 1000 === 0 ? 'piece' : 'kilogram',
      priceMinor,
      taxGroupId: group,
    }),
    quantityMilli,
    direction,
  }));

export const cartLines = fc.array(cartLine, { minLength: 1, maxLength: 12 });

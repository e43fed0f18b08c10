// The convention of a promotion case as rules of a shop.

import type { Promotion, PromotionRules } from '../../../shared/domain/promotions/promotion.ts';
import type { Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';

const KNOWN = new Set([
  'allocation',
  'floor',
  'order',
  'prices_include_tax',
  'unit',
  'tax_on_discount',
  'selection',
  'stacking',
]);

const ALLOCATIONS: Readonly<Record<string, PromotionRules['remainderTo']>> = {
  proportional: 'largest',
  'sum must equal the total': 'largest',
  'proportional, remainder to first': 'first',
  // Lines by the largest remainder; the cents within a line go to its first units, as they always do here.
  'proportional to remaining item totals, whole cents, remainder cents to the first units': 'largest',
};

const STACKING: Readonly<Record<string, PromotionRules['percentOf']>> = {
  'each on original prices': 'original',
  'one after the other on reduced prices': 'current',
};

/** Rules for a convention; a statement that is not understood makes the case unsupported. */
export function rulesOf(convention: Fields, promotions: readonly Promotion[]): PromotionRules {
  const strange = Object.keys(convention).filter((key) => !KNOWN.has(key));
  if (strange.length > 0) throw new UnsupportedCase(`the convention ${strange.join(', ')} is not understood`);
  oneOf(convention, 'floor', ['never below zero / minimum price']);
  oneOf(convention, 'order', ['higher priority first']);
  oneOf(convention, 'unit', ['minor']);
  oneOf(convention, 'tax_on_discount', ['discount carries the taxes of the discounted lines']);
  oneOf(convention, 'selection', ['largest total discount; a unit is used once']);
  const allocation = textOf(convention, 'allocation');
  const stacking = textOf(convention, 'stacking');
  const remainderTo = allocation === null ? 'largest' : ALLOCATIONS[allocation];
  const percentOf = stacking === null ? 'current' : STACKING[stacking];
  if (remainderTo === undefined)
    throw new UnsupportedCase(`the allocation "${allocation ?? ''}" cannot be set`);
  if (percentOf === undefined) throw new UnsupportedCase(`the stacking "${stacking ?? ''}" cannot be set`);
  // Where discounts carry the taxes of their lines, or the largest discount is chosen, the order is free and the customer
  // gets the better one; everywhere else promotions apply as they are listed.
  const isFree = convention['tax_on_discount'] !== undefined || convention['selection'] !== undefined;
  const hasChoice = isFree && promotions.length > 1;
  return { percentOf, remainderTo, order: hasChoice ? 'best-for-customer' : 'listed' };
}

function oneOf(convention: Fields, key: string, known: readonly string[]): void {
  const said = textOf(convention, key);
  if (said !== null && !known.includes(said)) throw new UnsupportedCase(`${key} "${said}" cannot be set`);
}

function textOf(convention: Fields, key: string): string | null {
  const value = convention[key];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new UnsupportedCase(`the convention ${key} is no text`);
  return value;
}

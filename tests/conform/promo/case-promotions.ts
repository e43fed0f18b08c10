// Promotions of a case file as promotions of ours. Each type is one row; a field or condition that is not understood makes
// the case unsupported.

import type {
  Promotion,
  PromotionReward,
  PromotionScope,
} from '../../../shared/domain/promotions/promotion.ts';
import { unitsOf } from '../decimal.ts';
import {
  readDecimal,
  readFields,
  readFlag,
  readObject,
  readList,
  readText,
  type Fields,
} from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import type { CaseCart } from './case-cart.ts';
import { readCondition, type ReadCondition } from './case-conditions.ts';

const ALL_FIELDS = (
  'type name priority order lane condition coupon code products note cap percent amount price limit_units ' +
  'group_size base tiers first additional max_items buy buy_qty get get_qty free_units_added skip_discounted ' +
  'exclude_sale'
).split(' ');

type Draft = Partial<Omit<Promotion, 'reward'>> & { readonly reward: PromotionReward };
type Reader = (fields: Fields, digits: number) => Draft;

const ratePpm = (fields: Fields): number => unitsOf(readDecimal(fields, 'percent'), 4);
const amount = (fields: Fields, digits: number): number => unitsOf(readDecimal(fields, 'amount'), digits);
const groupSize = (fields: Fields): number => unitsOf(readDecimal(fields, 'group_size'), 0);
const percentOffSum: Reader = (fields) => ({
  reward: { kind: 'percent-off', ratePpm: ratePpm(fields), roundedOn: 'sum' },
});
const percentOffUnits: Reader = (fields) => ({
  reward: { kind: 'percent-off', ratePpm: ratePpm(fields), roundedOn: 'unit' },
});
const amountOffSum: Reader = (fields, digits) => ({
  reward: { kind: 'amount-off-sum', amountMinor: amount(fields, digits) },
});

const TYPES: Readonly<Record<string, Reader>> = {
  order_fixed: amountOffSum,
  products_fixed: amountOffSum,
  order_percent: percentOffSum,
  product_percent: percentOffSum,
  percent: (fields, digits) => ({ ...percentOffUnits(fields, digits), pick: 'dearest' }),
  unit_percent: percentOffUnits,
  unit_fixed: (fields, digits) => ({
    reward: { kind: 'amount-off-units', amountMinor: amount(fields, digits) },
    pick: 'dearest',
  }),
  order_fixed_price: (fields, digits) => ({
    reward: { kind: 'sum-for-price', priceMinor: amount(fields, digits) },
  }),
  product_free: () => ({ reward: { kind: 'percent-off', ratePpm: 1_000_000, roundedOn: 'unit' } }),
  cheapest_percent: (fields) => ({
    reward: { kind: 'cheapest-percent', ratePpm: ratePpm(fields), units: 1 },
  }),
  flexi: (fields, digits) => ({
    reward: {
      kind: 'first-and-further',
      firstMinor: unitsOf(readDecimal(fields, 'first'), digits),
      furtherMinor: unitsOf(readDecimal(fields, 'additional'), digits),
      maxUnits: unitsOf(readDecimal(fields, 'max_items'), 0) || null,
    },
  }),
  group_fixed_per_item: (fields, digits) => ({
    reward: { kind: 'amount-off-units', amountMinor: amount(fields, digits) },
    groupSize: groupSize(fields),
  }),
  group_percent: (fields) => ({
    reward: { kind: 'percent-off', ratePpm: ratePpm(fields), roundedOn: 'sum' },
    groupSize: groupSize(fields),
  }),
  group_tiered_percent: (fields, digits) => ({
    reward: { kind: 'tiered-percent', by: 'spend', tiers: tiersOf(fields, digits) },
    groupSize: groupSize(fields),
  }),
  tiered_percent_by_eligible_quantity: (fields) => ({
    reward: { kind: 'tiered-percent', by: 'quantity', tiers: tiersOf(fields, 0) },
  }),
  tiered_percent: (fields, digits) => ({
    reward: { kind: 'tiered-percent', by: 'spend', tiers: tiersOf(fields, digits) },
  }),
  group_fixed_price: (fields, digits) => ({
    reward: { kind: 'group-for-price', priceMinor: unitsOf(readDecimal(fields, 'price'), digits) },
    groupSize: groupSize(fields),
    pick: 'dearest',
  }),
  group_cheapest_free: (fields) => ({
    reward: { kind: 'cheapest-percent', ratePpm: 1_000_000, units: 1 },
    groupSize: groupSize(fields),
    pick: 'dearest',
  }),
  pair_percent: (fields) => ({
    reward: { kind: 'percent-off', ratePpm: ratePpm(fields), roundedOn: 'unit' },
    groupSize: 2,
    pick: 'dearest',
    usesUnits: true,
  }),
  pair_cheapest_percent: (fields) => ({
    reward: { kind: 'cheapest-percent', ratePpm: ratePpm(fields), units: 1 },
    groupSize: 2,
    pick: 'dearest',
    usesUnits: true,
  }),
  buy_x_get_y: (fields) => ({
    scope: { itemIds: [readText(fields, 'buy')] },
    reward: {
      kind: 'buy-get',
      buyUnits: unitsOf(readDecimal(fields, 'buy_qty'), 0),
      get: { itemIds: [readText(fields, 'get')] },
      getUnits: unitsOf(readDecimal(fields, 'get_qty'), 0),
      ratePpm: 1_000_000,
      isAdded: fields['free_units_added'] !== undefined && readFlag(fields, 'free_units_added'),
    },
  }),
};

/** The promotions of a case, their codes handed in, in the order and with the priorities that it states. */
export function readPromotions(stated: readonly unknown[], cart: CaseCart): readonly Promotion[] {
  const lanes = stated
    .map((each) => readObject(each, 'a promotion')['lane'])
    .filter((lane) => lane !== undefined);
  if (new Set(lanes).size < lanes.length) {
    throw new UnsupportedCase('promotions that share a lane compete line by line, which cannot be set');
  }
  return stated.map((each, place) => {
    const fields = readFields(each, ALL_FIELDS, 'a promotion');
    const type = readText(fields, 'type');
    const draft = TYPES[type]?.(fields, cart.digits);
    if (draft === undefined) throw new UnsupportedCase(`promotions of the type ${type} are not understood`);
    const condition: ReadCondition =
      fields['condition'] === undefined
        ? { conditions: [], scope: {} }
        : readCondition(readText(fields, 'condition'), cart, scopeOf(fields, cart, draft.scope));
    const limits = {
      ...(fields['limit_units'] === undefined
        ? {}
        : { maxUnits: unitsOf(readDecimal(fields, 'limit_units'), 0) }),
      ...(fields['cap'] === undefined
        ? {}
        : { maxDiscountMinor: unitsOf(readDecimal(fields, 'cap'), cart.digits) }),
    };
    return {
      id: `promotion ${String(place + 1)}`,
      name: type,
      priority: priorityOf(fields),
      ...draft,
      ...limits,
      conditions: condition.conditions,
      scope: { ...scopeOf(fields, cart, draft.scope), ...condition.scope },
    };
  });
}

function scopeOf(fields: Fields, cart: CaseCart, drafted: PromotionScope | undefined): PromotionScope {
  const isReducedOut = ['skip_discounted', 'exclude_sale'].some(
    (key) => fields[key] !== undefined && readFlag(fields, key),
  );
  const note = fields['note'] === undefined ? null : readText(fields, 'note');
  const itemIds =
    note !== null
      ? [itemOfNote(note, cart)]
      : fields['products'] === undefined
        ? drafted?.itemIds
        : readList(fields, 'products').map(String);
  return { ...(itemIds === undefined ? {} : { itemIds }), leavesOutReduced: isReducedOut };
}

const ORDINALS = ['first', 'second', 'third', 'fourth'];

function itemOfNote(note: string, cart: CaseCart): string {
  const place = ORDINALS.indexOf(/^on the (\w+) item$/.exec(note)?.[1] ?? '');
  const line = place < 0 ? undefined : cart.lines[place];
  if (line === undefined) throw new UnsupportedCase(`the note "${note}" is not understood`);
  return line.itemId;
}

// Higher first. Orders and lanes count upwards in the files, so they are turned round.
function priorityOf(fields: Fields): number {
  if (fields['priority'] !== undefined) return unitsOf(readDecimal(fields, 'priority'), 0);
  if (fields['lane'] !== undefined) return -unitsOf(readDecimal(fields, 'lane'), 0);
  const { order } = fields;
  if (order === undefined) return 0;
  if (order === 'first') return 1;
  if (order === 'last') return -1;
  return -unitsOf(readDecimal(fields, 'order'), 0);
}

function tiersOf(fields: Fields, digits: number): readonly { from: number; ratePpm: number }[] {
  const tiers = readObject(fields['tiers'], 'the tiers');
  return [
    { from: 0, ratePpm: unitsOf(readDecimal(fields, 'base'), 4) },
    ...Object.keys(tiers).map((from) => ({
      from: unitsOf(from, digits),
      ratePpm: unitsOf(readDecimal(tiers, from), 4),
    })),
  ];
}

// Sales with whatever prices a till had are never disputed, and prices that the shop never had always are. A shop changes
// prices, rules and promotions at will; a till hears of it now or later, sells with what it has, and the server, which keeps
// every version, computes each sale again.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPromotionsOf, statedAtDesk, type CartDesk } from '../../shared/client/cart-desk.ts';
import { createChangeCart } from '../../shared/client/commands/change-cart.ts';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import type { Cart } from '../../shared/domain/cart.ts';
import { cartTotals, totalsOfLines } from '../../shared/domain/cart-totals.ts';
import { checkPrices, type CheckPricesGiven } from '../../shared/domain/check-prices.ts';
import {
  asCategoryId,
  asCustomerId,
  asOperatorId,
  asStoreId,
  asTransactionId,
  asWorkstationId,
} from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { PriceRule } from '../../shared/domain/price-rule.ts';
import type { PriceBook } from '../../shared/domain/promotion-document.ts';
import { promotionContextOf } from '../../shared/domain/promotion-context.ts';
import type { Promotion } from '../../shared/domain/promotions/promotion.ts';
import { exactTender } from '../../shared/domain/tender.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import { anItem, someSettings } from '../support/domain-builders.ts';
import { holds } from './holds.ts';

const ITEMS = 4;
const MONDAY = Date.parse('2026-03-02T08:00:00.000Z');
const GIVEN = someSettings();
const SETTINGS = { ...GIVEN, store: { ...GIVEN.store, points: { spendMinor: 50 } }, revision: 1 };
// Looking up the data of a time zone takes longer than everything else here.
const promotionsOf = createPromotionsOf();
const contextOf = promotionContextOf(SETTINGS.store);
const GROUPS = ['staff', 'club'] as const;
const CATEGORIES = ['groceries', 'books'] as const;

const price = fc.integer({ min: 0, max: 50_00 });
const minutes = fc.integer({ min: -120, max: 120 });
const ruleShape = fc.record(
  {
    place: fc.nat({ max: ITEMS - 1 }),
    group: fc.constantFrom(...GROUPS),
    minQuantityMilli: fc.integer({ min: 1, max: 4 }).map((pieces) => pieces * 1000),
    from: minutes,
    until: minutes,
    priority: fc.integer({ min: 0, max: 2 }),
    priceMinor: price,
  },
  { requiredKeys: ['priority', 'priceMinor'] },
);
const promotionShape = fc.record(
  {
    category: fc.constantFrom(...CATEGORIES),
    group: fc.constantFrom(...GROUPS),
    hour: fc.integer({ min: 7, max: 12 }),
    ratePpm: fc.integer({ min: 1, max: 900_000 }),
    groupSize: fc.integer({ min: 2, max: 3 }),
    leavesOutReduced: fc.boolean(),
    timesMilli: fc.constantFrom(500, 2_000, 3_000),
  },
  { requiredKeys: ['ratePpm'] },
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), place: fc.nat({ max: ITEMS - 1 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('quantity' as const),
      line: fc.integer({ min: 1, max: 6 }),
      pieces: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('customer' as const),
      group: fc.option(fc.constantFrom(...GROUPS)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('discount' as const),
      ratePpm: fc.integer({ min: 1, max: 500_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 90 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reprice' as const),
      place: fc.nat({ max: ITEMS - 1 }),
      priceMinor: price,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('publish' as const),
      rules: fc.array(ruleShape, { maxLength: 4 }),
      promotions: fc.array(promotionShape, { maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hear' as const), ofItems: fc.boolean() }) },
);
const steps = fc.array(step, { minLength: 3, maxLength: 30 });

type Steps = typeof steps extends fc.Arbitrary<infer All> ? All : never;

// What the server has published: every version of it, and which of them the till has heard of.
class Shop {
  now = MONDAY;
  cart: Cart | null = null;
  readonly versions: Item[][] = Array.from({ length: ITEMS }, (_, place) => [
    anItem({
      sku: `ITEM-${String(place)}`,
      ordinal: place,
      priceMinor: 1_00 * (place + 1),
      categoryId: asCategoryId(CATEGORIES[place % CATEGORIES.length] ?? ''),
      ...(place === 0 ? { minimumPriceMinor: 50 } : {}),
    }),
  ]);
  readonly books: PriceBook[] = [{ promotions: [], priceRules: [], reasonCodes: [], revision: 1 }];
  held = { items: this.newestItems(), book: this.newestBook() };

  newestItems(): readonly Item[] {
    return this.versions.map((of) => of.at(-1) ?? anItem());
  }
  newestBook(): PriceBook {
    const [first] = this.books;
    if (first === undefined) throw new Error('a shop without a price book');
    return this.books.at(-1) ?? first;
  }

  readonly desk: CartDesk = {
    channel: 'pos',
    newId: () => 'cart-1',
    now: () => new Date(this.now).toISOString(),
    cart: () => this.cart,
    setCart: (cart) => {
      this.cart = cart;
    },
    operator: () => ({
      id: asOperatorId('operator-1'),
      number: 1,
      name: 'Anna',
      roleName: 'cashier',
      permissions: ['sell', 'override-price'],
      pinVerifier: '',
      isActive: true,
    }),
    operators: () => [],
    settings: () => SETTINGS,
    identity: () => ({ storeId: asStoreId('store-1'), workstationId: asWorkstationId('till-1') }),
    priceBook: () => this.held.book,
    itemOf: (id) => this.held.items.find((item) => item.id === id) ?? null,
    rememberPlace: () => undefined,
    note: () => undefined,
    checkMayGiveUp: () => ({ ok: true, value: null }),
    isTraining: () => false,
  };

  readonly #commands = createChangeCart(this.desk);

  take(each: Steps[number]): void {
    const at = (delta: number) => new Date(MONDAY + delta * 60_000).toISOString();
    switch (each.do) {
      case 'add': {
        const item = this.held.items[each.place];
        if (item !== undefined) this.#commands.addItem(item);
        return;
      }
      case 'quantity':
        this.#commands.changeQuantity(each.line, each.pieces * 1000);
        return;
      case 'customer': {
        const customer = {
          id: asCustomerId('customer-1'),
          name: 'Zofia',
          ...(each.group === null ? {} : { groups: [each.group] }),
        };
        this.#commands.setCustomer(customer);
        return;
      }
      case 'discount':
        if (this.cart !== null) {
          const discount = {
            ratePpm: each.ratePpm,
            reasonCode: 'damaged',
            operatorId: asOperatorId('operator-1'),
          };
          this.cart = { ...this.cart, discounts: [...(this.cart.discounts ?? []), discount] };
        }
        return;
      case 'wait':
        this.now += each.minutes * 60_000;
        return;
      case 'reprice': {
        const of = this.versions[each.place] ?? [];
        const item = of.at(-1) ?? anItem();
        of.push({ ...item, priceMinor: each.priceMinor, revision: of.length });
        return;
      }
      case 'publish':
        this.books.push({
          reasonCodes: [],
          priceRules: each.rules.map((rule, place): PriceRule => {
            const { place: item, group, from, until, ...rest } = rule;
            return {
              id: `rule-${String(place)}`,
              name: 'Rule',
              ...rest,
              ...(item === undefined ? {} : { itemIds: [this.versions[item]?.[0]?.id ?? anItem().id] }),
              ...(group === undefined ? {} : { customerGroup: group }),
              ...(from === undefined ? {} : { validFrom: at(from) }),
              ...(until === undefined ? {} : { validUntil: at(until) }),
            };
          }),
          promotions: each.promotions.map((promotion, place): Promotion => {
            const { category, group, hour, ratePpm, groupSize, leavesOutReduced, timesMilli } = promotion;
            return {
              id: `promotion-${String(place)}`,
              name: 'Promotion',
              priority: place,
              scope: {
                ...(category === undefined ? {} : { categoryIds: [category] }),
                ...(leavesOutReduced === undefined ? {} : { leavesOutReduced }),
              },
              conditions: [
                ...(group === undefined ? [] : [{ kind: 'customer-group' as const, group }]),
                ...(hour === undefined
                  ? []
                  : [{ kind: 'hours' as const, weekdays: [1], fromMinute: hour * 60, toMinute: 1440 }]),
              ],
              ...(groupSize === undefined ? {} : { groupSize, usesUnits: true }),
              reward:
                timesMilli === undefined
                  ? { kind: 'percent-off', ratePpm, roundedOn: 'sum' }
                  : { kind: 'points-multiplier', timesMilli },
            };
          }),
          revision: this.books.length + 1,
        });
        return;
      case 'hear':
        this.held = each.ofItems
          ? { ...this.held, items: this.newestItems() }
          : { ...this.held, book: this.newestBook() };
    }
  }

  /** What the till sells, null with an empty cart. */
  sale(): Transaction | null {
    if (this.cart === null) return null;
    const { cart, pricedWith } = statedAtDesk(this.cart, this.desk, SETTINGS);
    const promotions = promotionsOf(cart, this.desk, SETTINGS.store);
    const grossMinor = statedGross(cart, promotions);
    const built = buildTransaction(cart, SETTINGS, {
      id: asTransactionId('transaction-1'),
      now: this.desk.now(),
      position: { epoch: 1, sequence: 2 },
      workstationNumber: 1,
      tenders: grossMinor === 0 ? [] : [exactTender('card', grossMinor)],
      ordinalOf: () => 0,
      promotions,
      pricedWith,
    });
    if (!built.ok) throw new Error(built.reason);
    return built.value;
  }

  readonly judged: CheckPricesGiven = {
    channel: 'pos',
    mayOverride: false,
    bookOf: (revision) => this.books[revision - 1] ?? null,
    settingsOf: (revision) => (revision === 1 ? SETTINGS : null),
    itemOf: (id, revision) =>
      this.versions.flat().find((item) => item.id === id && (item.revision ?? 0) === revision) ?? null,
    contextOf: (buyer) => contextOf(buyer, { channel: 'pos', now: this.desk.now() }),
  };
}

function statedGross(cart: Cart, promotions: ReturnType<typeof promotionsOf>): number {
  return cartTotals(cart, SETTINGS.taxRules, SETTINGS.taxGroups, { promotions }).totals.grossMinor;
}

const soldAfter = (all: Steps): { readonly shop: Shop; readonly sale: Transaction | null } => {
  const shop = new Shop();
  for (const each of all) shop.take(each);
  return { shop, sale: shop.sale() };
};

test('what a till sold by the prices it had is never disputed, however old they are', () => {
  holds(
    fc.property(steps, (all) => {
      const { shop, sale } = soldAfter(all);
      if (sale !== null) expect(checkPrices(sale, shop.judged)).toEqual([]);
    }),
  );
});

test('a price, a rule, a discount of a promotion and a version that never were are always disputed', () => {
  const tampering = fc.constantFrom('price', 'promotion', 'more-off', 'book', 'item');
  holds(
    fc.property(steps, tampering, fc.nat(), (all, how, at) => {
      const { shop, sale } = soldAfter(all);
      const place = sale === null ? 0 : at % sale.lines.length;
      const line = sale?.lines[place];
      if (sale === null || line === undefined) return;
      const lineOff = (amountMinor: number) => ({
        ...line,
        modifiers: [
          ...(line.modifiers ?? []),
          { kind: 'promotion' as const, amountMinor, promotionId: 'p', name: 'P' },
        ],
      });
      const changed = {
        price: { ...line, unitPriceMinor: line.unitPriceMinor + 1 },
        promotion: lineOff(0),
        'more-off': lineOff(line.extendedMinor > 0 ? -1 : 0),
        book: { ...line, priced: { ...line.priced, book: shop.books.length + 1, at: shop.desk.now() } },
        item: { ...line, priced: { ...line.priced, itemRevision: 99 } },
      }[how];
      const lines = sale.lines.map((each, other) => (other === place ? changed : each));
      // Its arithmetic is right again: only the shop's own rules can tell.
      const again = totalsOfLines(lines, false, sale.taxRules, sale.taxGroups);
      const tampered: Transaction = { ...sale, ...again };
      expect(checkPrices(tampered, shop.judged)).not.toEqual([]);
    }),
  );
});

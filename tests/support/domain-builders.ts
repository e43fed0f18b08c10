// Builders for tests of the retail rules: each gives a valid thing, and the test states only what matters.

import type { Cart } from '../../shared/domain/cart.ts';
import { addLine, emptyCart } from '../../shared/domain/cart-changes.ts';
import type { AddLineOptions } from '../../shared/domain/new-line.ts';
import {
  asCartId,
  asCategoryId,
  asItemId,
  asOperatorId,
  asStoreId,
  asTaxGroupId,
  asTransactionId,
  asWorkstationId,
  type TaxGroupId,
} from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { TaxComponent, TaxGroup, TaxRules } from '../../shared/domain/tax.ts';
import type { BuildTransactionGiven } from '../../shared/domain/build-transaction.ts';

/** A percentage, included in the price unless said otherwise. */
export function aPercentTax(percent: number, changes: Partial<TaxComponent> = {}): TaxComponent {
  return {
    id: `vat-${String(percent)}`,
    name: `VAT ${String(percent)}%`,
    charge: { kind: 'percent', ratePpm: Math.round(percent * 10_000) },
    isIncludedInPrice: true,
    joinsLaterBases: false,
    takesEarlierTaxes: false,
    ...changes,
  };
}

/** So many minor units for one unit of quantity, on top of the price unless said otherwise. */
export function aFixedTax(amountMinor: number, changes: Partial<TaxComponent> = {}): TaxComponent {
  return {
    id: `fixed-${String(amountMinor)}`,
    name: `Fee ${String(amountMinor)}`,
    charge: { kind: 'fixed-per-unit', amountMinor },
    isIncludedInPrice: false,
    joinsLaterBases: false,
    takesEarlierTaxes: false,
    ...changes,
  };
}

export function aTaxGroup(letter: string, ...components: readonly TaxComponent[]): TaxGroup {
  return { id: asTaxGroupId(`tax-${letter}`), name: `Tax ${letter}`, letter, components };
}

export function taxGroupsOf(...groups: readonly TaxGroup[]): Readonly<Record<TaxGroupId, TaxGroup>> {
  const byId: Record<TaxGroupId, TaxGroup> = {};
  for (const group of groups) byId[group.id] = group;
  return byId;
}

/** A: 23 % in the price, B: 8 % in the price, C: 5 % on top of the price, E: exempt. */
export const TAX_GROUPS = taxGroupsOf(
  aTaxGroup('A', aPercentTax(23)),
  aTaxGroup('B', aPercentTax(8)),
  aTaxGroup('C', aPercentTax(5, { isIncludedInPrice: false })),
  aTaxGroup('E'),
);

export const PER_LINE: TaxRules = { rounding: 'half-up', roundingPoint: 'line' };

export function someSettings(changes: Partial<StoreSettings> = {}): StoreSettings {
  return {
    store: {
      id: asStoreId('store-1'),
      number: 1,
      name: 'Tillandsia Demo',
      addressLines: ['Main Street 1'],
      taxNumber: 'PL1234567890',
      timeZone: 'Europe/Warsaw',
      dayStartsAtMinute: 0,
      currency: 'EUR',
      defaultLanguage: 'en',
      receiptFooter: 'Thank you',
    },
    taxRules: PER_LINE,
    taxGroups: TAX_GROUPS,
    categories: [],
    printers: [],
    isDemo: true,
    ...changes,
  };
}

/** A piece for 1.99 in tax group A, unless said otherwise. `sku` also makes the id. */
export function anItem(changes: Partial<Omit<Item, 'id'>> = {}): Item {
  const sku = changes.sku ?? 'MILK';
  return {
    id: asItemId(`item-${sku}`),
    ordinal: 7,
    sku,
    name: { en: 'Milk 1 l', fa: 'شیر' },
    categoryId: asCategoryId('groceries'),
    unit: 'piece',
    priceMinor: 1_99,
    taxGroupId: asTaxGroupId('tax-A'),
    barcodes: [],
    ...changes,
  };
}

export type SomeLine = AddLineOptions & { readonly item: Item };

/** A cart with these lines, entered in order. */
export function aCart(...lines: readonly SomeLine[]): Cart {
  let cart = emptyCart({
    id: asCartId('cart-1'),
    storeId: asStoreId('store-1'),
    workstationId: asWorkstationId('till-1'),
    operatorId: asOperatorId('operator-1'),
    currency: 'EUR',
  });
  for (const { item, ...options } of lines) {
    const added = addLine(cart, item, options);
    if (!added.ok) throw new Error(`the line was refused: ${added.reason}`);
    cart = added.value.cart;
  }
  return cart;
}

/** Everything a transaction is given besides its cart: entry 17 of epoch 1 of workstation 2. */
export function transactionGiven(changes: Partial<BuildTransactionGiven> = {}): BuildTransactionGiven {
  return {
    id: asTransactionId('transaction-1'),
    now: '2026-03-02T10:00:00.000Z',
    position: { epoch: 1, sequence: 17 },
    workstationNumber: 2,
    tenders: [],
    ordinalOf: () => 7,
    ...changes,
  };
}

/** The value of an outcome that must be accepted. */
export function valueOf<Value>(
  outcome: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string },
): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`);
  return outcome.value;
}

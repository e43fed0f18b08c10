import { describe, expect, test } from 'vitest';
import {
  aCart,
  aFixedTax,
  anItem,
  aPercentTax,
  aTaxGroup,
  someSettings,
  taxGroupsOf,
  transactionGiven,
  valueOf,
} from '../../tests/support/domain-builders.ts';
import { buildTransaction } from './build-transaction.ts';
import { cartTotals } from './cart-totals.ts';
import { checkTransaction } from './check-transaction.ts';
import { asItemId, asOperatorId, asTaxGroupId } from './ids.ts';
import { stockMovements } from './stock-movements.ts';
import { exactTender, settleInCash } from './tender.ts';
import type { Transaction } from './transaction.ts';

const settings = someSettings();
const milk = anItem();
const cheese = anItem({
  sku: 'CHEESE',
  unit: 'kilogram',
  priceMinor: 8_99,
  taxGroupId: asTaxGroupId('tax-B'),
});

/** 2 × 1.99 (23 % inside) and 0.5 kg at 8.99 (8 % inside): 3.98 + 4.50 = 8.48, paid with 10.00. */
function aSale(): Transaction {
  const cart = aCart({ item: milk, quantityMilli: 2000 }, { item: cheese, quantityMilli: 500 });
  const { tenders } = valueOf(settleInCash(8_48, 10_00, { stepMinor: 1 }));
  return valueOf(buildTransaction(cart, settings, transactionGiven({ tenders })));
}

describe('cart totals', () => {
  test('an exemption never makes goods dearer, not even where percentages of less than nothing are rounded up', () => {
    const included = { isIncludedInPrice: true };
    const tiny = aPercentTax(0.0001, { id: 'C0', ...included });
    const groups = taxGroupsOf(
      aTaxGroup('C', tiny, { ...tiny, id: 'C1' }, aFixedTax(1, { id: 'C2', ...included })),
    );
    const gift = anItem({ unit: 'kilogram', priceMinor: 0, taxGroupId: asTaxGroupId('tax-C') });
    const cart = {
      ...aCart({ item: gift, quantityMilli: 1 }),
      exemption: { certificateNumber: 'DE-1', reasonCode: 'x', operatorId: asOperatorId('o1') },
    };
    const rules = { rounding: 'up', roundingPoint: 'unit', includedNet: 'price-minus-tax' } as const;
    const { totals, lines } = cartTotals(cart, rules, groups);
    expect(totals.grossMinor).toBe(0);
    expect(lines[0]?.modifiers).toBeUndefined();
  });

  test('2 × 1.99 and half a kilogram at 8.99 are 8.48 with 0.74 and 0.33 of tax inside', () => {
    const cart = aCart({ item: milk, quantityMilli: 2000 }, { item: cheese, quantityMilli: 500 });
    const { totals, taxes, lines } = cartTotals(cart, settings.taxRules, settings.taxGroups);
    expect(totals).toEqual({ netMinor: 7_41, taxMinor: 1_07, grossMinor: 8_48, cashRoundingMinor: 0 });
    expect(taxes.map((row) => row.taxMinor)).toEqual([74, 33]);
    expect(lines.map((line) => line.extendedMinor)).toEqual([3_98, 4_50]);
  });

  test('an empty cart comes to nothing', () => {
    expect(cartTotals(aCart(), settings.taxRules, settings.taxGroups).totals.grossMinor).toBe(0);
  });
});

describe('a transaction', () => {
  test('is the whole sale in one document', () => {
    expect(aSale()).toMatchObject({
      kind: 'sale',
      receiptNumber: '01-02-A000017',
      businessDay: '2026-03-02',
      currency: 'EUR',
      totals: { netMinor: 7_41, taxMinor: 1_07, grossMinor: 8_48, cashRoundingMinor: 0 },
      tenders: [{ kind: 'cash', amountMinor: 8_48, tenderedMinor: 10_00, changeMinor: 1_52 }],
      stockMovements: [
        { itemId: 'item-MILK', ordinal: 7, quantityMilli: -2000, reason: 'sale' },
        { itemId: 'item-CHEESE', ordinal: 7, quantityMilli: -500, reason: 'sale' },
      ],
    });
    expect(Object.keys(aSale().taxGroups)).toEqual(['tax-A', 'tax-B']);
  });

  test('goods both ways are an exchange and settle the difference', () => {
    const cart = aCart({ item: milk, quantityMilli: 3000 }, { item: milk, direction: 'return' });
    const tenders = [exactTender('card', 3_98)];
    const exchange = valueOf(buildTransaction(cart, settings, transactionGiven({ tenders })));
    expect(exchange.kind).toBe('exchange');
    expect(exchange.totals.grossMinor).toBe(3_98);
    expect(exchange.stockMovements.map((each) => each.quantityMilli)).toEqual([-3000, 1000]);
  });

  test('cash rounding of the store is in the totals', () => {
    const swiss = someSettings({ store: { ...settings.store, currency: 'CHF' } });
    const { tenders } = valueOf(settleInCash(1_99, 5_00, { stepMinor: 5 }));
    const cart = { ...aCart({ item: milk }), currency: 'CHF' };
    const sale = valueOf(buildTransaction(cart, swiss, transactionGiven({ tenders })));
    expect(sale.totals).toMatchObject({ grossMinor: 1_99, cashRoundingMinor: 1 });
    expect(sale.tenders[0]?.amountMinor).toBe(2_00);
  });

  test('an empty cart and an unpaid one are refused', () => {
    expect(buildTransaction(aCart(), settings, transactionGiven())).toMatchObject({ reason: 'cart-empty' });
    expect(buildTransaction(aCart({ item: milk }), settings, transactionGiven())).toMatchObject({
      reason: 'under-tendered',
    });
  });

  test('a free sale needs no tender', () => {
    const cart = aCart({ item: milk, unitPriceMinor: 0 });
    expect(buildTransaction(cart, settings, transactionGiven()).ok).toBe(true);
  });
});

describe('checking a transaction', () => {
  const given = { cashStepMinor: 1, store: settings.store, receiptNumber: '01-02-A000017' };

  test('a right one has no differences', () => {
    expect(checkTransaction(aSale(), given)).toEqual([]);
  });

  test('a till that took a cent of tax away is found with both values', () => {
    const sale = aSale();
    const wrong = { ...sale, totals: { ...sale.totals, taxMinor: 1_06 } };
    expect(checkTransaction(wrong, given)).toEqual([
      { path: 'totals.taxMinor', stated: 1_06, computed: 1_07 },
    ]);
  });

  test.each([
    ['stockMovements', (sale: Transaction): Transaction => ({ ...sale, stockMovements: [] })],
    ['kind', (sale: Transaction): Transaction => ({ ...sale, kind: 'return' })],
    ['tenders', (sale: Transaction): Transaction => ({ ...sale, tenders: [exactTender('card', 8_00)] })],
    ['receiptNumber', (sale: Transaction): Transaction => ({ ...sale, receiptNumber: '01-02-A000018' })],
    ['businessDay', (sale: Transaction): Transaction => ({ ...sale, businessDay: '2026-03-03' })],
    ['currency', (sale: Transaction): Transaction => ({ ...sale, currency: 'USD' })],
    ['transaction', (sale: Transaction): Transaction => ({ ...sale, taxGroups: {} })],
    ['lines[0].grossMinor', (sale: Transaction): Transaction => withFirstLine(sale, { grossMinor: 1 })],
    [
      'lines[0].quantityMilli',
      (sale: Transaction): Transaction => withFirstLine(sale, { quantityMilli: -2000 }),
    ],
    [
      'lines[0].unitPriceMinor',
      (sale: Transaction): Transaction => withFirstLine(sale, { unitPriceMinor: -1 }),
    ],
  ])('a change of %s is found', (path, change) => {
    expect(checkTransaction(change(aSale()), given).map((difference) => difference.path)).toContain(path);
  });

  test('a hostile document gives a list of at most 50 differences', () => {
    const sale = aSale();
    const line = { ...valueOfFirst(sale.lines), grossMinor: 1, netMinor: 1, taxMinor: 1 };
    const lines = Array.from({ length: 2000 }, (_, place) => ({ ...line, lineNumber: place + 1 }));
    expect(checkTransaction({ ...sale, lines }, given)).toHaveLength(50);
  });
});

describe('stock movements', () => {
  test('lines of one item are one movement, sale and return stay apart', () => {
    const itemId = asItemId('item-1');
    const movements = stockMovements(
      [
        { itemId, direction: 'sale', quantityMilli: 1000 },
        { itemId, direction: 'sale', quantityMilli: 2000 },
        { itemId, direction: 'return', quantityMilli: 500 },
      ],
      () => 3,
    );
    expect(movements).toEqual([
      { itemId, ordinal: 3, quantityMilli: -3000, reason: 'sale' },
      { itemId, ordinal: 3, quantityMilli: 500, reason: 'return' },
    ]);
  });
});

function withFirstLine(sale: Transaction, changes: Partial<Transaction['lines'][number]>): Transaction {
  return { ...sale, lines: sale.lines.map((line, place) => (place === 0 ? { ...line, ...changes } : line)) };
}

function valueOfFirst<Value>(values: readonly Value[]): Value {
  const [first] = values;
  if (first === undefined) throw new Error('no values');
  return first;
}

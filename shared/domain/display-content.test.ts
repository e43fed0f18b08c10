import { describe, expect, test } from 'vitest';
import {
  aCart,
  anItem,
  someSettings,
  transactionGiven,
  valueOf,
} from '../../tests/support/domain-builders.ts';
import { buildTransaction } from './build-transaction.ts';
import { cartTotals } from './cart-totals.ts';
import { cartDisplay, DISPLAY_LINES_MAX, finishedDisplay, idleDisplay } from './display-content.ts';
import { asCustomerId } from './ids.ts';
import { settleInCash } from './tender.ts';

const given = { language: 'fa', storeName: 'Tillandsia', currency: 'EUR', isTraining: false } as const;
const settings = someSettings();
const priced = (cart: ReturnType<typeof aCart>) => cartTotals(cart, settings.taxRules, settings.taxGroups);

describe('the customer’s screen', () => {
  test('shows the newest lines in the language of the till, and how many do not fit', () => {
    const many = Array.from({ length: DISPLAY_LINES_MAX + 3 }, (_, place) => ({
      item: anItem({ sku: `S${String(place)}`, priceMinor: 1_00 }),
    }));
    const { lines, totals } = priced(aCart(...many));
    const shown = cartDisplay('cart', { lines, totalMinor: totals.grossMinor }, given);
    expect(shown).toMatchObject({ state: 'cart', moreLines: 3, totalMinor: 63_00 });
    expect(shown.lines).toHaveLength(DISPLAY_LINES_MAX);
    expect(shown.lines.at(-1)?.name).toBe('شیر');
  });

  test('at the end shows what was paid, the change and the number, and nobody’s name', () => {
    const cart = {
      ...aCart({ item: anItem() }),
      customerId: asCustomerId('customer-7'),
      note: 'for Mrs. Vogt',
    };
    const { tenders } = valueOf(settleInCash(1_99, 5_00, { stepMinor: 1 }));
    const transaction = valueOf(buildTransaction(cart, settings, transactionGiven({ tenders })));
    const shown = finishedDisplay(transaction, 3_01, given);
    expect(shown).toMatchObject({
      state: 'finished',
      totalMinor: 1_99,
      changeMinor: 3_01,
      receiptNumber: transaction.receiptNumber,
    });
    const text = JSON.stringify(shown);
    for (const secret of ['customer-7', 'Vogt', transaction.operatorId, transaction.workstationId]) {
      expect(text).not.toContain(secret);
    }
  });

  test('while nobody buys there is nothing on it', () => {
    expect(idleDisplay(given)).toMatchObject({
      state: 'idle',
      lines: [],
      totalMinor: 0,
      receiptNumber: null,
    });
  });
});

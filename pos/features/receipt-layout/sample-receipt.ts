// Receipts to look at while the layout is changed: a small sale of this store with its own taxes and currency, the same goods
// brought back, and the slip for a present. Nothing of it is ever journaled.

import { buildReceipt } from '../../../shared/domain/build-receipt.ts';
import { buildTransaction } from '../../../shared/domain/build-transaction.ts';
import { addLine, emptyCart } from '../../../shared/domain/cart-changes.ts';
import { cartTotals } from '../../../shared/domain/cart-totals.ts';
import { cashStepOf, currencyOf } from '../../../shared/domain/currency.ts';
import { buildGiftReceipt } from '../../../shared/domain/gift-receipt.ts';
import {
  asCartId,
  asCategoryId,
  asItemId,
  asOperatorId,
  asTransactionId,
  asWorkstationId,
} from '../../../shared/domain/ids.ts';
import type { Item } from '../../../shared/domain/item.ts';
import type { LocalizedText } from '../../../shared/domain/localized-text.ts';
import type { Receipt } from '../../../shared/domain/receipt-blocks.ts';
import type { ReceiptSpeech } from '../../../shared/domain/receipt-speech.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { dueInCash, settleInCash } from '../../../shared/domain/tender.ts';
import type { Transaction } from '../../../shared/domain/transaction.ts';

export const SAMPLES = ['sale', 'return', 'gift'] as const;
export type Sample = (typeof SAMPLES)[number];

const HASH = '3f9a11c07be245d8a6e0914b7712cd50'.repeat(2);

const GOODS: readonly {
  readonly sku: string;
  readonly name: LocalizedText;
  readonly tenths: number;
  readonly milli: number;
}[] = [
  {
    sku: 'TEA',
    name: {
      en: 'Black tea, loose, 500 g',
      fa: 'چای سیاه ۵۰۰ گرم',
      ar: 'شاي أسود 500 غ',
      ru: 'Чай чёрный, 500 г',
      pl: 'Herbata czarna, 500 g',
    },
    tenths: 129,
    milli: 2000,
  },
  {
    sku: 'BREAD',
    name: { en: 'Rye bread', fa: 'نان چاودار', ar: 'خبز الجاودار', ru: 'Хлеб ржаной', pl: 'Chleb żytni' },
    tenths: 35,
    milli: 1000,
  },
];

/** `null` where the store has no taxes yet, so that nothing can be sold either. */
export function sampleReceipt(
  sample: Sample,
  settings: StoreSettings,
  speech: ReceiptSpeech,
  given: { readonly operatorName: string; readonly now: string },
): Receipt | null {
  const transaction = sampleTransaction(sample === 'return' ? 'return' : 'sale', settings, given.now);
  if (transaction === null) return null;
  if (sample === 'gift') return buildGiftReceipt(transaction, settings, speech);
  return buildReceipt(transaction, settings, speech, {
    copyNumber: 0,
    hash: HASH,
    operatorName: given.operatorName,
  });
}

function sampleTransaction(
  direction: 'sale' | 'return',
  settings: StoreSettings,
  now: string,
): Transaction | null {
  const { store, taxRules, taxGroups } = settings;
  const group = Object.values(taxGroups)[0];
  if (group === undefined) return null;
  const { digits } = currencyOf(store.currency);
  // Prices that look like prices, whatever the currency: tenths of its unit, or thousands where it has no smaller one.
  const tenthMinor = digits === 0 ? 1000 : 10 ** (digits - 1);
  let cart = emptyCart({
    id: asCartId('sample'),
    storeId: store.id,
    workstationId: asWorkstationId('sample'),
    operatorId: asOperatorId('sample'),
    currency: store.currency,
  });
  for (const { sku, name, tenths, milli } of GOODS) {
    const item: Item = {
      id: asItemId(sku),
      ordinal: 0,
      sku,
      name,
      categoryId: asCategoryId('sample'),
      unit: 'piece',
      priceMinor: tenths * tenthMinor,
      taxGroupId: group.id,
      barcodes: [],
    };
    const added = addLine(cart, item, { quantityMilli: milli, direction });
    if (!added.ok) return null;
    ({ cart } = added.value);
  }
  const dueMinor = cartTotals(cart, taxRules, taxGroups).totals.grossMinor;
  const cash = { stepMinor: cashStepOf(store) };
  const settled = settleInCash(dueMinor, Math.max(0, dueInCash(dueMinor, cash)), cash);
  if (!settled.ok) return null;
  const built = buildTransaction(cart, settings, {
    id: asTransactionId('sample'),
    now,
    position: { epoch: 1, sequence: 1 },
    workstationNumber: 1,
    tenders: settled.value.tenders,
    ordinalOf: () => 0,
  });
  return built.ok ? built.value : null;
}

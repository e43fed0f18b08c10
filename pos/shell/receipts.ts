// What papers of a committed transaction say: from the settings, the names known to this till, and the language of the
// store's receipts. Fetched with the screens that show or print them, because a till can sell before it.

import { buildReceipt } from '../../shared/domain/build-receipt.ts';
import { buildGiftReceipt } from '../../shared/domain/gift-receipt.ts';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { PosContext, Sold } from './pos-context.ts';

type ReceiptSources = Pick<PosContext, 'workstation' | 'receiptWords'>;

/** The receipt; copy 0 is the original. */
export function receiptOf(pos: ReceiptSources, sold: Sold, copyNumber: number): Receipt {
  const { transaction, hash } = sold;
  const { operators, customers } = pos.workstation;
  const operator = operators.value.find((one) => one.id === transaction.operatorId);
  const customer = customers.value.find((one) => one.id === transaction.customerId);
  return buildReceipt(transaction, settingsOf(pos), pos.receiptWords.value, {
    copyNumber,
    hash,
    ...(operator !== undefined && { operatorName: operator.name }),
    ...(customer !== undefined && { customerName: customer.name }),
  });
}

/** The slip without prices, for a present. */
export function giftReceiptOf(pos: ReceiptSources, { transaction }: Sold): Receipt {
  return buildGiftReceipt(transaction, settingsOf(pos), pos.receiptWords.value);
}

function settingsOf(pos: ReceiptSources): StoreSettings {
  const settings = pos.workstation.settings.value;
  if (settings === null) throw new Error('a receipt was asked for before the settings came');
  return settings;
}

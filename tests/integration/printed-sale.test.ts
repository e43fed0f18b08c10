// A sale of the demo store from its lines to paper: domain, words, layout and encoder together, read back by the
// strict printer. What is expected was checked by hand.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import posWords from '../../pos/messages/en.json' with { type: 'json' };
import { encodeReceipt } from '../../shared/devices/escpos/encode-receipt.ts';
import { paperOfColumns } from '../../shared/devices/escpos/printer-profiles.ts';
import { buildReceipt } from '../../shared/domain/build-receipt.ts';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { addLine, emptyCart } from '../../shared/domain/cart-changes.ts';
import {
  asCartId,
  asCategoryId,
  asItemId,
  asOperatorId,
  asTaxGroupId,
  asTransactionId,
  asWorkstationId,
} from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { TaxGroup } from '../../shared/domain/tax.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import sharedWords from '../../shared/ui/messages/en.json' with { type: 'json' };
import { createSpeech } from '../../shared/ui/speech.ts';
import { DEMO_STORES, TAX_RULES } from '../../sync-server/demo/stores.ts';
import { decodeJob, pngOfPaper } from '../support/virtual-printer.ts';

const store = DEMO_STORES[0]?.store;
const speech = createSpeech('en', { ...sharedWords, ...posWords });

const vat = (id: string, letter: string, ratePpm: number): TaxGroup => ({
  id: asTaxGroupId(id),
  name: `VAT ${ratePpm / 10_000}%`,
  letter,
  components: [
    {
      id: 'vat',
      name: `VAT ${ratePpm / 10_000}%`,
      charge: { kind: 'percent', ratePpm },
      isIncludedInPrice: true,
      joinsLaterBases: false,
      takesEarlierTaxes: false,
    },
  ],
});
const TAX_GROUPS = { standard: vat('standard', 'A', 190_000), reduced: vat('reduced', 'B', 70_000) };

const item = (given: {
  id: string;
  name: string;
  priceMinor: number;
  group: 'standard' | 'reduced';
  unit: Item['unit'];
}): Item => ({
  id: asItemId(given.id),
  ordinal: 0,
  sku: given.id,
  name: { en: given.name },
  categoryId: asCategoryId('c'),
  unit: given.unit,
  priceMinor: given.priceMinor,
  taxGroupId: asTaxGroupId(given.group),
  barcodes: [],
});

function aSale(): Transaction {
  if (store === undefined) throw new Error('there is no demo store');
  const goods = [
    {
      item: item({ id: 'mug', name: 'Kubek żółty', priceMinor: 595, group: 'standard', unit: 'piece' }),
      quantityMilli: 2000,
    },
    {
      item: item({ id: 'apples', name: 'Äpfel', priceMinor: 299, group: 'reduced', unit: 'kilogram' }),
      quantityMilli: 1255,
    },
  ];
  let cart = emptyCart({
    id: asCartId('cart'),
    storeId: store.id,
    workstationId: asWorkstationId('w'),
    operatorId: asOperatorId('op-11'),
    currency: 'EUR',
  });
  for (const { item: sold, quantityMilli } of goods) {
    const added = addLine(cart, sold, { quantityMilli });
    if (!added.ok) throw new Error(added.reason);
    cart = added.value.cart;
  }
  const built = buildTransaction(
    cart,
    { store, taxRules: TAX_RULES, taxGroups: TAX_GROUPS },
    {
      id: asTransactionId('t'),
      now: '2026-11-21T10:00:00.000Z',
      position: { epoch: 1, sequence: 17 },
      workstationNumber: 2,
      // 2 × 5.95 + 1.255 kg × 2.99 = 11.90 + 3.75
      tenders: [{ kind: 'cash', amountMinor: 1565, tenderedMinor: 2000, changeMinor: 435 }],
      ordinalOf: () => 0,
    },
  );
  if (!built.ok) throw new Error(built.reason);
  return built.value;
}

async function printed(columns: number, copyNumber: number): Promise<readonly string[]> {
  if (store === undefined) throw new Error('there is no demo store');
  const receipt = buildReceipt(aSale(), { store }, speech, {
    copyNumber,
    hash: 'ab12cd34'.repeat(8),
    operatorName: 'Anna Kowalska',
  });
  const encoded = await encodeReceipt(receipt, paperOfColumns(columns), null);
  if (!encoded.ok) throw new Error(encoded.reason);
  const job = decodeJob(encoded.value, columns * 12);
  expect({ faults: job.faults, pulses: job.drawerPulses, cuts: job.cuts }).toEqual({
    faults: [],
    pulses: 0,
    cuts: 1,
  });
  const folder = process.env['RECEIPT_PICTURES'];
  if (folder !== undefined) writeFileSync(path.join(folder, `sale-${columns}.png`), pngOfPaper(job.paper));
  return job.text.split('\n');
}

describe('a sale on paper', () => {
  it('says all amounts on 80 mm paper', async () => {
    expect(await printed(48, 0)).toEqual([
      '   Tillandsia Berlin',
      '                 Musterstraße 1',
      '                  10115 Berlin',
      '             Tax number DE000000000',
      '',
      '                    Receipt',
      'Number                             01-02-A000017',
      // The hour is that of the device.
      expect.stringMatching(/^Date {26}21 Nov 2026, \d\d:00$/),
      'Served by                          Anna Kowalska',
      '------------------------------------------------',
      'Kubek żółty                             €11.90 A',
      '  2 × €5.95',
      'Äpfel                                    €3.75 B',
      '  1.255 kg × €2.99',
      '------------------------------------------------',
      'Total             €15.65',
      'Cash                                      €20.00',
      'Change                                     €4.35',
      '------------------------------------------------',
      'Tax             Net          Tax           Gross',
      'A 19%        €10.00        €1.90          €11.90',
      'B 7%          €3.50        €0.25           €3.75',
      '------------------------------------------------',
      '          Journal ab12 cd34 ab12 cd34',
      '[code128 01-02-A000017]',
      'Thank you! Goods may be returned within 14 days',
      '               with this receipt.',
      '[cut]',
    ]);
  });

  it('says the same on 58 mm paper, and that it is a copy', async () => {
    const lines = await printed(32, 1);
    expect(lines.slice(0, 8)).toEqual([
      '   Tillandsia',
      '     Berlin',
      '         Musterstraße 1',
      '          10115 Berlin',
      '     Tax number DE000000000',
      '',
      '     COPY 1',
      '            Receipt',
    ]);
    expect(lines.slice(11, -5)).toEqual([
      '--------------------------------',
      'Kubek żółty             €11.90 A',
      '  2 × €5.95',
      'Äpfel                    €3.75 B',
      '  1.255 kg × €2.99',
      '--------------------------------',
      'Total     €15.65',
      'Cash                      €20.00',
      'Change                     €4.35',
      '--------------------------------',
      'Tax        Net     Tax     Gross',
      'A 19%   €10.00   €1.90    €11.90',
      'B 7%     €3.50   €0.25     €3.75',
      '--------------------------------',
      '  Journal ab12 cd34 ab12 cd34',
    ]);
  });
});

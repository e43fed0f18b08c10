import { describe, expect, test } from 'vitest';
import { anItem } from '../../tests/support/domain-builders.ts';
import { buildShelfLabel, labelCode, labelReceipt } from './shelf-label.ts';

const speech = {
  language: 'en' as const,
  money: (amountMinor: number, currency: string) => `${String(amountMinor)} ${currency}`,
  quantity: (quantityMilli: number, unit: string) => `${String(quantityMilli)} ${unit}`,
  date: (day: string) => day,
};
const given = { currency: 'EUR', priceMinor: 1_99, today: '2026-03-02' };

describe('a shelf label', () => {
  test('shows a GTIN as the bars that shops know', () => {
    const codeOf = (...barcodes: string[]) => labelCode(anItem({ sku: 'MILK', barcodes }));
    // 5901234123457 and 96385074 are the examples of the GS1 General Specifications.
    expect(codeOf('05901234123457')).toEqual({ symbology: 'ean13', text: '5901234123457' });
    expect(codeOf('00000096385074')).toEqual({ symbology: 'ean8', text: '96385074' });
    // A case of goods has 14 digits of its own.
    expect(codeOf('15901234123454')).toEqual({ symbology: 'code128', text: '15901234123454' });
  });

  test('without a GTIN, or with a wrong check digit, shows the number of the item', () => {
    expect(labelCode(anItem({ sku: 'MILK' }))).toEqual({ symbology: 'code128', text: 'MILK' });
    expect(labelCode(anItem({ sku: 'MILK', barcodes: ['05901234123458'] }))).toEqual({
      symbology: 'code128',
      text: 'MILK',
    });
    expect(labelCode(anItem({ sku: 'شیر', barcodes: ['A-17'] })).text).toBe('A-17');
  });

  test('of weighed goods says what the price is for, and of a changed price what it was', () => {
    const cheese = anItem({ sku: 'CHEESE', unit: 'kilogram', priceMinor: 8_99 });
    const label = buildShelfLabel(cheese, speech, { ...given, priceMinor: 8_99, beforeMinor: 9_49 });
    expect(label).toMatchObject({ price: '899 EUR', per: '1000 kilogram', priceBefore: '949 EUR' });
    expect(buildShelfLabel(anItem(), speech, { ...given, beforeMinor: 1_99 })).toMatchObject({
      per: null,
      priceBefore: null,
    });
  });

  test('on a strip of receipt paper has bars that a receipt printer draws', () => {
    const label = buildShelfLabel(anItem({ barcodes: ['00000096385074'] }), speech, given);
    expect(labelReceipt(label).blocks).toContainEqual({
      kind: 'barcode',
      symbology: 'code128',
      code: '96385074',
    });
  });
});

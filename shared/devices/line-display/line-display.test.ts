import { describe, expect, test } from 'vitest';
import type { DisplayContent } from '../../domain/display-content.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import { amount, displayText, linesOf } from './line-text.ts';
import { bytesOfLines, createPoleDisplay } from './pole-display.ts';

const content = (change: Partial<DisplayContent>): DisplayContent => ({
  state: 'cart',
  language: 'en',
  storeName: 'Green Corner',
  currency: 'EUR',
  isTraining: false,
  lines: [],
  moreLines: 0,
  totalMinor: 0,
  savingsMinor: 0,
  changeMinor: null,
  receiptNumber: null,
  ...change,
});
const line = (name: string, totalMinor: number): DisplayContent['lines'][number] => ({
  name,
  quantityMilli: 1000,
  unit: 'piece',
  shelfMinor: totalMinor,
  totalMinor,
  offers: [],
});

describe('a display of two lines', () => {
  test('shows the newest goods with their price, and the total; a long name gives way', () => {
    const lines = [line('Tea', 12_10), line('Organic wholemeal bread', 3_49)];
    expect(linesOf(content({ lines, totalMinor: 15_59 }))).toEqual([
      'Organic who 3.49 EUR',
      'TOTAL      15.59 EUR',
    ]);
  });
  test('shows what is to be paid, the change, and the shop while nobody buys', () => {
    expect(linesOf(content({ state: 'pay', totalMinor: 15_59 }))).toEqual(['TOTAL      15.59 EUR', '']);
    expect(linesOf(content({ state: 'finished', totalMinor: 15_59, changeMinor: 4_41 }))).toEqual([
      'TOTAL      15.59 EUR',
      'CHANGE      4.41 EUR',
    ]);
    expect(linesOf(content({ state: 'idle' }))).toEqual(['    Green Corner', '']);
  });
  test('writes Persian in Latin letters and digits', () => {
    expect(displayText('چای ۲۵۰ گرم')).toBe('chay 250 grm');
    expect(
      linesOf(content({ language: 'fa', currency: 'IRT', lines: [line('نان', 25_000)], totalMinor: 25_000 })),
    ).toEqual(['nan        25000 IRT', 'TOTAL      25000 IRT']);
  });
  test('never shows more than twenty characters, whatever the amount', () => {
    const lines = [line('Tea', 999_999_999_999)];
    for (const text of linesOf(content({ lines, totalMinor: -999_999_999_999 })))
      expect(text).toHaveLength(20);
  });
  test('counts by the digits of the currency', () => {
    expect([amount(5, 'EUR'), amount(-1_05, 'EUR'), amount(1_500, 'JPY')]).toEqual([
      '0.05 EUR',
      '-1.05 EUR',
      '1500 JPY',
    ]);
  });
});

describe('a pole display', () => {
  test('is cleared and gets each letter in a code page that has it', () => {
    const bytes = bytesOfLines(['Käse', 'Żółw']);
    expect(Array.from(bytes.slice(0, 5))).toEqual([0x1b, 0x40, 0x0c, 0x4b, 0x84]);
    const page = bytes.indexOf(0x74);
    expect(Array.from(bytes.slice(page - 1, page + 2))).toEqual([0x1b, 0x74, 18]);
  });
  test('gets the newest content only, and again what did not arrive', async () => {
    const sent: string[] = [];
    let isThere = false;
    const display = createPoleDisplay({
      send(bytes) {
        sent.push(new TextDecoder('latin1').decode(bytes));
        return Promise.resolve(isThere ? accept(null) : refuse('gone'));
      },
      wait: () => Promise.resolve(),
    });
    for (const totalMinor of [1_00, 2_00, 3_00]) display.show(content({ state: 'pay', totalMinor }));
    await expect.poll(() => sent.length).toBe(2);
    expect(sent[1]).toContain('3.00 EUR');
    isThere = true;
    display.show(content({ state: 'pay', totalMinor: 3_00 }));
    display.show(content({ state: 'pay', totalMinor: 3_00 }));
    await expect.poll(() => sent.length).toBe(3);
  });
});

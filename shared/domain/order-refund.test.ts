import { describe, expect, test } from 'vitest';
import type { OrderPayment } from './order-payment.ts';
import { partsLeft, paymentsAfter, refundParts } from './order-refund.ts';
import type { Tender } from './transaction.ts';

const cash = (amountMinor: number): Tender => ({
  kind: 'cash',
  amountMinor,
  tenderedMinor: 0,
  changeMinor: 0,
});
const card = (attemptId: string, amountMinor: number): Tender => ({
  ...cash(amountMinor),
  kind: 'card',
  card: { attemptId, terminalId: 't', scheme: 'VISA', lastDigits: '4242' },
});
const voucher = (number: string, amountMinor: number): Tender => ({
  ...cash(amountMinor),
  kind: 'voucher',
  voucher: { number },
});
const short = (payments: readonly OrderPayment[]) =>
  payments.map(({ kind, source, amountMinor }) => [kind, source, amountMinor]);

describe('how an account was paid', () => {
  test('is known by card, by voucher and in cash, and cash rounding is nobody’s payment', () => {
    const first = paymentsAfter([], [card('a', 20_00), cash(10_05)], 30_03);
    expect(short(first)).toEqual([
      ['card', 'a', 20_00],
      ['cash', '', 10_03],
    ]);
    expect(first[0]?.label).toBe('VISA 4242');
    const second = paymentsAfter(first, [voucher('GIFT', 5_00), cash(2_00)], 7_00);
    expect(short(second)).toEqual([
      ['card', 'a', 20_00],
      ['cash', '', 12_03],
      ['voucher', 'GIFT', 5_00],
    ]);
    // The void of the first deposit.
    expect(short(paymentsAfter(second, [card('a', -20_00), cash(-10_05)], -30_03))).toEqual([
      ['cash', '', 2_00],
      ['voucher', 'GIFT', 5_00],
    ]);
  });
});

describe('what goes back', () => {
  const payments: readonly OrderPayment[] = [
    { kind: 'cash', source: '', amountMinor: 30_00 },
    { kind: 'voucher', source: 'GIFT', amountMinor: 10_00 },
    { kind: 'card', source: 'a', amountMinor: 20_00 },
    { kind: 'card', source: 'b', amountMinor: 5_00 },
  ];

  test.each([
    [65_00, ['card', 'a', 20_00], ['card', 'b', 5_00], ['voucher', 'GIFT', 10_00], ['cash', '', 30_00]],
    [40_00, ['card', 'a', 20_00], ['card', 'b', 5_00], ['voucher', 'GIFT', 10_00], ['cash', '', 5_00]],
    [22_00, ['card', 'a', 20_00], ['card', 'b', 2_00]],
    [0],
  ])('of %d goes to cards, then to vouchers, and the rest is cash', (refundedMinor, ...parts) => {
    expect(short(refundParts(payments, refundedMinor))).toEqual(parts);
  });

  test('is cash where nobody knows how it came', () => {
    expect(short(refundParts([], 12_00))).toEqual([['cash', '', 12_00]]);
  });

  test('is left until it is given, a card that took a part included', () => {
    const parts = refundParts(payments, 65_00);
    expect(short(partsLeft(parts, [card('x', -15_00), voucher('GIFT', -10_00)]))).toEqual([
      ['card', 'a', 5_00],
      ['card', 'b', 5_00],
      ['cash', '', 30_00],
    ]);
  });
});

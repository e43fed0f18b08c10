// The messages of a card terminal: each survives the way there and back in whatever pieces it arrives, nothing that arrives
// makes the reader throw, and no card number comes out of it.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasCardNumber } from '../../shared/domain/card-details.ts';
import { createApduReader, encodeApdu } from '../../shared/devices/zvt/apdu.ts';
import { digitsToBytes } from '../../shared/devices/zvt/bcd.ts';
import { writeFields } from '../../shared/devices/zvt/fields.ts';
import { decodeMessage, encodeMessage, type ZvtMessage } from '../../shared/devices/zvt/messages.ts';
import { terminalBytes } from '../../shared/devices/zvt/text.ts';
import { holds } from './holds.ts';

const password = fc.integer({ min: 0, max: 999_999 }).map((number) => String(number).padStart(6, '0'));
const amount = fc.integer({ min: 0, max: 999_999_999_999 });
const currency = fc.integer({ min: 0, max: 9999 });
const byte = fc.integer({ min: 0, max: 255 });
// Short enough to hold no card number, and no spaces at the end, which a printed line does not keep.
const word = fc.stringMatching(/^[A-Za-z0-9äöüß]{1,11}$/);
const line = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' / '));
const status = fc.record(
  {
    resultCode: byte,
    amount,
    currency,
    trace: fc.integer({ min: 0, max: 999_999 }),
    receiptNumber: fc.integer({ min: 0, max: 9999 }),
    terminalId: fc.integer({ min: 0, max: 99_999_999 }).map((number) => String(number).padStart(8, '0')),
    cardName: word,
    lastDigits: fc.stringMatching(/^\d{4}$/),
    authorisation: fc.stringMatching(/^[A-Z0-9]{1,8}$/),
    totals: fc.record({ count: byte, amount }),
  },
  { requiredKeys: [] },
);
const message: fc.Arbitrary<ZvtMessage> = fc.oneof(
  fc.record({ kind: fc.constant('registration' as const), password, config: byte, currency }),
  fc.record({ kind: fc.constant('authorisation' as const), amount, currency }),
  fc.record({ kind: fc.constant('refund' as const), password, amount, currency }),
  fc.record({
    kind: fc.constant('reversal' as const),
    password,
    receiptNumber: fc.integer({ min: 0, max: 9999 }),
  }),
  fc.record({
    kind: fc.constantFrom('repeat-receipt' as const, 'end-of-day' as const),
    password,
  }),
  fc.record({ kind: fc.constantFrom('ack' as const, 'cancel' as const) }),
  fc.record({
    kind: fc.constantFrom('nack' as const, 'intermediate' as const, 'abort' as const),
    code: byte,
  }),
  fc.record({ kind: fc.constantFrom('status' as const, 'completion' as const), status }),
  fc.record({ kind: fc.constant('print-line' as const), isLast: fc.boolean(), line }),
  fc.record({
    kind: fc.constant('print-slip' as const),
    slip: fc.record({
      of: fc.constantFrom('merchant' as const, 'customer' as const, 'other' as const),
      lines: fc.array(line, { maxLength: 60 }),
    }),
  }),
);

/** 16 digits with the check digit of a card number. */
const cardNumber = fc.stringMatching(/^\d{15}$/).map((digits) => {
  const sum = [...digits].reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
});

describe('messages of a card terminal', () => {
  test('say the same after the way over the line, however it cuts them', () => {
    holds(
      fc.property(fc.array(message, { maxLength: 5 }), fc.integer({ min: 1, max: 40 }), (sent, piece) => {
        const bytes = Uint8Array.from(sent.flatMap((each) => [...encodeApdu(encodeMessage(each))]));
        const reader = createApduReader();
        const read: ZvtMessage[] = [];
        for (let at = 0; at < bytes.length; at += piece) {
          const frames = reader.push(bytes.slice(at, at + piece));
          if (!frames.ok) throw new Error(frames.reason);
          for (const frame of frames.value) {
            const decoded = decodeMessage(frame);
            if (!decoded.ok) throw new Error(decoded.reason);
            read.push(decoded.value);
          }
        }
        expect(read).toEqual(sent);
        expect(reader.pendingBytes()).toBe(0);
      }),
    );
  });

  test('that are cut short are waited for or refused, and never half believed', () => {
    holds(
      fc.property(message, fc.nat(), (whole, cut) => {
        const bytes = encodeApdu(encodeMessage(whole));
        const short = bytes.slice(0, cut % bytes.length);
        const frames = createApduReader().push(short);
        expect(frames).toEqual({ ok: true, value: [] });
      }),
    );
  });

  test('with a field cut off inside of the frame are refused', () => {
    const { control, data } = encodeMessage({ kind: 'status', status: { resultCode: 0, amount: 1999 } });
    for (let length = 3; length < data.length; length += 1) {
      expect(decodeMessage({ control, data: data.slice(0, length) })).toMatchObject({ ok: false });
    }
  });

  test('of any bytes at all are read without a throw', () => {
    holds(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 6 }), (pieces) => {
        const reader = createApduReader();
        for (const piece of pieces) {
          const frames = reader.push(piece);
          if (!frames.ok) return;
          for (const frame of frames.value) decodeMessage(frame);
        }
      }),
    );
    holds(
      fc.property(
        fc.constantFrom(
          0x0600,
          0x0601,
          0x0630,
          0x0631,
          0x040f,
          0x060f,
          0x061e,
          0x04ff,
          0x06d1,
          0x06d3,
          0x0650,
        ),
        fc.uint8Array({ maxLength: 300 }),
        (control, data) => void decodeMessage({ control, data }),
      ),
    );
  });

  test('leave no card number behind, in whichever field a terminal puts it', () => {
    const asText = (number: string) => terminalBytes(number);
    holds(
      fc.property(cardNumber, fc.constantFrom('', ' ', '-'), (number, between) => {
        const spaced = (number.match(/\d{4}/g) ?? []).join(between);
        const fields = writeFields([
          { name: 0x22, value: digitsToBytes(number) },
          { name: 0x23, value: digitsToBytes(`${number}d2912201`) },
          { name: 0x2d, value: asText(`B${number}^X`) },
          { name: 0x3c, value: asText(`card ${spaced}`) },
          { name: 0x8b, value: asText(spaced) },
        ]);
        const told = [
          decodeMessage({ control: 0x040f, data: fields }),
          decodeMessage({ control: 0x060f, data: fields }),
          decodeMessage({ control: 0x06d1, data: Uint8Array.from([0, ...asText(`KARTE ${spaced}`)]) }),
          decodeMessage(
            encodeMessage({ kind: 'print-slip', slip: { of: 'customer', lines: [`PAN ${spaced}`] } }),
          ),
        ];
        for (const each of told) {
          expect(each.ok).toBe(true);
          expect(hasCardNumber(JSON.stringify(each))).toBe(false);
        }
      }),
    );
  });
});

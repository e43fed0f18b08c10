import { describe, expect, test } from 'vitest';
import { createApduReader, encodeApdu } from './apdu.ts';
import { decodeMessage, encodeMessage, type ZvtMessage } from './messages.ts';
import { maskCardNumbers } from './text.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const bytesOf = (message: ZvtMessage): string => hex(encodeApdu(encodeMessage(message)));
const told = (text: string) => {
  const frames = createApduReader().push(Buffer.from(text.replaceAll(' ', ''), 'hex'));
  if (!frames.ok) throw new Error(frames.reason);
  return frames.value.map(decodeMessage);
};

describe('a terminal that speaks ZVT', () => {
  test('is asked for 11.00 euro with the bytes of the specification', () => {
    expect(bytesOf({ kind: 'authorisation', amount: 11_00, currency: 978 })).toBe(
      '06010A04000000001100490978',
    );
  });
  test('is registered with password, configuration, currency and the slips that we take', () => {
    expect(bytesOf({ kind: 'registration', password: '000000', config: 0x8e, currency: 978 })).toBe(
      '06000E0000008E09780606260 40A0206D3'.replace(' ', ''),
    );
  });
  test('takes a payment back by its receipt number', () => {
    expect(bytesOf({ kind: 'reversal', password: '123456', receiptNumber: 42 })).toBe('063006123456870042');
  });
  test('says what became of a payment: result, amount, trace, receipt, card', () => {
    const status =
      '04 0F 38 27 00 04 00 00 00 00 11 00 49 09 78 0B 00 01 23 87 00 42 29 52 50 00 41 22 F0 F8 67 EE EE EE EE EE 43 21' +
      ' 8B F0 F9 67 69 72 6F 63 61 72 64 00 3B 41 42 31 32 33 34 20 20';
    expect(told(status)).toEqual([
      {
        ok: true,
        value: {
          kind: 'status',
          status: {
            resultCode: 0,
            amount: 11_00,
            currency: 978,
            trace: 123,
            receiptNumber: 42,
            terminalId: '52500041',
            lastDigits: '4321',
            cardName: 'girocard',
            authorisation: 'AB1234',
          },
        },
      },
    ]);
  });
  test('refuses, aborts, and shows what it waits for', () => {
    expect(told('84 9C 00 06 1E 01 6C 04 FF 01 0A 80 00 00')).toMatchObject([
      { value: { kind: 'nack', code: 0x9c } },
      { value: { kind: 'abort', code: 0x6c } },
      { value: { kind: 'intermediate', code: 0x0a } },
      { value: { kind: 'ack' } },
    ]);
  });
  test('is not understood with a field that nobody knows', () => {
    expect(told('04 0F 02 FD 00')).toMatchObject([{ ok: false, reason: 'message-not-understood' }]);
  });
  test('sends frames of any length; one beyond the limit ends the line', () => {
    const lines = Array.from({ length: 40 }, (_, place) => `Line ${place} of a long slip`);
    const [slip] = told(bytesOf({ kind: 'print-slip', slip: { of: 'customer', lines } }));
    expect(slip).toEqual({ ok: true, value: { kind: 'print-slip', slip: { of: 'customer', lines } } });
    const reader = createApduReader();
    expect(reader.push(Uint8Array.of(0x06, 0xd3, 0xff, 0xff, 0xff))).toMatchObject({ ok: false });
    expect(reader.push(Uint8Array.of(0x80, 0x00, 0x00))).toMatchObject({ ok: false });
  });
});

test('a card number in a text is masked but for its last four digits, and other numbers stay', () => {
  expect(maskCardNumbers('PAN 4242 4242 4242 4242 EUR')).toBe('PAN **** **** **** 4242 EUR');
  expect(maskCardNumbers('Terminal 52500041 Beleg 0042')).toBe('Terminal 52500041 Beleg 0042');
});

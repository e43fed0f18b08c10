// GS1: what is written is read back the same, as fields and as an address; one wrong digit never passes; no text breaks it.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDigitalLink, formatDigitalLink } from '../../shared/domain/gs1/digital-link.ts';
import {
  formatElementString,
  parseElementString,
  type Gs1Element,
} from '../../shared/domain/gs1/element-string.ts';
import { gs1Day } from '../../shared/domain/gs1/gs1-day.ts';
import { readGs1 } from '../../shared/domain/gs1/read-gs1.ts';
import { gtinCheckDigit } from '../../shared/domain/gtin-check-digit.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const gtin = digits(13)
  .filter((body) => /[1-9]/.test(body))
  .map((body) => `${body}${String(gtinCheckDigit(body))}`);
const text = fc
  .array(fc.constantFrom(...`!"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz`), { minLength: 1, maxLength: 20 })
  .map((all) => all.join(''));
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(2, 10).replaceAll('-', ''));

const message: fc.Arbitrary<readonly Gs1Element[]> = fc
  .record({
    gtin,
    lot: fc.option(text),
    serial: fc.option(text),
    expiry: fc.option(day),
    weight: fc.option(digits(6)),
  })
  .map(({ gtin: value, lot, serial, expiry, weight }) => [
    { ai: '01', value },
    ...(lot === null ? [] : [{ ai: '10', value: lot }]),
    ...(serial === null ? [] : [{ ai: '21', value: serial }]),
    ...(expiry === null ? [] : [{ ai: '17', value: expiry }]),
    ...(weight === null ? [] : [{ ai: '3103', value: weight }]),
  ]);

describe('GS1 messages', () => {
  it('survive fields and address unchanged', () => {
    fc.assert(
      fc.property(message, (elements) => {
        expect(parseElementString(formatElementString(elements))).toEqual({ ok: true, value: elements });
        const link = formatDigitalLink('https://a.example', elements);
        expect(link.ok && parseDigitalLink(link.value)).toEqual({ ok: true, value: elements });
      }),
    );
  });

  it('never accept a GTIN with one digit changed', () => {
    fc.assert(
      fc.property(gtin, fc.nat(13), fc.integer({ min: 1, max: 9 }), (value, place, shift) => {
        const wrong = Array.from(value, (digit, at) =>
          at === place ? String((Number(digit) + shift) % 10) : digit,
        ).join('');
        expect(parseElementString(`01${wrong}`).ok).toBe(false);
      }),
    );
  });

  it('read any text without breaking, and dates within fifty years', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (any) => {
        for (const code of [any, `]d2${any}`, `(01)${any}`, `https://a/01/${any}`, `\u001d${any}`]) {
          expect(['gs1', 'wrong', 'plain', null]).toContain(readGs1(code)?.kind ?? null);
        }
      }),
    );
    fc.assert(
      fc.property(day, fc.integer({ min: 2000, max: 2099 }), (yymmdd, year) => {
        const gap = Number(gs1Day(yymmdd, `${String(year)}-06-15`).slice(0, 4)) - year;
        expect(gap).toBeGreaterThanOrEqual(-49);
        expect(gap).toBeLessThanOrEqual(50);
      }),
    );
  });
});

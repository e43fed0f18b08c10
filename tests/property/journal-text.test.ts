// Round trips are equal: canonical JSON, receipt numbers, search folding, codes.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueKey, catalogueKeys, expandUpcE, parseBarcode } from '../../shared/domain/barcode.ts';
import { foldForSearch } from '../../shared/domain/fold-for-search.ts';
import { gtinCheckDigit } from '../../shared/domain/gtin-check-digit.ts';
import { canonicalJson, EPOCH_MAX, parseReceiptNumber, receiptNumber } from '../../shared/domain/journal.ts';
import { parseDecimal } from '../../shared/domain/parse-decimal.ts';
import { quantityText } from '../../shared/domain/quantity.ts';
import { holds } from './holds.ts';

const json = fc.jsonValue({ maxDepth: 5 }).map(withoutLoneSurrogates);

describe('canonical JSON', () => {
  test('is read back as the same value', () => {
    holds(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  test('does not depend on the order in which keys were set', () => {
    holds(fc.property(json, (value) => canonicalJson(reversedKeys(value)) === canonicalJson(value)));
  });

  test('of what was read back is the same text', () => {
    holds(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('of objects has its keys in UTF-16 order', () => {
    holds(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.constant(1)), (value) => {
        // A number-like key is moved to the front by JavaScript itself, so the text is what is looked at.
        const keys = [...canonicalJson(value).matchAll(/"((?:[^"\\]|\\.)*)":1/g)].map((found) =>
          String(JSON.parse(`"${found[1] ?? ''}"`)),
        );
        expect(keys).toEqual(Object.keys(value).sort());
      }),
    );
  });
});

describe('receipt numbers', () => {
  const parts = fc.record({
    storeNumber: fc.integer({ min: 1, max: 999_999 }),
    workstationNumber: fc.integer({ min: 1, max: 999_999 }),
    epoch: fc.integer({ min: 1, max: EPOCH_MAX }),
    sequence: fc.integer({ min: 1, max: 999_999_999 }),
  });

  test('are read back as what they were made of', () => {
    holds(
      fc.property(parts, (value) => {
        expect(parseReceiptNumber(receiptNumber(value))).toEqual({ ok: true, value });
      }),
    );
  });

  test('of two positions are never the same', () => {
    holds(
      fc.property(parts, parts, (left, right) => {
        fc.pre(canonicalJson(left) !== canonicalJson(right));
        expect(receiptNumber(left)).not.toBe(receiptNumber(right));
      }),
    );
  });
});

describe('search folding', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );

  test('folding twice changes nothing', () => {
    holds(
      fc.property(text, (value) => {
        expect(foldForSearch(foldForSearch(value))).toBe(foldForSearch(value));
      }),
    );
  });

  test('capitals and decompositions do not matter for the letters people type', () => {
    const typed = fc.array(fc.constantFrom(...'aAzZłŁóÓżŻśŚёЁйЙяЯکكیيىةهآأ۱٣9 -'), { maxLength: 20 });
    holds(
      fc.property(typed, (letters) => {
        const value = letters.join('');
        expect(foldForSearch(value.toUpperCase())).toBe(foldForSearch(value));
        expect(foldForSearch(value.normalize('NFD'))).toBe(foldForSearch(value));
      }),
    );
  });
});

describe('codes', () => {
  const digits = (length: number) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
      .map((each) => each.join(''));

  test('a GTIN of any length is found by its 14 digits, and one wrong digit is noticed', () => {
    holds(
      fc.property(
        fc.constantFrom(7, 11, 12, 13).chain(digits),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (body, at, by) => {
          fc.pre(!/^0+$/.test(body));
          const code = `${body}${String(gtinCheckDigit(body))}`;
          expect(catalogueKey(code)).toBe(code.padStart(14, '0'));
          expect(catalogueKey(catalogueKey(code))).toBe(catalogueKey(code));
          const place = at % code.length;
          const wrong = `${code.slice(0, place)}${String((Number(code[place]) + by) % 10)}${code.slice(place + 1)}`;
          const read = parseBarcode(wrong);
          if (read.kind === 'gtin') expect(read.form).toBe('upc-e');
        },
      ),
    );
  });

  test('an expanded UPC-E is a UPC-A with a right check digit', () => {
    holds(
      fc.property(digits(6), (body) => {
        const upcA = expandUpcE(body) ?? '';
        expect(upcA).toHaveLength(12);
        expect(gtinCheckDigit(upcA.slice(0, 11))).toBe(Number(upcA[11]));
      }),
    );
  });

  test('whatever is scanned, reading it never throws and always gives the same keys', () => {
    holds(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (code) => {
        expect(catalogueKeys(code)).toEqual(catalogueKeys(code));
        expect(parseBarcode(code).kind).toMatch(/gtin|embedded|other|unknown/);
      }),
    );
  });

  test('a quantity is read back as it was written', () => {
    holds(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (quantityMilli) => {
        expect(parseDecimal(quantityText(quantityMilli), 3)).toEqual({ ok: true, value: quantityMilli });
      }),
    );
  });
});

function withoutLoneSurrogates(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, '?')) as unknown;
}

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, reversedKeys(each)]),
  );
}

import { describe, expect, test } from 'vitest';
import { aCart, anItem, valueOf } from '../../tests/support/domain-builders.ts';
import { captureLine, captureNeeds, yearsBetween } from './capture-line.ts';

const TODAY = '2026-03-02';
const wine = anItem({ sku: 'WINE', ageMinimum: 18 });
const beer = anItem({ sku: 'BEER', ageMinimum: 16 });
const phone = anItem({ sku: 'PHONE', trackBy: 'serial' });
const born = (dateOfBirth: string) => ({ ageCheck: { kind: 'date-of-birth', dateOfBirth } }) as const;

describe('age', () => {
  test('one look at the customer serves every line that asks for no more', () => {
    const cart = aCart({ item: beer }, { item: wine });
    expect(captureNeeds(cart, TODAY)).toEqual([
      { lineNumber: 1, kind: 'age-check', ageMinimum: 16 },
      { lineNumber: 2, kind: 'age-check', ageMinimum: 18 },
    ]);
    const seen = valueOf(captureLine(cart, 1, { ageCheck: { kind: 'seen' } }, TODAY));
    expect(captureNeeds(seen, TODAY)).toEqual([{ lineNumber: 2, kind: 'age-check', ageMinimum: 18 }]);
    expect(captureNeeds(valueOf(captureLine(cart, 2, born('2008-03-02'), TODAY)), TODAY)).toEqual([]);
  });

  test('who turns 18 tomorrow is too young today', () => {
    expect(captureLine(aCart({ item: wine }), 1, born('2008-03-03'), TODAY)).toMatchObject({
      reason: 'customer-too-young',
      details: { ageMinimum: 18, age: 17 },
    });
  });

  test.each(['2008-02-30', '02.03.2008', '2027-01-01', ''])('the date %j is not understood', (date) => {
    expect(captureLine(aCart({ item: wine }), 1, born(date), TODAY)).toMatchObject({
      reason: 'date-not-understood',
    });
  });

  test('who was born on 29 February is a year older on 1 March', () => {
    expect([yearsBetween('2008-02-29', '2026-02-28'), yearsBetween('2008-02-29', '2026-03-01')]).toEqual([
      17, 18,
    ]);
  });
});

describe('serial numbers and lots', () => {
  test('each piece has a number of its own', () => {
    const cart = aCart({ item: phone, quantityMilli: 2000 });
    expect(captureNeeds(cart, TODAY)).toEqual([{ lineNumber: 1, kind: 'serials', missing: 2 }]);
    const one = valueOf(captureLine(cart, 1, { serials: [' A1 '] }, TODAY));
    expect(one.lines[0]?.serials).toEqual(['A1']);
    expect(captureNeeds(one, TODAY)).toEqual([{ lineNumber: 1, kind: 'serials', missing: 1 }]);
    expect(captureLine(cart, 1, { serials: ['A1', 'A1'] }, TODAY)).toMatchObject({
      reason: 'serial-already-there',
    });
    expect(captureLine(cart, 1, { serials: ['1', '2', '3'] }, TODAY)).toMatchObject({
      reason: 'too-many-serials',
    });
  });

  test('a lot is one for the line', () => {
    const cart = aCart({ item: anItem({ trackBy: 'lot' }) });
    expect(captureNeeds(cart, TODAY)).toEqual([{ lineNumber: 1, kind: 'lot' }]);
    expect(captureNeeds(valueOf(captureLine(cart, 1, { lot: 'L-7' }, TODAY)), TODAY)).toEqual([]);
  });
});

test('another tare starts from what the scale showed', () => {
  const cheese = anItem({ unit: 'kilogram' });
  const cart = aCart({ item: cheese, quantityMilli: 512, tareMilli: 12 });
  const changed = valueOf(captureLine(cart, 1, { tareMilli: 50 }, TODAY));
  expect(changed.lines[0]).toMatchObject({ quantityMilli: 462, tareMilli: 50 });
});

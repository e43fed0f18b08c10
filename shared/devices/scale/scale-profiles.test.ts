import { describe, expect, test } from 'vitest';
import { createLineReader, SCALE_PROFILES, weightMilli } from './scale-profiles.ts';

describe('a weight', () => {
  test.each([
    ['1.245', 1245],
    [' 01.245', 1245],
    ['12', 12_000],
    ['0.5', 500],
    ['1.2450', 1245],
    ['-0.010', -10],
  ])('%s is %i thousandths', (text, milli) => expect(weightMilli(text)).toBe(milli));
  test.each(['', '1,245', '1.2457', 'x', '1.2.3', '123456'])('%s is none: nothing is rounded', (text) =>
    expect(weightMilli(text)).toBeNull(),
  );
});

describe('a Toledo 8217', () => {
  const { read } = SCALE_PROFILES['toledo-8217'];
  test('says a weight once it stands still', () => {
    expect(read('\u0002 1.245')).toEqual({ kind: 'weight', milli: 1245 });
    expect(read('noise\u000201.245N')).toEqual({ kind: 'weight', milli: 1245 });
  });
  test('says that it moves, is overloaded or below zero, and sells nothing meanwhile', () => {
    expect(read('\u0002?A')).toEqual({ kind: 'moving' });
    expect(read('\u0002?B')).toEqual({ kind: 'over' });
    expect(read('\u0002?D')).toEqual({ kind: 'under' });
  });
  test.each(['', '1.245', '\u0002', '\u0002?', '\u0002hello', '\u00021.2.3'])('%j is no answer', (answer) =>
    expect(read(answer)).toBeNull(),
  );
});

describe('a scale that sends lines', () => {
  const read = createLineReader({ stable: ['ST'], moving: ['US'], over: ['OL'], under: ['UL'] });
  test('is believed when it says that it is stable', () => {
    expect(read('ST,GS,+  1.245kg')).toEqual({ kind: 'weight', milli: 1245 });
    expect(read('ST,NT,+   350g')).toEqual({ kind: 'weight', milli: 350 });
    expect(read('US,GS,+  1.245kg')).toEqual({ kind: 'moving', milli: 1245 });
    expect(read('GS,+  1.245kg')).toEqual({ kind: 'moving', milli: 1245 });
  });
  test('may be overloaded or below zero', () => {
    expect(read('OL,GS,+ 99.999kg')).toEqual({ kind: 'over' });
    expect(read('ST,GS,-  0.010kg')).toEqual({ kind: 'under' });
  });
  test('is not understood in pounds or in halves of a gram', () => {
    expect(read('ST,GS,+  1.245lb')).toBeNull();
    expect(read('ST,GS,+  1.5g')).toBeNull();
  });
  test('of Adam needs no word for a stable weight', () => {
    expect(SCALE_PROFILES.adam.read('+    1.245 kg')).toEqual({ kind: 'weight', milli: 1245 });
    expect(SCALE_PROFILES.adam.read('M    1.245 kg')).toEqual({ kind: 'moving', milli: 1245 });
  });
});

import { expect, test } from 'vitest';
import { dayOfDigits, dayText } from './typed-day.ts';

test('a day is typed day first in English', () => {
  expect(dayOfDigits('24121990', 'en')).toBe('1990-12-24');
  expect(dayText('2412', 'en')).toBe('24/12');
});

test('a day that is in no calendar is none', () => {
  expect(dayOfDigits('31022001', 'en')).toBeNull();
  expect(dayOfDigits('29022001', 'en')).toBeNull();
  expect(dayOfDigits('14010001', 'fa')).toBeNull();
  expect(dayOfDigits('1990', 'en')).toBeNull();
});

test('Persian days are typed year first in the Jalali calendar', () => {
  expect(dayOfDigits('14050101', 'fa')).toBe('2026-03-21');
  expect(dayOfDigits('13691003', 'fa')).toBe('1990-12-24');
  // 1403 was a leap year: its Esfand had 30 days.
  expect(dayOfDigits('14031230', 'fa')).toBe('2025-03-20');
  expect(dayOfDigits('14041230', 'fa')).toBeNull();
});

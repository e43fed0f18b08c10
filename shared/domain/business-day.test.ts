import { describe, expect, test } from 'vitest';
import { businessDay, businessDayOf } from './business-day.ts';

describe('business day', () => {
  test.each([
    ['2026-03-02T22:59:00.000Z', 'Europe/Warsaw', 0, '2026-03-02'],
    ['2026-03-02T23:00:00.000Z', 'Europe/Warsaw', 0, '2026-03-03'],
    ['2026-03-03T02:59:00.000Z', 'Europe/Warsaw', 240, '2026-03-02'],
    ['2026-03-03T03:00:00.000Z', 'Europe/Warsaw', 240, '2026-03-03'],
    ['2026-01-01T00:30:00.000Z', 'UTC', 300, '2025-12-31'],
    ['2026-03-20T20:30:00.000Z', 'Asia/Tehran', 0, '2026-03-21'],
    ['2026-03-02T04:00:00.000Z', 'America/New_York', 0, '2026-03-01'],
  ])('%s in %s, day from minute %i, is %s', (instant, timeZone, dayStartsAtMinute, expected) => {
    expect(businessDay(instant, { timeZone, dayStartsAtMinute })).toBe(expected);
  });

  test('the hour that summer time skips or repeats stays in its day', () => {
    const dayOf = businessDayOf({ timeZone: 'Europe/Berlin', dayStartsAtMinute: 180 });
    expect(dayOf('2026-03-29T00:59:00.000Z')).toBe('2026-03-28');
    expect(dayOf('2026-03-29T01:00:00.000Z')).toBe('2026-03-29');
    expect(dayOf('2026-10-25T00:30:00.000Z')).toBe('2026-10-24');
    expect(dayOf('2026-10-25T01:30:00.000Z')).toBe('2026-10-24');
    expect(dayOf('2026-10-25T02:00:00.000Z')).toBe('2026-10-25');
  });

  test('a device clock in a far year still gives a day', () => {
    expect(businessDay('0050-06-01T12:00:00.000Z', { timeZone: 'UTC', dayStartsAtMinute: 0 })).toBe(
      '0050-06-01',
    );
  });

  test('an unknown zone is a wrong setting and throws', () => {
    expect(() => businessDayOf({ timeZone: 'Mars/Olympus', dayStartsAtMinute: 0 })).toThrow(RangeError);
  });
});

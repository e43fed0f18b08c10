// Sessions of a till and trading dates: over midnight, over both changes of the clock, in shops that are open past 24:00.
// Instants are UTC; Berlin is one hour ahead in winter and two in summer (changes on 2026-03-29 and 2026-10-25).

import { describe, expect, test } from 'vitest';
import { businessDayOf } from './business-day.ts';
import type { Fact } from './fact.ts';
import { asOperatorId } from './ids.ts';
import { foldTill, NEW_TILL } from './till-session.ts';
import { buildZReport } from './z-report.ts';

const BAR = { timeZone: 'Europe/Berlin', dayStartsAtMinute: 240 };
const SHOP = { timeZone: 'Europe/Berlin', dayStartsAtMinute: 0 };
const operatorId = asOperatorId('operator-1');

/** Trading dates of the Z of a session with sales at these instants. */
function daysOfSession(store: typeof BAR, opened: string, ...sales: readonly string[]): readonly string[] {
  const dayOf = businessDayOf(store);
  const fact = (kind: string, body: unknown, at: string): Fact =>
    ({ kind, body, recordedAt: at, epoch: 1, sequence: 1, operatorId }) as unknown as Fact; // Only what the fold reads.
  const none = { netMinor: 0, taxMinor: 0, grossMinor: 0, cashRoundingMinor: 0 };
  let state = foldTill(
    NEW_TILL,
    fact(
      'till-opened',
      { tillSessionId: 's', sessionNumber: 1, businessDay: dayOf(opened), currency: 'EUR', floatMinor: 0 },
      opened,
    ),
  );
  for (const at of sales) {
    const transaction = {
      tillSessionId: 's',
      kind: 'sale',
      operatorId,
      businessDay: dayOf(at),
      totals: none,
      lines: [],
      tenders: [],
      taxes: [],
    };
    state = foldTill(state, fact('transaction-completed', { transaction }, at));
  }
  const counted = { counted: { pieces: [], otherMinor: 0 }, countedMinor: 0, tillSessionId: 's' };
  state = foldTill(state, fact('till-counted', counted, opened));
  if (state.open === null) throw new Error('the till is not open');
  const z = buildZReport(state.open, {
    former: null,
    closedAt: sales.at(-1) ?? opened,
    closedBy: operatorId,
    last: { epoch: 1, sequence: 2 },
    pending: { count: 0, amountMinor: 0 },
  });
  if (!z.ok) throw new Error(z.reason);
  expect(z.value.figures.counts.transactions).toBe(sales.length);
  return z.value.businessDays;
}

describe('a till session and its trading dates', () => {
  test('a bar that sells until 03:30 trades one day', () => {
    expect(
      daysOfSession(BAR, '2026-03-10T19:00:00.000Z', '2026-03-10T22:59:00.000Z', '2026-03-11T02:30:00.000Z'),
    ).toEqual(['2026-03-10']);
  });

  test('past the start of the next day the same session has both dates, and every sale once', () => {
    expect(
      daysOfSession(BAR, '2026-03-10T19:00:00.000Z', '2026-03-11T02:59:59.999Z', '2026-03-11T03:00:00.000Z'),
    ).toEqual(['2026-03-10', '2026-03-11']);
  });

  test('a shop whose day starts at midnight and is still open has both dates', () => {
    expect(
      daysOfSession(SHOP, '2026-03-10T21:00:00.000Z', '2026-03-10T22:59:59.999Z', '2026-03-10T23:00:00.000Z'),
    ).toEqual(['2026-03-10', '2026-03-11']);
  });

  test('the night with 23 hours: the day still starts at 04:00 by the clock on the wall', () => {
    // 03:59 and 04:00 summer time.
    expect(
      daysOfSession(BAR, '2026-03-28T20:00:00.000Z', '2026-03-29T00:59:00.000Z', '2026-03-29T01:59:00.000Z'),
    ).toEqual(['2026-03-28']);
    expect(daysOfSession(BAR, '2026-03-28T20:00:00.000Z', '2026-03-29T02:00:00.000Z')).toEqual([
      '2026-03-28',
      '2026-03-29',
    ]);
  });

  test('the night with 25 hours: the hour that comes twice belongs to the evening before both times', () => {
    // 02:30 summer time, 02:30 winter time, 03:59 and 04:00 winter time.
    expect(
      daysOfSession(
        BAR,
        '2026-10-24T18:00:00.000Z',
        '2026-10-25T00:30:00.000Z',
        '2026-10-25T01:30:00.000Z',
        '2026-10-25T02:59:00.000Z',
      ),
    ).toEqual(['2026-10-24']);
    expect(daysOfSession(BAR, '2026-10-24T18:00:00.000Z', '2026-10-25T03:00:00.000Z')).toEqual([
      '2026-10-24',
      '2026-10-25',
    ]);
  });

  test('a session of three days names them all, ascending, also when the clock was set back', () => {
    expect(
      daysOfSession(
        SHOP,
        '2026-03-10T10:00:00.000Z',
        '2026-03-12T10:00:00.000Z',
        '2026-03-11T10:00:00.000Z',
        '2026-03-09T10:00:00.000Z',
      ),
    ).toEqual(['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12']);
  });
});

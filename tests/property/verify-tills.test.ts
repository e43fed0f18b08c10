// The independent verifier agrees with the till's own closings, and finds one that was changed by whoever holds the key.

import { describe, expect, test } from 'vitest';
import { asCartId, asItemId, asOperatorId } from '../../shared/domain/ids.ts';
import { foldTill, NEW_TILL } from '../../shared/domain/till-session.ts';
import { buildZReport, type ZReport } from '../../shared/domain/z-report.ts';
import { aJournalWriter, append, exportText, type JournalWriter } from '../support/a-journal.ts';
import { verifyExport } from '../verify-journal/verify-journal.mjs';

const operator = asOperatorId('operator-1');
const counted = { pieces: [{ valueMinor: 5000, count: 2 }], otherMinor: 0 };

function aDay(
  writer: JournalWriter,
  sessionNumber: number,
  change: (z: ZReport) => ZReport = (z) => z,
): void {
  const tillSessionId = `session-${String(sessionNumber)}`;
  append(writer, 'till-opened', {
    tillSessionId,
    sessionNumber,
    businessDay: '2026-03-02',
    currency: 'EUR',
    openedBy: operator,
    floatMinor: 100_00,
    counted,
  });
  append(writer, 'cash-moved', { tillSessionId, kind: 'paid-out', amountMinor: 30_00, reasonCode: 'window' });
  append(writer, 'no-sale', { tillSessionId, reasonCode: 'change' });
  const cart = { cartId: asCartId('cart-1'), amountMinor: 2_50, tillSessionId };
  append(writer, 'cart-action', {
    ...cart,
    action: 'line-removed',
    lineNumber: 1,
    itemId: asItemId('item-1'),
    sku: 'TEA',
    quantityMilli: 1000,
  });
  append(writer, 'cart-action', { ...cart, action: 'cart-cancelled', lineCount: 1 });
  // Practice is written down and counted nowhere.
  append(writer, 'cart-action', { ...cart, action: 'cart-cancelled', lineCount: 1, isTraining: true });
  append(writer, 'pin-failed', { operatorId: operator, failuresInRow: 1 });
  append(writer, 'x-report-made', { tillSessionId });
  append(writer, 'till-counted', { tillSessionId, counted, countedMinor: 100_00 });
  let state = NEW_TILL;
  for (const fact of writer.facts) state = foldTill(state, fact);
  const last = writer.facts.at(-1);
  if (state.open === null || last === undefined) throw new Error('the till is not open');
  const z = buildZReport(state.open, {
    former: state.former,
    closedAt: last.recordedAt,
    closedBy: operator,
    last: { epoch: last.epoch, sequence: last.sequence + 1 },
    pending: { count: 0, amountMinor: 0 },
  });
  if (!z.ok) throw new Error(z.reason);
  append(writer, 'till-closed', { z: change(z.value) });
}

function faultOf(change?: (z: ZReport) => ZReport): string | undefined {
  const writer = aJournalWriter();
  append(writer, 'epoch-started', { reason: 'enrolled', lost: null });
  aDay(writer, 1);
  aDay(writer, 2, change);
  return verifyExport(exportText(writer))[0]?.fault?.sentence;
}

describe('the independent verifier', () => {
  test('agrees with the closings of a till', () => {
    expect(faultOf()).toBeUndefined();
  });

  test.each([
    ['a number', (z: ZReport) => ({ ...z, number: 3 }), 'number says 3'],
    [
      'expected cash',
      (z: ZReport) => ({ ...z, cash: { ...z.cash, expectedMinor: 1 } }),
      'expected cash says 1',
    ],
    [
      'perpetual totals',
      (z: ZReport) => ({ ...z, perpetual: { ...z.perpetual, salesMinor: 5 } }),
      'perpetual sales says 5',
    ],
    [
      'a count',
      (z: ZReport) => ({ ...z, figures: { ...z.figures, counts: { ...z.figures.counts, noSales: 0 } } }),
      'noSales says 0',
    ],
  ])('finds a changed closing: %s', (_, change, sentence) => {
    expect(faultOf(change)).toContain(sentence);
  });

  test.each(['removals', 'cancellations', 'failedPins', 'xReports'] as const)(
    'counts %s by itself, practice left out',
    (name) => {
      const changed = (z: ZReport): ZReport => {
        expect(z.figures.counts[name]).toBe(1);
        return { ...z, figures: { ...z.figures, counts: { ...z.figures.counts, [name]: 7 } } };
      };
      expect(faultOf(changed)).toContain(`${name} says 7`);
    },
  );
});

// The independent verifier follows every card attempt: what a sale says of a card must stand on an approval of the same
// journal, whole and once.

import { describe, expect, test } from 'vitest';
import { cardFault, checkTenders, newCards } from '../verify-journal/check-tenders.mjs';

const attempt = (attemptId: string, more: object = {}) => ({
  kind: 'card-attempted',
  body: { attemptId, action: 'payment', amountMinor: 10_00, ...more },
});
const answer = (attemptId: string, outcome: string, approvedMinor = outcome === 'approved' ? 10_00 : 0) => ({
  kind: 'card-answered',
  body: { attemptId, outcome, approvedMinor },
});
const sale = (attemptId: string, amountMinor = 10_00, more: object = {}) => ({
  kind: 'transaction-completed',
  body: {
    transaction: { receiptNumber: '01-02-A000017', tenders: [{ card: { attemptId }, amountMinor }], ...more },
  },
});

/** The first fault of a journal of these entries. */
function faultOf(...entries: readonly unknown[]): string | null {
  const cards = newCards();
  for (const entry of entries) {
    const fault = cardFault(cards, entry);
    if (fault !== null) return fault;
  }
  return null;
}

describe('cards in a journal', () => {
  test('that were approved, also after their answer was lost, are in order', () => {
    expect(faultOf(attempt('a'), answer('a', 'unknown'), answer('a', 'approved'), sale('a'))).toBeNull();
  });
  test('that were set free by a void may be reversed', () => {
    const reversal = attempt('r', { action: 'reversal', reverses: 'a' });
    const voided = sale('a', -10_00, { voids: {} });
    expect(
      faultOf(attempt('a'), answer('a', 'approved'), sale('a'), voided, reversal, answer('r', 'approved')),
    ).toBeNull();
  });
  test.each([
    ['were never attempted', [sale('a')], 'was never attempted'],
    ['were declined', [attempt('a'), answer('a', 'declined'), sale('a')], 'approved with nothing'],
    [
      'were approved with less',
      [attempt('a'), answer('a', 'approved', 4_00), sale('a')],
      'approved with 400',
    ],
    ['are in two sales', [attempt('a'), answer('a', 'approved'), sale('a'), sale('a')], 'in two sales'],
    [
      'were approved with more than asked',
      [attempt('a'), answer('a', 'approved', 99_00)],
      'was approved with 9900',
    ],
    ['were answered and never asked', [answer('a', 'approved')], 'which is not there'],
    [
      'were reversed and sold',
      [
        attempt('a'),
        answer('a', 'approved'),
        attempt('r', { action: 'reversal', reverses: 'a' }),
        answer('r', 'approved'),
        sale('a'),
      ],
      'approved with nothing',
    ],
  ])('that %s are found', (_, entries, sentence) => {
    expect(faultOf(...entries)).toContain(sentence);
  });
});

test('a card number in a journal is found', () => {
  const faults: string[] = [];
  const card = { attemptId: 'a', terminalId: 't', reference: '4242424242424242' };
  const tender = { kind: 'card', amountMinor: 5_00, tenderedMinor: 5_00, changeMinor: 0, card } as const;
  checkTenders([tender], { grossMinor: 5_00, cashRoundingMinor: 0 }, (is, sentence) => {
    if (!is) faults.push(sentence);
  });
  expect(faults).toEqual(['tender 1 (card) may hold the number of a card']);
});

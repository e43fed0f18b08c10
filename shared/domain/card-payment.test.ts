import { describe, expect, test } from 'vitest';
import { attemptOf, foldCards, takesAnswer, type CardPayment } from './card-payment.ts';
import { authorisationCode, hasCardNumber, keptOfCard } from './card-details.ts';
import type { Fact, FactBodies } from './fact.ts';

let sequence = 0;
const entry = <Kind extends 'card-attempted' | 'card-answered'>(kind: Kind, body: FactBodies[Kind]): Fact => {
  sequence += 1;
  // Only what the fold reads.
  return { kind, body, epoch: 1, sequence, recordedAt: '2026-03-02T10:00:00.000Z' } as unknown as Fact;
};
const pay = (attemptId = 'a1', amountMinor = 10_00): Fact =>
  entry('card-attempted', {
    attemptId,
    cartId: 'c1',
    terminalId: 't1',
    action: 'payment',
    amountMinor,
    currency: 'EUR',
  });
const reverse = (attemptId = 'r1', reverses = 'a1'): Fact =>
  entry('card-attempted', {
    attemptId,
    cartId: 'c1',
    terminalId: 't1',
    action: 'reversal',
    amountMinor: 10_00,
    currency: 'EUR',
    reverses,
  });
const answer = (
  outcome: 'approved' | 'declined' | 'unknown',
  attemptId = 'a1',
  approvedMinor = 10_00,
): Fact =>
  entry('card-answered', {
    attemptId,
    outcome,
    approvedMinor: outcome === 'approved' ? approvedMinor : 0,
    by: 'terminal',
    ...(outcome === 'approved' ? { card: { lastDigits: '4242' } } : {}),
  });
const booked = (amountMinor: number, isVoid = false): Fact =>
  ({
    kind: 'transaction-completed',
    epoch: 1,
    sequence: 90,
    body: {
      transaction: {
        cartId: 'c1',
        currency: 'EUR',
        completedAt: '2026-03-02T10:00:00.000Z',
        tenders: [{ kind: 'card', amountMinor, card: { attemptId: 'a1', terminalId: 't1' } }],
        ...(isVoid ? { voids: { transactionId: 't', receiptNumber: 'n', reasonCode: 'x' } } : {}),
      },
    },
    // Only what the fold reads.
  }) as unknown as Fact;

const fold = (...facts: readonly Fact[]): readonly CardPayment[] => facts.reduce(foldCards, []);
const states = (...facts: readonly Fact[]) =>
  fold(...facts).map(({ state, approvedMinor }) => [state, approvedMinor]);

describe('a card payment', () => {
  test('waits for its answer, is approved, and leaves with its sale', () => {
    expect(states(pay())).toEqual([['awaiting-card', 0]]);
    expect(states(pay(), answer('approved'))).toEqual([['approved', 10_00]]);
    expect(states(pay(), answer('approved'), booked(10_00))).toEqual([]);
  });
  test('that is declined is over', () => {
    expect(states(pay(), answer('declined'))).toEqual([]);
  });
  test('may be approved in part', () => {
    expect(states(pay(), answer('approved', 'a1', 4_00))).toEqual([['approved', 4_00]]);
  });
  test('without an answer stays unknown until somebody knows', () => {
    expect(states(pay(), answer('unknown'))).toEqual([['unknown', 0]]);
    expect(states(pay(), answer('unknown'), answer('unknown'))).toEqual([['unknown', 0]]);
    expect(states(pay(), answer('unknown'), answer('approved'))).toEqual([['approved', 10_00]]);
    expect(states(pay(), answer('unknown'), answer('declined'))).toEqual([]);
  });
  test('an approval is not taken back by a later answer, only by a reversal', () => {
    expect(states(pay(), answer('approved'), answer('declined'))).toEqual([['approved', 10_00]]);
    expect(states(pay(), answer('approved'), reverse())).toEqual([['reversal-pending', 10_00]]);
    expect(states(pay(), answer('approved'), reverse(), answer('approved', 'r1'))).toEqual([]);
    expect(states(pay(), answer('approved'), reverse(), answer('declined', 'r1'))).toEqual([
      ['approved', 10_00],
    ]);
    expect(states(pay(), answer('approved'), reverse(), answer('unknown', 'r1'))).toEqual([
      ['reversal-unknown', 10_00],
    ]);
  });
  test('of a sale that is voided must be reversed', () => {
    const voided = fold(pay(), answer('approved'), booked(10_00), booked(-10_00, true));
    expect(voided.map(({ state, approvedMinor }) => [state, approvedMinor])).toEqual([['approved', 10_00]]);
  });
  test('answers are asked for the attempt that is open: the payment, or its reversal', () => {
    const [unknown] = fold(pay(), answer('unknown'));
    const [reversal] = fold(pay(), answer('approved'), reverse(), answer('unknown', 'r1'));
    if (unknown === undefined || reversal === undefined) throw new Error('nothing is open');
    expect([attemptOf(unknown), attemptOf(reversal)]).toEqual(['a1', 'r1']);
    expect([takesAnswer(unknown, 'unknown'), takesAnswer(unknown, 'declined')]).toEqual([false, true]);
  });
  test('the same list comes back for what says nothing of cards', () => {
    const cards = fold(pay());
    expect(foldCards(cards, { kind: 'no-sale', body: { reasonCode: 'x' } } as unknown as Fact)).toBe(cards);
  });
});

describe('what is kept of a card', () => {
  test('no card number is, wherever it stands', () => {
    expect(hasCardNumber('4242 4242 4242 4242')).toBe(true);
    expect(hasCardNumber('ref 5555-5555-5555-4444 x')).toBe(true);
    expect(hasCardNumber('123456')).toBe(false);
    expect(
      keptOfCard({
        scheme: 'VISA 4242424242424242',
        lastDigits: '4242424242424242',
        authorisationCode: '4242424242424242',
        reference: '4242-4242-4242-4242',
      }),
    ).toEqual({});
  });
  test('scheme, last four digits, code and reference are', () => {
    const kept = { scheme: 'VISA', lastDigits: '4242', authorisationCode: 'AB12CD', reference: 'R-17' };
    expect(keptOfCard({ ...kept, authorisationCode: ' ab 12cd ' })).toEqual(kept);
  });
  test('an authorisation code is two to twelve letters and digits', () => {
    expect(authorisationCode('۱۲')).toMatchObject({ ok: false, reason: 'authorisation-code-missing' });
    expect(authorisationCode('')).toMatchObject({ ok: false, reason: 'authorisation-code-missing' });
    expect(authorisationCode('4242 4242 4242 4242')).toMatchObject({
      ok: false,
      reason: 'card-number-typed',
    });
    expect(authorisationCode('123 456')).toMatchObject({ ok: true, value: '123456' });
  });
});

// Payments by card that are neither finished nor given up, folded from the journal. The attempt is an entry before the
// terminal is asked and its answer an entry after, so a crash in between leaves an attempt without an answer: its outcome is
// unknown, and it is never tried again blindly.
//
//   attempted ──► awaiting-card ──approved──► approved ──in a transaction──► (settled)
//                   │      └─declined─► (gone)   │  ▲──────── void ───────────────┘
//                   └─unknown──► unknown         └─reversal─► reversal-pending ──approved──► (gone)
//                                 └ approved / declined, by        │ declined ► approved
//                                   the terminal or a person       └ unknown ► reversal-unknown ─► either
//
// A payment has a positive amount; money back to a card is the same with a negative one.

import type { Fact } from './fact.ts';
import type { JournalPosition } from './journal-position.ts';
import type { CardDetails, Tender, Transaction } from './transaction.ts';

export type CardState = 'awaiting-card' | 'approved' | 'unknown' | 'reversal-pending' | 'reversal-unknown';

export type CardPayment = {
  readonly attemptId: string;
  readonly cartId: string;
  readonly terminalId: string;
  readonly state: CardState;
  readonly currency: string;
  /** What was asked for; less may be approved. */
  readonly amountMinor: number;
  readonly approvedMinor: number;
  readonly card: CardDetails;
  readonly attemptedAt: string;
  /** Where the attempt stands (for what a void set free: the void). */
  readonly at: JournalPosition;
  /** The attempt to take it back, once there is one. */
  readonly reversalId?: string;
};

/** Which answers a state takes, and what becomes of it; null: it is over. */
const AFTER_ANSWER: Readonly<Record<CardState, Readonly<Partial<Record<CardOutcome, CardState | null>>>>> = {
  'awaiting-card': { approved: 'approved', declined: null, unknown: 'unknown' },
  unknown: { approved: 'approved', declined: null },
  'reversal-pending': { approved: null, declined: 'approved', unknown: 'reversal-unknown' },
  'reversal-unknown': { approved: null, declined: 'approved' },
  approved: {},
};

export type CardOutcome = Fact<'card-answered'>['body']['outcome'];

/** Takes in the next entry of the journal; the very same list when it changes nothing. */
export function foldCards(cards: readonly CardPayment[], fact: Fact): readonly CardPayment[] {
  if (fact.kind === 'card-attempted') return attempted(cards, fact);
  if (fact.kind === 'card-answered') return answered(cards, fact.body);
  if (fact.kind !== 'transaction-completed') return cards;
  return booked(cards, fact.body.transaction, fact);
}

/** Does an answer with this outcome say anything new about the attempt? */
export function takesAnswer(payment: CardPayment, outcome: CardOutcome): boolean {
  return AFTER_ANSWER[payment.state][outcome] !== undefined;
}

/** The attempt that a state waits for an answer to: the payment itself, or its reversal. */
export function attemptOf(payment: CardPayment): string {
  const isReversal = payment.state === 'reversal-pending' || payment.state === 'reversal-unknown';
  return isReversal ? (payment.reversalId ?? payment.attemptId) : payment.attemptId;
}

/** Is it not known what became of it? Then the sale waits until somebody finds out or decides. */
export function isUnresolved({ state }: CardPayment): boolean {
  return state !== 'approved';
}

function attempted(cards: readonly CardPayment[], fact: Fact<'card-attempted'>): readonly CardPayment[] {
  const { attemptId, cartId, terminalId, action, amountMinor, currency, reverses } = fact.body;
  if (action === 'reversal') {
    return cards.map((payment) =>
      payment.attemptId === reverses && payment.state === 'approved'
        ? { ...payment, state: 'reversal-pending', reversalId: attemptId }
        : payment,
    );
  }
  const payment: CardPayment = {
    attemptId,
    cartId,
    terminalId,
    state: 'awaiting-card',
    currency,
    amountMinor: action === 'refund' ? -amountMinor : amountMinor,
    approvedMinor: 0,
    card: { attemptId, terminalId },
    attemptedAt: fact.recordedAt,
    at: { epoch: fact.epoch, sequence: fact.sequence },
  };
  return [...cards.filter((one) => one.attemptId !== attemptId), payment];
}

function answered(
  cards: readonly CardPayment[],
  { attemptId, outcome, approvedMinor, card }: Fact<'card-answered'>['body'],
): readonly CardPayment[] {
  return cards.flatMap((payment) => {
    if (attemptOf(payment) !== attemptId) return [payment];
    const state = AFTER_ANSWER[payment.state][outcome];
    if (state === undefined) return [payment];
    if (state === null) return [];
    const isPayment = attemptId === payment.attemptId;
    if (!isPayment || outcome !== 'approved') return [{ ...payment, state }];
    const signedMinor = payment.amountMinor < 0 ? -approvedMinor : approvedMinor;
    return [{ ...payment, state, approvedMinor: signedMinor, card: { ...payment.card, ...card } }];
  });
}

// A transaction takes up the approvals it stands on; its void sets them free again, to be reversed.
function booked(cards: readonly CardPayment[], transaction: Transaction, at: Fact): readonly CardPayment[] {
  const paid = transaction.tenders.filter(({ card }) => card !== undefined);
  if (paid.length === 0) return cards;
  if (transaction.voids !== undefined) {
    return [...cards, ...paid.flatMap((tender) => setFree(tender, transaction, at))];
  }
  const used = new Set(paid.map(({ card }) => card?.attemptId));
  return cards.filter(({ attemptId }) => !used.has(attemptId));
}

function setFree(
  { amountMinor, card }: Tender,
  { cartId, currency, completedAt }: Transaction,
  { epoch, sequence }: Fact,
): readonly CardPayment[] {
  if (card === undefined) return [];
  const { attemptId, terminalId } = card;
  return [
    {
      attemptId,
      cartId,
      terminalId,
      state: 'approved',
      currency,
      amountMinor: 0 - amountMinor,
      approvedMinor: 0 - amountMinor,
      card,
      attemptedAt: completedAt,
      at: { epoch, sequence },
    },
  ];
}

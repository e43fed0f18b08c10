// How a till asks for money at a card terminal that the server speaks with. It starts an attempt under an id of its own, and a
// repeat of the same id is answered with what became of it and asks nothing. Then it follows the attempt until it has ended.

import { Boolean, Integer, Literal, Null, Object, Optional, Union, type Static } from 'typebox';
import * as bound from './bounds.ts';
import { cardAnswerDetails } from './tender.ts';

const closed = { additionalProperties: false } as const;
const positiveMinor = Integer({ minimum: 1, maximum: 1_000_000_000_000 });

/** Longest wait that a request may ask for. */
export const FOLLOW_MAX_MS = 25_000;

export const terminalAttemptRequest = Object(
  {
    attemptId: bound.plainId,
    action: Union([Literal('payment'), Literal('refund'), Literal('reversal')]),
    amountMinor: positiveMinor,
    currency: bound.currency,
    /** The attempt that a reversal takes back. */
    reverses: Optional(bound.plainId),
  },
  closed,
);
export type TerminalAttemptRequest = Static<typeof terminalAttemptRequest>;

/** `waiting` and `asking` are under way; the other three are what became of it so far. */
export const terminalAttemptState = Object(
  {
    attemptId: bound.plainId,
    state: Union([
      Literal('waiting'),
      Literal('asking'),
      Literal('approved'),
      Literal('declined'),
      Literal('unknown'),
    ]),
    /** What the terminal shows the customer, as a code. */
    prompt: Union([bound.code, Null()]),
    reason: Union([bound.code, Null()]),
    approvedMinor: Integer({ minimum: 0, maximum: 1_000_000_000_000 }),
    card: Object(cardAnswerDetails, closed),
    /** Moves with every change. */
    version: bound.count,
  },
  closed,
);
export type TerminalAttemptState = Static<typeof terminalAttemptState>;

export const terminalFollowQuery = Object(
  {
    /** Answers as soon as the version is another one, or after `waitMs`. */
    seen: Optional(Integer({ minimum: 0, maximum: 1_000_000 })),
    waitMs: Optional(Integer({ minimum: 0, maximum: FOLLOW_MAX_MS })),
  },
  closed,
);

export const terminalClosingRequest = Object({ closingId: bound.plainId, currency: bound.currency }, closed);
export type TerminalClosingRequest = Static<typeof terminalClosingRequest>;

const totals = Object({ count: bound.count, amountMinor: bound.amountMinor }, closed);
/** A terminal's own end of day, beside what the attempts since the one before come to. */
export const terminalClosing = Object(
  {
    closingId: bound.plainId,
    terminal: totals,
    recorded: totals,
    /** Attempts whose outcome nobody knows: they may explain a difference. */
    unknownCount: bound.count,
    isEqual: Boolean(),
  },
  closed,
);
export type TerminalClosing = Static<typeof terminalClosing>;

// What a card terminal on the network promises the server, whatever language it speaks. It is asked once for each attempt, and
// only after the attempt stands in the database with the mark by which it can be found again. What it cannot find out is
// `unknown`, never a no: a no is said only when it is sure that no money moved.

import type { AnsweredCard } from '../../shared/domain/card-details.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { SendPermit } from './send-permit.ts';

export type AskedOfTerminal = {
  readonly attemptId: string;
  readonly action: 'payment' | 'refund' | 'reversal';
  /** Positive, in minor units of the store's way to count. */
  readonly amountMinor: number;
  readonly currency: string;
  /** For a reversal: what the terminal called the payment. */
  readonly reversesReference: string | null;
};

export type Told =
  | {
      readonly outcome: 'approved';
      readonly approvedMinor: number;
      readonly card: AnsweredCard;
      /** What the terminal calls it, to take it back. */
      readonly reference: string;
    }
  | { readonly outcome: 'declined' | 'unknown'; readonly reason: string };

/** What the terminal shows the customer now. */
export const PROMPTS = [
  'connecting',
  'present-card',
  'enter-pin',
  'please-wait',
  'remove-card',
  'look-at-terminal',
] as const;
export type Prompt = (typeof PROMPTS)[number];

export type Watch = {
  readonly onPrompt: (prompt: Prompt) => void;
  /**
   * Writes down, before anything is asked, where the terminal stands: from then on the attempt may have moved money. Null when
   * that could not be written: then nothing may be asked. The permit has to be open in the turn in which the question leaves.
   */
  readonly aboutToAsk: (mark: string) => Promise<SendPermit | null>;
  /** Aborted when the cashier gives up; the terminal still says what became of it. */
  readonly cancelled: AbortSignal;
};

/** What a terminal adds up at its end of day, in minor units. */
export type TerminalTotals = { readonly count: number; readonly amountMinor: number };

export type TerminalDriver = {
  ask(asked: AskedOfTerminal, watch: Watch): Promise<Told>;
  /** What became of an attempt, by its mark. Moves no money. */
  find(asked: AskedOfTerminal, mark: string): Promise<Told>;
  /** Closes the terminal's day. `terminal-unreachable`, `terminal-busy`, `terminal-no-totals`. */
  endOfDay(currency: string): Promise<Outcome<TerminalTotals>>;
};

export const declined = (reason: string): Told => ({ outcome: 'declined', reason });
/** Nothing was sent, because others may have given the attempt up by then. */
export const NOT_SENT_IN_TIME = 'not-sent-in-time';
export const unknown = (reason: string): Told => ({ outcome: 'unknown', reason });

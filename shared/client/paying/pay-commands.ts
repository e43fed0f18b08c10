// What a screen may ask about paying (a part of runtime.ts). Tenders are collected in any mix and order, and the sale is final
// only when completeSale has taken them; a card payment is in the journal from the moment the terminal is asked.

import type { ReadonlySignal } from '@preact/signals-core';
import type { Approval } from '../../domain/approval.ts';
import type { AnsweredCard } from '../../domain/card-details.ts';
import type { CardOutcome, CardPayment } from '../../domain/card-payment.ts';
import type { ExchangeRate } from '../../domain/exchange-rate.ts';
import type { Outcome } from '../../domain/refusal.ts';
import type { CardTerminal } from '../../devices/ports.ts';
import type { TenderView } from './tender-view.ts';

/** What became of an attempt; `reason` is a code, '' where there is none. */
export type CardTold = {
  readonly outcome: CardOutcome;
  /** Positive; less than was asked for when only a part was approved. */
  readonly approvedMinor: number;
  readonly reason: string;
};

export type TenderCommands = {
  /** Tenders of the open cart and where they stand; null without a cart. */
  readonly tenders: ReadonlySignal<TenderView | null>;
  /** Foreign currencies that are taken now, by code. */
  exchangeRates(): readonly ExchangeRate[];
  /**
   * Puts what was handed over to the tenders of the cart. `nothing-due`, `amount-out-of-bounds`, `over-tendered`,
   * `more-than-due` {dueMinor}, `too-many-tenders`, `currency-not-taken` {currency}, `voucher-number-missing`,
   * `voucher-already-there`, `voucher-used` {number, receiptNumber} (here; head office knows of other tills).
   */
  addTender(
    tender:
      | { readonly kind: 'cash'; readonly tenderedMinor: number }
      | { readonly kind: 'foreign-cash'; readonly currency: string; readonly foreignMinor: number }
      | { readonly kind: 'voucher'; readonly number: string; readonly amountMinor: number },
  ): Outcome<null>;
  /** `place` from 0 in `tenders.drafts`, below `removableCount`. `tender-not-found`. */
  removeTender(place: number): Outcome<null>;
};

/**
 * All of them write, so they refuse as every writing command does, `not-signed-on`, `permission-missing`, and
 * `card-in-progress` while another question waits for its answer. What a terminal answers is no refusal, but told.
 */
export type CardCommands = {
  /** Card payments that are neither in a sale nor given up, of this cart and of others. */
  readonly cardPayments: ReadonlySignal<readonly CardPayment[]>;
  /**
   * Asks the terminal for so much of the open cart; a negative amount goes back to the card. `more-than-due`,
   * `nothing-due`, `card-unresolved` (find out about the one before first), `card-not-in-training`.
   */
  payByCard(given: {
    readonly terminal: CardTerminal;
    readonly amountMinor: number;
  }): Promise<Outcome<CardTold>>;
  /** Asks the terminal what became of an attempt; moves no money. `card-not-open`, `card-other-terminal` {terminalId}. */
  askTerminal(given: {
    readonly attemptId: string;
    readonly terminal: CardTerminal;
  }): Promise<Outcome<CardTold>>;
  /**
   * Somebody says what became of it. `card-not-open`, those of reasons, and those of approval (`decideCard` of tillSubjects,
   * permission `decide-card`).
   */
  decideCard(given: {
    readonly attemptId: string;
    readonly outcome: 'approved' | 'declined';
    readonly reasonCode: string;
    readonly card?: AnsweredCard;
    readonly approval?: Approval;
  }): Promise<Outcome<CardTold>>;
  /** Takes an approved payment back, whole. `card-not-open`. */
  reverseCard(given: {
    readonly attemptId: string;
    readonly terminal: CardTerminal;
  }): Promise<Outcome<CardTold>>;
};

export type PayCommands = TenderCommands & CardCommands;

// Paying at this workstation: its commands, made over the journal, and what they show. Payments whose outcome nobody knows,
// and approvals that no sale stands on, are troubles until they are settled.

import { computed, effect, type ReadonlySignal } from '@preact/signals-core';
import { isUnresolved, type CardPayment } from '../../domain/card-payment.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Tender } from '../../domain/transaction.ts';
import type { ApprovalBook } from '../approval-book.ts';
import { checkReasonCode } from '../commands/check-reason.ts';
import { readySession } from '../commands/ready-session.ts';
import type { Parts } from '../parts.ts';
import { TROUBLES } from '../troubles.ts';
import { createCardCommands } from './card-commands.ts';
import { createCollectTenders } from './collect-tenders.ts';
import type { PayCommands } from './pay-commands.ts';
import type { PayDesk } from './pay-desk.ts';
import { viewTenders, type TenderView } from './tender-view.ts';

export function createPaying(parts: Parts, approvals: ApprovalBook): PayCommands {
  const desk: PayDesk = {
    cart: parts.cart,
    settings: parts.settings,
    cards: parts.cards,
    approvals,
    operator: () => parts.operator.peek(),
    now: () => parts.desk.now(),
    newId: () => parts.given.newId(),
    isTraining: () => parts.desk.isTraining(),
    tillSessionId: () => parts.till.peek()?.open?.tillSessionId ?? null,
    checkReason: (reasonCode) => checkReasonCode(parts, 'decide-card', reasonCode),
    async append(kind, body) {
      const ready = readySession(parts);
      if (!ready.ok) return ready;
      const written = await ready.value.journal.append(kind, () => accept(body), parts.operator.peek()?.id);
      return written.ok ? accept(null) : written;
    },
    voucherUsedOn: (number) => parts.payMemory.voucherUsedOn(number),
    keptTenders: () => parts.payMemory.keptTenders(),
    keepTenders: (collected) => parts.payMemory.keepTenders(collected),
  };
  return payCommandsAt(desk);
}

/** The commands of paying over any desk, and what they show. */
export function payCommandsAt(desk: PayDesk): PayCommands {
  const { collected, ...collect } = createCollectTenders(desk);
  const tenders: ReadonlySignal<TenderView | null> = computed(() => {
    const [view, settings] = [desk.cart.value, desk.settings.value];
    if (view === null || settings === null) return null;
    return viewTenders(view, collected.value, { cards: desk.cards.value, settings });
  });
  return { tenders, cardPayments: desk.cards, ...collect, ...createCardCommands(desk, collected) };
}

/**
 * Do the cards among the tenders stand on approvals of this cart, each used whole, and is none left over? Asked before a
 * sale is final: `card-unresolved`, `card-not-approved`, `card-not-settled`, and `voucher-used` {number, receiptNumber}.
 */
export function checkPaid(
  tenders: readonly Tender[],
  cartId: string,
  given: {
    readonly cards: readonly CardPayment[];
    readonly voucherUsedOn: (number: string) => string | null;
  },
): Outcome<null> {
  const open = new Map(
    given.cards.filter((payment) => payment.cartId === cartId).map((payment) => [payment.attemptId, payment]),
  );
  if ([...open.values()].some(isUnresolved)) return refuse('card-unresolved');
  for (const { kind, amountMinor, card, voucher } of tenders) {
    if (kind === 'card') {
      const payment = card === undefined ? undefined : open.get(card.attemptId);
      if (payment === undefined || payment.approvedMinor !== amountMinor) return refuse('card-not-approved');
      open.delete(payment.attemptId);
    }
    const receiptNumber = voucher === undefined ? null : given.voucherUsedOn(voucher.number);
    // A voucher that is given back may have been used here: that is where the money came from.
    if (voucher !== undefined && receiptNumber !== null && amountMinor > 0) {
      return refuse('voucher-used', { number: voucher.number, receiptNumber });
    }
  }
  return open.size === 0 ? accept(null) : refuse('card-not-settled');
}

/** Raises and settles what people must know of card payments; the answer stops watching. */
export function watchCards(parts: Pick<Parts, 'board' | 'cards' | 'cartInHand'>): () => void {
  const openCartId = computed(() => parts.cartInHand.value?.id ?? null);
  return effect(() => {
    const [cards, cartId] = [parts.cards.value, openCartId.value];
    const unknown = cards.filter(({ state }) => state === 'unknown' || state === 'reversal-unknown');
    const left = cards.filter((payment) => payment.state === 'approved' && payment.cartId !== cartId);
    if (unknown.length > 0) parts.board.raise(TROUBLES.cardUnknown(unknown.length));
    else parts.board.settle(TROUBLES.cardUnknown(0).code);
    if (left.length > 0) parts.board.raise(TROUBLES.cardNotSold(left.length));
    else parts.board.settle(TROUBLES.cardNotSold(0).code);
  });
}

// The tenders of the open cart as screens show them: what was handed over, the card payments that the journal holds for it,
// and where all of them stand against what is due.

import type { Cart } from '../../domain/cart.ts';
import { isUnresolved, type CardPayment } from '../../domain/card-payment.ts';
import { cashStepOf } from '../../domain/currency.ts';
import { dueNow } from '../../domain/order-settlement.ts';
import { positionOf, type TenderDraft, type TenderPosition } from '../../domain/settle-tenders.ts';
import type { StoreSettings } from '../../domain/store.ts';
import type { TransactionTotals } from '../../domain/transaction.ts';

export type TenderView = {
  readonly dueMinor: number;
  /** In the order in which they came, approved cards last; the first `removableCount` can be taken away again. */
  readonly drafts: readonly TenderDraft[];
  readonly removableCount: number;
  readonly position: TenderPosition;
  /** Card payments of this cart whose outcome is not known, or that are being taken back: nothing is final before. */
  readonly unresolved: readonly CardPayment[];
};

/** As much of a cart as is paid. */
export type PayableCart = { readonly cart: Cart; readonly totals: TransactionTotals };

/** Drafts belong to one cart; those of another are not shown. */
export type CollectedTenders = { readonly cartId: string; readonly drafts: readonly TenderDraft[] };

export function viewTenders(
  { cart, totals }: PayableCart,
  collected: CollectedTenders | null,
  given: { readonly cards: readonly CardPayment[]; readonly settings: StoreSettings },
): TenderView {
  const removable = collected?.cartId === cart.id ? collected.drafts : [];
  const own = given.cards.filter(({ cartId }) => cartId === cart.id);
  const approved = own
    .filter((payment) => !isUnresolved(payment))
    .map(({ approvedMinor, card }): TenderDraft => ({ kind: 'card', amountMinor: approvedMinor, card }));
  const drafts = [...removable, ...approved];
  const dueMinor = dueNow(totals.grossMinor, cart.order);
  return {
    dueMinor,
    drafts,
    removableCount: removable.length,
    position: positionOf(dueMinor, drafts, { stepMinor: cashStepOf(given.settings.store) }),
    unresolved: own.filter(isUnresolved),
  };
}

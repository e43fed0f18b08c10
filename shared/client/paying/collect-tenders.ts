// Cash, foreign cash and vouchers as they are handed over, in any mix and order. Nothing of it is in the journal before the
// sale is final, so each can be taken away again; a reload forgets none of it. A card payment is in the journal and can only be
// reversed.

import { signal, type ReadonlySignal } from '@preact/signals-core';
import { cashStepOf } from '../../domain/currency.ts';
import { foreignCashAt, ratesAt } from '../../domain/foreign-cash.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { checkDraft, voucherNumber, type TenderDraft } from '../../domain/settle-tenders.ts';
import type { TenderCommands } from './pay-commands.ts';
import type { PayDesk } from './pay-desk.ts';
import { viewTenders, type CollectedTenders } from './tender-view.ts';

export type CollectTenders = Omit<TenderCommands, 'tenders'> & {
  readonly collected: ReadonlySignal<CollectedTenders | null>;
};

export function createCollectTenders(desk: PayDesk): CollectTenders {
  const collected = signal<CollectedTenders | null>(desk.keptTenders());
  collected.subscribe((now) => desk.keepTenders(now));

  const rates: TenderCommands['exchangeRates'] = () =>
    ratesAt(desk.settings.peek()?.store.exchangeRates ?? [], desk.now());

  const draftOf = (
    asked: Parameters<TenderCommands['addTender']>[0],
    ownCurrency: string,
  ): Outcome<TenderDraft> => {
    if (asked.kind === 'cash') return accept(asked);
    if (asked.kind === 'foreign-cash') {
      const rate = rates().find(({ currency }) => currency === asked.currency);
      if (rate === undefined) return refuse('currency-not-taken', { currency: asked.currency });
      if (!Number.isSafeInteger(asked.foreignMinor)) return refuse('amount-out-of-bounds', { maxMinor: 0 });
      return accept({ kind: 'foreign-cash', foreign: foreignCashAt(rate, asked.foreignMinor, ownCurrency) });
    }
    const number = voucherNumber(asked.number);
    if (number === null) return refuse('voucher-number-missing');
    const receiptNumber = desk.voucherUsedOn(number);
    // Given back, it may be the one that was used before.
    if (receiptNumber !== null && asked.amountMinor > 0)
      return refuse('voucher-used', { number, receiptNumber });
    return accept({ kind: 'voucher', number, amountMinor: asked.amountMinor });
  };

  return {
    collected,
    exchangeRates: rates,
    addTender(asked) {
      const [view, settings] = [desk.cart.peek(), desk.settings.peek()];
      if (view === null) return refuse('cart-empty');
      if (settings === null) return refuse('not-ready');
      const draft = draftOf(asked, settings.store.currency);
      if (!draft.ok) return draft;
      const { drafts, dueMinor, removableCount } = viewTenders(view, collected.peek(), {
        cards: desk.cards.peek(),
        settings,
      });
      const cash = { stepMinor: cashStepOf(settings.store) };
      const checked = checkDraft(dueMinor, drafts, { draft: draft.value, cash });
      if (!checked.ok) return checked;
      collected.value = {
        cartId: view.cart.id,
        drafts: [...drafts.slice(0, removableCount), draft.value],
      };
      return accept(null);
    },
    removeTender(place) {
      const now = collected.peek();
      const view = desk.cart.peek();
      const isThere = now !== null && now.cartId === view?.cart.id && now.drafts[place] !== undefined;
      if (!isThere) return refuse('tender-not-found');
      collected.value = { ...now, drafts: now.drafts.filter((_, at) => at !== place) };
      return accept(null);
    },
  };
}

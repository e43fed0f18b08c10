// What is still to pay, what was taken already and can be taken away again, card payments that nobody knows the end of, and
// the change.

import { Banknote, CreditCard, Landmark, TicketPercent, X } from 'lucide';
import type { JSX } from 'preact';
import type { TenderDraft } from '../../../shared/domain/settle-tenders.ts';
import { valueOfForeign } from '../../../shared/domain/foreign-cash.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { OpenCards } from '../../shell/open-cards.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import type { Paying } from './use-paying.ts';

const ICONS = { cash: Banknote, 'foreign-cash': Landmark, voucher: TicketPercent, card: CreditCard } as const;

export function PayDue({ paying }: { readonly paying: Paying }): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  const { tenders, currency, method, dueMinor, valueMinor, isShort } = paying;
  const { position } = tenders;
  const isFirst = tenders.drafts.length === 0;
  const differenceMinor = position.remainingInCashMinor - position.remainingMinor;
  const cartId = workstation.cart.value?.cart.id;
  const cards = workstation.cardPayments.value.filter((payment) => payment.cartId === cartId);
  const isCash = method === 'cash' || method === 'foreign-cash';
  return (
    <>
      <p class="soft">
        {words.t(tenders.dueMinor < 0 ? 'pay.due-back' : isFirst ? `pay.due.${method}` : 'pay.remaining')}
      </p>
      <Money class="huge" testId="pay-due" amountMinor={dueMinor} currency={currency} />
      {isCash && differenceMinor !== 0 && (
        <p class="soft" data-testid="pay-rounding">
          {words.t('pay.rounded', {
            total: words.money(position.remainingMinor, currency),
            difference: words.money(differenceMinor, currency),
          })}
        </p>
      )}
      <RefundsLeft paying={paying} />
      <Collected paying={paying} />
      <OpenCards payments={cards} />
      {isCash && (
        <dl class="pay-change" data-short={isShort}>
          <div>
            <dt>{words.t('pay.handed-over')}</dt>
            <dd>
              <Money testId="pay-tendered" amountMinor={valueMinor} currency={currency} />
            </dd>
          </div>
          <div class="pay-change-due">
            <dt>{words.t(isShort ? 'pay.missing' : 'pay.change')}</dt>
            <dd>
              <Money
                class="huge"
                testId="pay-change"
                amountMinor={Math.abs(valueMinor - dueMinor)}
                currency={currency}
              />
            </dd>
          </div>
        </dl>
      )}
    </>
  );
}

/** How the money of an order goes back: what is still to be given, in its order. */
function RefundsLeft({ paying }: { readonly paying: Paying }): JSX.Element | null {
  const words = useWords();
  const { refunds, currency } = paying;
  if (refunds.length === 0) return null;
  return (
    <ul class="tender-list" aria-label={words.t('pay.refunds')} data-testid="pay-refunds">
      {refunds.map(({ kind, source, label, amountMinor }) => (
        <li key={`${kind} ${source}`} data-testid={`refund-${kind}`}>
          <Icon of={ICONS[kind]} />
          <span>
            {words.t(`order.refund-part.${kind}`)}{' '}
            <bdi class="ltr soft">{kind === 'voucher' ? source : label}</bdi>
          </span>
          <Money amountMinor={amountMinor} currency={currency} />
        </li>
      ))}
    </ul>
  );
}

function Collected({ paying }: { readonly paying: Paying }): JSX.Element | null {
  const words = useWords();
  const { tenders, currency } = paying;
  const removable = tenders.drafts.slice(0, tenders.removableCount);
  if (removable.length === 0) return null;
  return (
    <ul class="tender-list" aria-label={words.t('pay.taken')} data-testid="pay-tenders">
      {removable.map((draft, place) => (
        <li key={place} data-testid={`tender-${place}`} data-kind={draft.kind}>
          <Icon of={ICONS[draft.kind]} />
          <span>
            {words.t(`receipt.tender.${draft.kind}`)} <small class="soft">{detailOf(draft, words)}</small>
          </span>
          <Money amountMinor={amountOf(draft)} currency={currency} />
          <IconButton
            testId={`tender-${place}-remove`}
            icon={X}
            label={words.t('pay.take-away')}
            isDisabled={paying.isBusy}
            onPress={() => paying.remove(place)}
          />
        </li>
      ))}
    </ul>
  );
}

function amountOf(draft: TenderDraft): number {
  if (draft.kind === 'cash') return draft.tenderedMinor;
  return draft.kind === 'foreign-cash' ? valueOfForeign(draft.foreign) : draft.amountMinor;
}

function detailOf(draft: TenderDraft, words: ReturnType<typeof useWords>): string {
  if (draft.kind === 'foreign-cash') return words.money(draft.foreign.foreignMinor, draft.foreign.currency);
  return draft.kind === 'voucher' ? draft.number : '';
}

// The offers that are about the goods of one line: what each took off it, and why another did not. The cashier is asked for it at the
// counter, so it stands where the line is opened.

import type { JSX } from 'preact';
import type { CartLine } from '../../../shared/domain/cart.ts';
import { negateAmount } from '../../../shared/domain/money.ts';
import { explainLine } from '../../../shared/domain/promotions/explain-line.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function LineOffers({ line }: { readonly line: CartLine }): JSX.Element | null {
  const { workstation } = usePos();
  const words = useWords();
  const view = workstation.cart.value;
  const place = view?.cart.lines.findIndex(({ lineNumber }) => lineNumber === line.lineNumber) ?? -1;
  // Goods that come back, deposits and promised prices take part in no offer.
  const isAside =
    line.direction === 'return' || line.parentLineNumber !== undefined || line.heldPrice !== undefined;
  if (view === null || place === -1 || isAside) return null;
  const discounts = (view.lines[place]?.modifiers ?? []).flatMap(({ promotionId, amountMinor }) =>
    promotionId === undefined ? [] : [{ promotionId, amountMinor: -amountMinor }],
  );
  const offers = explainLine(
    { ...line, isReduced: line.priceRule !== undefined || line.modifiers !== undefined },
    { promotions: workstation.priceBook.value.promotions, outcomes: view.promotions, discounts },
  );
  if (offers.length === 0) return null;
  return (
    <section data-testid="line-offers">
      <h3>{words.t('line.offers')}</h3>
      <ul class="offer-list">
        {offers.map(({ promotionId, name, discountMinor, reason }) => (
          <li key={promotionId} data-testid={`line-offer-${promotionId}`} data-reason={reason ?? 'given'}>
            <strong>
              <bdi>{name}</bdi>
            </strong>
            {discountMinor > 0 && (
              <Money amountMinor={negateAmount(discountMinor)} currency={view.cart.currency} />
            )}
            <small>{words.t(`promotion.why.${reason ?? 'applied'}`)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

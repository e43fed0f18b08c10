// What every promotion of the shop did to this cart, and why one did nothing: the answer to "wasn't there an offer?".

import type { JSX } from 'preact';
import type { CartView } from '../../../shared/client/runtime.ts';
import { negateAmount } from '../../../shared/domain/money.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { useWords } from '../../shell/pos-context.ts';

export function OffersDialog(props: { readonly view: CartView; readonly onClose: () => void }): JSX.Element {
  const words = useWords();
  const { promotions, cart } = props.view;
  // What was given stands first.
  const sorted = promotions.toSorted((one, other) => other.discountMinor - one.discountMinor);
  return (
    <Dialog
      testId="offers"
      title={words.t('why-offers.title')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
    >
      <ul class="offer-list">
        {sorted.map(({ promotionId, name, discountMinor, reason }) => (
          <li key={promotionId} data-testid={`offer-${promotionId}`} data-applied={reason === null}>
            <strong>
              <bdi>{name}</bdi>
            </strong>
            {discountMinor > 0 && (
              <Money amountMinor={negateAmount(discountMinor)} currency={cart.currency} />
            )}
            <small>{words.t(reason === null ? 'promotion.why.applied' : `promotion.why.${reason}`)}</small>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

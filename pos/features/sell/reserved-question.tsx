// Goods in the cart are promised to somebody else. A customer who holds them may have them, but not silently: the cashier sees what
// it takes from whom, and somebody who may agrees. Going back to the cart is what Enter does.

import { CalendarClock } from 'lucide';
import type { JSX } from 'preact';
import { cartSubjects } from '../../../shared/domain/approval.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Banner } from '../../../shared/ui/notices.tsx';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { startPaying } from './sell-keys.ts';

export function ReservedQuestion({ onClose }: { readonly onClose: () => void }): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  void workstation.catalogueRevision.value;
  const cart = workstation.cart.value?.cart;
  const units = workstation.reservedInCart();
  if (cart === undefined) return null;
  const sell = (): void => {
    void decide(pos, {
      subject: cartSubjects.sellReserved(cart.id, units),
      act: (approval) => workstation.sellReserved(approval),
      onDone() {
        onClose();
        startPaying(pos);
      },
    });
  };
  return (
    <Dialog
      testId="reserved"
      role="alertdialog"
      title={words.t('reserved.title')}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <>
          <Button testId="reserved-sell" onPress={sell}>
            {words.t('reserved.sell')}
          </Button>
          <Button testId="reserved-back" look="primary" hasFocusFirst onPress={onClose}>
            {words.t('reserved.back')}
          </Button>
        </>
      }
    >
      <ul class="reserved-units" data-testid="reserved-units">
        {units.map(({ itemId, quantityMilli }) => {
          const line = cart.lines.find((one) => one.itemId === itemId);
          return (
            <li key={itemId} data-sku={line?.sku} data-quantity-milli={quantityMilli}>
              {words.t('reserved.unit', {
                quantity: words.quantity(quantityMilli, line?.unit ?? 'piece'),
                name: line === undefined ? itemId : textIn(line.name, words.language),
              })}
            </li>
          );
        })}
      </ul>
      <Banner testId="reserved-more" tone="warning" icon={CalendarClock}>
        {words.t('reserved.more')}
        {workstation.status.value.connection === 'offline' && ` ${words.t('reserved.offline')}`}
      </Banner>
    </Dialog>
  );
}

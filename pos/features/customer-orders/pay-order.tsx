// How much the customer pays onto an order now: the next part of the plan, the least, everything, or what is typed. The money
// itself is taken on the ordinary screen.

import { HandCoins } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { currencyOf } from '../../../shared/domain/currency.ts';
import type { CustomerOrder } from '../../../shared/domain/customer-order.ts';
import type { Instalment } from '../../../shared/domain/instalment-plan.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import { paymentBounds } from '../../../shared/domain/settle-order.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function PayOrder(props: {
  readonly order: CustomerOrder;
  readonly next: Instalment | null;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order, next } = props;
  const [typed, setTyped] = useState('');
  const { minMinor, maxMinor } = paymentBounds(order);
  const { currency } = order;
  const amount = parseDecimal(typed, currencyOf(currency).digits);
  const take = (amountMinor: number) => {
    if (!pos.report(pos.workstation.payOnOrder(order.id, amountMinor))) return;
    props.onClose();
    pos.view.value = { kind: 'pay' };
  };
  const nextMinor = Math.min(maxMinor, Math.max(minMinor, next?.amountMinor ?? minMinor));
  const choices = [...new Set([minMinor, nextMinor, maxMinor])].sort((one, other) => one - other);
  const labelOf = (amountMinor: number): string =>
    words.t(
      amountMinor === maxMinor
        ? 'order.pay-all'
        : amountMinor === nextMinor
          ? 'order.pay-next'
          : 'order.pay-least',
    );
  return (
    <Dialog
      testId="pay-order"
      title={words.t('order.pay-title', { number: order.number })}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button
          testId="pay-order-ok"
          look="primary"
          size="large"
          icon={HandCoins}
          isDisabled={!amount.ok}
          onPress={() => amount.ok && take(amount.value)}
        >
          {words.t('order.pay-take')}
        </Button>
      }
    >
      <div class="decision">
        <div class="order-choices">
          {choices.map((amountMinor) => (
            <Button
              key={amountMinor}
              testId={`pay-order-${amountMinor}`}
              size="large"
              onPress={() => take(amountMinor)}
            >
              <span class="quick">
                <Money amountMinor={amountMinor} currency={currency} />
                <small>{labelOf(amountMinor)}</small>
              </span>
            </Button>
          ))}
        </div>
        <Field
          testId="pay-order-amount"
          label={words.t('order.pay-other')}
          inputMode="decimal"
          direction="ltr"
          maxLength={14}
          value={typed}
          hint={words.t('order.pay-bounds', {
            min: words.money(minMinor, currency),
            max: words.money(maxMinor, currency),
          })}
          onInput={setTyped}
          onEnter={() => amount.ok && take(amount.value)}
        />
      </div>
    </Dialog>
  );
}

// Giving an order up: what the terms keep, what goes back in cash, and why. Beyond the operator's limit a manager agrees on the
// spot.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CompletedSale } from '../../../shared/client/runtime.ts';
import { tillSubjects } from '../../../shared/domain/approval.ts';
import type { CustomerOrder } from '../../../shared/domain/customer-order.ts';
import { cancellationOf } from '../../../shared/domain/order-rules.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';

export function CancelOrder(props: {
  readonly order: CustomerOrder;
  readonly today: string;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order, today, onClose } = props;
  const [reasonCode, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const reason = reasonCode.trim();
  const paidMinor = Math.max(0, order.paidMinor);
  const { forfeitedMinor, refundedMinor } = cancellationOf(paidMinor, order.terms ?? { feeMinor: 0 }, today);
  const take = async () => {
    setBusy(true);
    const made: { sale: CompletedSale | null } = { sale: null };
    await decide(pos, {
      subject: tillSubjects.cancelOrder(order.id, refundedMinor),
      limit: { name: 'maxRefundMinor', asked: refundedMinor },
      async act(approval) {
        const outcome = await pos.workstation.cancelOrder({
          orderId: order.id,
          reasonCode: reason,
          ...(approval !== undefined && { approval }),
        });
        if (outcome.ok) made.sale = outcome.value;
        return outcome;
      },
      onDone: () => {
        onClose();
        if (made.sale !== null) pos.view.value = { kind: 'finished', sale: made.sale, changeMinor: 0 };
      },
    });
    setBusy(false);
  };
  const row = (testId: string, label: string, amountMinor: number): JSX.Element => (
    <p class="count-sum">
      <span>{label}</span>
      <Money testId={testId} amountMinor={amountMinor} currency={order.currency} />
    </p>
  );
  return (
    <Dialog
      testId="cancel-order"
      role="alertdialog"
      title={words.t('order.cancel-title', { number: order.number })}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <>
          <Button testId="cancel-order-keep" size="large" hasFocusFirst onPress={onClose}>
            {words.t('order.cancel-keep')}
          </Button>
          <Button
            testId="cancel-order-ok"
            look="danger"
            size="large"
            isDisabled={reason === '' || isBusy}
            onPress={() => void take()}
          >
            {words.t('order.cancel-take')}
          </Button>
        </>
      }
    >
      <div class="decision">
        {row('cancel-order-paid', words.t('order.paid'), paidMinor)}
        {forfeitedMinor > 0 && row('cancel-order-kept', words.t('order.forfeited'), forfeitedMinor)}
        {row('cancel-order-refund', words.t('order.refund'), refundedMinor)}
        <ReasonChoice action="cancel-order" value={reasonCode} onChoose={setReason} />
      </div>
    </Dialog>
  );
}

// Giving an order up: what the terms keep, what goes back and how it came, and why. Beyond the operator's limit a manager agrees on the
// spot; whoever may agree may also give all of it back in cash, because a card is gone.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { OrderCancelled } from '../../../shared/client/order-commands.ts';
import { tillSubjects } from '../../../shared/domain/approval.ts';
import type { CustomerOrder } from '../../../shared/domain/customer-order.ts';
import { inCash, refundParts } from '../../../shared/domain/order-refund.ts';
import { cancellationOf } from '../../../shared/domain/order-rules.ts';
import { hasPermission } from '../../../shared/domain/permissions.ts';
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
  const [isInCash, setInCash] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const reason = reasonCode.trim();
  const paidMinor = Math.max(0, order.paidMinor);
  const { forfeitedMinor, refundedMinor } = cancellationOf(paidMinor, order.terms ?? { feeMinor: 0 }, today);
  const asItCame = refundParts(order.payments ?? [], refundedMinor);
  const parts = isInCash && refundedMinor > 0 ? [inCash(refundedMinor)] : asItCame;
  const operator = pos.workstation.operator.value;
  const mayChoose =
    operator !== null && hasPermission(operator, 'approve') && asItCame.some(({ kind }) => kind !== 'cash');
  const take = async () => {
    setBusy(true);
    const made: { cancelled: OrderCancelled | null } = { cancelled: null };
    await decide(pos, {
      subject: tillSubjects.cancelOrder(order.id, refundedMinor),
      limit: { name: 'maxRefundMinor', asked: refundedMinor },
      async act(approval) {
        const outcome = await pos.workstation.cancelOrder({
          orderId: order.id,
          reasonCode: reason,
          isInCash,
          ...(approval !== undefined && { approval }),
        });
        if (outcome.ok) made.cancelled = outcome.value;
        return outcome;
      },
      onDone: () => {
        onClose();
        if (made.cancelled?.kind === 'ended')
          pos.view.value = { kind: 'finished', sale: made.cancelled.sale, changeMinor: 0 };
        if (made.cancelled?.kind === 'to-refund') pos.view.value = { kind: 'pay' };
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
        {parts.map((part, place) => (
          <p key={`${part.kind} ${part.source}`} class="refund-part">
            <span>
              {words.t(`order.refund-part.${part.kind}`)}
              {part.kind !== 'cash' && (
                <>
                  {' '}
                  <bdi class="ltr soft">{part.kind === 'voucher' ? part.source : part.label}</bdi>
                </>
              )}
            </span>
            <Money
              testId={`cancel-order-part-${place}`}
              amountMinor={part.amountMinor}
              currency={order.currency}
            />
          </p>
        ))}
        {mayChoose && (
          <label class="choice">
            <input
              type="checkbox"
              data-testid="cancel-order-in-cash"
              checked={isInCash}
              onChange={() => setInCash(!isInCash)}
            />
            <span>{words.t('order.refund-in-cash')}</span>
          </label>
        )}
        <ReasonChoice action="cancel-order" value={reasonCode} onChoose={setReason} />
      </div>
    </Dialog>
  );
}

// Goods of an order come back at the counter: which, and why. What was paid here is given back here, by the ordinary way to tender; what
// the channel took, the channel gives back.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { tillSubjects } from '../../../shared/domain/approval.ts';
import { isPaidHere } from '../../../shared/domain/order/collect-order.ts';
import type { Order } from '../../../shared/domain/order/order.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';
import { showCart } from './hand-over.dialog.tsx';
import { LineAmounts, type Amounts } from './line-amounts.tsx';

export function ReturnDialog(props: { readonly order: Order; readonly onClose: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order, onClose } = props;
  const [amounts, setAmounts] = useState<Amounts>({});
  const [reasonCode, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const lines = order.lines
    .map(({ lineNumber }) => ({ lineNumber, quantityMilli: amounts[lineNumber] ?? 0 }))
    .filter(({ quantityMilli }) => quantityMilli > 0);
  const take = async () => {
    setBusy(true);
    const made: { outcome: 'returned' | 'to-refund' | null } = { outcome: null };
    await decide(pos, {
      subject(why) {
        const refundedMinor = Number(why.details['refundedMinor'] ?? 0);
        return {
          subject: tillSubjects.returnOrder(order.id, refundedMinor),
          limit: { name: 'maxRefundMinor', asked: refundedMinor },
        };
      },
      async act(approval) {
        const outcome = await pos.workstation.returnChannelOrder({
          orderId: order.id,
          lines,
          reasonCode: reasonCode.trim(),
          ...(approval !== undefined && { approval }),
        });
        if (outcome.ok) made.outcome = outcome.value;
        return outcome;
      },
      onDone() {
        onClose();
        if (made.outcome === 'to-refund') showCart(pos);
        else pos.sounds.done();
      },
    });
    setBusy(false);
  };
  return (
    <Dialog
      testId="return-order"
      title={words.t('channel.return-title', { code: order.code })}
      closeLabel={words.t('common.close')}
      width="wide"
      onClose={onClose}
      actions={
        <Button
          testId="return-order-ok"
          look="primary"
          size="large"
          isDisabled={isBusy || lines.length === 0 || reasonCode.trim() === ''}
          onPress={() => void take()}
        >
          {words.t('channel.return-take')}
        </Button>
      }
    >
      <div class="decision">
        <p class="soft">{words.t(isPaidHere(order) ? 'channel.refund-here' : 'channel.refund-there')}</p>
        <LineAmounts
          testId="back"
          lines={order.lines}
          most={(line) => line.handedOverMilli - line.returnedMilli}
          amounts={amounts}
          onChange={setAmounts}
        />
        <ReasonChoice action="return-goods" value={reasonCode} onChoose={setReason} />
      </div>
    </Dialog>
  );
}

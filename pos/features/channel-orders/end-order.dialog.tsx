// An order ends here without its goods going out: the store rejects it, or releases what nobody takes. The customer hears of it, and the
// goods are for sale again.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ChannelOrder } from '../../../shared/client/channel-order-commands.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';
import { nameOf } from './channel-words.ts';

export function EndOrder(props: {
  readonly channelOrder: ChannelOrder;
  readonly move: 'reject' | 'release';
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { channelOrder, move, onClose } = props;
  const [reasonCode, setReason] = useState('');
  const reason = reasonCode.trim();
  const end = async () => {
    const { id } = channelOrder.order;
    const outcome = await pos.workstation.moveChannelOrder(id, { kind: move, reasonCode: reason });
    if (pos.report(outcome)) onClose();
  };
  return (
    <Dialog
      testId="end-order"
      role="alertdialog"
      title={words.t(`channel.${move}-title`, { name: nameOf(channelOrder) })}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <>
          <Button testId="end-order-keep" size="large" hasFocusFirst onPress={onClose}>
            {words.t('order.cancel-keep')}
          </Button>
          <Button
            testId="end-order-ok"
            look="danger"
            size="large"
            isDisabled={reason === ''}
            onPress={() => void end()}
          >
            {words.t(`channel.${move}`)}
          </Button>
        </>
      }
    >
      <div class="decision">
        <p class="soft">{words.t('channel.end-told')}</p>
        <ReasonChoice action="end-order" value={reasonCode} onChoose={setReason} />
      </div>
    </Dialog>
  );
}

// The goods go to whoever stands at the counter: who that is, how it was seen, and what of it they take. What is to be paid here is paid at
// the ordinary pay screen, and that sale is the hand-over. Nothing of the person is written down but how they were identified.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ChannelOrder } from '../../../shared/client/channel-order-commands.ts';
import { tillSubjects } from '../../../shared/domain/approval.ts';
import { boughtOf, isPaidHere } from '../../../shared/domain/order/collect-order.ts';
import type { HandOver } from '../../../shared/domain/order/order-move.ts';
import type { Order } from '../../../shared/domain/order/order.ts';
import { multiplyByQuantity, sumAmounts } from '../../../shared/domain/money.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords, type PosContext } from '../../shell/pos-context.ts';
import { nameOf } from './channel-words.ts';
import { LineAmounts, type Amounts } from './line-amounts.tsx';

export function HandOverDialog(props: {
  readonly channelOrder: ChannelOrder;
  readonly tokenId: string | null;
  readonly onEnd: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { channelOrder, tokenId, onClose } = props;
  const { order } = channelOrder;
  const [amounts, setAmounts] = useState<Amounts>(() =>
    Object.fromEntries(order.lines.map((line) => [line.lineNumber, line.pickedMilli])),
  );
  const [identity, setIdentity] = useState<HandOver['identity']>(
    tokenId === null ? 'name-and-code' : 'token',
  );
  const [collectedBy, setCollectedBy] = useState<HandOver['collectedBy']>('customer');
  const [isBusy, setBusy] = useState(false);
  const isNothing = order.lines.every(({ lineNumber }) => (amounts[lineNumber] ?? 0) === 0);
  const toPay = isPaidHere(order) ? dueFor(order, amounts) : 0;
  const take = async () => {
    setBusy(true);
    await handOver(pos, { order, amounts, tokenId, identity, collectedBy, onDone: onClose });
    setBusy(false);
  };
  return (
    <Dialog
      testId="hand-over"
      title={words.t('channel.hand-over-title', { name: nameOf(channelOrder) })}
      closeLabel={words.t('common.close')}
      width="wide"
      onClose={onClose}
      actions={
        isNothing ? (
          <Button testId="hand-over-nothing" look="danger" size="large" onPress={props.onEnd}>
            {words.t('channel.takes-nothing')}
          </Button>
        ) : (
          <Button
            testId="hand-over-ok"
            look="primary"
            size="large"
            hasFocusFirst
            isDisabled={isBusy}
            onPress={() => void take()}
          >
            {words.t(toPay > 0 ? 'channel.hand-over-pay' : 'channel.hand-over-now')}
          </Button>
        )
      }
    >
      <div class="decision hand-over">
        <p class="hand-over-code">
          <bdi class="ltr">{order.code}</bdi>
        </p>
        <div class="hand-over-choice">
          <p class="soft">{words.t('channel.identity')}</p>
          <Segmented
            testId="hand-over-identity"
            label={words.t('channel.identity')}
            value={identity}
            options={(tokenId === null ? (['name-and-code', 'document'] as const) : IDENTITIES).map(
              (value) => ({
                value,
                label: words.t(`channel.identity.${value}`),
              }),
            )}
            onChoose={setIdentity}
          />
        </div>
        <div class="hand-over-choice">
          <p class="soft">{words.t('channel.collected-by')}</p>
          <Segmented
            testId="hand-over-by"
            label={words.t('channel.collected-by')}
            value={collectedBy}
            options={(['customer', 'proxy'] as const).map((value) => ({
              value,
              label: words.t(`channel.collected-by.${value}`),
            }))}
            onChoose={setCollectedBy}
          />
        </div>
        <p class="soft">{words.t('channel.takes')}</p>
        <LineAmounts
          testId="take"
          lines={order.lines}
          most={(line) => line.pickedMilli}
          amounts={amounts}
          onChange={setAmounts}
        />
        <p class="count-sum">
          <span>{words.t(isPaidHere(order) ? 'channel.to-pay' : 'channel.paid-already')}</span>
          {isPaidHere(order) && (
            <Money testId="hand-over-due" amountMinor={toPay} currency={order.currency} />
          )}
        </p>
      </div>
    </Dialog>
  );
}

const IDENTITIES = ['token', 'name-and-code', 'document'] as const;

/** What is shown beforehand; the cart computes it to the unit. */
function dueFor(order: Order, amounts: Amounts): number {
  const goods = order.lines.map((line) =>
    multiplyByQuantity(boughtOf(line).unitPriceMinor, amounts[line.lineNumber] ?? 0),
  );
  const paidMinor = order.payment.kind === 'deposit' ? order.payment.amountMinor : 0;
  return Math.max(0, sumAmounts(goods) - paidMinor);
}

async function handOver(
  pos: PosContext,
  asked: Pick<HandOver, 'tokenId' | 'identity' | 'collectedBy'> & {
    readonly order: Order;
    readonly amounts: Amounts;
    readonly onDone: () => void;
  },
): Promise<void> {
  const { order, amounts, onDone, ...how } = asked;
  const refused = order.lines
    .map(({ lineNumber, pickedMilli }) => ({
      lineNumber,
      quantityMilli: pickedMilli - (amounts[lineNumber] ?? 0),
    }))
    .filter(({ quantityMilli }) => quantityMilli > 0);
  const made: { outcome: 'handed-over' | 'to-pay' | null } = { outcome: null };
  await decide(pos, {
    subject: tillSubjects.handOverOrder(order.id),
    async act(approval) {
      const outcome = await pos.workstation.collectChannelOrder({
        orderId: order.id,
        ...how,
        refused,
        ...(approval !== undefined && { approval }),
      });
      if (outcome.ok) made.outcome = outcome.value;
      return outcome;
    },
    onDone() {
      onDone();
      if (made.outcome === 'to-pay') showCart(pos);
      else pos.sounds.done();
    },
  });
}

/** Straight to the money, unless something about the goods is to be taken down first. */
export function showCart(pos: PosContext): void {
  const needs = pos.workstation.cart.value?.needs ?? [];
  pos.view.value = { kind: needs.length === 0 ? 'pay' : 'sell' };
}

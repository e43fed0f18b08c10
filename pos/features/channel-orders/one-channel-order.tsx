// One order of a channel: who it is for and until when, its pick list, and what can be done with it now. Scans go to the pick list while
// somebody picks, and to the hand-over once the goods are ready.

import { ArrowLeft, Hourglass, Lock, TriangleAlert } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { ChannelOrder } from '../../../shared/client/channel-order-commands.ts';
import { refundDueMinor } from '../../../shared/domain/order/collect-order.ts';
import { CHANNELS, orderTotalMinor, type Order } from '../../../shared/domain/order/order.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Badge, Banner } from '../../../shared/ui/notices.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { takeCode } from '../../shell/take-code.ts';
import { useKeys, useScans } from '../../shell/use-keyboard.ts';
import { dueText, leftMinor, nameOf, needsLook, urgencyOf } from './channel-words.ts';
import { EndOrder } from './end-order.dialog.tsx';
import { HandOverDialog } from './hand-over.dialog.tsx';
import { OrderButtons, type Asked } from './order-buttons.tsx';
import { PassOnDialog } from './pass-on.dialog.tsx';
import { PickList } from './pick-list.tsx';
import { ReturnDialog } from './return.dialog.tsx';
import { SubstituteDialog } from './substitute.dialog.tsx';
import { pickCode } from './pick-code.ts';

export function OneChannelOrder(props: {
  readonly channelOrder: ChannelOrder;
  readonly tokenId: string | null;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { channelOrder, tokenId } = props;
  const { order } = channelOrder;
  const isToCollect = tokenId !== null && order.state === 'ready';
  const asked = useSignal<Asked>(isToCollect ? { kind: 'hand-over' } : { kind: 'none' });
  const close = () => {
    asked.value = { kind: 'none' };
  };
  const ask = (what: Asked) => {
    asked.value = what;
  };
  const toBoard = () => {
    pos.view.value = { kind: 'channel-orders', orderId: null };
  };
  useKeys(({ key }) => {
    const isFree = asked.value.kind === 'none' && pos.overlay.value === 'none' && pos.approval.value === null;
    if (key !== 'Escape' || !isFree) return false;
    toBoard();
    return true;
  });
  useScans((code) => {
    if (pos.approval.value !== null) return;
    if (order.state === 'picking') void pickCode(pos, order, code);
    else takeCode(pos, code);
  });
  return (
    <main class="channel-order" data-testid="channel-order-screen">
      <section class="card channel-order-card">
        <header class="panel-head">
          <IconButton
            testId="channel-order-back"
            icon={ArrowLeft}
            iconMirrors
            label={words.t('orders.back-to-list')}
            onPress={toBoard}
          />
          <h1>
            <bdi>{nameOf(channelOrder)}</bdi>{' '}
            <bdi class="ltr soft channel-code" data-testid="channel-order-code">
              {order.code}
            </bdi>
          </h1>
          <Badge tone={needsLook(channelOrder) ? 'danger' : 'notice'} testId="channel-order-state">
            <span>{words.t(`channel.state.${order.state}`)}</span>
          </Badge>
        </header>
        <div
          class="channel-order-scroll"
          data-testid="channel-order"
          data-state={order.state}
          data-waiting={channelOrder.waitingMoves}
        >
          <div class="channel-order-told">
            <OrderBanners channelOrder={channelOrder} />
            <OrderFacts channelOrder={channelOrder} />
            <OrderHistory order={order} />
          </div>
          <PickList order={order} onSubstitute={(lineNumber) => ask({ kind: 'substitute', lineNumber })} />
        </div>
        <OrderButtons channelOrder={channelOrder} onAsk={ask} />
      </section>
      {asked.value.kind === 'hand-over' && (
        <HandOverDialog
          channelOrder={channelOrder}
          tokenId={tokenId}
          onEnd={() => ask({ kind: 'end', move: 'release' })}
          onClose={close}
        />
      )}
      {asked.value.kind === 'end' && (
        <EndOrder channelOrder={channelOrder} move={asked.value.move} onClose={close} />
      )}
      {asked.value.kind === 'return' && <ReturnDialog order={order} onClose={close} />}
      {asked.value.kind === 'pass-on' && <PassOnDialog order={order} onClose={close} />}
      {asked.value.kind === 'substitute' && (
        <SubstituteDialog order={order} lineNumber={asked.value.lineNumber} onClose={close} />
      )}
    </main>
  );
}

function OrderBanners({ channelOrder }: { readonly channelOrder: ChannelOrder }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order, holderNumber, waitingMoves } = channelOrder;
  const own = pos.workstation.identity.value?.workstationId;
  const isElsewhere = order.holder !== CHANNELS && order.holder !== own;
  const isAwaited = order.holder === CHANNELS && waitingMoves > 0 && order.state !== 'placed';
  return (
    <>
      {order.incidents
        .filter(({ move }) => move === 'hand-over' || move === 'return')
        .map(({ move, at, reason }) => (
          <Banner key={`${at} ${reason}`} testId="channel-incident" tone="danger" icon={TriangleAlert}>
            {words.t(move === 'return' ? 'channel.returned-twice' : 'channel.handed-over-twice', {
              at: words.dateTime(at),
            })}
          </Banner>
        ))}
      {isAwaited && (
        <Banner testId="channel-awaited" icon={Hourglass}>
          {words.t('channel.awaited')}
        </Banner>
      )}
      {isElsewhere && (
        <Banner testId="channel-elsewhere" icon={Lock}>
          {words.t('channel.elsewhere', { number: holderNumber ?? 0 })}
        </Banner>
      )}
    </>
  );
}

function OrderFacts({ channelOrder }: { readonly channelOrder: ChannelOrder }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order, contact, feedback } = channelOrder;
  const row = (label: string, value: JSX.Element | string): JSX.Element => (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
  const money = (testId: string, amountMinor: number): JSX.Element => (
    <Money testId={testId} amountMinor={amountMinor} currency={order.currency} />
  );
  const refund = refundDueMinor(order);
  const isOver = urgencyOf(order, pos.now.value);
  return (
    <dl class="facts">
      {contact !== null &&
        contact.phone !== null &&
        row(words.t('channel.phone'), <bdi class="ltr">{contact.phone}</bdi>)}
      {row(
        words.t('channel.came'),
        `${words.t(`channel.from.${order.channel}`)} · ${words.dateTime(order.placedAt)}`,
      )}
      {row(
        words.t('channel.keep-until'),
        <span data-tone={isOver}>{dueText(words, order, pos.now.value)}</span>,
      )}
      {row(words.t('order.total'), money('channel-total', orderTotalMinor(order)))}
      {row(words.t('channel.payment'), words.t(`channel.pays.${order.payment.kind}`))}
      {leftMinor(order) > 0 && row(words.t('channel.to-pay'), money('channel-left', leftMinor(order)))}
      {refund > 0 && row(words.t('channel.refund-due'), money('channel-refund', refund))}
      {feedback !== null &&
        row(
          words.t('channel.feedback'),
          `${words.number(feedback.stars)}/${words.number(5)} ${feedback.text ?? ''}`,
        )}
    </dl>
  );
}

function OrderHistory({ order }: { readonly order: Order }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const nameOfOperator = (id: string | undefined): string | null =>
    pos.workstation.operators.value.find((operator) => operator.id === id)?.name ?? null;
  return (
    <section class="order-plan" data-testid="channel-history">
      <h3>{words.t('order.moves')}</h3>
      <ol>
        {order.history.map((step, place) => (
          <li key={`${step.at} ${String(place)}`}>
            <span class="hit-words">
              <span>{words.t(`channel.moved.${moveKey(step.move)}`)}</span>
              <small>
                {words.dateTime(step.at)}
                {nameOfOperator(step.operatorId) !== null && (
                  <>
                    {' · '}
                    <bdi>{nameOfOperator(step.operatorId)}</bdi>
                  </>
                )}
                {step.receiptNumber !== undefined && (
                  <>
                    {' · '}
                    <bdi class="ltr">{step.receiptNumber}</bdi>
                  </>
                )}
              </small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const MOVES = [
  'place',
  'accept',
  'reject',
  'start-picking',
  'pick',
  'propose-substitute',
  'answer-substitute',
  'make-ready',
  'hand-over',
  'release',
  'call-time',
  'expire',
  'return',
  'pass-on',
  'take-back',
] as const;

const moveKey = (move: string): (typeof MOVES)[number] => MOVES.find((known) => known === move) ?? 'place';

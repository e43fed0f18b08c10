// Orders that came in over a channel, as a board: what is new, what is being picked, what waits for its customer, what is done. It works
// with what this till has, so it is there without a network, too.

import { ArrowLeft, ClipboardList, Search, ShoppingBag } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ChannelOrder } from '../../../shared/client/channel-order-commands.ts';
import { ORDER_CHANNELS, type OrderChannel } from '../../../shared/domain/order/order.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Badge } from '../../../shared/ui/notices.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { takeCode } from '../../shell/take-code.ts';
import { useKeys, useScans } from '../../shell/use-keyboard.ts';
import {
  COLUMNS,
  dueText,
  findChannelOrders,
  goodsOf,
  inColumn,
  leftMinor,
  nameOf,
  needsLook,
  urgencyOf,
  type Column,
} from './channel-words.ts';
import { OneChannelOrder } from './one-channel-order.tsx';

/** Cards of one column that are drawn; whoever looks for an older one searches for it. */
const CARDS_MAX = 60;

export function ChannelOrdersScreen(props: {
  readonly orderId: string | null;
  readonly tokenId: string | null;
}): JSX.Element {
  const pos = usePos();
  const { channelOrders } = pos.workstation;
  const one = channelOrders.value.find(({ order }) => order.id === props.orderId);
  useEffect(() => {
    // An order that is no longer kept here cannot be shown.
    if (props.orderId !== null && one === undefined)
      pos.view.value = { kind: 'channel-orders', orderId: null };
  }, [props.orderId, one === undefined]);
  return one === undefined ? (
    <Board />
  ) : (
    <OneChannelOrder key={one.order.id} channelOrder={one} tokenId={props.tokenId} />
  );
}

function Board(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const text = useSignal('');
  const shown = useSignal<Column>('new');
  const from = useSignal<OrderChannel | 'all'>('all');
  useKeys(({ key }) => {
    if (key !== 'Escape' || pos.overlay.value !== 'none' || pos.approval.value !== null) return false;
    pos.view.value = { kind: 'sell' };
    return true;
  });
  useScans((code) => takeCode(pos, code));
  const all = pos.workstation.channelOrders.value;
  const channels = ORDER_CHANNELS.filter((channel) => all.some(({ order }) => order.channel === channel));
  // The last order of a channel may have left while the board stood on it.
  const chosen = channels.find((channel) => channel === from.value) ?? 'all';
  const orders = findChannelOrders(all, text.value).filter(
    ({ order }) => chosen === 'all' || order.channel === chosen,
  );
  const columns = COLUMNS.map((column) => ({ column, orders: inColumn(orders, column) }));
  return (
    <main class="board-screen" data-testid="channel-orders-screen">
      <section class="card board-head">
        <header class="panel-head">
          <IconButton
            testId="channel-orders-back"
            icon={ArrowLeft}
            iconMirrors
            label={words.t('transactions.back')}
            onPress={() => {
              pos.view.value = { kind: 'sell' };
            }}
          />
          <h1>{words.t('channel.title')}</h1>
          <Field
            testId="channel-orders-search"
            label={words.t('channel.search')}
            isLabelHidden
            icon={Search}
            placeholder={words.t('channel.search')}
            inputMode="search"
            direction="auto"
            value={text.value}
            onInput={(value) => {
              text.value = value;
            }}
          />
          <IconButton
            testId="board-on-account"
            icon={ClipboardList}
            label={words.t('top.orders')}
            onPress={() => {
              pos.view.value = { kind: 'orders', orderId: null };
            }}
          />
        </header>
        {channels.length > 1 && (
          <div class="board-channels">
            <Segmented
              testId="channel-from"
              label={words.t('channel.channels')}
              value={chosen}
              options={[
                { value: 'all', label: words.t('channel.from.all') },
                ...channels.map((channel) => ({
                  value: channel,
                  label: words.t(`channel.from.${channel}`),
                })),
              ]}
              onChoose={(value) => {
                from.value = value;
              }}
            />
          </div>
        )}
        <div class="board-tabs">
          <Segmented
            testId="channel-column"
            label={words.t('channel.columns')}
            value={shown.value}
            options={columns.map(({ column, orders: own }) => ({
              value: column,
              label: words.t('channel.column-count', {
                name: words.t(`channel.column.${column}`),
                count: own.length,
              }),
            }))}
            onChoose={(value) => {
              shown.value = value;
            }}
          />
        </div>
      </section>
      <div class="board" data-shown={shown.value}>
        {columns.map(({ column, orders: own }) => (
          <section key={column} class="board-column" data-testid={`column-${column}`} data-column={column}>
            <h2>
              {words.t(`channel.column.${column}`)}
              <span class="board-count">{words.number(own.length)}</span>
            </h2>
            {own.length === 0 ? (
              <p class="board-empty">
                <Icon of={ShoppingBag} />
                {words.t(`channel.empty.${column}`)}
              </p>
            ) : (
              <ul>
                {own.slice(0, CARDS_MAX).map((each) => (
                  <li key={each.order.id}>
                    <OrderCard channelOrder={each} />
                  </li>
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </main>
  );
}

function OrderCard({ channelOrder }: { readonly channelOrder: ChannelOrder }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order, holderNumber } = channelOrder;
  const nowMs = pos.now.value;
  const urgency = urgencyOf(order, nowMs);
  const own = pos.workstation.identity.value?.workstationNumber;
  const left = leftMinor(order);
  return (
    <button
      type="button"
      class="board-card"
      data-testid={`channel-order-${order.code}`}
      data-state={order.state}
      data-urgency={urgency}
      onClick={() => {
        pos.view.value = { kind: 'channel-orders', orderId: order.id };
      }}
    >
      <span class="board-card-head">
        <strong>
          <bdi>{nameOf(channelOrder)}</bdi>
        </strong>
        <Badge tone={needsLook(channelOrder) ? 'danger' : 'plain'}>
          <span>
            {needsLook(channelOrder)
              ? words.t('order.state.problem')
              : words.t(`channel.state.${order.state}`)}
          </span>
        </Badge>
      </span>
      <span class="board-card-goods">
        <bdi>{goodsOf(words, order)}</bdi>
      </span>
      <span class="board-card-foot">
        <small>
          {words.t(`channel.from.${order.channel}`)}
          {' · '}
          {words.ago(Math.max(0, nowMs - Date.parse(order.placedAt)))}
          {holderNumber !== null && holderNumber !== own && (
            <>
              {' · '}
              {words.t('top.workstation', { number: holderNumber })}
            </>
          )}
        </small>
        {left > 0 && columnIsOpen(order.state) && <Money amountMinor={left} currency={order.currency} />}
      </span>
      {columnIsOpen(order.state) && (
        <small class="board-card-due" data-tone={urgency}>
          {dueText(words, order, nowMs)}
        </small>
      )}
    </button>
  );
}

const columnIsOpen = (state: ChannelOrder['order']['state']): boolean =>
  state === 'placed' || state === 'accepted' || state === 'picking' || state === 'ready';

// Orders on account: quotations, customer orders and layaways of the store, with how they stand and what is still to be paid.
// Everything here works with what this till has, so the list is there without a network, too.

import { ArrowLeft, ClipboardList, Search } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { businessDay } from '../../../shared/domain/business-day.ts';
import { leftToPay, type CustomerOrder } from '../../../shared/domain/customer-order.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Badge } from '../../../shared/ui/notices.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { VirtualList } from '../../../shared/ui/virtual-list.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { takeCode } from '../../shell/take-code.ts';
import { useKeys, useScans } from '../../shell/use-keyboard.ts';
import { OneOrder } from './one-order.tsx';
import { customerOf, findOrders, goodsOf, standOf } from './order-words.ts';

const ROW_HEIGHT_PX = 84;

export function OrdersScreen({ orderId }: { readonly orderId: string | null }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const text = useSignal('');
  const shown = useSignal<'open' | 'all'>('open');
  const store = workstation.settings.value?.store;
  const at = new Date(pos.now.value).toISOString();
  const today = store === undefined ? at.slice(0, 10) : businessDay(at, store);
  const choose = (id: string | null) => {
    pos.view.value = { kind: 'orders', orderId: id };
  };
  useKeys(({ key }) => {
    if (key !== 'Escape' || pos.overlay.value !== 'none' || pos.approval.value !== null) return false;
    if (orderId === null) pos.view.value = { kind: 'sell' };
    else choose(null);
    return true;
  });
  useScans((code) => takeCode(pos, code));
  const customers = workstation.customers.value;
  const orders = workstation.orders.value;
  const found = findOrders(orders, customers, {
    text: text.value,
    isOpenOnly: shown.value === 'open',
    today,
  });
  const one = orders.find((order) => order.id === orderId);
  return (
    <main class="transactions orders" data-testid="orders-screen" data-has-choice={one !== undefined}>
      <section class="card transactions-list">
        <header class="panel-head">
          <IconButton
            testId="orders-back"
            icon={ArrowLeft}
            iconMirrors
            label={words.t('transactions.back')}
            onPress={() => {
              pos.view.value = { kind: 'sell' };
            }}
          />
          <h1>{words.t('orders.title')}</h1>
        </header>
        <div class="orders-find">
          <Field
            testId="orders-search"
            label={words.t('orders.search')}
            isLabelHidden
            icon={Search}
            placeholder={words.t('orders.search')}
            inputMode="search"
            direction="auto"
            value={text.value}
            onInput={(value) => {
              text.value = value;
            }}
          />
          <Segmented
            testId="orders-shown"
            label={words.t('orders.shown')}
            value={shown.value}
            options={[
              { value: 'open', label: words.t('orders.open') },
              { value: 'all', label: words.t('orders.all') },
            ]}
            onChoose={(value) => {
              shown.value = value;
            }}
          />
        </div>
        {found.length === 0 ? (
          <Nothing
            testId="orders-empty"
            sentence={words.t(orders.length === 0 ? 'orders.none' : 'orders.none-found')}
          />
        ) : (
          <VirtualList
            testId="orders-rows"
            label={words.t('orders.title')}
            rows={found}
            rowHeight={ROW_HEIGHT_PX}
            keyOf={(order) => order.id}
            render={(order) => (
              <OrderRow
                order={order}
                today={today}
                isChosen={order === one}
                onPress={() => choose(order.id)}
              />
            )}
          />
        )}
      </section>
      <section class="card transaction-one" aria-live="polite">
        {one === undefined ? (
          <Nothing testId="orders-choose" sentence={words.t('orders.choose')} />
        ) : (
          <OneOrder key={one.id} order={one} today={today} onBack={() => choose(null)} />
        )}
      </section>
    </main>
  );
}

function Nothing(props: { readonly testId: string; readonly sentence: string }): JSX.Element {
  return (
    <div class="nothing" data-testid={props.testId}>
      <Icon of={ClipboardList} />
      <p>{props.sentence}</p>
    </div>
  );
}

function OrderRow(props: {
  readonly order: CustomerOrder;
  readonly today: string;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order } = props;
  const stand = standOf(words, order, props.today);
  const customer = customerOf(order, pos.workstation.customers.value);
  const age = words.ago(Math.max(0, pos.now.value - Date.parse(order.placedAt)));
  const isQuotation = order.kind === 'quotation';
  return (
    <button
      type="button"
      class="transaction-row order-row"
      data-testid={`order-${order.number}`}
      data-chosen={props.isChosen}
      data-state={order.state}
      onClick={props.onPress}
    >
      <span class="hit-words">
        <strong>
          <bdi>{customer?.name ?? goodsOf(words, order)}</bdi>
        </strong>
        <small>
          {words.t(`order.kind.${order.kind}`)}
          {' · '}
          <bdi class="ltr">{order.number}</bdi>
        </small>
        <small>
          {age}
          {customer !== null && (
            <>
              {' · '}
              <bdi>{goodsOf(words, order)}</bdi>
            </>
          )}
        </small>
      </span>
      <Badge tone={stand.tone} testId={`order-${order.number}-stand`}>
        <span>{stand.text}</span>
      </Badge>
      <span class="hit-price order-due">
        <Money
          amountMinor={isQuotation ? order.totals.grossMinor : leftToPay(order)}
          currency={order.currency}
        />
        <small>{words.t(isQuotation ? 'order.total' : 'order.left')}</small>
      </span>
    </button>
  );
}

// How far an order is: the steps it went through with their times, and those that are still to come.

import type { JSX } from 'preact';
import type { OrderState } from '../../../shared/domain/order/order.ts';
import type { ShopOrder } from '../api.ts';
import { useWords } from '../shop-context.ts';

const WAY: readonly OrderState[] = ['placed', 'accepted', 'picking', 'ready', 'handed-over'];

type Step = { readonly state: OrderState; readonly at: string | null };

export function OrderProgress(props: {
  readonly order: Pick<ShopOrder, 'history' | 'state' | 'isEnded'>;
  readonly timeZone?: string;
}): JSX.Element {
  const { t, dateTime } = useWords();
  const { order, timeZone } = props;
  return (
    <ol class="progress" aria-label={t('track.progress')}>
      {stepsOf(order).map(({ state, at }) => (
        <li
          key={state}
          class={at === null ? 'to-come' : 'done'}
          aria-current={state === order.state ? 'step' : undefined}
          data-testid={`step-${state}`}
        >
          <span>{t(`state.${state}`)}</span>
          {at !== null && <time dateTime={at}>{dateTime(at, timeZone)}</time>}
        </li>
      ))}
    </ol>
  );
}

/** Every state that was reached, once, at its first time; and while it goes on, those that lie ahead. */
export function stepsOf(order: Pick<ShopOrder, 'history' | 'state' | 'isEnded'>): readonly Step[] {
  const reached = new Map<OrderState, string>();
  for (const { state, at } of order.history) if (!reached.has(state)) reached.set(state, at);
  const done = [...reached].map(([state, at]): Step => ({ state, at }));
  if (order.isEnded) return done;
  const ahead = WAY.slice(WAY.indexOf(order.state) + 1).filter((state) => !reached.has(state));
  return [...done, ...ahead.map((state): Step => ({ state, at: null }))];
}

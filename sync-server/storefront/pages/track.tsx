// Following an order by its code: how far it is, where it waits, the code that collects it, giving it up while that is possible, and what
// the customer thought of it.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ShopOrder } from '../api.ts';
import { FeedbackForm } from '../parts/feedback-form.tsx';
import { CancelOrder } from '../parts/cancel-order.tsx';
import { LazyQr } from '../parts/lazy-qr.tsx';
import { OrderGoods } from '../parts/order-goods.tsx';
import { OrderProgress } from '../parts/order-progress.tsx';
import { Problem, Waiting } from '../parts/problem.tsx';
import { HoursOfWeek } from '../parts/store-hours.tsx';
import { typedText } from '../parts/typed-text.ts';
import { useAsked, useEvery } from '../parts/use-asked.ts';
import { useTitle } from '../parts/use-title.ts';
import { useShop, useWords } from '../shop-context.ts';

const LOOK_EVERY_MS = 3_000;

export function TrackPage(props: { readonly code: string | null; readonly isNew: boolean }): JSX.Element {
  return props.code === null ? <FindOrder /> : <FollowOrder code={props.code} isNew={props.isNew} />;
}

function FindOrder(): JSX.Element {
  const { t } = useWords();
  const { router } = useShop();
  useTitle(t('track.find'));
  return (
    <div class="page narrow">
      <h1>{t('track.find')}</h1>
      <form
        class="find"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = typedText(new FormData(event.currentTarget), 'code');
          if (typed !== '') router.go(`track/${encodeURIComponent(typed)}`);
        }}
      >
        <div class="field">
          <label for="track-code">{t('track.code')}</label>
          <input
            id="track-code"
            name="code"
            dir="ltr"
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={32}
            data-testid="track-code"
          />
        </div>
        <button type="submit" class="button main" data-testid="track-go">
          {t('track.go')}
        </button>
      </form>
    </div>
  );
}

function FollowOrder({ code, isNew }: { readonly code: string; readonly isNew: boolean }): JSX.Element {
  const { t } = useWords();
  const { api } = useShop();
  const [answer, setAnswer, askAgain] = useAsked(() => api.track(code), [code]);
  const [shown, setShown] = useState<ShopOrder | null>(null);
  // While nobody can be reached the last state stays, and the sentence beside it says so.
  const order = answer?.ok === true ? answer.value : shown;
  if (answer?.ok === true && shown !== answer.value) setShown(answer.value);
  useTitle(order === null ? t('track.title') : `${t('track.title')} ${order.code}`);
  useEvery(LOOK_EVERY_MS, order !== null && !order.isEnded, askAgain);
  if (answer === null) return <Waiting />;
  return (
    <div class="page narrow" data-testid="track-page" data-state={order?.state ?? 'none'}>
      <h1>{t('track.title')}</h1>
      {!answer.ok && <Problem code={answer.code} onAgain={askAgain} />}
      {order !== null && (
        <OneOrder order={order} isNew={isNew} onChanged={(value) => setAnswer({ ok: true, value })} />
      )}
    </div>
  );
}

function OneOrder(props: {
  readonly order: ShopOrder;
  readonly isNew: boolean;
  readonly onChanged: (order: ShopOrder) => void;
}): JSX.Element {
  const { t, dateTime } = useWords();
  const { stores } = useShop();
  const { order, onChanged } = props;
  const store = stores.find(({ id }) => id === order.storeId);
  return (
    <>
      {props.isNew && (
        <p class="standing" role="status" data-testid="thanks">
          {t('track.thanks')}
        </p>
      )}
      <p>{t('track.keep', { code: order.code })}</p>
      <OrderProgress order={order} {...(store === undefined ? {} : { timeZone: store.timeZone })} />
      {order.pickupToken !== null && (
        <section class="pickup">
          <h2>{t('track.show')}</h2>
          <LazyQr text={order.pickupToken} label={t('track.qr', { code: order.code })} />
        </section>
      )}
      {store !== undefined && (
        <address class="place">
          <strong>
            <bdi>{store.name}</bdi>
          </strong>
          <span>
            <bdi>{store.addressLines.join(', ')}</bdi>
          </span>
          {!order.isEnded && <span>{t('track.until', { time: dateTime(order.dueAt, store.timeZone) })}</span>}
          <HoursOfWeek store={store} />
        </address>
      )}
      <OrderGoods order={order} />
      {order.state === 'placed' && <CancelOrder code={order.code} onChanged={onChanged} />}
      <FeedbackForm order={order} step="ordering" onChanged={onChanged} />
      {order.isEnded && <FeedbackForm order={order} step="collection" onChanged={onChanged} />}
    </>
  );
}

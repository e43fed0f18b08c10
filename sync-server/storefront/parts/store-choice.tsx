// Which store keeps the goods ready: those that can promise everything may be chosen, the others say that they cannot.

import type { JSX } from 'preact';
import type { Availability, ShopCart } from '../api.ts';
import { storesInOrder } from '../near-stores.ts';
import { useShop, useWords } from '../shop-context.ts';
import type { ContactFault } from './contact-fields.tsx';
import { NearChoice } from './near-choice.tsx';
import { HoursToday } from './store-hours.tsx';

export function StoreChoice(props: {
  readonly cart: ShopCart;
  readonly rows: readonly Availability[];
  readonly faults: readonly ContactFault[];
}): JSX.Element {
  const { t, distance } = useWords();
  const { stores, place, storeId } = useShop();
  const ordered = storesInOrder(stores, { place: place.value, storeId: storeId.value }).map((near) => ({
    ...near,
    hasAll: props.cart.lines.every(
      ({ item, quantityMilli }) =>
        (props.rows.find((row) => row.storeId === near.store.id && row.itemId === item.id)?.promisableMilli ??
          0) >= quantityMilli,
    ),
  }));
  const first = ordered.find(({ hasAll }) => hasAll)?.store.id;
  const fault = props.faults.find(({ field }) => field === 'store');
  return (
    <fieldset aria-describedby={fault === undefined ? undefined : 'fault-store'}>
      <legend>{t('order.store')}</legend>
      <NearChoice />
      {ordered.map(({ store, metres, hasAll }) => (
        <label key={store.id} class="choice">
          <input
            type="radio"
            name="store"
            value={store.id}
            defaultChecked={store.id === first}
            disabled={!hasAll}
            data-testid={`choose-${store.id}`}
          />
          <span>
            <strong>
              <bdi>{store.name}</bdi>
            </strong>
            <small>
              <bdi>{store.addressLines.join(', ')}</bdi>
              {metres !== null && <> · {t('near.away', { distance: distance(metres) })}</>}
            </small>
            <HoursToday store={store} />
            <small class={hasAll ? 'stock is-there' : 'stock'}>
              {t(hasAll ? 'order.store.all' : 'order.store.short')}
            </small>
          </span>
        </label>
      ))}
      {fault !== undefined && (
        <p class="fault" id="fault-store">
          {t(fault.need)}
        </p>
      )}
    </fieldset>
  );
}

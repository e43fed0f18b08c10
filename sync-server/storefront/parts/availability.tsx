// What each store has of an item: what can be promised now (exact, the channels hold it themselves), and what lies in the store as it
// last told, with the time of that. The order is that of the way there, once the visitor has said where they are.

import type { JSX } from 'preact';
import type { Availability as Row, ShopItem } from '../api.ts';
import { storesInOrder, type NearStore } from '../near-stores.ts';
import { useShop, useWords } from '../shop-context.ts';
import { NearChoice } from './near-choice.tsx';
import { HoursToday } from './store-hours.tsx';

export function Availability(props: { readonly item: ShopItem; readonly rows: readonly Row[] }): JSX.Element {
  const { t } = useWords();
  const { stores, place, storeId } = useShop();
  const ordered = storesInOrder(stores, { place: place.value, storeId: storeId.value });
  return (
    <section class="availability" aria-labelledby="where">
      <h2 id="where">{t('item.availability')}</h2>
      <NearChoice />
      <ul class="stores" data-testid="stores">
        {ordered.map((near) => (
          <StoreRow
            key={near.store.id}
            near={near}
            row={props.rows.find((row) => row.storeId === near.store.id)}
          />
        ))}
      </ul>
    </section>
  );
}

function StoreRow({ near, row }: { readonly near: NearStore; readonly row: Row | undefined }): JSX.Element {
  const { t, distance } = useWords();
  const { store, metres } = near;
  return (
    <li class="store" data-testid={`store-${store.id}`} data-promisable={row?.promisableMilli ?? 0}>
      <h3>
        <bdi>{store.name}</bdi>
      </h3>
      <p class="faint">
        <bdi>{store.addressLines.join(', ')}</bdi>
        {metres !== null && <> · {t('near.away', { distance: distance(metres) })}</>}
      </p>
      <HoursToday store={store} />
      {row !== undefined && <Stock row={row} />}
    </li>
  );
}

function Stock({ row }: { readonly row: Row }): JSX.Element {
  const { t, quantity, time } = useWords();
  const isThere = row.promisableMilli > 0;
  return (
    <>
      <p class={isThere ? 'stock is-there' : 'stock'}>
        {isThere ? t('stock.reservable', { count: quantity(row.promisableMilli) }) : t('stock.none')}
      </p>
      <p class="faint" data-testid="in-store">
        {row.inStoreAsOf === null
          ? t('stock.asOf', { time: time(row.asOf) })
          : t('stock.inStore', { count: quantity(row.inStoreMilli), time: time(row.inStoreAsOf) })}
      </p>
    </>
  );
}

// Which store is nearest, and whether it is open today. The visitor's place is asked for only when they tap for it, stays in the page
// and is sent nowhere: the order is made here.

import type { ShopStore } from './api.ts';

export type Place = { readonly latitudeMicro: number; readonly longitudeMicro: number };

const EARTH_METRES = 6_371_000;
const radians = (micro: number): number => (micro / 1_000_000) * (Math.PI / 180);

/** Metres along the ground between two places (the great circle). */
export function metresBetween(one: Place, other: Place): number {
  const [from, to] = [radians(one.latitudeMicro), radians(other.latitudeMicro)];
  const turn = radians(other.longitudeMicro) - radians(one.longitudeMicro);
  const square = Math.sin((to - from) / 2) ** 2 + Math.cos(from) * Math.cos(to) * Math.sin(turn / 2) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(square)));
}

export type NearStore = { readonly store: ShopStore; readonly metres: number | null };

/** The stores, nearest first where the visitor's place is known; a chosen store stands first, and is where distances start. */
export function storesInOrder(
  stores: readonly ShopStore[],
  from: { readonly place: Place | null; readonly storeId: string | null },
): readonly NearStore[] {
  const chosen = stores.find(({ id }) => id === from.storeId);
  const place = from.place ?? chosen?.location ?? null;
  return stores
    .map((store) => ({
      store,
      metres:
        place === null || store.location === undefined || store === chosen
          ? null
          : metresBetween(place, store.location),
    }))
    .sort((left, right) => rank(left, chosen) - rank(right, chosen));
}

const rank = ({ store, metres }: NearStore, chosen: ShopStore | undefined): number =>
  store === chosen ? -1 : (metres ?? Number.MAX_SAFE_INTEGER);

/** From when to when the store is open on the day of an instant, in its own time; null when it is closed, undefined when nobody said. */
export function hoursOn(
  store: Pick<ShopStore, 'hours' | 'timeZone'>,
  instantMs: number,
): { readonly opensAtMinute: number; readonly closesAtMinute: number } | null | undefined {
  if (store.hours === undefined) return undefined;
  const name = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: store.timeZone }).format(
    new Date(instantMs),
  );
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name) + 1;
  return store.hours.find((each) => each.weekday === weekday) ?? null;
}

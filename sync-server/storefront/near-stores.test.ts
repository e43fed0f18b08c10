import { describe, expect, test } from 'vitest';
import type { ShopStore } from './api.ts';
import { hoursOn, metresBetween, storesInOrder } from './near-stores.ts';

const aStore = (id: string, latitudeMicro: number, longitudeMicro: number): ShopStore => ({
  id,
  number: 1,
  name: id,
  addressLines: [],
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  location: { latitudeMicro, longitudeMicro },
});
const berlin = aStore('berlin', 52_520_000, 13_405_000);
const hamburg = aStore('hamburg', 53_551_000, 9_994_000);
const warsaw = aStore('warsaw', 52_230_000, 21_011_000);
const POTSDAM = { latitudeMicro: 52_391_000, longitudeMicro: 13_065_000 };

describe('the nearest store', () => {
  test('from Berlin to Hamburg is about 255 km', () => {
    const metres = metresBetween(berlin.location ?? POTSDAM, hamburg.location ?? POTSDAM);
    expect(Math.round(metres / 1000)).toBe(255);
  });

  test('stands first where the place of the visitor is known', () => {
    const order = storesInOrder([warsaw, hamburg, berlin], { place: POTSDAM, storeId: null });
    expect(order.map(({ store }) => store.id)).toEqual(['berlin', 'hamburg', 'warsaw']);
  });

  test('a store that was chosen stands first, the others by their way from there', () => {
    const order = storesInOrder([warsaw, hamburg, berlin], { place: null, storeId: 'hamburg' });
    expect(order.map(({ store, metres }) => [store.id, metres === null])).toEqual([
      ['hamburg', true],
      ['berlin', false],
      ['warsaw', false],
    ]);
  });

  test('without a place the stores stay in the order of their numbers', () => {
    const order = storesInOrder([berlin, hamburg], { place: null, storeId: null });
    expect(order.map(({ store, metres }) => [store.id, metres])).toEqual([
      ['berlin', null],
      ['hamburg', null],
    ]);
  });
});

describe('opening hours', () => {
  const hours = [{ weekday: 6, opensAtMinute: 600, closesAtMinute: 1080 }];

  test('are those of the day in the time of the store', () => {
    // Half past eleven in the evening of Friday in UTC is Saturday in Berlin.
    expect(hoursOn({ ...berlin, hours }, Date.UTC(2026, 5, 5, 22, 30))).toMatchObject({ opensAtMinute: 600 });
    expect(hoursOn({ ...berlin, hours }, Date.UTC(2026, 5, 5, 12))).toBeNull();
  });

  test('nobody says that a store is closed which has told no hours', () => {
    expect(hoursOn(berlin, Date.UTC(2026, 5, 5))).toBeUndefined();
  });
});

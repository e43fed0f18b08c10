import { describe, expect, test } from 'vitest';
import { asItemId } from '../ids.ts';
import { isAgreedTo, showStock, takenFromPromises } from './counter-stock.ts';

const RIGHTS = { storeMilli: 2000, channelsMilli: 1000, promisedMilli: 1000 };

describe('selling at the counter', () => {
  test('connected, the channels’ free unit may be sold too, and only the promised one asks a manager', () => {
    const connected = { isConnected: true };
    expect(takenFromPromises(3000, RIGHTS, connected)).toBe(0);
    expect(takenFromPromises(4000, RIGHTS, connected)).toBe(1000);
    expect(takenFromPromises(9000, RIGHTS, connected)).toBe(1000);
  });

  test('cut off, the channels may have promised theirs, so it asks from the first unit beyond the counter’s share', () => {
    const cutOff = { isConnected: false };
    expect(takenFromPromises(2000, RIGHTS, cutOff)).toBe(0);
    expect(takenFromPromises(3000, RIGHTS, cutOff)).toBe(1000);
    expect(takenFromPromises(9000, RIGHTS, cutOff)).toBe(2000);
  });

  test('goods that stand on no list but in the customer’s hand take nothing from anybody', () => {
    const nothing = { storeMilli: 0, channelsMilli: 0, promisedMilli: 0 };
    expect(takenFromPromises(5000, nothing, { isConnected: true })).toBe(0);
    expect(takenFromPromises(5000, nothing, { isConnected: false })).toBe(0);
  });

  test('a share that is overdrawn already gives nothing more', () => {
    const overdrawn = { storeMilli: -1000, channelsMilli: 1000, promisedMilli: 1000 };
    expect(takenFromPromises(1000, overdrawn, { isConnected: true })).toBe(1000);
  });

  test('a manager’s yes to one unit does not cover two', () => {
    const itemId = asItemId('sofa');
    expect(isAgreedTo([{ itemId, quantityMilli: 1000 }], [{ itemId, quantityMilli: 1000 }])).toBe(true);
    expect(isAgreedTo([{ itemId, quantityMilli: 2000 }], [{ itemId, quantityMilli: 1000 }])).toBe(false);
    expect(isAgreedTo([], [])).toBe(true);
  });
});

test('what is shown of stock: kept for others, the channels’ part, free', () => {
  expect(showStock(4000, RIGHTS, { asideMilli: 1000 })).toEqual({
    onHandMilli: 4000,
    reservedMilli: 2000,
    storeMilli: 1000,
    channelsMilli: 1000,
    availableMilli: 2000,
  });
  expect(showStock(1000, RIGHTS, { asideMilli: 0 })).toMatchObject({
    reservedMilli: 1000,
    availableMilli: 0,
  });
  expect(showStock(-1000, null, { asideMilli: 0 })).toMatchObject({ onHandMilli: -1000, availableMilli: 0 });
});

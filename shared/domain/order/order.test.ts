// Orders move by one table, codes find mistakes, tokens are read only as they were signed.

import { describe, expect, test } from 'vitest';
import { asItemId, asStoreId } from '../ids.ts';
import { foldOrderMove, moveOrder, movesFor } from './move-order.ts';
import type { OrderMove } from './order-move.ts';
import {
  CHANNELS,
  openOrder,
  orderTotalMinor,
  promisedUnits,
  type Order,
  type OrderPlacement,
} from './order.ts';
import { checkPickupToken, pickupText, readPickupToken } from './pickup-token.ts';
import { CHANCE_MAX, CODES_PER_BLOCK, parseTrackingCode, trackingCode } from './tracking-code.ts';

const SOFA = {
  itemId: asItemId('sofa'),
  ordinal: 7,
  sku: 'SOFA-1',
  name: { en: 'Green velvet sofa' },
  unit: 'piece',
  quantityMilli: 2000,
  unitPriceMinor: 49_900,
} as const;
const LAMP = {
  ...SOFA,
  itemId: asItemId('lamp'),
  ordinal: 8,
  sku: 'LAMP-1',
  name: { en: 'Lamp' },
  quantityMilli: 1000,
};

const placed: OrderPlacement = {
  id: 'order-1',
  code: trackingCode({ block: 1, place: 2, chance: 3 }),
  storeId: asStoreId('s1'),
  channel: 'web',
  kind: 'reservation',
  currency: 'EUR',
  language: 'en',
  payment: { kind: 'on-collection' },
  lines: [{ ...SOFA, lineNumber: 1 }],
  placedAt: '2026-03-02T10:00:00.000Z',
  dueAt: '2026-03-04T10:00:00.000Z',
};
const at = '2026-03-02T11:00:00.000Z';
const TILL = 'till-1';

function after(order: Order, ...moves: readonly (readonly [string, OrderMove])[]): Order {
  let moved = order;
  for (const [by, move] of moves) {
    const outcome = moveOrder(moved, move, { by, at, isAdmitted: true });
    if (!outcome.ok) throw new Error(`${move.kind}: ${outcome.reason}`);
    moved = outcome.value;
  }
  return moved;
}
const reasonOf = (order: Order, by: string, move: OrderMove): string => {
  const outcome = moveOrder(order, move, { by, at });
  return outcome.ok ? 'accepted' : outcome.reason;
};
const handOver: OrderMove = {
  kind: 'hand-over',
  tokenId: 'order-1:1',
  identity: 'token',
  collectedBy: 'customer',
  refused: [],
};
const pickTwo: OrderMove = { kind: 'pick', lineNumber: 1, pickedMilli: 2000, isShort: false };
const ready = after(
  openOrder(placed),
  [TILL, { kind: 'accept' }],
  [TILL, { kind: 'start-picking' }],
  [TILL, pickTwo],
  [TILL, { kind: 'make-ready' }],
);

describe('moves', () => {
  test('an order goes from placed to handed over and back, and the history says who', () => {
    const back = after(
      ready,
      [TILL, handOver],
      [TILL, { kind: 'return', lines: [{ lineNumber: 1, quantityMilli: 1000 }], reasonCode: 'damaged' }],
    );
    expect(back.state).toBe('returned');
    expect(back.history.map(({ move, by }) => `${move} by ${by}`)).toEqual([
      'place by channels',
      'accept by till-1',
      'start-picking by till-1',
      'pick by till-1',
      'make-ready by till-1',
      'hand-over by till-1',
      'return by till-1',
    ]);
    expect(back.lines[0]).toMatchObject({ handedOverMilli: 2000, returnedMilli: 1000 });
  });

  test('nothing is skipped, and what has ended stays ended', () => {
    const fresh = openOrder(placed);
    expect(reasonOf(fresh, TILL, handOver)).toBe('order-move-not-allowed');
    expect(reasonOf(fresh, TILL, { kind: 'make-ready' })).toBe('order-move-not-allowed');
    const gone = after(ready, [TILL, handOver]);
    expect(reasonOf(gone, TILL, handOver)).toBe('order-move-not-allowed');
    expect(reasonOf(gone, TILL, { kind: 'release', reasonCode: 'changed-mind' })).toBe(
      'order-move-not-allowed',
    );
    expect(
      reasonOf(after(fresh, [TILL, { kind: 'reject', reasonCode: 'sold-out' }]), TILL, { kind: 'accept' }),
    ).toBe('order-move-not-allowed');
  });

  test('only the holder goes on with an order; another till may with a manager, or when it is passed on', () => {
    expect(reasonOf(ready, 'till-2', handOver)).toBe('order-held-elsewhere');
    expect(reasonOf(ready, CHANNELS, { kind: 'release', reasonCode: 'cancelled' })).toBe(
      'order-held-elsewhere',
    );
    expect(reasonOf(ready, 'till-2', { ...handOver, approvalId: 'a1' })).toBe('accepted');
    const passed = after(ready, [TILL, { kind: 'pass-on', to: 'till-2' }]);
    expect(reasonOf(passed, TILL, handOver)).toBe('order-held-elsewhere');
    expect(reasonOf(passed, 'till-2', handOver)).toBe('accepted');
  });

  test('a till that accepts without the server may look for the goods, and frees nothing before it is confirmed', () => {
    const accepted = moveOrder(openOrder(placed), { kind: 'accept' }, { by: TILL, at });
    if (!accepted.ok) throw new Error(accepted.reason);
    expect(accepted.value.holder).toBe(CHANNELS);
    const picked = after(accepted.value, [TILL, { kind: 'start-picking' }], [TILL, pickTwo]);
    expect(reasonOf(picked, TILL, { kind: 'make-ready' })).toBe('order-held-elsewhere');
    expect(reasonOf(picked, TILL, { kind: 'release', reasonCode: 'x' })).toBe('order-held-elsewhere');
  });

  test('the server calls the time and the holder ends the order; a device clock decides nothing', () => {
    expect(reasonOf(ready, TILL, { kind: 'expire' })).toBe('order-time-not-called');
    expect(reasonOf(ready, TILL, { kind: 'call-time' })).toBe('order-not-of-channels');
    const called = after(ready, [CHANNELS, { kind: 'call-time' }]);
    expect(reasonOf(called, CHANNELS, { kind: 'expire' })).toBe('order-held-elsewhere');
    expect(after(called, [TILL, { kind: 'expire' }]).state).toBe('expired');
    expect(
      after(openOrder(placed), [CHANNELS, { kind: 'call-time' }], [CHANNELS, { kind: 'expire' }]).state,
    ).toBe('expired');
  });

  test('an order is taken back from a workstation only when that is out of service', () => {
    expect(reasonOf(ready, CHANNELS, { kind: 'take-back' })).toBe('order-held-elsewhere');
    const back = moveOrder(ready, { kind: 'take-back' }, { by: CHANNELS, at, isHolderGone: true });
    expect(back.ok && back.value.holder).toBe(CHANNELS);
  });

  test('a second hand-over changes nothing and stands among the incidents', () => {
    const twice = foldOrderMove(after(ready, [TILL, handOver]), handOver, { by: 'till-2', at });
    expect(twice.state).toBe('handed-over');
    expect(twice.incidents).toEqual([
      { move: 'hand-over', at, by: 'till-2', reason: 'order-move-not-allowed' },
    ]);
  });

  test('a board offers only what its till may do', () => {
    expect(movesFor(openOrder(placed), TILL)).toEqual(['accept', 'reject']);
    expect(movesFor(ready, TILL)).toEqual(['hand-over', 'release', 'pass-on']);
    expect(movesFor(ready, 'till-2')).toEqual([]);
  });
});

describe('lines', () => {
  const picking = after(openOrder(placed), [TILL, { kind: 'accept' }], [TILL, { kind: 'start-picking' }]);

  test('a partial pick promises only what was found', () => {
    expect(promisedUnits(picking)).toEqual(new Map([['sofa', 2000]]));
    expect(reasonOf(picking, TILL, { kind: 'make-ready' })).toBe('order-line-unpicked');
    expect(reasonOf(picking, TILL, { ...pickTwo, pickedMilli: 3000 })).toBe('order-pick-beyond');
    const short = after(
      picking,
      [TILL, { ...pickTwo, pickedMilli: 1000, isShort: true }],
      [TILL, { kind: 'make-ready' }],
    );
    expect(promisedUnits(short)).toEqual(new Map([['sofa', 1000]]));
    expect(orderTotalMinor(short)).toBe(49_900);
    expect(promisedUnits(after(short, [TILL, handOver]))).toEqual(new Map());
  });

  test('an order of which nothing was found cannot become ready', () => {
    const none = after(picking, [TILL, { ...pickTwo, pickedMilli: 0, isShort: true }]);
    expect(reasonOf(none, TILL, { kind: 'make-ready' })).toBe('order-nothing-picked');
  });

  test('a substitute is picked only with the consent of the customer', () => {
    const asked = after(picking, [TILL, { kind: 'propose-substitute', lineNumber: 1, substitute: LAMP }]);
    expect(reasonOf(asked, TILL, pickTwo)).toBe('order-substitute-open');
    expect(reasonOf(asked, TILL, { kind: 'answer-substitute', lineNumber: 1, isAgreed: true })).toBe(
      'order-answer-unheard',
    );
    const heard: OrderMove = {
      kind: 'answer-substitute',
      lineNumber: 1,
      isAgreed: true,
      heardBy: 'telephone',
    };
    expect(promisedUnits(after(asked, [TILL, heard]))).toEqual(new Map([['lamp', 1000]]));
    const agreed = after(asked, [CHANNELS, { kind: 'answer-substitute', lineNumber: 1, isAgreed: true }]);
    expect(promisedUnits(agreed)).toEqual(new Map([['lamp', 1000]]));
    expect(reasonOf(agreed, TILL, pickTwo)).toBe('order-pick-beyond');
    const refused = after(asked, [CHANNELS, { kind: 'answer-substitute', lineNumber: 1, isAgreed: false }]);
    expect(promisedUnits(refused)).toEqual(new Map());
  });

  test('what the customer leaves on the counter was not handed over', () => {
    const partly = after(ready, [TILL, { ...handOver, refused: [{ lineNumber: 1, quantityMilli: 1000 }] }]);
    expect(partly.lines[0]?.handedOverMilli).toBe(1000);
    expect(reasonOf(ready, TILL, { ...handOver, refused: [{ lineNumber: 1, quantityMilli: 3000 }] })).toBe(
      'order-quantity-beyond',
    );
    const beyond: OrderMove = {
      kind: 'return',
      lines: [{ lineNumber: 1, quantityMilli: 2000 }],
      reasonCode: 'x',
    };
    expect(reasonOf(partly, TILL, beyond)).toBe('order-quantity-beyond');
  });
});

describe('tracking codes', () => {
  test('places of a block give different codes, and a person may type them in their way', () => {
    const codes = Array.from({ length: CODES_PER_BLOCK }, (_, place) =>
      trackingCode({ block: 9, place, chance: 5 }),
    );
    expect(new Set(codes).size).toBe(1024);
    const code = trackingCode({ block: 1, place: 0, chance: CHANCE_MAX - 1 });
    expect(code).toBe('0001-00ZZ-ZZS');
    expect(parseTrackingCode(' ooo1 00zz zzs ')).toBe(code);
    expect(parseTrackingCode('0001-00ZZ-ZZH')).toBeNull();
  });

  test('every wrong character and every two neighbours that were swapped are found', () => {
    const code = trackingCode({ block: 123_456, place: 77, chance: 654_321 });
    const bare = code.replaceAll('-', '');
    for (let place = 0; place < bare.length; place += 1) {
      for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        const wrong = bare.slice(0, place) + other + bare.slice(place + 1);
        expect(parseTrackingCode(wrong)).toBe(wrong === bare ? code : null);
      }
    }
    for (let place = 0; place < bare.length - 1; place += 1) {
      const [one = '', other = ''] = bare.slice(place, place + 2);
      const swapped = bare.slice(0, place) + other + one + bare.slice(place + 2);
      expect(parseTrackingCode(swapped)).toBe(swapped === bare ? code : null);
    }
  });
});

describe('pickup tokens', () => {
  const token = {
    orderId: 'order-1',
    number: 1,
    storeNumber: 3,
    code: placed.code,
    validUntilSeconds: 1_772_600_000,
  };
  const signature = 'A'.repeat(86);
  const given = {
    isSignatureRight: true,
    storeNumber: 3,
    order: ready,
    isBurnt: false,
    serverTimeAtLeastMs: 1_772_599_999_000,
  };
  const verdict = (change: Partial<typeof given>): string => {
    const outcome = checkPickupToken(token, { ...given, ...change });
    return outcome.ok ? 'accepted' : outcome.reason;
  };

  test('a token is read back exactly, and nothing that resembles it', () => {
    const text = pickupText(token, signature);
    expect(readPickupToken(` ${text}\n`)?.token).toEqual(token);
    for (const wrong of [
      '',
      'TP1',
      text.replace('TP1', 'TP2'),
      text.replace('.1.3.', '.01.3.'),
      `${text}A`,
      text.slice(1),
    ]) {
      expect(readPickupToken(wrong)).toBeNull();
    }
  });

  test('forged, foreign, used and expired tokens are refused without asking anybody', () => {
    expect(verdict({})).toBe('accepted');
    expect(verdict({ isSignatureRight: false })).toBe('pickup-token-forged');
    expect(verdict({ storeNumber: 4 })).toBe('pickup-token-other-store');
    expect(verdict({ isBurnt: true })).toBe('pickup-token-used');
    expect(verdict({ order: after(ready, [TILL, handOver]) })).toBe('pickup-token-used');
    expect(verdict({ serverTimeAtLeastMs: 1_772_600_000_000 })).toBe('pickup-token-expired');
    expect(verdict({ order: openOrder(placed) })).toBe('pickup-order-not-ready');
  });
});

// Rights as a till shows them: whatever the till does, and in whatever order the desk hears of it and answers, its view is the desk's
// last word and its own facts since, each counted once; what it shows never adds up to more than is on hand; and when all is
// delivered, it shows what the desk has booked.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRightsView } from '../../shared/client/rights-view.ts';
import type { RightsBook } from '../../shared/domain/escrow/rights-book.ts';
import { NO_RIGHTS, onHandOf, rightsOf } from '../../shared/domain/escrow/rights-book.ts';
import type { Fact, FactKind } from '../../shared/domain/fact.ts';
import { asItemId, asStoreId, asWorkstationId } from '../../shared/domain/ids.ts';
import { showStock } from '../../shared/domain/order/counter-stock.ts';
import type { OrderMove } from '../../shared/domain/order/order-move.ts';
import { CHANNELS, type OrderPlacement } from '../../shared/domain/order/order.ts';
import { foldOrderFacts, type DeskFact, type DeskSheet } from '../../sync-server/orders/fold-order-facts.ts';
import { partsOf } from '../../sync-server/orders/rights-pages.ts';
import { holds } from './holds.ts';

const ITEM = asItemId('sofa');
const PLACE = { itemId: ITEM, ordinal: 3 } as const;
const TILLS = ['w1', 'w2'] as const;

const MOVES: readonly OrderMove[] = [
  { kind: 'accept' },
  { kind: 'start-picking' },
  { kind: 'pick', lineNumber: 1, pickedMilli: 1000, isShort: true },
  { kind: 'make-ready' },
  { kind: 'hand-over', tokenId: null, identity: 'document', collectedBy: 'customer', refused: [] },
  { kind: 'release', reasonCode: 'changed-mind' },
  { kind: 'reject', reasonCode: 'damaged' },
];

const till = fc.constantFrom(...TILLS);
const happening = fc.oneof(
  fc.record({ kind: fc.constant('sell' as const), who: till, units: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('receive' as const), units: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('place' as const), units: fc.integer({ min: 1, max: 2 }) }),
  fc.record({
    kind: fc.constant('move' as const),
    who: till,
    order: fc.nat({ max: 3 }),
    move: fc.nat({ max: MOVES.length - 1 }),
  }),
  fc.record({ kind: fc.constant('deliver' as const), who: till }),
  fc.record({ kind: fc.constant('answer' as const) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

function aWorld() {
  const sheet: DeskSheet = {
    orders: new Map(),
    books: new Map(),
    changedItems: new Set(),
    ordinals: new Map(),
    takenBy: new Map(),
  };
  const sequences = new Map<string, number>();
  const waiting = new Map<string, Fact[]>(TILLS.map((name) => [name, []]));
  const folded = new Map<string, number>();
  const view = createRightsView(() => 'w1');
  const own: Fact[] = [];
  let answered = 0;

  const book = (): RightsBook => sheet.books.get(ITEM) ?? NO_RIGHTS;
  const factOf = (who: string, kind: FactKind, body: unknown): Fact => {
    const sequence = (sequences.get(who) ?? 0) + 1;
    sequences.set(who, sequence);
    const given = {
      kind,
      body,
      epoch: 1,
      sequence,
      workstationId: asWorkstationId(who),
      id: `${who}-${String(sequence)}`,
    };
    // Only what folds read.
    return { ...given, recordedAt: '2026-03-02T10:00:00.000Z' } as unknown as Fact;
  };
  const fold = (fact: Fact): void => {
    // Kinds of the desk only.
    const event = { kind: fact.kind, body: fact.body };
    foldOrderFacts(sheet, [
      { isServer: fact.workstationId === 'server', kind: fact.kind, fact, event } as DeskFact,
    ]);
    folded.set(fact.workstationId, fact.sequence);
  };
  const record = (who: string, fact: Fact): void => {
    waiting.get(who)?.push(fact);
    if (who !== 'w1') return;
    view.addOwn(fact);
    own.push(fact);
  };
  const world = {
    book,
    happen(each: Happening): void {
      switch (each.kind) {
        case 'sell': {
          const movements = [{ ...PLACE, quantityMilli: -1000 * each.units, reason: 'adjustment' }];
          return record(each.who, factOf(each.who, 'stock-received', { documentNumber: 'd', movements }));
        }
        case 'receive': {
          const movements = [{ ...PLACE, quantityMilli: 1000 * each.units, reason: 'receipt' }];
          return fold(factOf('server', 'stock-received', { documentNumber: 'd', movements }));
        }
        case 'place':
          if (rightsOf(book(), CHANNELS) < each.units * 1000 || sheet.orders.size >= 4) return;
          return fold(
            factOf('server', 'channel-order-placed', { order: aPlacement(sheet.orders.size, each.units) }),
          );
        case 'move': {
          const body = { orderId: `o${String(each.order)}`, move: MOVES[each.move] };
          return record(each.who, factOf(each.who, 'channel-order-moved', body));
        }
        case 'deliver': {
          const next = waiting.get(each.who)?.shift();
          return next === undefined ? undefined : fold(next);
        }
        case 'answer':
          return world.answer();
      }
    },
    answer(): void {
      const parts = partsOf(book());
      const slots = (milli: number): number[] =>
        Array.from({ length: 256 }, (_, slot) => (slot === 3 ? milli : 0));
      view.takePage({
        page: 0,
        storeMilli: slots(parts.storeMilli),
        channelsMilli: slots(parts.channelsMilli),
        promisedMilli: slots(parts.promisedMilli),
        through: [...folded].map(([workstationId, sequence]) => ({ workstationId, epoch: 1, sequence })),
      });
      view.takeOrders(
        [...sheet.orders].map(([id, order]) => ({ id, content: { kind: 'channel-order', order } })),
      );
      answered = onHandOf(book());
      own.splice(0, own.findLastIndex(({ sequence }) => sequence <= (folded.get('w1') ?? 0)) + 1);
    },
    settle(): void {
      for (const who of TILLS) while (waiting.get(who)?.length !== 0) world.happen({ kind: 'deliver', who });
      world.answer();
    },
    /** On hand as the till knows it: the desk's, less what it has sold since. */
    onHand: (): number =>
      own.reduce(
        (sum, fact) =>
          sum + (fact.kind === 'stock-received' ? (fact.body.movements[0]?.quantityMilli ?? 0) : 0),
        answered,
      ),
    rights: () => view.rights(PLACE),
    hasMoved: () => own.some(({ kind }) => kind === 'channel-order-moved'),
  };
  return world;
}

function aPlacement(number: number, units: number): OrderPlacement {
  return {
    id: `o${String(number)}`,
    code: `0000-0000-00${String(number)}`,
    storeId: asStoreId('s1'),
    channel: 'web',
    kind: 'reservation',
    currency: 'EUR',
    language: 'en',
    payment: { kind: 'on-collection' },
    lines: [
      {
        lineNumber: 1,
        ...PLACE,
        sku: 'SOFA',
        name: { en: 'Sofa' },
        unit: 'piece',
        quantityMilli: units * 1000,
        unitPriceMinor: 1,
      },
    ],
    placedAt: '2026-03-02T10:00:00.000Z',
    dueAt: '2026-03-02T11:00:00.000Z',
  };
}

test('what a till shows never adds up to more than is on hand, and every fact counts once', () => {
  holds(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const world = aWorld();
      world.answer();
      for (const each of happenings) {
        world.happen(each);
        const rights = world.rights();
        if (rights === null) throw new Error('the page is gone');
        const shown = showStock(world.onHand(), rights, { asideMilli: 0 });
        const { reservedMilli, storeMilli, channelsMilli, availableMilli } = shown;
        expect(reservedMilli + storeMilli + channelsMilli).toBe(Math.max(0, world.onHand()));
        expect(availableMilli).toBe(storeMilli + channelsMilli);
        // Goods handed over leave both the promise and the shelf; every other step only moves rights between holders.
        const sum = rights.storeMilli + rights.channelsMilli + rights.promisedMilli;
        if (!world.hasMoved()) expect(sum).toBe(world.onHand());
        else expect(sum).toBeLessThanOrEqual(world.onHand());
      }
      world.settle();
      expect(world.rights()).toEqual(partsOf(world.book()));
    }),
  );
});

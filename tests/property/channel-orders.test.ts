// A till's view of an order of a channel: whatever the till and the channels do, in whatever order the server hears of it and whenever its
// documents arrive, nothing of the till is shown twice or lost, and at the end both know the same. And the independent verifier
// agrees with the journal that the till wrote, and finds what was changed about it.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createChannelOrdersView } from '../../shared/client/channel-orders-view.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import { asItemId, asStoreId } from '../../shared/domain/ids.ts';
import { orderMovements } from '../../shared/domain/order/collect-order.ts';
import { foldChannelOrder } from '../../shared/domain/order/fold-channel-order.ts';
import { foldOrderMove, moveOrder } from '../../shared/domain/order/move-order.ts';
import type { OrderMove } from '../../shared/domain/order/order-move.ts';
import { CHANNELS, openOrder, type Order } from '../../shared/domain/order/order.ts';
import type { ChannelOrderMoved } from '../../shared/domain/order/order-facts.ts';
import { trackingCode } from '../../shared/domain/order/tracking-code.ts';
import { aJournalWriter, append, exportText, type JournalWriter } from '../support/a-journal.ts';
import { verifyExport } from '../verify-journal/verify-journal.mjs';
import { holds } from './holds.ts';

const OWN = 'ws-1';
const QUANTITY = 2000;

const placed: Order = openOrder({
  id: 'o1',
  code: trackingCode({ block: 1, place: 1, chance: 1 }),
  storeId: asStoreId('store-1'),
  channel: 'web',
  kind: 'order',
  currency: 'EUR',
  language: 'en',
  payment: { kind: 'paid', amountMinor: 40_00, reference: 'r' },
  lines: [1, 2].map((lineNumber) => ({
    lineNumber,
    itemId: asItemId(`item-${lineNumber}`),
    ordinal: lineNumber,
    sku: `SKU-${lineNumber}`,
    name: { en: 'Thing' },
    unit: 'piece',
    quantityMilli: QUANTITY,
    unitPriceMinor: 10_00,
  })),
  placedAt: '2026-03-02T09:00:00.000Z',
  dueAt: '2026-03-03T09:00:00.000Z',
});

const line = fc.constantFrom(1, 2);
const ofTill: fc.Arbitrary<OrderMove> = fc.oneof(
  fc.constantFrom<OrderMove>(
    { kind: 'accept' },
    { kind: 'start-picking' },
    { kind: 'make-ready' },
    { kind: 'expire' },
  ),
  fc.record({
    kind: fc.constant('pick' as const),
    lineNumber: line,
    pickedMilli: fc.constantFrom(0, 1000, 2000),
    isShort: fc.boolean(),
  }),
  fc.constantFrom<OrderMove>(
    { kind: 'release', reasonCode: 'x' },
    {
      kind: 'hand-over',
      tokenId: 'o1:1',
      identity: 'token',
      collectedBy: 'customer',
      refused: [{ lineNumber: 1, quantityMilli: 1000 }],
    },
    {
      kind: 'hand-over',
      tokenId: null,
      identity: 'document',
      collectedBy: 'proxy',
      refused: [],
    },
    { kind: 'return', lines: [{ lineNumber: 2, quantityMilli: 1000 }], reasonCode: 'x' },
  ),
);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('till' as const), move: ofTill }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cancel', 'call-time') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('send', 'publish', 'pull', 'restart') }) },
);
/** The way that most orders go, mixed with whatever else comes. */
const usual: readonly OrderMove[] = [
  { kind: 'accept' },
  { kind: 'start-picking' },
  { kind: 'pick', lineNumber: 1, pickedMilli: 2000, isShort: false },
  { kind: 'pick', lineNumber: 2, pickedMilli: 1000, isShort: true },
  { kind: 'make-ready' },
  { kind: 'hand-over', tokenId: 'o1:1', identity: 'token', collectedBy: 'customer', refused: [] },
];
type Step = { readonly do: string; readonly move?: OrderMove };

type World = {
  readonly writer: JournalWriter;
  view: ReturnType<typeof createChannelOrdersView>;
  server: Order;
  sent: number;
  document: Order;
  heldDocument: Order;
};

const content = (order: Order) => [{ id: order.id, content: { kind: 'channel-order', order } }];

/** The till moves an order as its command does: only what the domain lets it, with the order as the till knows it. */
function moveAtTill(world: World, move: OrderMove): void {
  const before = world.view.byId('o1')?.order;
  if (before === undefined) return;
  const moved = moveOrder(before, move, { by: OWN, at: '2026-03-02T10:00:00.000Z' });
  if (!moved.ok) return;
  const movements = orderMovements(before, moved.value);
  const body: ChannelOrderMoved = { orderId: 'o1', move, ...(movements.length > 0 ? { movements } : {}) };
  world.view.addOwn(append(world.writer, 'channel-order-moved', body));
}

function fold(world: World, fact: Fact): void {
  world.server = foldChannelOrder(world.server, fact, { by: OWN, isAdmitted: true }) ?? world.server;
}

function act(world: World, each: Step): void {
  const { facts } = world.writer;
  switch (each.do) {
    case 'till':
      if (each.move !== undefined) moveAtTill(world, each.move);
      break;
    case 'cancel':
    case 'call-time': {
      const move: OrderMove =
        each.do === 'cancel' ? { kind: 'release', reasonCode: 'cancelled' } : { kind: 'call-time' };
      world.server = foldOrderMove(world.server, move, { by: CHANNELS, at: '2026-03-02T11:00:00.000Z' });
      break;
    }
    case 'send': {
      const fact = facts[world.sent];
      if (fact === undefined) break;
      world.sent += 1;
      fold(world, fact);
      // A repeat of what was sent changes nothing.
      fold(world, fact);
      break;
    }
    case 'publish':
      world.document = world.server;
      break;
    case 'pull':
      world.heldDocument = world.document;
      world.view.take(content(world.document));
      break;
    case 'restart':
      // What is on the disk: the newest document that was pulled, and the journal.
      world.view = createChannelOrdersView(() => OWN);
      world.view.take(content(world.heldDocument));
      for (const fact of facts) world.view.addOwn(fact);
      break;
  }
}

function run(steps: readonly Step[]): World {
  const view = createChannelOrdersView(() => OWN);
  view.take(content(placed));
  const writer = aJournalWriter(OWN);
  append(writer, 'epoch-started', { reason: 'enrolled', lost: null });
  const world: World = { writer, view, server: placed, sent: 0, document: placed, heldDocument: placed };
  for (const each of steps) act(world, each);
  return world;
}

const mixed = fc
  .tuple(fc.array(step, { maxLength: 40 }), fc.boolean())
  .map(([steps, isUsual]): readonly Step[] => {
    if (!isUsual) return steps;
    const others = [...steps];
    return usual.flatMap((move): readonly Step[] => [
      { do: 'till', move },
      ...(move.kind === 'accept' ? [{ do: 'send' }, { do: 'send' }, { do: 'publish' }, { do: 'pull' }] : []),
      ...others.splice(0, 3),
    ]);
  });

describe('an order of a channel at a till', () => {
  test('server and till end up knowing the same, whatever comes in between', () => {
    holds(
      fc.property(mixed, (steps) => {
        const world = run(steps);
        const before = world.view.byId('o1');
        // Each own entry is in the document or stands over it, never both and never neither.
        const entries = world.writer.facts.length - 1;
        expect(before?.waitingMoves ?? 0).toBeLessThanOrEqual(entries);
        while (world.sent < world.writer.facts.length) act(world, { do: 'send' });
        act(world, { do: 'publish' });
        act(world, { do: 'pull' });
        expect(world.view.byId('o1')).toMatchObject({ waitingMoves: 0, order: world.server });
      }),
    );
  });

  test('the verifier agrees with every journal that a till writes', () => {
    let handedOver = 0;
    holds(
      fc.property(mixed, (steps) => {
        const { writer } = run(steps);
        if (writer.facts.some(({ kind, body }) => kind === 'channel-order-moved' && 'movements' in body))
          handedOver += 1;
        expect(verifyExport(exportText(writer))[0]?.fault).toBeNull();
      }),
    );
    expect(handedOver).toBeGreaterThan(0);
  });

  test('goods that go out twice, the wrong way, or beyond what went out are found', () => {
    const goods: ChannelOrderMoved = {
      orderId: 'o1',
      move: { kind: 'hand-over', tokenId: 'o1:1', identity: 'token', collectedBy: 'customer', refused: [] },
      movements: [{ itemId: asItemId('item-1'), ordinal: 1, quantityMilli: -2000, reason: 'sale' }],
    };
    const back = (quantityMilli: number): ChannelOrderMoved => ({
      orderId: 'o1',
      move: { kind: 'return', lines: [{ lineNumber: 1, quantityMilli }], reasonCode: 'x' },
      movements: [{ itemId: asItemId('item-1'), ordinal: 1, quantityMilli, reason: 'return' }],
    });
    const faultOf = (...bodies: readonly ChannelOrderMoved[]): string | undefined => {
      const writer = aJournalWriter(OWN);
      append(writer, 'epoch-started', { reason: 'enrolled', lost: null });
      for (const body of bodies) append(writer, 'channel-order-moved', body);
      return verifyExport(exportText(writer))[0]?.fault?.sentence;
    };
    expect(faultOf(goods, back(1000))).toBeUndefined();
    expect(faultOf(goods, goods)).toContain('a second time');
    expect(faultOf({ ...goods, movements: back(1000).movements ?? [] })).toContain('the wrong way');
    expect(faultOf(back(1000))).toContain('was not handed over');
    expect(faultOf(goods, back(3000))).toContain('3000 of item-1 come back');
    expect(faultOf({ orderId: 'o1', move: { kind: 'accept' }, movements: goods.movements ?? [] })).toContain(
      'accept moves goods',
    );
  });
});

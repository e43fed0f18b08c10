// One schedule: a hundred things happen in an order that the seed chooses, then everything is connected, time goes by, and it is
// checked that the promises held: all the way, and in what is left at the end.

import { holdersOf, mergeBooks, onHandOf, rightsOf } from '../../../shared/domain/escrow/rights-book.ts';
import type { OrderMove } from '../../../shared/domain/order/order-move.ts';
import { isEnded, promisedUnits, type Order } from '../../../shared/domain/order/order.ts';
import { holderOfOrder } from '../../../shared/domain/order/promise-units.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import * as world from './world.ts';
import type { PlantedBug, Till, World } from './world.ts';

const STEPS = 100;
const ROUNDS_TO_REST = 12;

export type Schedule = {
  /** With the step where it was seen first; empty when the promises held. */
  readonly broken: readonly string[];
  /** What happened, such as `hand-over` or `hand-over while cut off`: a schedule in which nothing happens proves nothing. */
  readonly seen: ReadonlySet<string>;
};

export function runSchedule(seed: number, bug: PlantedBug | null = null): Schedule {
  const sim = world.makeWorld(seededRandom(seed), bug);
  return { broken: run(sim), seen: sim.seen };
}

function run(sim: World): readonly string[] {
  for (const storeId of world.STORES) {
    for (const itemId of world.ITEMS) {
      const tills = sim.tills.filter((till) => till.storeId === storeId);
      const at = sim.random.chance(0.5) ? sim.random.pick(tills) : null;
      world.deliver(sim, at, { storeId, itemId, amount: 1 + sim.random.integer(3) });
    }
  }
  for (let step = 0; step < STEPS; step += 1) {
    happen(sim);
    checkAlways(sim);
    if (sim.broken.length > 0) return sim.broken.map((what) => `step ${String(step)}: ${what}`);
  }
  comeToRest(sim);
  checkAtRest(sim);
  return sim.broken;
}

function happen(sim: World): void {
  const { random } = sim;
  const till = random.pick(sim.tills);
  const storeId = random.pick(world.STORES);
  const itemId = random.pick(world.ITEMS);
  const what = random.integer(100);
  if (what < 15) world.placeOrder(sim, storeId, itemId, 1 + random.integer(2));
  else if (what < 25) world.sell(sim, till, itemId);
  else if (what < 60) workOnOrder(sim, till);
  else if (what < 66) collect(sim);
  else if (what < 80) meet(sim, till);
  else if (what < 84) till.isCut = random.chance(0.7);
  else if (what < 87)
    world.deliver(sim, random.chance(0.5) ? till : null, { storeId: till.storeId, itemId, amount: 1 });
  else if (what < 90) world.sendToOtherStore(sim, till, itemId);
  else if (what < 92) world.receiveFromOtherStore(sim);
  else if (what < 94) cancelByCustomer(sim);
  else {
    sim.now += random.integer(25_000);
    world.runJobs(sim, random.chance(0.3));
    world.tendOrders(sim, till);
  }
}

function meet(sim: World, till: Till): void {
  if (till.isCut) return;
  world.contact(sim, till, sim.random.chance(0.2));
  world.tendOrders(sim, till);
}

/** A till takes the next step of one of its orders, or something else that it may do. */
function workOnOrder(sim: World, till: Till): void {
  const open = ordersOf(till).filter((order) => !isEnded(order) || order.state === 'handed-over');
  if (open.length === 0) return;
  const order = sim.random.pick(open);
  const other = sim.random.pick(sim.tills.filter((each) => each.storeId === till.storeId));
  const line = order.lines[0];
  const wanted = line?.quantityMilli ?? 0;
  const picked = sim.random.chance(0.8) ? wanted : sim.random.integer(wanted + 1);
  const next: Record<string, OrderMove> = {
    placed: sim.random.chance(0.9) ? { kind: 'accept' } : { kind: 'reject', reasonCode: 'sold-out' },
    accepted: { kind: 'start-picking' },
    picking:
      (line?.pickedMilli ?? 0) === 0
        ? { kind: 'pick', lineNumber: 1, pickedMilli: picked, isShort: picked < wanted }
        : { kind: 'make-ready' },
    ready: { kind: 'pass-on', to: other.id },
    'handed-over': {
      kind: 'return',
      lines: [{ lineNumber: 1, quantityMilli: Math.max(1, line?.handedOverMilli ?? 1) }],
      reasonCode: 'not-liked',
    },
  };
  const move = next[order.state];
  const isUnusual = sim.random.chance(0.06);
  if (isUnusual) world.move(sim, till, order.id, { kind: 'release', reasonCode: 'cannot-serve' });
  else if (move !== undefined && (order.state !== 'handed-over' || sim.random.chance(0.2))) {
    world.move(sim, till, order.id, move);
  }
}

/** Somebody comes with a token, perhaps a copy, to one of the tills of the store, which may be cut off. */
function collect(sim: World): void {
  const tokens = [...sim.tokens].sort();
  if (tokens.length === 0) return;
  const orderId = sim.random.pick(tokens);
  const till = sim.random.pick(
    sim.tills.filter((each) => sim.server.orders[orderId]?.storeId === each.storeId),
  );
  if (till.burnt.has(orderId) && sim.bug !== 'burns-twice') return;
  const isDone = world.move(sim, till, orderId, {
    kind: 'hand-over',
    tokenId: `${orderId}:1`,
    identity: 'token',
    collectedBy: 'customer',
    refused: [],
  });
  if (isDone) till.burnt.add(orderId);
}

function cancelByCustomer(sim: World): void {
  const open = Object.values(sim.server.orders).filter((order) => !isEnded(order));
  if (open.length > 0)
    world.move(sim, null, sim.random.pick(open).id, { kind: 'release', reasonCode: 'cancelled' });
}

const ordersOf = (till: Till): Order[] =>
  Object.values(till.view.orders).filter((order) => order.storeId === till.storeId);

function comeToRest(sim: World): void {
  for (const till of sim.tills) till.isCut = false;
  for (let round = 0; round < ROUNDS_TO_REST; round += 1) {
    sim.now += 60_000;
    while (sim.inTransit.length > 0) world.receiveFromOtherStore(sim);
    world.runJobs(sim, false);
    for (const till of sim.tills) {
      world.contact(sim, till, false);
      world.tendOrders(sim, till);
    }
  }
  for (const till of sim.tills) world.contact(sim, till, false);
  for (const till of sim.tills) world.contact(sim, till, false);
}

/** What must hold at every moment, in all that anybody knows together. */
function checkAlways(sim: World): void {
  for (const storeId of world.STORES) {
    for (const itemId of world.ITEMS) {
      let book = world.bookOf(sim.server, storeId, itemId);
      for (const till of sim.tills) book = mergeBooks(book, world.bookOf(till.view, storeId, itemId));
      const key = `${storeId}/${itemId}`;
      for (const holder of holdersOf(book)) {
        if (rightsOf(book, holder) < 0) sim.broken.push(`${key}: ${holder} has used more than it had`);
      }
      if (onHandOf(book) !== (sim.truth.get(key) ?? 0)) {
        sim.broken.push(`${key}: ${String(onHandOf(book))} rights for ${String(sim.truth.get(key))} units`);
      }
    }
  }
  for (const [orderId, times] of sim.handedOver) {
    if (times > 1) sim.broken.push(`${orderId} was handed over ${String(times)} times`);
  }
}

const ENDINGS = new Set(['reject', 'release', 'expire', 'hand-over']);

/** What must hold when everybody has met: nothing is stuck, everything ended once, and all know the same. */
function checkAtRest(sim: World): void {
  checkAlways(sim);
  for (const order of Object.values(sim.server.orders)) {
    if (!isEnded(order)) sim.broken.push(`${order.id} is stuck in ${order.state}, held by ${order.holder}`);
    const endings = order.history.filter(({ move }) => ENDINGS.has(move));
    if (endings.length !== 1) sim.broken.push(`${order.id} ended ${String(endings.length)} times`);
    if (promisedUnits(order).size > 0) sim.broken.push(`${order.id} still promises units`);
    const left = world.ITEMS.map((itemId) =>
      rightsOf(world.bookOf(sim.server, order.storeId, itemId), holderOfOrder(order.id)),
    );
    if (left.some((amount) => amount !== 0)) sim.broken.push(`${order.id} still holds rights`);
    const isLost = order.incidents.some(({ move }) => move === 'hand-over' || move === 'return');
    if (isLost) sim.broken.push(`${order.id}: goods moved against the order`);
  }
  const known = JSON.stringify(sim.server);
  for (const till of sim.tills) {
    if (JSON.stringify(till.view) !== known)
      sim.broken.push(`${till.id} knows something else than the server`);
  }
}

// A small world of stores, tills, the web and the call-centre, driven by one seed: every node has a copy of what it knows and a
// journal of what it did; nodes meet only when a contact happens, answers get lost, processes die, clocks are wrong. The rules are
// those of the product (shared/domain); this file only carries facts about. `truth` is what an onlooker would have counted.

import { asItemId, asStoreId, type ItemId } from '../../../shared/domain/ids.ts';
import {
  applyRightsChange,
  giveRights,
  grantRights,
  NO_RIGHTS,
  rightsOf,
  spendInHand,
  spendRights,
  type RightsBook,
  type RightsStep,
} from '../../../shared/domain/escrow/rights-book.ts';
import { foldOrderMove, moveOrder } from '../../../shared/domain/order/move-order.ts';
import type { OrderMove } from '../../../shared/domain/order/order-move.ts';
import { CHANNELS, isEnded, openOrder, type Order } from '../../../shared/domain/order/order.ts';
import {
  promiseUnits,
  settleUnits,
  type ItemChange,
  type StoreRights,
} from '../../../shared/domain/order/promise-units.ts';
import { trackingCode } from '../../../shared/domain/order/tracking-code.ts';
import type { Outcome } from '../../../shared/domain/refusal.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';

/** Faults that are built in on purpose; the checks must find each of them. */
export type PlantedBug =
  /** A till gives its share away and sells it as well: nobody looks at what is left. */
  | 'guard-removed'
  /** A till ends orders when its own clock says so. */
  | 'expires-by-client-clock'
  /** Any till hands over, whoever holds the order and whatever was burnt. */
  | 'burns-twice'
  /** A store that does not answer is taken to have agreed. */
  | 'silence-is-yes'
  /** A server that dies in the middle of a job keeps its lease for ever. */
  | 'lease-never-ends'
  /** Facts that arrive again are taken for new ones, and orders are counted by them. */
  | 'forgets-who-holds';

export type SimFact = {
  readonly id: string;
  readonly changes: readonly (ItemChange & { readonly storeId: string })[];
  readonly placed?: Order;
  readonly moved?: {
    readonly orderId: string;
    readonly move: OrderMove;
    readonly by: string;
    readonly at: string;
  };
};

export type View = {
  readonly rights: Readonly<Record<string, StoreRights>>;
  readonly orders: Readonly<Record<string, Order>>;
};

export type Till = {
  readonly id: string;
  readonly storeId: string;
  readonly clockErrorMs: number;
  isCut: boolean;
  view: View;
  /** What the server has not confirmed yet. */
  readonly unsent: SimFact[];
  /** Tokens burnt here. */
  readonly burnt: Set<string>;
};

type Job = { readonly orderId: string; readonly runAt: number; lockedUntil: number };

export type World = {
  readonly random: SeededRandom;
  readonly bug: PlantedBug | null;
  readonly tills: readonly Till[];
  server: View;
  now: number;
  readonly jobs: Map<string, Job>;
  readonly known: Set<string>;
  /** Tokens in customers' hands: anybody may have copied one. */
  readonly tokens: Set<string>;
  readonly inTransit: { readonly storeId: string; readonly itemId: ItemId; readonly amount: number }[];
  /** By `store/item`: units that an onlooker counts in the store. */
  readonly truth: Map<string, number>;
  readonly handedOver: Map<string, number>;
  readonly broken: string[];
  readonly seen: Set<string>;
  lastId: number;
};

export const STORES = ['s1', 's2'] as const;
export const ITEMS: readonly ItemId[] = [asItemId('sofa'), asItemId('lamp')];
const HOLD_MS = 60_000;
const LEASE_MS = 5_000;
const EMPTY: View = { rights: {}, orders: {} };

export function makeWorld(random: SeededRandom, bug: PlantedBug | null): World {
  const tills = STORES.flatMap((storeId) =>
    Array.from({ length: 1 + random.integer(2) }, (_, place): Till => ({
      id: `${storeId}-till-${String(place + 1)}`,
      storeId,
      clockErrorMs: random.chance(0.3) ? HOLD_MS * (random.integer(5) - 2) : 0,
      isCut: false,
      view: EMPTY,
      unsent: [],
      burnt: new Set(),
    })),
  );
  return {
    random,
    bug,
    tills,
    server: EMPTY,
    now: Date.UTC(2026, 2, 2),
    jobs: new Map(),
    known: new Set(),
    tokens: new Set(),
    inTransit: [],
    truth: new Map(),
    handedOver: new Map(),
    broken: [],
    seen: new Set(),
    lastId: 0,
  };
}

// ── What happens ────────────────────────────────────────────────────────────────────────────────────────────────

/** Goods arrive at a store and are taken in at a till or by head office, which holds their rights from then on. */
export function deliver(
  world: World,
  at: Till | null,
  given: { storeId: string; itemId: ItemId; amount: number },
): void {
  const { storeId, itemId, amount } = given;
  count(world, storeId, itemId, amount);
  record(world, at, { storeId, itemId }, (book) => grantRights(book, at?.id ?? CHANNELS, amount));
}

/** A customer takes a unit from the shelf; without a right the till sends for a manager, who is not here. */
export function sell(world: World, till: Till, itemId: ItemId): void {
  const step = world.bug === 'guard-removed' ? spendInHand : spendRights;
  const isOnShelf = (world.truth.get(`${till.storeId}/${itemId}`) ?? 0) > 0;
  if (!isOnShelf && world.bug !== 'guard-removed') return;
  const isSold = record(world, till, { storeId: till.storeId, itemId }, (book) => step(book, till.id, 1));
  if (isSold) count(world, till.storeId, itemId, -1);
}

/** The web or the call-centre promises a unit; what the channels lack is asked of tills that can be reached. */
export function placeOrder(world: World, storeId: string, itemId: ItemId, amount: number): void {
  for (const till of world.tills.filter((each) => each.storeId === storeId)) {
    const lacking = amount - rightsOf(bookOf(world.server, storeId, itemId), CHANNELS);
    if (lacking <= 0) break;
    if (world.bug === 'silence-is-yes') {
      recordAtServer(world, { storeId, itemId }, (book) =>
        giveRights(book, { from: till.id, to: CHANNELS, amount: lacking }),
      );
    } else if (!till.isCut) {
      contact(world, till, false);
      const has = Math.min(lacking, rightsOf(bookOf(till.view, storeId, itemId), till.id));
      if (has > 0)
        record(world, till, { storeId, itemId }, (book) =>
          giveRights(book, { from: till.id, to: CHANNELS, amount: has }),
        );
      contact(world, till, false);
    }
  }
  world.lastId += 1;
  const id = `o${String(world.lastId)}`;
  const order = openOrder({
    id,
    code: trackingCode({ block: 0, place: world.lastId % 1024, chance: 0 }),
    storeId: asStoreId(storeId),
    channel: world.random.chance(0.5) ? 'web' : 'call-centre',
    kind: 'reservation',
    currency: 'EUR',
    language: 'en',
    payment: { kind: 'on-collection' },
    lines: [
      {
        lineNumber: 1,
        itemId,
        ordinal: 0,
        sku: itemId,
        name: { en: itemId },
        unit: 'piece',
        quantityMilli: amount,
        unitPriceMinor: 100,
      },
    ],
    placedAt: new Date(world.now).toISOString(),
    dueAt: new Date(world.now + HOLD_MS).toISOString(),
  });
  const settled = promiseUnits(world.server.rights[storeId] ?? {}, order);
  if (!settled.ok) {
    world.seen.add('promise refused');
    return;
  }
  takeIn(world, { id: nextId(world), placed: order, changes: withStore(settled.value.changes, storeId) });
  world.jobs.set(id, { orderId: id, runAt: world.now + HOLD_MS, lockedUntil: 0 });
}

/** A till, or the channels (null), moves an order that it knows. */
export function move(world: World, till: Till | null, orderId: string, what: OrderMove): boolean {
  const view = till?.view ?? world.server;
  const before = view.orders[orderId];
  if (before === undefined) return false;
  const by = till?.id ?? CHANNELS;
  const at = new Date(world.now + (till?.clockErrorMs ?? 0)).toISOString();
  const isForced = world.bug === 'burns-twice' && what.kind === 'hand-over';
  const asked = isForced ? { ...before, holder: by, state: 'ready' as const } : before;
  const after = moveOrder(asked, what, { by, at, isAdmitted: till === null });
  if (!after.ok) return false;
  const isOwn = before.holder === by || world.bug === 'forgets-who-holds';
  const settled = isOwn
    ? settleUnits(view.rights[before.storeId] ?? {}, { before, after: after.value, by })
    : null;
  if (settled !== null && !settled.ok && !isForced) return false;
  const changes = settled?.ok === true ? withStore(settled.value.changes, before.storeId) : [];
  const fact: SimFact = { id: nextId(world), changes, moved: { orderId, move: what, by, at } };
  if (till === null) takeIn(world, fact);
  else {
    till.view = applyLocally(till.view, fact, after.value);
    till.unsent.push(fact);
  }
  world.seen.add(what.kind);
  if (till?.isCut === true) world.seen.add(`${what.kind} while cut off`);
  onMoved(world, before, after.value);
  return true;
}

/** Up with what is unsent, down with what the server knows. The answer may get lost: then the till sends again. */
export function contact(world: World, till: Till, isAnswerLost: boolean): void {
  for (const fact of till.unsent) {
    if (world.known.has(fact.id)) continue;
    takeIn(world, fact);
    afterAdmission(world, fact);
  }
  if (isAnswerLost) return;
  till.unsent.length = 0;
  till.view = world.server;
}

/** Timers of the server: each job is taken under a lease; a server that dies leaves it to the next one. */
export function runJobs(world: World, diesWithin: boolean): void {
  for (const job of world.jobs.values()) {
    if (job.runAt > world.now || job.lockedUntil > world.now) continue;
    job.lockedUntil =
      diesWithin && world.bug === 'lease-never-ends' ? Number.POSITIVE_INFINITY : world.now + LEASE_MS;
    if (diesWithin) return;
    const order = world.server.orders[job.orderId];
    if (order === undefined) continue;
    if (!isEnded(order) && order.timeCalledAt === null) move(world, null, job.orderId, { kind: 'call-time' });
    move(world, null, job.orderId, { kind: 'expire' });
    world.jobs.delete(job.orderId);
  }
}

/** What a till does by itself: it ends what it holds as soon as it hears that the time is over, and frees what is left over. */
export function tendOrders(world: World, till: Till): void {
  for (const order of Object.values(till.view.orders)) {
    if (order.storeId !== till.storeId) continue;
    if (isEnded(order)) {
      freeLeftover(world, till, order);
      continue;
    }
    const isOverByClock =
      world.bug === 'expires-by-client-clock' && world.now + till.clockErrorMs >= Date.parse(order.dueAt);
    if (order.timeCalledAt === null && isOverByClock && order.holder === till.id) {
      till.view = {
        ...till.view,
        orders: { ...till.view.orders, [order.id]: { ...order, timeCalledAt: order.dueAt } },
      };
      move(world, till, order.id, { kind: 'expire' });
    } else if (order.timeCalledAt !== null) move(world, till, order.id, { kind: 'expire' });
  }
}

function freeLeftover(world: World, till: Till, order: Order): void {
  if (order.holder !== till.id) return;
  const rights = till.view.rights[order.storeId] ?? {};
  const settled = settleUnits(rights, { before: order, after: order, by: till.id });
  if (!settled.ok || settled.value.changes.length === 0) return;
  const fact = { id: nextId(world), changes: withStore(settled.value.changes, order.storeId) };
  till.view = applyChanges(till.view, fact);
  till.unsent.push(fact);
}

/** Goods leave one store for another; they count nowhere until somebody takes them in. */
export function sendToOtherStore(world: World, till: Till, itemId: ItemId): void {
  const isSent = record(world, till, { storeId: till.storeId, itemId }, (book) =>
    spendRights(book, till.id, 1),
  );
  if (!isSent) return;
  count(world, till.storeId, itemId, -1);
  const storeId = STORES.find((each) => each !== till.storeId) ?? till.storeId;
  world.inTransit.push({ storeId, itemId, amount: 1 });
}

export function receiveFromOtherStore(world: World): void {
  const parcel = world.inTransit.shift();
  if (parcel === undefined) return;
  const tills = world.tills.filter((each) => each.storeId === parcel.storeId);
  deliver(world, world.random.pick(tills), parcel);
}

// ── Underneath ──────────────────────────────────────────────────────────────────────────────────────────────────

export const bookOf = (view: View, storeId: string, itemId: ItemId): RightsBook =>
  view.rights[storeId]?.[itemId] ?? NO_RIGHTS;

type Step = (book: RightsBook) => Outcome<RightsStep>;

type Place = { readonly storeId: string; readonly itemId: ItemId };

function record(world: World, till: Till | null, place: Place, step: Step): boolean {
  if (till === null) return recordAtServer(world, place, step);
  const { storeId, itemId } = place;
  const written = step(bookOf(till.view, storeId, itemId));
  if (!written.ok) return false;
  const fact = { id: nextId(world), changes: [{ storeId, itemId, change: written.value.change }] };
  till.view = applyChanges(till.view, fact);
  till.unsent.push(fact);
  return true;
}

function recordAtServer(world: World, { storeId, itemId }: Place, step: Step): boolean {
  const written = step(bookOf(world.server, storeId, itemId));
  if (!written.ok) return false;
  takeIn(world, { id: nextId(world), changes: [{ storeId, itemId, change: written.value.change }] });
  return true;
}

function takeIn(world: World, fact: SimFact): void {
  world.known.add(fact.id);
  world.server = applyChanges(world.server, fact);
  const { placed, moved } = fact;
  if (placed !== undefined) setOrder(world, placed);
  if (moved === undefined) return;
  const before = world.server.orders[moved.orderId];
  if (before === undefined) return;
  setOrder(world, foldOrderMove(before, moved.move, { by: moved.by, at: moved.at, isAdmitted: true }));
}

/** What the server does about a till's move: frees what a refused order held, and signs the token of one that is ready. */
function afterAdmission(world: World, fact: SimFact): void {
  const order = fact.moved === undefined ? undefined : world.server.orders[fact.moved.orderId];
  if (order === undefined) return;
  if (order.state === 'ready') world.tokens.add(order.id);
  if (!isEnded(order) || order.holder !== CHANNELS) return;
  const settled = settleUnits(world.server.rights[order.storeId] ?? {}, {
    before: order,
    after: order,
    by: CHANNELS,
  });
  if (settled.ok && settled.value.changes.length > 0) {
    takeIn(world, { id: nextId(world), changes: withStore(settled.value.changes, order.storeId) });
  }
}

function applyLocally(view: View, fact: SimFact, order: Order): View {
  const changed = applyChanges(view, fact);
  return { ...changed, orders: { ...changed.orders, [order.id]: order } };
}

function applyChanges(view: View, fact: SimFact): View {
  if (fact.changes.length === 0) return view;
  const rights = new Map(Object.entries(view.rights));
  for (const { storeId, itemId, change } of fact.changes) {
    const ofStore = rights.get(storeId) ?? {};
    rights.set(
      storeId,
      Object.assign({}, ofStore, { [itemId]: applyRightsChange(ofStore[itemId] ?? NO_RIGHTS, change) }),
    );
  }
  return { ...view, rights: Object.fromEntries(rights) };
}

function setOrder(world: World, order: Order): void {
  world.server = { ...world.server, orders: { ...world.server.orders, [order.id]: order } };
}

/** What the onlooker sees when a move happens: goods that leave or come back, and orders that end too early. */
function onMoved(world: World, before: Order, after: Order): void {
  const [line] = after.lines;
  const [former] = before.lines;
  if (line === undefined || former === undefined) return;
  const last = after.history.at(-1);
  if (last?.move === 'hand-over') {
    world.handedOver.set(after.id, (world.handedOver.get(after.id) ?? 0) + 1);
    count(world, after.storeId, line.itemId, -line.handedOverMilli);
  }
  if (last?.move === 'return')
    count(world, after.storeId, line.itemId, line.returnedMilli - former.returnedMilli);
  if (last?.move === 'expire' && world.now < Date.parse(after.dueAt)) {
    world.broken.push(`${after.id} expired before its time`);
  }
}

function count(world: World, storeId: string, itemId: ItemId, amount: number): void {
  const key = `${storeId}/${itemId}`;
  const left = (world.truth.get(key) ?? 0) + amount;
  world.truth.set(key, left);
  if (left < 0) world.broken.push(`${key}: a unit left the store that was not there`);
}

function withStore(changes: readonly ItemChange[], storeId: string): SimFact['changes'] {
  return changes.map((each) => ({ ...each, storeId }));
}

function nextId(world: World): string {
  world.lastId += 1;
  return `f${String(world.lastId)}`;
}

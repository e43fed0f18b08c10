// What facts do to the orders of channels and to the rights of a store's items, in the order of the store's feed. Pure: the same
// facts give the same sheet. A move that is not allowed any more changes no order and is shown to people.

import type { Fact } from '../../shared/domain/fact.ts';
import {
  applyRightsChange,
  giveRights,
  grantRights,
  NO_RIGHTS,
  rightsOf as rightsHeld,
  spendInHand,
  type HolderId,
  type RightsBook,
  type RightsRefusal,
  type RightsStep,
} from '../../shared/domain/escrow/rights-book.ts';
import { asItemId, type ItemId } from '../../shared/domain/ids.ts';
import { foldChannelOrder, movedBy } from '../../shared/domain/order/fold-channel-order.ts';
import type { OrderMove } from '../../shared/domain/order/order-move.ts';
import { CHANNELS, openOrder, type Order } from '../../shared/domain/order/order.ts';
import {
  promiseUnits,
  settleUnits,
  unitsMoved,
  type RightsSettled,
} from '../../shared/domain/order/promise-units.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { AttentionRaised } from '../db/attention.ts';

/** All tills of a store together: what the counter may sell without asking. */
export const STORE: HolderId = 'store';

type DeskKinds =
  | 'channel-order-placed'
  | 'channel-order-moved'
  | 'rights-moved'
  | 'stock-received'
  | 'transaction-completed';

export type DeskFact = {
  [Kind in DeskKinds]: {
    readonly isServer: boolean;
    readonly kind: Kind;
    readonly fact: Fact<Kind>;
    readonly event: { readonly kind: Kind; readonly body: Fact<Kind>['body'] };
  };
}[DeskKinds];

export type DeskSheet = {
  readonly orders: Map<string, Order>;
  readonly books: Map<string, RightsBook>;
  readonly changedItems: Set<string>;
  /** Fixed places in the catalogue of the items that the facts named. */
  readonly ordinals: Map<string, number>;
  /** The sale that took more of an item than the counter had. */
  readonly takenBy: Map<string, TakenBy>;
};

export type TakenBy = {
  readonly receiptNumber: string;
  readonly workstationId: string;
  readonly operatorId: string;
};

export type DeskProblem = Omit<AttentionRaised, 'at'>;

export function foldOrderFacts(sheet: DeskSheet, facts: readonly DeskFact[]): readonly DeskProblem[] {
  return facts.flatMap((each) => {
    const problem = foldOne(sheet, each);
    if (problem === null) return [];
    const { workstationId, id, epoch, sequence } = each.fact;
    return [
      { kind: 'order-problem', workstationId, factId: id, position: { epoch, sequence }, values: problem },
    ];
  });
}

type Problem = AttentionRaised['values'] | null;

function foldOne(sheet: DeskSheet, { fact, isServer }: DeskFact): Problem {
  switch (fact.kind) {
    case 'stock-received': {
      // Goods that head office takes in are its to give out: no till has seen them yet.
      const holder = isServer ? CHANNELS : STORE;
      for (const { itemId, quantityMilli } of fact.body.movements)
        moveGoods(sheet, itemId, holder, quantityMilli);
      return null;
    }
    case 'transaction-completed':
      return fact.body.transaction.isTraining === true ? null : foldSale(sheet, fact);
    case 'rights-moved': {
      const { from, to, moves } = fact.body;
      const isOwn = isServer ? from === CHANNELS : from === STORE;
      if (!isOwn) return { problem: 'rights-of-other-side' };
      for (const { itemId, quantityMilli } of moves) {
        const given = change(sheet, itemId, (book) => giveRights(book, { from, to, amount: quantityMilli }));
        if (given !== null) return { problem: given, itemId };
      }
      return null;
    }
    case 'channel-order-placed': {
      const order = openOrder(fact.body.order);
      if (sheet.orders.has(order.id)) return { problem: 'order-placed-twice', orderId: order.id };
      sheet.orders.set(order.id, order);
      return settle(sheet, promiseUnits(rightsOf(sheet, order), order), order);
    }
    case 'channel-order-moved':
      return foldMove(sheet, fact, isServer);
  }
}

/** The order that a sale hands over gives its units to the counter first, whose sale then uses them up. */
function foldSale(sheet: DeskSheet, fact: Fact<'transaction-completed'>): Problem {
  const { channelOrder, stockMovements } = fact.body.transaction;
  const problem = channelOrder === undefined ? null : foldMove(sheet, fact, false);
  for (const { itemId, quantityMilli } of stockMovements) moveGoods(sheet, itemId, STORE, quantityMilli);
  noteTaker(sheet, fact);
  return problem;
}

type Moving = Fact<'channel-order-moved' | 'transaction-completed'>;

function foldMove(sheet: DeskSheet, fact: Moving, isServer: boolean): Problem {
  const moved = movedBy(fact);
  if (moved === null) return null;
  const { orderId, move } = moved;
  const before = sheet.orders.get(orderId);
  if (before === undefined) return { problem: 'order-unknown', orderId };
  const after = foldChannelOrder(before, fact, {
    by: isServer ? CHANNELS : fact.workstationId,
    isAdmitted: true,
    // The server writes it only after the workstation was put out of service.
    isHolderGone: isServer,
  });
  if (after === null || after === before) return null;
  sheet.orders.set(orderId, after);
  const isSold = fact.kind === 'transaction-completed';
  const problem = settle(
    sheet,
    settleUnits(rightsOf(sheet, after), { before, after, by: isServer ? CHANNELS : STORE, isSold }),
    after,
  );
  if (after.incidents.length === before.incidents.length) {
    return (
      problem ??
      (movesWhatLeft(fact, before, after) ? null : { problem: 'order-movements-differ', code: after.code })
    );
  }
  return lateProblem(move, after) ?? problem;
}

/** Goods that left or came back against the order are a matter for people; a step that came too late is only history. */
function lateProblem(move: OrderMove, after: Order): Problem {
  if (move.kind !== 'hand-over' && move.kind !== 'return') return null;
  const tokenId = move.kind === 'hand-over' ? move.tokenId : null;
  return {
    problem: after.incidents.at(-1)?.reason ?? '',
    move: move.kind,
    code: after.code,
    orderId: after.id,
    ...(tokenId === null ? {} : { tokenId }),
  };
}

/** Does the stock that the fact moves agree with the goods that left or came back with the order? */
function movesWhatLeft(fact: Moving, before: Order, after: Order): boolean {
  const left = new Map<string, number>(unitsMoved(before, after));
  const add = (itemId: string, amount: number): void =>
    void left.set(itemId, (left.get(itemId) ?? 0) + amount);
  if (fact.kind === 'channel-order-moved') {
    for (const { itemId, quantityMilli } of fact.body.movements ?? []) add(itemId, quantityMilli);
  } else {
    for (const { itemId, quantityMilli, direction, heldPrice } of fact.body.transaction.lines) {
      // Other goods that the customer took along stand in the same sale.
      if (heldPrice?.orderNumber !== after.code) continue;
      add(itemId, direction === 'return' ? quantityMilli : -quantityMilli);
    }
  }
  return [...left.values()].every((amount) => amount === 0);
}

/** A sale beyond the counter's share stands beside the item, for whoever must find out what happened. */
function noteTaker(sheet: DeskSheet, fact: Fact<'transaction-completed'>): void {
  const { receiptNumber, operatorId, stockMovements } = fact.body.transaction;
  for (const { itemId } of stockMovements) {
    if (rightsHeld(sheet.books.get(itemId) ?? NO_RIGHTS, STORE) >= 0) continue;
    sheet.takenBy.set(itemId, { receiptNumber, operatorId, workstationId: fact.workstationId });
  }
}

/** Goods that came in or left without an order: the rights of their holder follow, below 0 where somebody had promised them. */
function moveGoods(sheet: DeskSheet, itemId: string, holder: HolderId, quantityMilli: number): void {
  if (quantityMilli === 0) return;
  change(sheet, itemId, (book) =>
    quantityMilli > 0 ? grantRights(book, holder, quantityMilli) : spendInHand(book, holder, -quantityMilli),
  );
}

function change(
  sheet: DeskSheet,
  itemId: string,
  step: (book: RightsBook) => Outcome<RightsStep, RightsRefusal>,
): string | null {
  const written = step(sheet.books.get(itemId) ?? NO_RIGHTS);
  if (!written.ok) return written.reason;
  sheet.books.set(itemId, written.value.book);
  sheet.changedItems.add(itemId);
  return null;
}

function settle(sheet: DeskSheet, settled: Outcome<RightsSettled, RightsRefusal>, order: Order): Problem {
  if (!settled.ok) return { problem: settled.reason, code: order.code };
  for (const { itemId, change: written } of settled.value.changes) {
    sheet.books.set(itemId, applyRightsChange(sheet.books.get(itemId) ?? NO_RIGHTS, written));
    sheet.changedItems.add(itemId);
  }
  return null;
}

/** The books of the items that an order can touch. */
function rightsOf(sheet: DeskSheet, order: Order): Record<ItemId, RightsBook> {
  const ids = order.lines.flatMap(({ itemId, substitute }) => [
    itemId,
    ...(substitute === null ? [] : [substitute.itemId]),
  ]);
  return Object.fromEntries(ids.map((id) => [asItemId(id), sheet.books.get(id) ?? NO_RIGHTS]));
}

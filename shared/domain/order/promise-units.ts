// What placing and moving an order does to the rights of its items. The units of an open order are held by the order itself, and
// whoever holds the order writes for it: placing takes them from the channels' share, handing over uses them up, and everything
// that is freed goes to the side that ended the order, which can use it at once without asking anybody.

import {
  giveRights,
  grantRights,
  NO_RIGHTS,
  rightsOf,
  spendRights,
  type HolderId,
  type RightsBook,
  type RightsChange,
  type RightsRefusal,
  type RightsStep,
} from '../escrow/rights-book.ts';
import type { ItemId } from '../ids.ts';
import { accept, type Outcome } from '../refusal.ts';
import { CHANNELS, promisedUnits, type Order } from './order.ts';

/** One book for each item of one store. */
export type StoreRights = Readonly<Record<ItemId, RightsBook>>;

export type ItemChange = { readonly itemId: ItemId; readonly change: RightsChange };

export type RightsSettled = { readonly rights: StoreRights; readonly changes: readonly ItemChange[] };

/** The holder under which an order keeps its units. */
export const holderOfOrder = (orderId: string): HolderId => `order:${orderId}`;

/** Takes the units of a new order out of the channels' share. Refuses (`rights-short`) what the channels do not hold. */
export function promiseUnits(rights: StoreRights, order: Order): Outcome<RightsSettled, RightsRefusal> {
  const sheet = openSheet(rights);
  for (const [itemId, amount] of promisedUnits(order)) {
    const given = sheet.write(itemId, (book) =>
      giveRights(book, { from: CHANNELS, to: holderOfOrder(order.id), amount }),
    );
    if (!given.ok) return given;
  }
  return accept(sheet.settled());
}

/**
 * What a move changes, written by whoever held the order before it. `by` gets what is freed and gives what a substitute needs;
 * refuses (`rights-short`) a substitute that `by` does not have. `isSold`: a sale of the till has moved the goods already, so they
 * are given to the till, whose sale uses them up. Where an earlier move could not be settled by whoever made it (a till that did not
 * know yet that it holds the order), the same call with `before` and `after` alike frees what is left.
 */
export function settleUnits(
  rights: StoreRights,
  given: { readonly before: Order; readonly after: Order; readonly by: HolderId; readonly isSold?: boolean },
): Outcome<RightsSettled, RightsRefusal> {
  const { before, after, by } = given;
  const sheet = openSheet(rights);
  const own = holderOfOrder(after.id);
  for (const [itemId, amount] of unitsMoved(before, after)) {
    // The return of the till has brought these goods in already.
    if (amount < 0 && given.isSold === true) continue;
    const moved = sheet.write(itemId, (book) => {
      if (amount < 0) return grantRights(book, by, -amount);
      return given.isSold === true
        ? giveRights(book, { from: own, to: by, amount })
        : spendRights(book, own, amount);
    });
    if (!moved.ok) return moved;
  }
  const wanted = promisedUnits(after);
  for (const itemId of itemsOf(after)) {
    const over = rightsOf(sheet.bookOf(itemId), own) - (wanted.get(itemId) ?? 0);
    if (over === 0) continue;
    const gift = over > 0 ? { from: own, to: by, amount: over } : { from: by, to: own, amount: -over };
    const moved = sheet.write(itemId, (book) => giveRights(book, gift));
    if (!moved.ok) return moved;
  }
  return accept(sheet.settled());
}

/** Units of each item that left with a move (negative: came back). */
export function unitsMoved(before: Order, after: Order): ReadonlyMap<ItemId, number> {
  const units = new Map<ItemId, number>();
  for (const [place, line] of after.lines.entries()) {
    const former = before.lines[place];
    const left = line.handedOverMilli - (former?.handedOverMilli ?? 0);
    const back = line.returnedMilli - (former?.returnedMilli ?? 0);
    const { itemId } = line.substitute?.consent === 'given' ? line.substitute : line;
    if (left !== back) units.set(itemId, (units.get(itemId) ?? 0) + left - back);
  }
  return units;
}

/** Every item that the order may hold units of. */
function itemsOf(order: Order): ReadonlySet<ItemId> {
  return new Set(
    order.lines.flatMap(({ itemId, substitute }) =>
      substitute === null ? [itemId] : [itemId, substitute.itemId],
    ),
  );
}

function openSheet(rights: StoreRights) {
  const books = new Map<ItemId, RightsBook>();
  const changes: ItemChange[] = [];
  const bookOf = (itemId: ItemId): RightsBook =>
    books.get(itemId) ?? (Object.hasOwn(rights, itemId) ? (rights[itemId] ?? NO_RIGHTS) : NO_RIGHTS);
  return {
    bookOf,
    write(itemId: ItemId, step: (book: RightsBook) => Outcome<RightsStep, RightsRefusal>) {
      const written = step(bookOf(itemId));
      if (!written.ok) return written;
      books.set(itemId, written.value.book);
      changes.push({ itemId, change: written.value.change });
      return accept(null);
    },
    settled: (): RightsSettled => ({ rights: { ...rights, ...Object.fromEntries(books) }, changes }),
  };
}

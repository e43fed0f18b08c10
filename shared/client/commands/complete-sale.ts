// Completes the sale: one entry, written and read back, and only then an answer. Everything that could refuse is
// asked before money is taken; after the entry is on the disk nothing can undo it, and devices come later.

import type { Cart } from '../../domain/cart.ts';
import { buildTransaction } from '../../domain/build-transaction.ts';
import { currencyOf } from '../../domain/currency.ts';
import { asTransactionId, type ItemId } from '../../domain/ids.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { StoreSettings } from '../../domain/store.ts';
import type { Transaction } from '../../domain/transaction.ts';
import { statedAtDesk } from '../cart-desk.ts';
import { openTillId } from '../open-till-id.ts';
import type { Parts } from '../parts.ts';
import { checkPaid } from '../paying/create-paying.ts';
import type { CompletedSale, Workstation } from '../runtime.ts';
import type { TillSession } from '../session.ts';
import { TROUBLES } from '../troubles.ts';
import { checkCurrentChannelOrder } from './collect-channel-order.ts';
import { checkCurrentOrder } from './orders.ts';
import { checkAuthority } from './decide-prices.ts';
import { readySession } from './ready-session.ts';
import { checkReserved } from './sell-reserved.ts';

/** Entries not delivered that a storage without a promise may hold, and their money in whole units of the currency. */
const UNSAFE_PENDING_MAX = 25;
const UNSAFE_AMOUNT_MAX = 500;

export function createCompleteSale(parts: Parts): Workstation['completeSale'] {
  let isCompleting = false;

  const complete: Workstation['completeSale'] = async ({ tenders }) => {
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const operator = parts.operator.peek();
    const permitted = checkPermission(operator, 'sell');
    if (!permitted.ok) return permitted;
    const settings = parts.settings.peek();
    const identity = parts.identity.peek();
    const cart = parts.cart.peek()?.cart;
    if (settings === null || identity === null || operator === null) return refuse('not-ready');
    if (cart === undefined) return refuse('cart-empty');
    const till = checkTillOpen(parts, settings);
    if (!till.ok) return till;
    const current = checkCurrentOrder(parts, cart);
    if (!current.ok) return current;
    const channelOrder = checkCurrentChannelOrder(parts, cart);
    if (!channelOrder.ok) return channelOrder;
    const unsafe = checkUnsafeStorage(parts, ready.value);
    if (!unsafe.ok) return unsafe;
    const needed = parts.cart.peek()?.needs[0];
    if (needed !== undefined) return refuse(`${needed.kind}-missing`, { lineNumber: needed.lineNumber });
    const authorised = checkAuthority(parts.desk, parts.promotionsOf, cart);
    if (!authorised.ok) return authorised;
    const taken = checkReserved(parts, cart);
    if (!taken.ok) return taken;
    const paid = checkPaid(tenders, cart.id, {
      cards: parts.cards.peek(),
      voucherUsedOn: (number) => parts.payMemory.voucherUsedOn(number),
    });
    if (!paid.ok) return paid;
    const { cart: sold, pricedWith } = statedAtDesk(cart, parts.desk, settings);
    const promotions = parts.promotionsOf(sold, parts.desk, settings.store);
    const places = placesOf(parts, cart);
    if (!places.ok) return places;
    const room = await parts.health.makeRoom();
    if (!room.ok) return room;
    const noted = await parts.notes.settle();
    if (!noted.ok) return noted;
    // Beside the entry, not before it: a sale that is in the journal takes its cart off the disk at the next start,
    // whatever state of it was kept.
    void parts.carts.flush().catch(() => undefined);

    const id = asTransactionId(parts.given.newId());
    const { journal } = ready.value;
    const write = () =>
      journal.append(
        'transaction-completed',
        (place) => {
          const transaction = buildTransaction({ ...sold, operatorId: operator.id }, settings, {
            id,
            now: place.recordedAt,
            position: place,
            workstationNumber: identity.enrolment.workstationNumber,
            tenders,
            ...openTillOf(parts),
            promotions,
            pricedWith,
            reservedTaken: taken.value,
            ordinalOf: (item) => places.value.get(item) ?? 0,
          });
          if (!transaction.ok) return transaction;
          const coupons = checkCoupons(parts, transaction.value);
          return coupons.ok ? accept({ transaction: transaction.value }) : coupons;
        },
        operator.id,
      );
    let written = await write();
    if (!written.ok && written.reason === 'storage-full' && (await parts.given.ballast.free()) > 0) {
      written = await write();
    }
    if (!written.ok) {
      if (written.reason === 'storage-full') parts.board.raise(TROUBLES.storageFull());
      return written;
    }
    parts.stock.rights.agreed.delete(cart.id);
    parts.setCart(null);
    const fact = written.value;
    return accept<CompletedSale>({ transaction: fact.body.transaction, fact });
  };

  return async (given) => {
    if (isCompleting) return refuse('sale-in-progress');
    isCompleting = true;
    try {
      return await complete(given);
    } finally {
      isCompleting = false;
    }
  };
}

/** A browser that may throw its storage away holds only a few entries that nobody else has (RELIABILITY G08). */
function checkUnsafeStorage(parts: Parts, session: TillSession): Outcome<null, 'storage-unsafe-limit'> {
  const { storage, connection } = parts.board.status.peek();
  const isDemo = parts.settings.peek()?.isDemo === true;
  const isLimited = !storage.isPersisted && !isDemo && connection === 'offline';
  if (!isLimited) return accept(null);
  const currency = parts.settings.peek()?.store.currency;
  const maxAmountMinor = currency === undefined ? 0 : UNSAFE_AMOUNT_MAX * 10 ** currencyOf(currency).digits;
  const { book } = session;
  return book.pendingCount() >= UNSAFE_PENDING_MAX || book.pendingAmountMinor() >= maxAmountMinor
    ? refuse('storage-unsafe-limit', { maxPending: UNSAFE_PENDING_MAX, maxAmountMinor })
    : accept(null);
}

/** Has this till taken one of the coupons before? What other tills took, the server said when the coupon was shown. */
function checkCoupons(
  parts: Parts,
  { usedCoupons = [], isTraining }: Transaction,
): Outcome<null, 'coupon-used'> {
  if (isTraining === true) return accept(null);
  for (const coupon of usedCoupons) {
    const receiptNumber = parts.payMemory.couponUsedOn(coupon);
    if (receiptNumber !== null) return refuse('coupon-used', { code: coupon.code, receiptNumber });
  }
  return accept(null);
}

/** Catalogue places of all items of the cart; refuses before money is taken when one cannot be found. */
function placesOf(parts: Parts, cart: Cart): Outcome<ReadonlyMap<ItemId, number>, 'item-unknown'> {
  const places = new Map<ItemId, number>();
  for (const line of cart.lines) {
    const place = parts.ordinals.get(line.itemId) ?? parts.catalogue.view.byId(line.itemId)?.ordinal;
    if (place === undefined) return refuse('item-unknown', { sku: line.sku, lineNumber: line.lineNumber });
    places.set(line.itemId, place);
  }
  return accept(places);
}

/**
 * Sales belong to a till session, or they stand on no closing report. A till whose older entries are not on this device
 * cannot be opened, and must sell all the same.
 */
function checkTillOpen(parts: Parts, settings: StoreSettings): Outcome<null, 'till-not-open'> {
  const state = parts.till.peek();
  const isMissing = state !== null && state.open === null;
  return isMissing && settings.store.maySellWithoutTill !== true ? refuse('till-not-open') : accept(null);
}

const openTillOf = (parts: Parts): { readonly tillSessionId?: string } => {
  const tillSessionId = openTillId(parts);
  return tillSessionId === undefined ? {} : { tillSessionId };
};

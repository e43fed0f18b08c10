// Goods in a customer's hand that are promised to somebody else: they may be sold, but never silently. The till knows what the desk of
// the store last said and its own facts since; cut off, it counts the channels' free units as promised too, because they may be by
// now. Who agreed stands in the sale; the order that loses its unit is found by the desk when the sale arrives.

import { cartSubjects, type Approval } from '../../domain/approval.ts';
import type { Cart } from '../../domain/cart.ts';
import type { ItemId } from '../../domain/ids.ts';
import { isAgreedTo, takenFromPromises, type ReservedUnits } from '../../domain/order/counter-stock.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { ReservedTaken } from '../../domain/transaction.ts';
import { LIST_MAX } from '../../protocol/limits.ts';
import type { ApprovalBook } from '../approval-book.ts';
import type { Parts } from '../parts.ts';
import type { StockDesk } from '../stock-desk.ts';

type Known = Pick<Parts, 'board' | 'cards' | 'catalogue' | 'ordinals' | 'stock'>;

export function createSellReserved(
  parts: Parts,
  approvals: Pick<ApprovalBook, 'check' | 'use'>,
): Pick<StockDesk, 'reservedInCart' | 'sellReserved'> {
  return {
    reservedInCart() {
      const cart = parts.openCart();
      if (cart === null) return [];
      const units = takenBy(parts, cart);
      return isAgreedTo(units, agreedFor(parts, cart)) ? [] : units;
    },
    sellReserved(approval?: Approval): Outcome<null> {
      const cart = parts.openCart();
      const operatorId = parts.operator.peek()?.id;
      if (cart === null) return refuse('cart-empty');
      if (operatorId === undefined) return refuse('not-signed-on');
      const units = takenBy(parts, cart);
      if (units.length === 0) return accept(null);
      if (units.length > LIST_MAX.subjectValues) {
        return refuse('too-many-reserved', { max: LIST_MAX.subjectValues });
      }
      const subject = cartSubjects.sellReserved(cart.id, units);
      const allowed = approvals.check({ permission: 'sell-reserved', subject }, approval);
      if (!allowed.ok) return allowed;
      const { approvalId } = allowed.value;
      approvals.use(approvalId);
      const taken = { units, operatorId, ...(approvalId === null ? {} : { approvalId }) };
      parts.stock.rights.agreed.set(cart.id, taken);
      return accept(null);
    },
  };
}

/**
 * What the sale of this cart records: what was agreed, or null where nothing promised is touched. A sale that a card has paid for
 * already is not held up by a promise that was made meanwhile: the desk finds it.
 */
export function checkReserved(parts: Known, cart: Cart): Outcome<ReservedTaken | null, 'stock-reserved'> {
  const units = takenBy(parts, cart);
  if (units.length === 0) return accept(null);
  const isPaidByCard = parts.cards.peek().some(({ cartId }) => cartId === cart.id);
  if (!isPaidByCard && !isAgreedTo(units, agreedFor(parts, cart))) {
    return refuse('stock-reserved', { itemId: units[0]?.itemId ?? '' });
  }
  return accept(parts.stock.rights.agreed.get(cart.id) ?? null);
}

const agreedFor = (parts: Known, cart: Cart): readonly ReservedUnits[] =>
  parts.stock.rights.agreed.get(cart.id)?.units ?? [];

/** Practice takes nothing, and neither does a deposit or what is handed over on an order: that was put aside for it. */
function takenBy(parts: Known, cart: Cart): readonly ReservedUnits[] {
  const isOfOrder = cart.order !== undefined && cart.order.step !== 'conversion';
  if (cart.isTraining === true || (isOfOrder && cart.channelOrder === undefined)) return [];
  const wanted = new Map<ItemId, number>();
  for (const { itemId, direction, quantityMilli, isService, heldPrice } of cart.lines) {
    if (isService === true) continue;
    // These are the units that the order itself keeps.
    if (cart.channelOrder !== undefined && heldPrice?.orderNumber === cart.channelOrder.code) continue;
    const signed = direction === 'sale' ? quantityMilli : -quantityMilli;
    wanted.set(itemId, (wanted.get(itemId) ?? 0) + signed);
  }
  const { connection } = parts.board.status.peek();
  const isConnected = connection === 'online' || connection === 'hub';
  return [...wanted].flatMap(([itemId, wantedMilli]) => {
    const ordinal = parts.ordinals.get(itemId) ?? parts.catalogue.view.byId(itemId)?.ordinal;
    const rights = ordinal === undefined ? null : parts.stock.rights.rights({ itemId, ordinal });
    const quantityMilli = rights === null ? 0 : takenFromPromises(wantedMilli, rights, { isConnected });
    return quantityMilli > 0 ? [{ itemId, quantityMilli }] : [];
  });
}

// Goods of a channel's order over the counter. Where the channel has taken the money, the move is an entry with its stock movements; where
// the till takes or gives it, the move travels in the cart, and the sale is the entry: money, goods and order move together or not at all.

import { tillSubjects } from '../../domain/approval.ts';
import type { Cart } from '../../domain/cart.ts';
import { cartTotals } from '../../domain/cart-totals.ts';
import { collectionCart, isPaidHere, orderMovements, returnCart } from '../../domain/order/collect-order.ts';
import { moveOrder } from '../../domain/order/move-order.ts';
import type { HandOver, ReturnMove } from '../../domain/order/order-move.ts';
import type { Order } from '../../domain/order/order.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { ApprovalBook } from '../approval-book.ts';
import type { ChannelOrderCommands } from '../channel-order-commands.ts';
import type { Parts } from '../parts.ts';
import { checkReasonCode } from './check-reason.ts';
import { atDesk, type AtDesk } from './orders.ts';

/** The agreement of somebody who may approve and is signed on: their own entry says who. */
const OWN_AGREEMENT = 'operator';

type Collecting = Pick<ChannelOrderCommands, 'collectChannelOrder' | 'returnChannelOrder'>;
type GoodsMove = HandOver | ReturnMove;

export function createCollectChannelOrder(parts: Parts, approvals: ApprovalBook): Collecting {
  const begin = (orderId: string): Outcome<{ readonly at: AtDesk; readonly order: Order }> => {
    const at = atDesk(parts);
    if (!at.ok) return at;
    const known = parts.orders.channels.byId(orderId);
    if (known === null) return refuse('order-not-found');
    return accept({ at: at.value, order: known.order });
  };

  /** Shows the cart that moves the goods when it is completed. */
  const toTender = (cart: Outcome<Cart>, at: AtDesk): Outcome<null> => {
    if (!cart.ok) return cart;
    if (parts.cart.peek() !== null) return refuse('cart-open');
    const till = parts.till.peek();
    const isClosed = till !== null && till.open === null;
    if (isClosed && at.settings.store.maySellWithoutTill !== true) return refuse('till-not-open');
    parts.setCart({ ...cart.value, pricedAt: parts.desk.now() });
    return accept(null);
  };

  const write = async (orderId: string, move: GoodsMove, { session, operator, head }: AtDesk) =>
    session.journal.append(
      'channel-order-moved',
      ({ recordedAt }) => {
        const known = parts.orders.channels.byId(orderId);
        if (known === null) return refuse('order-not-found');
        const moved = moveOrder(known.order, move, { by: head.workstationId, at: recordedAt });
        if (!moved.ok) return moved;
        return accept({ orderId, move, movements: orderMovements(known.order, moved.value) });
      },
      operator.id,
    );

  return {
    async collectChannelOrder({ orderId, approval, ...asked }) {
      const begun = begin(orderId);
      if (!begun.ok) return begun;
      const { at, order } = begun.value;
      const isElsewhere = order.holder !== at.head.workstationId;
      const action = { permission: 'approve', subject: tillSubjects.handOverOrder(orderId) } as const;
      const allowed = isElsewhere ? approvals.check(action, approval) : accept({ approvalId: null });
      if (!allowed.ok) return allowed;
      const approvalId = allowed.value.approvalId;
      const move: HandOver = {
        kind: 'hand-over',
        ...asked,
        ...(isElsewhere ? { approvalId: approvalId ?? OWN_AGREEMENT } : {}),
      };
      const moved = moveOrder(order, move, { by: at.head.workstationId, at: parts.desk.now() });
      if (!moved.ok) return moved;
      if (moved.value.lines.every(({ handedOverMilli }) => handedOverMilli === 0))
        return refuse('order-all-refused');
      if (!isPaidHere(order)) {
        approvals.use(approvalId);
        const written = await write(orderId, move, at);
        if (!written.ok) approvals.giveBack(approvalId);
        return written.ok ? accept('handed-over') : written;
      }
      const shown = toTender(collectionCart(order, move, collecting(parts, at)), at);
      if (shown.ok) approvals.use(approvalId);
      return shown.ok ? accept('to-pay') : shown;
    },

    async returnChannelOrder({ orderId, lines, reasonCode, approval }) {
      const begun = begin(orderId);
      if (!begun.ok) return begun;
      const { at, order } = begun.value;
      const reason = checkReasonCode(parts, 'return-goods', reasonCode);
      if (!reason.ok) return reason;
      if (lines.length === 0) return refuse('order-nothing-returned');
      const bare: ReturnMove = { kind: 'return', lines, reasonCode };
      const cart = returnCart(order, bare, collecting(parts, at));
      if (!cart.ok) return cart;
      const { taxRules, taxGroups } = at.settings;
      const refundedMinor = Math.abs(cartTotals(cart.value, taxRules, taxGroups).totals.grossMinor);
      const isElsewhere = order.holder !== at.head.workstationId;
      const allowed = approvals.check(
        {
          permission: isElsewhere ? 'approve' : 'return-goods',
          subject: tillSubjects.returnOrder(orderId, refundedMinor),
          limit: { name: 'maxRefundMinor', asked: refundedMinor },
        },
        approval,
      );
      if (!allowed.ok) return refuse(allowed.reason, { ...allowed.details, refundedMinor });
      const agreedId = allowed.value.approvalId ?? (isElsewhere ? OWN_AGREEMENT : null);
      const move: ReturnMove = agreedId === null ? bare : { ...bare, approvalId: agreedId };
      const moved = moveOrder(order, move, { by: at.head.workstationId, at: parts.desk.now() });
      if (!moved.ok) return moved;
      if (isPaidHere(order)) {
        const shown = toTender(returnCart(order, move, collecting(parts, at)), at);
        if (shown.ok) approvals.use(allowed.value.approvalId);
        return shown.ok ? accept('to-refund') : shown;
      }
      approvals.use(allowed.value.approvalId);
      const written = await write(orderId, move, at);
      if (!written.ok) approvals.giveBack(allowed.value.approvalId);
      return written.ok ? accept('returned') : written;
    },
  };
}

const collecting = (parts: Parts, { head, settings }: AtDesk) => ({
  head,
  settings,
  itemOf: (id: Parameters<Parts['desk']['itemOf']>[0]) => parts.desk.itemOf(id),
});

/** May the goods that the cart holds still move with their order, as far as this till knows? */
export function checkCurrentChannelOrder(
  parts: Pick<Parts, 'orders' | 'desk'>,
  { channelOrder, workstationId }: Pick<Cart, 'channelOrder' | 'workstationId'>,
): Outcome<null> {
  if (channelOrder === undefined) return accept(null);
  const known = parts.orders.channels.byId(channelOrder.orderId);
  if (known === null) return refuse('order-not-found');
  const moved = moveOrder(known.order, channelOrder.move, { by: workstationId, at: parts.desk.now() });
  return moved.ok ? accept(null) : moved;
}

// Gives an order up: what the terms do not keep goes back as it came. One entry, a transaction without goods: written at once where
// only cash goes back, and otherwise as the cart that the ordinary way to tender completes. A refund beyond the operator's limit needs an
// approval of exactly this refund.

import { tillSubjects } from '../../domain/approval.ts';
import { buildTransaction } from '../../domain/build-transaction.ts';
import type { Cart } from '../../domain/cart.ts';
import { cashStepOf } from '../../domain/currency.ts';
import { asTransactionId } from '../../domain/ids.ts';
import { negateAmount } from '../../domain/money.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import { cancelSettlement } from '../../domain/settle-order.ts';
import { settleInCash } from '../../domain/tender.ts';
import type { ApprovalBook } from '../approval-book.ts';
import type { OrderCommands } from '../order-commands.ts';
import { openTillId } from '../open-till-id.ts';
import type { Parts } from '../parts.ts';
import { checkReasonCode } from './check-reason.ts';
import { atDesk } from './orders.ts';

export function createCancelOrder(parts: Parts, approvals: ApprovalBook): OrderCommands['cancelOrder'] {
  return async ({ orderId, reasonCode, isInCash = false, approval }) => {
    const at = atDesk(parts);
    if (!at.ok) return at;
    const { session, operator, settings, workstationNumber, head, today } = at.value;
    if (parts.cart.peek() !== null) return refuse('cart-open');
    const till = parts.till.peek();
    if (till !== null && till.open === null && settings.store.maySellWithoutTill !== true)
      return refuse('till-not-open');
    const tillSessionId = openTillId(parts);
    const reason = checkReasonCode(parts, 'cancel-order', reasonCode);
    if (!reason.ok) return reason;
    const order = parts.orders.byId(orderId);
    if (order === null) return refuse('order-not-found');
    const mayChoose = isInCash ? checkPermission(operator, 'approve') : accept(null);
    if (!mayChoose.ok) return mayChoose;
    const asked = cancelSettlement(order, { today, reasonCode, approvalId: null, isInCash });
    if (!asked.ok) return asked;
    const { refundedMinor } = asked.value;
    const allowed = approvals.check(
      {
        permission: 'return-goods',
        subject: tillSubjects.cancelOrder(orderId, refundedMinor),
        limit: { name: 'maxRefundMinor', asked: refundedMinor },
      },
      approval,
    );
    if (!allowed.ok) return refuse(allowed.reason, { ...allowed.details, refundedMinor });
    const { approvalId } = allowed.value;
    const settlement = cancelSettlement(order, { today, reasonCode, approvalId, isInCash });
    if (!settlement.ok) return settlement;
    const cart: Cart = {
      ...head,
      currency: order.currency,
      ...(order.customerId === undefined ? {} : { customerId: order.customerId }),
      lines: [],
      lastLineNumber: 0,
      order: settlement.value,
    };
    if (settlement.value.refunds?.some(({ kind }) => kind !== 'cash') === true) {
      approvals.use(approvalId);
      parts.setCart(cart);
      return accept({ kind: 'to-refund' });
    }
    const settled = settleInCash(negateAmount(refundedMinor), 0, { stepMinor: cashStepOf(settings.store) });
    if (!settled.ok) return settled;
    const id = asTransactionId(parts.given.newId());
    approvals.use(approvalId);
    const written = await session.journal.append(
      'transaction-completed',
      (place) => {
        // Somebody paid on it meanwhile, or ended it: what was agreed to is no longer so.
        if (parts.orders.byId(orderId) !== order) return refuse('order-changed', { number: order.number });
        const built = buildTransaction(cart, settings, {
          id,
          now: place.recordedAt,
          position: place,
          workstationNumber,
          tenders: settled.value.tenders,
          ...(tillSessionId === undefined ? {} : { tillSessionId }),
          ordinalOf: () => 0,
        });
        return built.ok ? accept({ transaction: built.value }) : built;
      },
      operator.id,
    );
    if (!written.ok) approvals.giveBack(approvalId);
    return written.ok
      ? accept({ kind: 'ended', sale: { transaction: written.value.body.transaction, fact: written.value } })
      : written;
  };
}

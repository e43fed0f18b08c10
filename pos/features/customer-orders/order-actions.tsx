// What can be done with an order now: taken onto the account, handed over, printed, given up; a quotation recalled, or made again at
// today's prices.

import { HandCoins, PackageCheck, PackageOpen, Printer, QrCode, RefreshCw, Undo2 } from 'lucide';
import type { JSX } from 'preact';
import {
  isExpired,
  isOpenOrder,
  leftToPay,
  type CustomerOrder,
} from '../../../shared/domain/customer-order.ts';
import type { Outcome } from '../../../shared/domain/refusal.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos, useWords, type PosContext } from '../../shell/pos-context.ts';
import { printPickupTicket, printSlip } from './order-slips.ts';

/** The goods of a quotation whose prices no longer hold, in a cart at today's; what is different is shown before anybody pays. */
function renewQuotation(pos: PosContext, order: CustomerOrder): void {
  const taken = pos.workstation.renewQuotation(order.id);
  if (!pos.report(taken) || !taken.ok) return;
  pos.view.value = { kind: 'sell' };
  pos.sell.tab.value = 'cart';
  const { differences, missing } = taken.value;
  if (differences.length + missing.length > 0) {
    pos.sell.question.value = { kind: 'passport-taken', taken: taken.value, from: 'quotation' };
  }
}

export function OrderActions(props: {
  readonly order: CustomerOrder;
  readonly today: string;
  readonly onPay: () => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { order, today } = props;
  const { workstation } = pos;
  const isOpen = isOpenOrder(order);
  const isQuotation = order.kind === 'quotation';
  const left = leftToPay(order);
  const go = (kind: 'sell' | 'pay', outcome: Outcome<unknown>) => {
    if (pos.report(outcome)) pos.view.value = { kind };
  };
  // Quotations are changed on the sell screen; goods that are paid for go straight to the counter.
  const isDone = isOpen && !isQuotation && left === 0;
  return (
    <div class="button-row order-actions">
      {isOpen && isQuotation && !isExpired(order, today) && (
        <Button
          testId="order-recall"
          look="primary"
          icon={PackageOpen}
          onPress={() => go('sell', workstation.recallQuotation(order.id))}
        >
          {words.t('order.recall')}
        </Button>
      )}
      {isOpen && isQuotation && isExpired(order, today) && (
        <Button
          testId="order-renew"
          look="primary"
          icon={RefreshCw}
          onPress={() => renewQuotation(pos, order)}
        >
          {words.t('order.renew')}
        </Button>
      )}
      {isOpen && !isQuotation && left > 0 && (
        <Button testId="order-pay" look="primary" icon={HandCoins} onPress={props.onPay}>
          {words.t(order.paidMinor > 0 ? 'order.pay-more' : 'order.pay-first')}
        </Button>
      )}
      {order.kind === 'customer-order' && order.state === 'open' && (
        <Button
          testId="order-arrived"
          icon={PackageCheck}
          onPress={() => void workstation.markArrived(order.id).then(pos.report)}
        >
          {words.t('order.arrived')}
        </Button>
      )}
      {isOpen && !isQuotation && (
        <Button
          testId="order-hand-over"
          look={isDone ? 'primary' : 'secondary'}
          icon={PackageOpen}
          onPress={() => go('sell', workstation.handOverOrder(order.id))}
        >
          {words.t('order.hand-over')}
        </Button>
      )}
      <Button testId="order-print" icon={Printer} onPress={() => void printSlip(pos, order)}>
        {words.t('order.print')}
      </Button>
      {isOpen && !isQuotation && (
        <Button testId="order-pickup-ticket" icon={QrCode} onPress={() => void printPickupTicket(pos, order)}>
          {words.t('order.pickup-ticket')}
        </Button>
      )}
      {isOpen && !isQuotation && (
        <Button testId="order-cancel" look="quiet" icon={Undo2} onPress={props.onCancel}>
          {words.t('order.cancel')}
        </Button>
      )}
    </div>
  );
}

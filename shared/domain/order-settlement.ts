// What a transaction does to the account of an order: deposits go onto it, and come off when the goods are handed over, when
// money is given back, or when it is kept. Totals of transactions are those of goods alone, so nothing is a sale twice:
//
//   goods + taken − refunded + cash rounding = Σ tenders,  where what is redeemed is a tender of its own ('deposit')
//   before + taken − redeemed − refunded − forfeited = after
//
// Tax on deposits: where it is due at once (EU: Directive 2006/112/EC, Article 65), `taxes` holds what a deposit declares, and
// the hand-over takes all of it off again, beside the full tax of the goods. Money that is kept after a cancellation is
// compensation and not taxed (Court of Justice of the EU, C-277/05), so a cancellation takes all of it off as well.

import type { OrderId } from './ids.ts';
import { addAmounts, negateAmount, sumAmounts } from './money.ts';
import type { RefundPart } from './order-payment.ts';
import type { TaxSummary } from './tax.ts';

export type OrderStep =
  /** Money comes in, no goods go out. */
  | 'deposit'
  /** The goods go out; what was paid before is a tender. */
  | 'completion'
  /** Money is given back, or kept. */
  | 'cancellation'
  /** A quotation becomes a sale; it has no account. */
  | 'conversion';

export type OrderSettlement = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly step: OrderStep;
  /** What the whole order comes to. */
  readonly orderTotalMinor: number;
  /** On the account before, as the till knew it. */
  readonly beforeMinor: number;
  readonly takenMinor: number;
  readonly redeemedMinor: number;
  readonly refundedMinor: number;
  readonly forfeitedMinor: number;
  /** Tax that becomes due (or comes off again) with the money on the account; empty where it is due with the goods. */
  readonly taxes: readonly TaxSummary[];
  /** Of a cancellation: how what is refunded goes back. Absent where it was all cash by rule (entries of older tills). */
  readonly refunds?: readonly RefundPart[];
  readonly reasonCode?: string;
  readonly approvalId?: string;
};

/** On the account afterwards. */
export function balanceAfter(settlement: OrderSettlement): number {
  return sumAmounts([
    settlement.beforeMinor,
    settlement.takenMinor,
    negateAmount(settlement.redeemedMinor),
    negateAmount(settlement.refundedMinor),
    negateAmount(settlement.forfeitedMinor),
  ]);
}

/** What the tenders settle: the goods, and what goes onto the account or is given back from it. */
export function settledMinor(goodsMinor: number, settlement: OrderSettlement | undefined): number {
  if (settlement === undefined) return goodsMinor;
  return sumAmounts([goodsMinor, settlement.takenMinor, negateAmount(settlement.refundedMinor)]);
}

/** What the customer still pays (or is given): what was paid before is taken off. */
export function dueNow(goodsMinor: number, settlement: OrderSettlement | undefined): number {
  return addAmounts(settledMinor(goodsMinor, settlement), negateAmount(settlement?.redeemedMinor ?? 0));
}

/** What changed hands now: everything but what was paid on an order before. Negative where money went back. */
export function moneyOf({
  tenders,
}: {
  readonly tenders: readonly { readonly kind: string; readonly amountMinor: number }[];
}): number {
  return sumAmounts(tenders.flatMap(({ kind, amountMinor }) => (kind === 'deposit' ? [] : [amountMinor])));
}

/** The exact opposite, for a void. */
export function mirrorSettlement(settlement: OrderSettlement): OrderSettlement {
  return {
    ...settlement,
    beforeMinor: balanceAfter(settlement),
    takenMinor: negateAmount(settlement.takenMinor),
    redeemedMinor: negateAmount(settlement.redeemedMinor),
    refundedMinor: negateAmount(settlement.refundedMinor),
    forfeitedMinor: negateAmount(settlement.forfeitedMinor),
    taxes: settlement.taxes.map(negateTaxRow),
    ...(settlement.refunds === undefined
      ? {}
      : {
          refunds: settlement.refunds.map((part) => ({
            ...part,
            amountMinor: negateAmount(part.amountMinor),
          })),
        }),
  };
}

export function negateTaxRow(row: TaxSummary): TaxSummary {
  return {
    ...row,
    netMinor: negateAmount(row.netMinor),
    taxMinor: negateAmount(row.taxMinor),
    grossMinor: negateAmount(row.grossMinor),
  };
}

// What a screen may ask about quotations, customer orders and layaways. Everything works with what this till has: without a
// network, too.

import type { ReadonlySignal } from '@preact/signals-core';
import type { Approval } from '../domain/approval.ts';
import type { CustomerOrder, OrderKind } from '../domain/customer-order.ts';
import type { Fact } from '../domain/fact.ts';
import type { ItemId, OrderId } from '../domain/ids.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { Transaction } from '../domain/transaction.ts';
import type { CustomerCommands } from './customer-commands.ts';
import type { PassportTaken } from './passport-desk.ts';

export type { Customer } from './customer-commands.ts';

export type OrderCancelled =
  | {
      readonly kind: 'ended';
      readonly sale: { readonly transaction: Transaction; readonly fact: Fact<'transaction-completed'> };
    }
  | { readonly kind: 'to-refund' };

/**
 * All commands refuse as those of the till do when nobody is signed on or the journal is not open, and `order-not-found`,
 * `order-not-open` {number} and `order-in-training`. Those that make a cart refuse `cart-open` while there is one.
 */
export type OrderCommands = CustomerCommands & {
  /** Orders of the store, newest first, ended ones included. */
  readonly orders: ReadonlySignal<readonly CustomerOrder[]>;
  /** By its number, as scanned or typed. */
  orderByNumber(number: string): CustomerOrder | null;
  /** How much of an item lies aside for customers, in thousandths. */
  reserved(id: ItemId): number;
  /**
   * The open cart becomes an order; the answer is it as it stands. Refuses as placeOrder in the domain does
   * (`customer-missing`, `order-with-returns`, `deposit-out-of-bounds` …).
   */
  placeOrder(given: {
    readonly kind: OrderKind;
    readonly wantedOn?: string;
    readonly instalments?: number;
    readonly depositMinor?: number;
  }): Promise<Outcome<CustomerOrder>>;
  /** The cart then takes this much; complete it by the ordinary way. `deposit-out-of-bounds` {minMinor, maxMinor}. */
  payOnOrder(id: OrderId, amountMinor: number): Outcome<null>;
  /** The cart then holds the goods, less what was paid. */
  handOverOrder(id: OrderId): Outcome<null>;
  /** The cart then holds the goods of a quotation at its prices. `quotation-expired` {validUntil}, `order-not-quotation`. */
  recallQuotation(id: OrderId): Outcome<null>;
  /**
   * A new cart with the goods of a quotation at today's prices, because its own hold no longer; the quotation stays as it is. Says what
   * costs something else (sums of an item, not of one unit), and what is not sold any more. `order-not-quotation`.
   */
  renewQuotation(id: OrderId): Outcome<PassportTaken>;
  /** The goods of a customer order are here. */
  markArrived(id: OrderId): Promise<Outcome<null>>;
  /**
   * Gives an order up: what is not kept by its terms goes back as it came. In cash alone (or nothing) it is `ended` at once; where a card
   * or a voucher is to be given something the cart is `to-refund`, and completing it ends the order. `isInCash`: all of it in cash, for
   * whoever may approve (`permission-missing`). Needs the permission to take goods back, up to
   * the operator's limit of refunds; beyond it those of approval (tillSubjects.cancelOrder) with `refundedMinor`.
   */
  cancelOrder(given: {
    readonly orderId: OrderId;
    readonly reasonCode: string;
    readonly isInCash?: boolean;
    readonly approval?: Approval;
  }): Promise<Outcome<OrderCancelled>>;
};

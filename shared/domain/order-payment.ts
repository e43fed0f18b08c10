// In which ways money came onto the account of an order, and goes back from it (order-refund.ts decides how).

/** What came onto an account in one way, less what a void took off. Foreign cash and debts count as cash. */
export type OrderPayment = {
  readonly kind: 'cash' | 'card' | 'voucher';
  /** Attempt of the card or number of the voucher; '' for cash. */
  readonly source: string;
  readonly amountMinor: number;
  /** What a cashier knows a card by. */
  readonly label?: string;
};

/** A part of what goes back; positive (negative in the mirror of a void). */
export type RefundPart = OrderPayment;

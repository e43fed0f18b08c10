// The sentences that a receipt needs in every language: message files hold one for each key. Values in braces are
// filled in by the receipt.

export const RECEIPT_KEYS = [
  /** {number} */
  'receipt.tax-number',
  /** {number} */
  'receipt.copy',
  'receipt.training',
  'receipt.training-more',
  'receipt.title.sale',
  'receipt.title.return',
  'receipt.title.exchange',
  'receipt.title.void',
  'receipt.title.deposit',
  'receipt.title.cancellation',
  'receipt.title.gift',
  'receipt.gift-more',
  'receipt.title.pickup',
  'receipt.pickup-show',
  'receipt.title.packing',
  'receipt.packing-until',
  'receipt.title.quotation',
  'receipt.title.customer-order',
  'receipt.title.layaway',
  'receipt.tender.deposit',
  'receipt.refund.deposit',
  /** {number} */
  'receipt.held-price',
  'receipt.order-number',
  'receipt.order-total',
  'receipt.order-before',
  'receipt.order-taken',
  'receipt.order-refunded',
  'receipt.order-forfeited',
  'receipt.order-left',
  'receipt.order-tax',
  'receipt.order-customer',
  'receipt.order-valid-until',
  'receipt.order-wanted-on',
  'receipt.order-deposit-minimum',
  'receipt.order-plan',
  /** {amount} */
  'receipt.order-fee',
  /** {date} */
  'receipt.order-forfeit-on',
  'receipt.order-no-invoice',
  'receipt.number',
  'receipt.voids',
  'receipt.date',
  'receipt.operator',
  'receipt.customer',
  /** {quantity} {price} */
  'receipt.quantity',
  /** {tare} */
  'receipt.tare',
  /** {serial} */
  'receipt.serial',
  /** {lot} */
  'receipt.lot',
  'receipt.discount',
  /** {rate} */
  'receipt.discount-rate',
  'receipt.price-set',
  'receipt.bundle-share',
  'receipt.tax-left-out',
  'receipt.savings',
  /** {points} */
  'receipt.points',
  /** {number} */
  'receipt.exemption',
  'receipt.returned',
  /** {number} */
  'receipt.returned-from',
  'receipt.subtotal',
  'receipt.tax-added',
  'receipt.total',
  'receipt.total-back',
  'receipt.exchange-returned',
  'receipt.exchange-taken',
  'receipt.cash-rounding',
  'receipt.to-pay',
  'receipt.tender.cash',
  'receipt.tender.card',
  'receipt.tender.bad-debt',
  'receipt.tender.voucher',
  'receipt.tender.foreign-cash',
  'receipt.refund.cash',
  'receipt.refund.card',
  'receipt.refund.bad-debt',
  'receipt.refund.voucher',
  'receipt.refund.foreign-cash',
  /** {units} {currency} {rate} {own} */
  'receipt.rate',
  /** {number} */
  'receipt.voucher',
  /** {code} */
  'receipt.authorisation',
  /** {reference} */
  'receipt.reference',
  'receipt.change',
  'receipt.tax.rate',
  'receipt.tax.net',
  'receipt.tax.tax',
  'receipt.tax.gross',
  /** {hash} */
  'receipt.journal',
] as const;

export type ReceiptKey = (typeof RECEIPT_KEYS)[number];

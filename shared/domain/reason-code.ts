// Why somebody did by hand what the till would not have done by itself: a list that the shop keeps.

import type { LocalizedText } from './localized-text.ts';

export const REASONED_ACTIONS = [
  'override-price',
  'discount',
  'exempt-tax',
  'return-goods',
  'void-transaction',
  'move-cash',
  'no-sale',
  'remove-line',
  'cancel-order',
  /** Reject or release an order of a channel. */
  'end-order',
  'cancel-cart',
  'decide-card',
  'discard-print',
] as const;
export type ReasonedAction = (typeof REASONED_ACTIONS)[number];

export type ReasonCode = {
  readonly id: string;
  readonly name: LocalizedText;
  /** Actions that may state it. */
  readonly actions: readonly ReasonedAction[];
  readonly position: number;
};

// People who sign on at a till. The PIN is checked on the device against an Argon2id verifier, so it works
// without a network; the PIN alone is worth nothing to the server.

import type { OperatorId } from './ids.ts';

export const PERMISSIONS = [
  'sell',
  'return-goods',
  'void-transaction',
  'override-price',
  'give-discount',
  'exempt-tax',
  'reprint-receipt',
  'open-drawer',
  'close-till',
  'manage-devices',
  /** Change rates, terms of orders and limits of operators. */
  'manage-settings',
  /** Say what became of a card payment when the terminal cannot. */
  'decide-card',
  /** Enter and leave training, where nothing that is sold counts. */
  'train',
  /** Keep goods at any store for whoever is on the telephone, and look up everybody's orders. */
  'take-calls',
  /** Sell units that are promised to somebody else. */
  'sell-reserved',
  /** Decide what stands in Needs attention. */
  'decide-attention',
  'approve',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export type Operator = {
  readonly id: OperatorId;
  /** Short number typed or tapped at sign-on. */
  readonly number: number;
  readonly name: string;
  readonly roleName: 'cashier' | 'supervisor' | 'manager' | 'call-centre';
  readonly permissions: readonly Permission[];
  /** Encoded Argon2id string ($argon2id$v=19$m=…,t=…,p=…$salt$hash). */
  readonly pinVerifier: string;
  readonly isActive: boolean;
  /** How far the permissions go; without a limit they go all the way. */
  readonly limits?: OperatorLimits;
};

/** Beyond a limit somebody who may more must approve. */
export type OperatorLimits = {
  /** Of the price of a line or a cart, taken off by discounts and overrides together. */
  readonly maxDiscountPpm?: number;
  readonly maxRefundMinor?: number;
  readonly maxPaidOutMinor?: number;
  /** Cash that may be missing from a till, or too much in it, when it is closed. */
  readonly maxTillDifferenceMinor?: number;
};

// What a customer shows to collect an order, as a QR code: signed by the server when the order became ready, readable and checkable
// without a network, good for one use. Whether a signature is right is decided by the caller's crypto; what it signs is decided here.
//
//   TP1.<order>.<number>.<store>.<code>.<valid until, seconds>.<signature>

import { accept, refuse, type Outcome } from '../refusal.ts';
import type { Order } from './order.ts';
import { parseTrackingCode } from './tracking-code.ts';

export type PickupToken = {
  readonly orderId: string;
  /** From 1; a new token of the same order makes the ones before worthless. */
  readonly number: number;
  readonly storeNumber: number;
  /** Tracking code. */
  readonly code: string;
  /** Seconds since 1970, server time. */
  readonly validUntilSeconds: number;
};

const PREFIX = 'TP1';
const PARTS = 7;
const LENGTH_MAX = 400;
const ID = /^[A-Za-z0-9_:-]{1,64}$/u;

/** The text that is signed. */
export function pickupPreimage(token: PickupToken): string {
  return [PREFIX, token.orderId, token.number, token.storeNumber, token.code, token.validUntilSeconds].join(
    '.',
  );
}

/** The whole token. */
export const pickupText = (token: PickupToken, signature: string): string =>
  `${pickupPreimage(token)}.${signature}`;

/** Name under which a burnt token is recorded. */
export const pickupTokenId = (token: Pick<PickupToken, 'orderId' | 'number'>): string =>
  `${token.orderId}:${token.number}`;

/** The parts of a scanned text, or null when it is no pickup token. Says nothing about the signature. */
export function readPickupToken(
  text: string,
): { readonly token: PickupToken; readonly preimage: string; readonly signature: string } | null {
  const parts = text.length > LENGTH_MAX ? [] : text.trim().split('.');
  const [prefix, orderId = '', number = '', store = '', code = '', until = '', signature = ''] = parts;
  if (parts.length !== PARTS || prefix !== PREFIX || !ID.test(orderId)) return null;
  if (!/^\d{1,6}$/u.test(number) || !/^\d{1,6}$/u.test(store) || !/^\d{1,12}$/u.test(until)) return null;
  if (parseTrackingCode(code) !== code || !/^[A-Za-z0-9_-]{86}$/u.test(signature)) return null;
  const token = {
    orderId,
    number: Number(number),
    storeNumber: Number(store),
    code,
    validUntilSeconds: Number(until),
  };
  // Only the one spelling that was signed is read: no leading zeros.
  return pickupText(token, signature) === text.trim()
    ? { token, preimage: pickupPreimage(token), signature }
    : null;
}

export type PickupRefusal =
  | 'pickup-token-forged'
  | 'pickup-token-other-store'
  | 'pickup-token-used'
  | 'pickup-token-expired'
  | 'pickup-order-unknown'
  | 'pickup-order-not-ready';

/**
 * May this token be used here? `serverTimeAtLeastMs` is what the workstation knows of the server's clock for certain (the last
 * time it heard plus what has gone by since), never the device's own clock: a token is only refused as expired when that is sure.
 */
export function checkPickupToken(
  token: PickupToken,
  given: {
    readonly isSignatureRight: boolean;
    readonly storeNumber: number;
    readonly order: Order | null;
    readonly isBurnt: boolean;
    readonly serverTimeAtLeastMs: number;
  },
): Outcome<Order, PickupRefusal> {
  const { order } = given;
  if (!given.isSignatureRight) return refuse('pickup-token-forged');
  if (token.storeNumber !== given.storeNumber) return refuse('pickup-token-other-store');
  if (order === null || order.id !== token.orderId)
    return refuse('pickup-order-unknown', { code: token.code });
  if (given.isBurnt || order.state === 'handed-over' || order.state === 'returned') {
    return refuse('pickup-token-used', { code: token.code });
  }
  if (given.serverTimeAtLeastMs >= token.validUntilSeconds * 1000) return refuse('pickup-token-expired');
  if (order.state !== 'ready') return refuse('pickup-order-not-ready', { state: order.state });
  return accept(order);
}

// What a screen may ask about orders of channels (web, app, call centre, kiosk). Everything that the store owns works with what this till
// has, without a network, and each move is one entry of its journal. Decision 0013 says who may move an order and who may end it.

import type { ReadonlySignal } from '@preact/signals-core';
import type { Approval } from '../domain/approval.ts';
import type { Item } from '../domain/item.ts';
import type { HandOver, OrderMove, PickedLine } from '../domain/order/order-move.ts';
import type { Order } from '../domain/order/order.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { ChannelOrder } from './channel-orders-view.ts';

export type { ChannelOrder, OrderContact } from './channel-orders-view.ts';

/** Moves that need nothing but the order: goods that leave or come back have commands of their own. */
export type StoreMove = Extract<
  OrderMove,
  {
    readonly kind:
      | 'accept'
      | 'reject'
      | 'start-picking'
      | 'pick'
      | 'propose-substitute'
      | 'answer-substitute'
      | 'make-ready'
      | 'release'
      | 'pass-on';
  }
>;

/** A pickup token that was read, checked and may be used here. */
export type ReadPickup = { readonly channelOrder: ChannelOrder; readonly tokenId: string };

/** A till of the store, as the server knows it. */
export type StoreTill = {
  readonly workstationId: string;
  readonly workstationNumber: number;
  readonly name: string;
};

/**
 * All that write refuse as those of the till do when nobody is signed on or the journal is not open, and `order-not-found` and
 * `order-in-training`. What the rules of orders do not allow is refused as moveOrder in the domain does: `order-move-not-allowed`
 * {move, state}, `order-held-elsewhere` {holder} …
 */
export type ChannelOrderCommands = {
  /** Orders of the store, due first; ended ones as long as they are kept here. */
  readonly channelOrders: ReadonlySignal<readonly ChannelOrder[]>;
  channelOrder(id: string): ChannelOrder | null;
  /** By its tracking code, as typed or scanned. */
  channelOrderByCode(code: string): ChannelOrder | null;
  /** Reject and release need a reason of the shop's list for `end-order`: `reason-code-missing`, `reason-code-unknown`. */
  moveChannelOrder(orderId: string, move: StoreMove): Promise<Outcome<Order>>;
  /**
   * One of these items was scanned for the order (an ambiguous code names several). `pick-wrong-item` and `pick-all-there`
   * {lineNumber} write nothing.
   */
  pickScanned(
    orderId: string,
    scanned: { readonly items: readonly Item[]; readonly quantityMilli?: number },
  ): Promise<Outcome<PickedLine>>;
  /**
   * Reads what the customer shows and checks it with the server's key, without a network: `pickup-not-a-token`,
   * `pickup-token-forged`, `pickup-token-other-store`, `pickup-token-used` {code}, `pickup-token-expired`,
   * `pickup-order-unknown` {code}, `pickup-order-not-ready` {state}.
   */
  readPickup(text: string): Promise<Outcome<ReadPickup>>;
  /**
   * Hands over what was picked and is not refused. `to-pay`: the cart now holds the goods, and completing it by the ordinary way hands
   * them over in the same entry (`cart-open` while there is a cart). Another workstation's order needs a manager:
   * tillSubjects.handOverOrder. `order-all-refused`: release it instead.
   */
  collectChannelOrder(given: {
    readonly orderId: string;
    readonly tokenId: string | null;
    readonly identity: HandOver['identity'];
    readonly collectedBy: HandOver['collectedBy'];
    readonly refused: HandOver['refused'];
    readonly approval?: Approval;
  }): Promise<Outcome<'handed-over' | 'to-pay'>>;
  /**
   * Takes goods back. `to-refund`: the cart now holds them, and completing it refunds them; what the channel took, the channel gives
   * back. Needs the permission to take goods back up to the operator's limit (tillSubjects.returnOrder with `refundedMinor`).
   */
  returnChannelOrder(given: {
    readonly orderId: string;
    readonly lines: readonly { readonly lineNumber: number; readonly quantityMilli: number }[];
    readonly reasonCode: string;
    readonly approval?: Approval;
  }): Promise<Outcome<'returned' | 'to-refund'>>;
  /** Asks the server for the tills that may go on with an order: `server-unreachable`. */
  tillsOfStore(): Promise<Outcome<readonly StoreTill[]>>;
  /** A tracking code that nobody else has, out of the block that this workstation holds. `no-tracking-codes` before it had contact. */
  nextTrackingCode(): Outcome<string>;
};

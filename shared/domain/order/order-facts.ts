// What the journals say about orders of channels and about rights. The server's own workstation places orders and speaks for the
// channels; tills speak for their store.

import type { ItemId } from '../ids.ts';
import type { StockMovement } from '../transaction.ts';
import type { OrderMove } from './order-move.ts';
import type { OrderChannel, OrderPlacement } from './order.ts';

export type ChannelOrderPlaced = { readonly order: OrderPlacement };

export type ChannelOrderMoved = {
  readonly orderId: string;
  readonly move: OrderMove;
  /** Goods that left or came back without a sale of their own, because the channel had taken the money. */
  readonly movements?: readonly StockMovement[];
};

/** What the customer can be asked about: how ordering was, and how collecting it (or what became of it) was. */
export type FeedbackStep = 'ordering' | 'collection';

/** The newest of an order and step counts. What the customer wrote is kept beside the journal, so that it can be erased. */
export type FeedbackGiven = {
  readonly orderId: string;
  readonly channel: OrderChannel;
  readonly step: FeedbackStep;
  /** 1 to 5. */
  readonly stars: number;
  readonly hasText: boolean;
};

/** The two sides that split the free units of a store between them. */
export type RightsSide = 'store' | 'channels';

export type RightsMoved = {
  /** Only this side may write it. */
  readonly from: RightsSide;
  readonly to: RightsSide;
  readonly reason: 'split' | 'rebalance' | 'asked' | 'covered';
  readonly moves: readonly { readonly itemId: ItemId; readonly quantityMilli: number }[];
};

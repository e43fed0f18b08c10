// The moves of an order, as they are recorded: who may make which, and when, is decided in move-order.ts.

import type { OrderedItem, OrderHolder } from './order.ts';

export type PickedLine = {
  readonly lineNumber: number;
  /** All that was picked of the line so far. */
  readonly pickedMilli: number;
  readonly isShort: boolean;
};

export type OrderMove =
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject'; readonly reasonCode: string }
  | { readonly kind: 'start-picking' }
  /** Sets what was picked of a line; `isShort` says that there is no more. */
  | ({ readonly kind: 'pick' } & PickedLine)
  | { readonly kind: 'propose-substitute'; readonly lineNumber: number; readonly substitute: OrderedItem }
  | {
      readonly kind: 'answer-substitute';
      readonly lineNumber: number;
      readonly isAgreed: boolean;
      /** How the store heard the customer's answer; absent where the customer answered through the channel. */
      readonly heardBy?: 'telephone' | 'counter';
    }
  | { readonly kind: 'make-ready'; readonly place?: string }
  | {
      readonly kind: 'hand-over';
      /** The pickup token that was burnt, or null where the code was typed and the person identified. */
      readonly tokenId: string | null;
      readonly identity: 'token' | 'name-and-code' | 'document';
      readonly collectedBy: 'customer' | 'proxy';
      /** What the customer leaves here; everything picked and not named is handed over. */
      readonly refused: readonly { readonly lineNumber: number; readonly quantityMilli: number }[];
      /** A manager's agreement to hand over although another workstation holds the order. */
      readonly approvalId?: string;
    }
  | { readonly kind: 'release'; readonly reasonCode: string }
  /** The goods are kept until another time: those that were there are gone, and others come. */
  | { readonly kind: 'postpone'; readonly dueAt: string }
  /** The server says that the time is over. */
  | { readonly kind: 'call-time' }
  | { readonly kind: 'expire' }
  | {
      readonly kind: 'return';
      readonly lines: readonly { readonly lineNumber: number; readonly quantityMilli: number }[];
      readonly reasonCode: string;
      /** A manager's agreement, where another workstation holds the order. */
      readonly approvalId?: string;
    }
  /** The holder lets another workstation, or the channels, go on with the order. */
  | { readonly kind: 'pass-on'; readonly to: OrderHolder }
  /** The server takes an order back from a workstation that was put out of service. */
  | { readonly kind: 'take-back' };

export type OrderMoveKind = OrderMove['kind'];
export type HandOver = Extract<OrderMove, { readonly kind: 'hand-over' }>;
export type ReturnMove = Extract<OrderMove, { readonly kind: 'return' }>;

/**
 * The goods of an order went out, or came back, with the sale or return that carries this: money, goods and order move in one
 * entry, and the stock is moved by the transaction.
 */
export type ChannelOrderSettled = {
  readonly orderId: string;
  /** Tracking code. */
  readonly code: string;
  readonly move: HandOver | ReturnMove;
};

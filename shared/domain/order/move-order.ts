// Every way an order can move, as one table: from where, to where, and whose move it is. The server applies it in the order in
// which moves reach it; a till applies it to what it knows. A move that is not allowed is refused with a reason, never bent.

import type { JournalPosition } from '../journal-position.ts';
import { accept, refuse, type Outcome } from '../refusal.ts';
import { changeLines, type LinesRefusal } from './order-lines.ts';
import type { OrderMove, OrderMoveKind } from './order-move.ts';
import { CHANNELS, isEnded, type Order, type OrderHolder, type OrderState, type OrderStep } from './order.ts';

export type MoveRefusal =
  | 'order-move-not-allowed'
  | 'order-held-elsewhere'
  | 'order-not-of-channels'
  | 'order-time-not-called'
  | 'order-answer-unheard'
  | LinesRefusal;

/** Who makes the move, and when. */
export type MoveGiven = {
  readonly by: OrderHolder;
  readonly at: string;
  readonly operatorId?: string;
  /**
   * True where the server takes the move in: only there a store that accepts becomes the holder. Until a till knows of that, it
   * may look for the goods, and neither free them nor hand them over.
   */
  readonly isAdmitted?: boolean;
  /** The holder is a workstation that is out of service. */
  readonly isHolderGone?: boolean;
  /** The journal entry of the move. */
  readonly entry?: JournalPosition;
  /** Of the sale or return that the move came with. */
  readonly receiptNumber?: string;
};

type Turn =
  /** Only the holder. */
  | 'holder'
  /** A workstation, while the channels still hold the order or it holds it itself. */
  | 'takes'
  /** The channels, or a workstation as for `takes`. */
  | 'offers'
  /** The channels, or the workstation that holds the order. */
  | 'either'
  | 'channels';

type Rule = { readonly from: readonly OrderState[]; readonly to: OrderState | null; readonly turn: Turn };

const OPEN: readonly OrderState[] = ['placed', 'accepted', 'picking', 'ready'];
const UNPICKED: readonly OrderState[] = ['placed', 'accepted', 'picking'];

/** `to: null` leaves the state as it is. */
export const ORDER_MOVES: Readonly<Record<OrderMoveKind, Rule>> = {
  accept: { from: ['placed'], to: 'accepted', turn: 'takes' },
  reject: { from: ['placed', 'accepted', 'picking'], to: 'rejected', turn: 'takes' },
  'start-picking': { from: ['accepted'], to: 'picking', turn: 'takes' },
  pick: { from: ['picking'], to: null, turn: 'takes' },
  'propose-substitute': { from: UNPICKED, to: null, turn: 'offers' },
  'answer-substitute': { from: UNPICKED, to: null, turn: 'either' },
  'make-ready': { from: ['picking'], to: 'ready', turn: 'holder' },
  'hand-over': { from: ['ready'], to: 'handed-over', turn: 'holder' },
  release: { from: OPEN, to: 'released', turn: 'holder' },
  postpone: { from: OPEN, to: null, turn: 'channels' },
  'call-time': { from: OPEN, to: null, turn: 'channels' },
  expire: { from: OPEN, to: 'expired', turn: 'holder' },
  return: { from: ['handed-over'], to: 'returned', turn: 'holder' },
  'pass-on': { from: [...OPEN, 'handed-over'], to: null, turn: 'holder' },
  'take-back': { from: OPEN, to: null, turn: 'channels' },
};

/** The order after a move, or why not. Times are recorded and decide nothing: only the server calls the time. */
export function moveOrder(order: Order, move: OrderMove, given: MoveGiven): Outcome<Order, MoveRefusal> {
  const rule = ORDER_MOVES[move.kind];
  if (!rule.from.includes(order.state)) {
    return refuse('order-move-not-allowed', { move: move.kind, state: order.state });
  }
  const turn = checkTurn(order, move, given);
  if (!turn.ok) return turn;
  const lines = changeLines(order.lines, move);
  if (!lines.ok) return lines;
  const state = rule.to ?? order.state;
  const reasonCode = 'reasonCode' in move ? move.reasonCode : undefined;
  return accept({
    ...order,
    state,
    holder: holderAfter(order, move, given),
    lines: lines.value,
    dueAt: move.kind === 'postpone' ? move.dueAt : order.dueAt,
    timeCalledAt: timeCalledAfter(order, move, given),
    history: withStep(order.history, {
      move: move.kind,
      state,
      at: given.at,
      by: given.by,
      ...(given.operatorId === undefined ? {} : { operatorId: given.operatorId }),
      ...(reasonCode === undefined ? {} : { reasonCode }),
      ...(given.entry === undefined ? {} : { entry: given.entry }),
      ...(given.receiptNumber === undefined ? {} : { receiptNumber: given.receiptNumber }),
    }),
  });
}

/** Picking piece by piece is one step: each of its entries stands in the journal. */
function withStep(history: readonly OrderStep[], step: OrderStep): readonly OrderStep[] {
  const last = history.at(-1);
  const isSameWork =
    step.move === 'pick' &&
    last?.move === 'pick' &&
    last.by === step.by &&
    last.operatorId === step.operatorId;
  return [...(isSameWork ? history.slice(0, -1) : history), step];
}

/**
 * The order after a move that has happened, in the order in which the server heard of it. What is not allowed any more changes
 * nothing but stands among the incidents; goods that left a store twice are found here.
 */
export function foldOrderMove(order: Order, move: OrderMove, given: MoveGiven): Order {
  const moved = moveOrder(order, move, given);
  if (moved.ok) return moved.value;
  const incident = {
    move: move.kind,
    at: given.at,
    by: given.by,
    reason: moved.reason,
    ...(given.entry === undefined ? {} : { entry: given.entry }),
  };
  return { ...order, incidents: [...order.incidents, incident] };
}

function checkTurn(order: Order, move: OrderMove, given: MoveGiven): Outcome<null, MoveRefusal> {
  const isChannels = given.by === CHANNELS;
  switch (ORDER_MOVES[move.kind].turn) {
    case 'channels':
      if (!isChannels) return refuse('order-not-of-channels', { move: move.kind });
      return move.kind === 'take-back' && given.isHolderGone !== true
        ? refuse('order-held-elsewhere', { holder: order.holder })
        : accept(null);
    case 'either':
      if (isChannels) return accept(null);
      // What a customer said to the store is worth as much as how the store heard it.
      if (move.kind === 'answer-substitute' && move.heardBy === undefined) {
        return refuse('order-answer-unheard');
      }
      return checkHolder(order, given);
    case 'offers':
      return isChannels || order.holder === CHANNELS ? accept(null) : checkHolder(order, given);
    case 'takes':
      if (isChannels) return refuse('order-not-of-channels', { move: move.kind });
      return order.holder === CHANNELS ? accept(null) : checkHolder(order, given);
    case 'holder': {
      if (move.kind === 'expire' && order.timeCalledAt === null) return refuse('order-time-not-called');
      // Goods in a customer's hand: a manager agreed, and what collides with it is found on contact.
      const isOfGoods = move.kind === 'hand-over' || move.kind === 'return';
      if (isOfGoods && isChannels) return refuse('order-not-of-channels', { move: move.kind });
      const isAgreed = isOfGoods && move.approvalId !== undefined;
      return isAgreed ? accept(null) : checkHolder(order, given);
    }
  }
}

function checkHolder(order: Order, given: MoveGiven): Outcome<null, MoveRefusal> {
  return order.holder === given.by ? accept(null) : refuse('order-held-elsewhere', { holder: order.holder });
}

/** A new time begins: nobody has called it yet. */
function timeCalledAfter(order: Order, move: OrderMove, given: MoveGiven): string | null {
  if (move.kind === 'postpone') return null;
  return move.kind === 'call-time' ? given.at : order.timeCalledAt;
}

function holderAfter(order: Order, move: OrderMove, given: MoveGiven): OrderHolder {
  if (move.kind === 'accept' && given.isAdmitted === true) return given.by;
  if (move.kind === 'pass-on') return move.to;
  if (move.kind === 'take-back') return CHANNELS;
  return order.holder;
}

/** Moves that a workstation may offer for this order, for a board. */
export function movesFor(order: Order, by: OrderHolder): readonly OrderMoveKind[] {
  if (isEnded(order) && order.state !== 'handed-over') return [];
  return kindsOf(ORDER_MOVES).filter((kind) => {
    const { from, turn } = ORDER_MOVES[kind];
    if (!from.includes(order.state) || turn === 'channels') return false;
    // A store looks for the goods before it offers others.
    const isAboutOthers = kind === 'propose-substitute' || kind === 'answer-substitute';
    if (isAboutOthers && order.state !== 'picking') return false;
    if (kind === 'expire') return order.timeCalledAt !== null && order.holder === by;
    if (turn === 'takes' || turn === 'offers' || turn === 'either')
      return order.holder === CHANNELS || order.holder === by;
    return order.holder === by;
  });
}

// The keys of the table are exactly the kinds of moves.
const kindsOf = (table: typeof ORDER_MOVES): OrderMoveKind[] => Object.keys(table) as OrderMoveKind[];

// Moves of orders of channels at this workstation, one journal entry each. Whether a move is allowed is asked of the domain right before
// it is written, with the order as this till knows it then.

import { effect, untracked } from '@preact/signals-core';
import { isEnded } from '../../domain/order/order.ts';
import { moveOrder } from '../../domain/order/move-order.ts';
import type { OrderMove } from '../../domain/order/order-move.ts';
import { pickByScan } from '../../domain/order/pick-by-scan.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { ChannelOrderCommands, StoreTill } from '../channel-order-commands.ts';
import type { Parts } from '../parts.ts';
import { isRecord } from '../server/server-answer.ts';
import { checkReasonCode } from './check-reason.ts';
import { atDesk } from './orders.ts';
import { readySession } from './ready-session.ts';

type Moving = Pick<
  ChannelOrderCommands,
  | 'channelOrders'
  | 'channelOrder'
  | 'channelOrderByCode'
  | 'moveChannelOrder'
  | 'pickScanned'
  | 'tillsOfStore'
>;

const TIMEOUT_MS = 5_000;

export function createChannelOrderMoves(parts: Parts): Moving {
  const channelOrders = parts.orders.channels;

  const moveChannelOrder: ChannelOrderCommands['moveChannelOrder'] = async (orderId, move) => {
    const at = atDesk(parts);
    if (!at.ok) return at;
    if (move.kind === 'reject' || move.kind === 'release') {
      const reason = checkReasonCode(parts, 'end-order', move.reasonCode);
      if (!reason.ok) return reason;
    }
    const { session, operator, head } = at.value;
    const written = await session.journal.append(
      'channel-order-moved',
      ({ recordedAt }) => {
        const known = channelOrders.byId(orderId);
        if (known === null) return refuse('order-not-found');
        const moved = moveOrder(known.order, move, { by: head.workstationId, at: recordedAt });
        return moved.ok ? accept({ orderId, move }) : moved;
      },
      operator.id,
    );
    if (!written.ok) return written;
    const after = channelOrders.byId(orderId);
    return after === null ? refuse('order-not-found') : accept(after.order);
  };

  return {
    channelOrders: channelOrders.orders,
    channelOrder: (id) => channelOrders.byId(id),
    channelOrderByCode: (code) => channelOrders.byCode(code),
    moveChannelOrder,
    async pickScanned(orderId, { items, quantityMilli }) {
      const known = channelOrders.byId(orderId);
      if (known === null) return refuse('order-not-found');
      const picked = pickByScan(known.order, {
        itemIds: items.map(({ id }) => id),
        quantityMilli: quantityMilli ?? null,
      });
      if (!picked.ok) return picked;
      const moved = await moveChannelOrder(orderId, { kind: 'pick', ...picked.value });
      return moved.ok ? picked : moved;
    },
    async tillsOfStore() {
      const answer = await parts.connection.request('/api/v1/orders/tills', { timeoutMs: TIMEOUT_MS });
      if (answer.kind === 'refused') return refuse(answer.code, { detail: answer.detail });
      if (answer.kind !== 'ok' || !isRecord(answer.body)) return refuse('server-unreachable');
      return accept(answer.body['tills'] as readonly StoreTill[]); // Checked against its schema by the server.
    },
  };
}

/**
 * Ends orders whose time is over as soon as this workstation, which holds them, hears of it; not while one of them is being handed over
 * at the counter. Answers what stops it.
 */
export function endCalledOrders(parts: Parts): () => void {
  const asked = new Set<string>();
  return effect(() => {
    // Read for its change: an order that could not be ended now is tried again with the next sign of life.
    void parts.board.status.value;
    const inHand = parts.cartInHand.value?.channelOrder?.orderId;
    const by = parts.identity.value?.enrolment.workstationId;
    const called = parts.orders.channels.orders.value.filter(
      ({ order }) =>
        order.timeCalledAt !== null && order.holder === by && !isEnded(order) && order.id !== inHand,
    );
    untracked(() => {
      for (const { order } of called) {
        if (asked.has(order.id)) continue;
        asked.add(order.id);
        void expire(parts, order.id).then(({ ok }) => (ok ? undefined : asked.delete(order.id)));
      }
    });
  });
}

async function expire(parts: Parts, orderId: string): Promise<Outcome<unknown>> {
  const ready = readySession(parts);
  const by = parts.identity.peek()?.enrolment.workstationId;
  if (!ready.ok || by === undefined) return refuse('not-ready');
  const move: OrderMove = { kind: 'expire' };
  return ready.value.journal.append('channel-order-moved', ({ recordedAt }) => {
    const known = parts.orders.channels.byId(orderId);
    if (known === null) return refuse('order-not-found');
    const moved = moveOrder(known.order, move, { by, at: recordedAt });
    return moved.ok ? accept({ orderId, move }) : moved;
  });
}

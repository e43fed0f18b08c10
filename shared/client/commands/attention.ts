// Deciding about what stands in Needs attention, at the server. The till only asks: whether it was possible, and that nobody was first,
// is decided there, and the row comes back settled like any other document.

import { checkPermission } from '../../domain/permissions.ts';
import { CHANNELS } from '../../domain/order/order.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { AttentionDesk, AttentionOffers } from '../attention-desk.ts';
import type { ChannelOrderCommands } from '../channel-order-commands.ts';
import type { Parts } from '../parts.ts';
import { isRecord, type ServerAnswer } from '../server/server-answer.ts';

const DELIVER_LIMIT_MS = 10_000;
/** Only the holder ends an order. */
const ENDS: ReadonlySet<string> = new Set(['cancel', 'other-store']);

export function createAttention(
  parts: Parts,
  orders: Pick<ChannelOrderCommands, 'moveChannelOrder'>,
): Omit<AttentionDesk, 'attention'> {
  /** An order on this till goes to the channels before they end it. */
  const passOn = async (id: string): Promise<Outcome<null>> => {
    const orderId = parts.attention.peek().find((one) => one.id === id)?.values['orderId'];
    const order = typeof orderId === 'string' ? parts.orders.channels.byId(orderId)?.order : undefined;
    if (order === undefined || order.holder !== parts.identity.peek()?.enrolment.workstationId)
      return accept(null);
    const moved = await orders.moveChannelOrder(order.id, { kind: 'pass-on', to: CHANNELS });
    if (!moved.ok) return moved;
    const isThere = (await parts.session()?.delivery.drained(DELIVER_LIMIT_MS)) === true;
    return isThere ? accept(null) : refuse('needs-server');
  };

  return {
    async attentionOffers(id) {
      const answer = await parts.connection.request(`/api/v1/attention/${encodeURIComponent(id)}/offers`);
      const told = readAnswer(answer);
      // The server checked it against attentionOffers.
      return told.ok ? accept(told.value as AttentionOffers) : told;
    },
    async resolveAttention(id, chosen) {
      const operator = parts.operator.peek();
      const permitted = checkPermission(operator, 'decide-attention');
      if (!permitted.ok) return permitted;
      if (operator === null || parts.board.status.peek().connection === 'offline')
        return refuse('needs-server');
      const passed = ENDS.has(chosen.choice) ? await passOn(id) : accept(null);
      if (!passed.ok) return passed;
      const told = readAnswer(
        await parts.connection.request(`/api/v1/attention/${encodeURIComponent(id)}/resolve`, {
          method: 'POST',
          body: JSON.stringify({ operatorId: operator.id, ...chosen }),
        }),
      );
      if (!told.ok) return told;
      const code = isRecord(told.value) ? told.value['code'] : null;
      return accept({ code: typeof code === 'string' ? code : null });
    },
  };
}

function readAnswer(answer: ServerAnswer): Outcome<unknown> {
  if (answer.kind === 'ok') return accept(answer.body);
  if (answer.kind === 'unreachable') return refuse('needs-server');
  const name = isRecord(answer.body) ? answer.body['operatorName'] : null;
  return refuse(answer.code, { operatorName: typeof name === 'string' ? name : '' });
}

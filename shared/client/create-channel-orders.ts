// Orders of channels at one workstation, put together: their commands, the end of those whose time is over, and the codes that this
// workstation may give out.

import { effect } from '@preact/signals-core';
import type { ApprovalBook } from './approval-book.ts';
import type { ChannelOrderCommands } from './channel-order-commands.ts';
import { createCodeBlock } from './code-block.ts';
import { createChannelOrderMoves, endCalledOrders } from './commands/channel-orders.ts';
import { createCollectChannelOrder } from './commands/collect-channel-order.ts';
import { createReadPickup } from './commands/read-pickup.ts';
import type { Parts } from './parts.ts';

export function createChannelOrders(
  parts: Parts,
  approvals: ApprovalBook,
): { readonly commands: ChannelOrderCommands; readonly close: () => void } {
  const { given, connection, identity } = parts;
  const codes = createCodeBlock({
    textStore: given.textStore,
    namespace: given.namespace,
    workstationId: () => identity.peek()?.enrolment.workstationId ?? null,
    connection,
    random: given.random,
  });
  const stopEnding = endCalledOrders(parts);
  const stopFilling = effect(() => {
    const isOnline = connection.state.value === 'online' || connection.state.value === 'hub';
    if (isOnline && identity.value !== null && given.kind === 'pos') void codes.refill();
  });
  return {
    commands: {
      ...createChannelOrderMoves(parts),
      ...createCollectChannelOrder(parts, approvals),
      readPickup: createReadPickup(parts),
      nextTrackingCode() {
        const code = codes.next();
        void codes.refill();
        return code;
      },
    },
    close() {
      stopEnding();
      stopFilling();
    },
  };
}

// A new order of a channel is heard at every till of its store, within a moment of the server's taking it in. What was there when the till
// started was heard before, or stands on the badge.

import { effect } from '@preact/signals';
import type { PosContext } from './pos-context.ts';

/** Answers what stops the listening. */
export function ringNewOrders(
  pos: Pick<PosContext, 'sounds'> & {
    readonly workstation: Pick<PosContext['workstation'], 'channelOrders' | 'status'>;
  },
): () => void {
  const known = new Set<string>();
  // Until the server has been heard for the first time, whatever comes is what lay on the disk.
  let isListening = false;
  return effect(() => {
    const fresh = pos.workstation.channelOrders.value.filter(
      ({ order }) => order.state === 'placed' && !known.has(order.id),
    );
    for (const { order } of pos.workstation.channelOrders.value) known.add(order.id);
    if (fresh.length > 0 && isListening) pos.sounds.ring();
    isListening ||= pos.workstation.status.value.lastContactAt !== null;
  });
}

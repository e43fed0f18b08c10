// A customer shows the pickup code of an order, on whichever screen the till is: it is checked here, without a network, and the hand-over
// opens. What must not be handed over is refused with a sentence and a sound.

import { readPickupToken } from '../../shared/domain/order/pickup-token.ts';
import type { PosContext } from './pos-context.ts';

export const isPickupToken = (code: string): boolean => readPickupToken(code) !== null;

export async function takePickup(pos: PosContext, code: string): Promise<void> {
  const read = await pos.workstation.readPickup(code);
  if (!pos.report(read) || !read.ok) return;
  const { channelOrder, tokenId } = read.value;
  pos.sounds.good();
  pos.view.value = { kind: 'channel-orders', orderId: channelOrder.order.id, tokenId };
}

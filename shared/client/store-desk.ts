// What a screen may ask about the store as a whole, beside its own cart: stock and promises, and what people must decide.

import type { AttentionDesk } from './attention-desk.ts';
import type { ChannelOrderCommands } from './channel-order-commands.ts';
import { createAttention } from './commands/attention.ts';
import type { Parts } from './parts.ts';
import type { StockDesk } from './stock-desk.ts';

export type StoreDesk = StockDesk & AttentionDesk;

/** All of it that is not a query of goods. */
export function createStoreDesk(
  parts: Parts,
  orders: Pick<ChannelOrderCommands, 'moveChannelOrder'>,
): AttentionDesk {
  return { attention: parts.attention, ...createAttention(parts, orders) };
}

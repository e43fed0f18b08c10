// What a screen may ask about the store as a whole, beside its own cart: stock and promises, and what people must decide.

import type { AttentionDesk } from './attention-desk.ts';
import type { StockDesk } from './stock-desk.ts';

export type StoreDesk = StockDesk & AttentionDesk;

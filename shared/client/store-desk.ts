// What a screen may ask about the store as a whole, beside its own cart: stock and promises, what people must decide, and
// the other stores; carts of customers' phones; and its settings.

import type { AisleDesk } from './aisle-desk.ts';
import type { AttentionDesk } from './attention-desk.ts';
import type { CodeDesk } from './code-desk.ts';
import type { PassportDesk } from './passport-desk.ts';
import type { SettingsCommands } from './settings-commands.ts';
import type { StockDesk } from './stock-desk.ts';

export type StoreDesk = StockDesk & AttentionDesk & AisleDesk & SettingsCommands & PassportDesk & CodeDesk;

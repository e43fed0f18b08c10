// Puts together what the store as a whole is asked, beside queries of goods.

import type { AisleDesk } from './aisle-desk.ts';
import type { AttentionDesk } from './attention-desk.ts';
import type { CodeDesk } from './code-desk.ts';
import type { ChannelOrderCommands } from './channel-order-commands.ts';
import { createAisle } from './commands/aisle.ts';
import { createAttention } from './commands/attention.ts';
import { createSettingsCommands } from './commands/change-settings.ts';
import { createClaimCode } from './commands/claim-code.ts';
import { createPassports } from './commands/passport.ts';
import type { Parts } from './parts.ts';
import type { PassportDesk } from './passport-desk.ts';
import type { SettingsCommands } from './settings-commands.ts';

export function createStoreDesk(
  parts: Parts,
  orders: Pick<ChannelOrderCommands, 'moveChannelOrder'>,
): AttentionDesk & AisleDesk & SettingsCommands & PassportDesk & CodeDesk {
  return {
    attention: parts.attention,
    ...createAttention(parts, orders),
    ...createAisle(parts),
    ...createPassports(parts),
    ...createClaimCode(parts),
    ...createSettingsCommands(parts),
  };
}

// What screens ask about paper, together.

import type { PaperCommands } from '../paper-commands.ts';
import type { Parts } from '../parts.ts';
import { createPriceChangesToday } from './price-changes-today.ts';
import { createSaveReceiptLayout } from './save-receipt-layout.ts';

export const createPaperCommands = (parts: Parts): PaperCommands => ({
  saveReceiptLayout: createSaveReceiptLayout(parts),
  priceChangesToday: createPriceChangesToday(parts),
});

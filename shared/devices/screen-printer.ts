// The printer of last resort: the receipt on the screen, for the customer to read or to take along as a QR code. It is done
// when a person has closed it.

import { accept } from '../domain/refusal.ts';
import type { Receipt } from '../domain/receipt-blocks.ts';
import type { PosPrinter } from './ports.ts';

export function createScreenPrinter(show: (receipt: Receipt) => Promise<void>): PosPrinter {
  return {
    async print(receipt) {
      await show(receipt);
      return accept('sent');
    },
  };
}

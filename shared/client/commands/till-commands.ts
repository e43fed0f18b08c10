// All commands of people and till, each a verb of its own, made with the approvals that they share.

import type { Parts } from '../parts.ts';
import type { TillCommands, Workstation } from '../runtime.ts';
import { createApprovals } from './approve.ts';
import { createCheckInOut } from './clock-in-out.ts';
import { createCloseTill } from './close-till.ts';
import { createCountTill } from './count-till.ts';
import { createMakeXReport } from './make-x-report.ts';
import { createMoveCash } from './move-cash.ts';
import { createNoSale } from './no-sale.ts';
import { createOpenTill } from './open-till.ts';
import { createPinCheck } from './check-pin.ts';
import { createSignOn, type SignOn } from './sign-on.ts';
import { createVoidTransaction } from './void-transaction.ts';

export function createTillCommands(parts: Parts): SignOn & TillCommands & Pick<Workstation, 'approve'> {
  const pins = createPinCheck(parts);
  const { approve, book } = createApprovals(parts, pins);
  return {
    ...createSignOn(parts, pins),
    approve,
    openTill: createOpenTill(parts),
    moveCash: createMoveCash(parts, book),
    noSale: createNoSale(parts, book),
    countTill: createCountTill(parts),
    makeXReport: createMakeXReport(parts),
    closeTill: createCloseTill(parts, book),
    voidTransaction: createVoidTransaction(parts, book),
    ...createCheckInOut(parts),
  };
}

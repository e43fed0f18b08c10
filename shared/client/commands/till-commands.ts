// All commands of people and till, each a verb of its own, made with the approvals that they share.

import type { ApprovalBook } from '../approval-book.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands, Workstation } from '../runtime.ts';
import { createApprove } from './approve.ts';
import { createCheckInOut } from './clock-in-out.ts';
import { createCloseTill } from './close-till.ts';
import { createCountTill } from './count-till.ts';
import { createDiscardPrint } from './discard-print.ts';
import { createMakeXReport } from './make-x-report.ts';
import { createMoveCash } from './move-cash.ts';
import { createNoSale } from './no-sale.ts';
import { createOpenTill } from './open-till.ts';
import { createPinCheck } from './check-pin.ts';
import { createSignOn, type SignOn } from './sign-on.ts';
import { createSwitchTraining } from './switch-training.ts';
import { createVoidTransaction } from './void-transaction.ts';

export function createTillCommands(
  parts: Parts,
  book: ApprovalBook,
): SignOn & TillCommands & Pick<Workstation, 'approve'> {
  const pins = createPinCheck(parts);
  return {
    ...createSignOn(parts, pins),
    approve: createApprove(parts, pins, book),
    openTill: createOpenTill(parts),
    moveCash: createMoveCash(parts, book),
    noSale: createNoSale(parts, book),
    discardPrint: createDiscardPrint(parts, book),
    countTill: createCountTill(parts),
    makeXReport: createMakeXReport(parts),
    closeTill: createCloseTill(parts, book),
    voidTransaction: createVoidTransaction(parts, book),
    switchTraining: createSwitchTraining(parts, book),
    ...createCheckInOut(parts),
  };
}

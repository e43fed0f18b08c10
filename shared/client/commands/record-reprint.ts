// A reprint is an entry of its own with the number of the copy, written before paper moves; so a copy can never
// pass for the original, and the journal knows how many there are.

import type { Fact } from '../../domain/fact.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import { readySession } from './ready-session.ts';

export function createRecordReprint(parts: Parts): Workstation['recordReprint'] {
  return async (id) => {
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const operator = parts.operator.peek();
    const permitted = checkPermission(operator, 'reprint-receipt');
    if (!permitted.ok) return permitted;
    const about = await ready.value.store.about(id);
    const original = about.find((fact) => fact.kind === 'transaction-completed');
    if (original === undefined) return refuse('transaction-not-found');
    const copyNumber = 1 + about.filter(isReprint).length;
    const { receiptNumber } = original.body.transaction;
    const written = await ready.value.journal.append(
      'receipt-reprinted',
      () => accept({ transactionId: id, receiptNumber, copyNumber }),
      operator?.id,
    );
    return written.ok ? accept({ copyNumber }) : written;
  };
}

const isReprint = (fact: Fact): boolean => fact.kind === 'receipt-reprinted';

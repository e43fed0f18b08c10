// A void of a transaction: a new transaction that turns the old one round exactly, so that both come to nothing in money, tax,
// stock and till. Nothing is computed anew. A void itself, and what was voided before, cannot be voided.

import { businessDay } from './business-day.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Difference } from './check-transaction.ts';
import type { JournalPosition } from './fact.ts';
import type { OperatorId, TransactionId } from './ids.ts';
import { receiptNumber } from './journal.ts';
import { mirrorTransaction } from './mirror-transaction.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import type { Store } from './store.ts';
import type { Transaction } from './transaction.ts';

export type VoidGiven = {
  readonly id: TransactionId;
  /** Device clock, ISO instant. */
  readonly now: string;
  readonly position: JournalPosition;
  readonly workstationNumber: number;
  readonly operatorId: OperatorId;
  readonly reasonCode: string;
  readonly approvalId: string | null;
  readonly tillSessionId: string | null;
  readonly isVoidedAlready: boolean;
};

/** The void of a transaction, ready to be journaled. */
export function voidTransaction(
  original: Transaction,
  store: Pick<Store, 'number' | 'timeZone' | 'dayStartsAtMinute'>,
  given: VoidGiven,
): Outcome<Transaction, 'transaction-is-void' | 'already-voided' | 'transaction-of-order'> {
  if (original.kind === 'void') return refuse('transaction-is-void');
  // The goods of an order come back with the order, which must know of it.
  if (original.channelOrder !== undefined) {
    return refuse('transaction-of-order', { code: original.channelOrder.code });
  }
  if (given.isVoidedAlready) return refuse('already-voided', { receiptNumber: original.receiptNumber });
  const {
    tillSessionId: _session,
    note: _note,
    reservedTaken: _taken,
    usedCoupons: _coupons,
    ...kept
  } = original;
  return accept({
    ...kept,
    ...mirrorTransaction(original),
    id: given.id,
    kind: 'void',
    receiptNumber: receiptNumber({
      storeNumber: store.number,
      workstationNumber: given.workstationNumber,
      ...given.position,
    }),
    operatorId: given.operatorId,
    businessDay: businessDay(given.now, store),
    completedAt: given.now,
    ...(given.tillSessionId === null ? {} : { tillSessionId: given.tillSessionId }),
    voids: {
      transactionId: original.id,
      receiptNumber: original.receiptNumber,
      reasonCode: given.reasonCode,
      ...(given.approvalId === null ? {} : { approvalId: given.approvalId }),
    },
  });
}

/** Where a void is not the exact opposite of its original; `original` is null when there is none in the journal. */
export function checkVoid(
  stated: Transaction,
  original: Transaction | null,
  isVoidedAlready: boolean,
): readonly Difference[] {
  const path = 'voids';
  const named = stated.voids?.receiptNumber ?? '';
  if (original === null) return [{ path, stated: named, computed: 'not found' }];
  if (original.kind === 'void') return [{ path, stated: named, computed: 'a void itself' }];
  if (isVoidedAlready) return [{ path, stated: named, computed: 'voided already' }];
  const mirrored = new Map<string, unknown>(Object.entries(mirrorTransaction(original)));
  const differences: Difference[] = [];
  if (named !== original.receiptNumber) {
    differences.push({ path, stated: named, computed: original.receiptNumber });
  }
  for (const [name, value] of Object.entries(stated)) {
    if (!mirrored.has(name)) continue;
    const [is, again] = [canonicalJson(value), canonicalJson(mirrored.get(name))];
    if (is !== again) differences.push({ path: name, stated: is, computed: again });
  }
  return differences;
}

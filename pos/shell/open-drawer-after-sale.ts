// The drawer opens when cash has been taken or given back: once for each sale, after its entry is on the disk, never for
// practice.

import { effect } from '@preact/signals';
import type { Transaction } from '../../shared/domain/transaction.ts';
import type { PosContext } from './pos-context.ts';

const CASH: ReadonlySet<string> = new Set(['cash', 'foreign-cash']);

export function openDrawerAfterSale(pos: Pick<PosContext, 'view' | 'openDrawer'>): () => void {
  let opened: string | null = null;
  return effect(() => {
    const view = pos.view.value;
    if (view.kind !== 'finished') return;
    const { transaction } = view.sale;
    if (transaction.id === opened || !movesCash(transaction)) return;
    opened = transaction.id;
    void pos.openDrawer();
  });
}

function movesCash({ tenders, isTraining }: Transaction): boolean {
  return (
    isTraining !== true &&
    tenders.some(
      ({ kind, tenderedMinor, amountMinor }) => CASH.has(kind) && (tenderedMinor !== 0 || amountMinor !== 0),
    )
  );
}

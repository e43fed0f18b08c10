// Stock that changes without a sale: broken, lost, counted again. One fact with movements of the reason
// `adjustment`; it is on the disk when the answer is ok.

import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import { readySession } from './ready-session.ts';

/** Movements of one fact; the protocol's limit. */
const MOVEMENTS_MAX = 2_000;

export function createAdjustStock(parts: Parts): Workstation['adjustStock'] {
  return async ({ documentNumber, changes }) => {
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const operator = parts.operator.peek();
    const permitted = checkPermission(operator, 'approve');
    if (!permitted.ok) return permitted;
    if (changes.length === 0 || changes.length > MOVEMENTS_MAX) {
      return refuse('changes-out-of-bounds', { maxChanges: MOVEMENTS_MAX });
    }
    if (changes.some(({ quantityMilli }) => !Number.isSafeInteger(quantityMilli) || quantityMilli === 0)) {
      return refuse('quantity-out-of-bounds');
    }
    const movements = changes.map(({ item, quantityMilli }) => ({
      itemId: item.id,
      ordinal: item.ordinal,
      quantityMilli,
      reason: 'adjustment' as const,
    }));
    const written = await ready.value.journal.append(
      'stock-received',
      () => accept({ documentNumber, movements }),
      operator?.id,
    );
    return written.ok ? accept(null) : written;
  };
}

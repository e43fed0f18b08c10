// How many are on hand, as this workstation knows it: the server's view and its own sales since.

import type { JSX } from 'preact';
import type { Item } from '../../../shared/domain/item.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

const LOW_MILLI = 5_000;

export function StockLabel({ item }: { readonly item: Item }): JSX.Element | null {
  const { workstation } = usePos();
  const words = useWords();
  // Read for its change: stock is asked again whenever anything was taken in.
  void workstation.catalogueRevision.value;
  const onHandMilli = workstation.onHand(item.id);
  if (onHandMilli === null) return null;
  // What lies aside for customers is on hand and not for sale.
  const reservedMilli = workstation.reserved(item.id);
  const availableMilli = onHandMilli - reservedMilli;
  const level = availableMilli <= 0 ? 'none' : availableMilli <= LOW_MILLI ? 'low' : 'enough';
  const quantity = words.quantity(onHandMilli, item.unit);
  return (
    <span
      class="stock"
      data-level={level}
      data-testid={`stock-${item.sku}`}
      data-on-hand-milli={onHandMilli}
      data-available-milli={availableMilli}
    >
      {reservedMilli === 0
        ? words.t('sell.on-hand', { quantity })
        : words.t('sell.on-hand-free', {
            quantity,
            available: words.quantity(availableMilli, item.unit),
          })}
    </span>
  );
}

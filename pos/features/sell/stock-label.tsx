// How many are on hand, how many of them are kept for others and how many may be sold, as this workstation knows it: the server's view
// and its own facts since. Cut off, it says how old the view is.

import type { JSX } from 'preact';
import type { Item } from '../../../shared/domain/item.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

const LOW_MILLI = 5_000;

export function StockLabel({ item }: { readonly item: Item }): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  // Read for its change: stock is asked again whenever anything was taken in.
  void workstation.catalogueRevision.value;
  const stock = workstation.stockOf(item.id);
  if (stock === null) return null;
  const { onHandMilli, reservedMilli, availableMilli } = stock;
  const level = availableMilli <= 0 ? 'none' : availableMilli <= LOW_MILLI ? 'low' : 'enough';
  const said = (milli: number): string => words.quantity(milli, item.unit);
  return (
    <span
      class="stock"
      data-level={level}
      data-testid={`stock-${item.sku}`}
      data-on-hand-milli={onHandMilli}
      data-reserved-milli={reservedMilli}
      data-available-milli={availableMilli}
    >
      {reservedMilli === 0
        ? words.t('sell.on-hand', { quantity: said(onHandMilli) })
        : words.t('sell.on-hand-free', { quantity: said(onHandMilli), available: said(availableMilli) })}
    </span>
  );
}

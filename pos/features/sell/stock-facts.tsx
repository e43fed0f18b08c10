// How the units of an item in this store are divided: on hand, kept for customers, promisable by the channels, free. Cut off from the
// server it says from when that is.

import type { JSX } from 'preact';
import type { ItemId } from '../../../shared/domain/ids.ts';
import type { UnitOfMeasure } from '../../../shared/domain/item.ts';
import { Quantity } from '../../../shared/ui/amounts.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function StockFacts(props: { readonly itemId: ItemId; readonly unit: UnitOfMeasure }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  void workstation.catalogueRevision.value;
  const stock = workstation.stockOf(props.itemId);
  const { connection, lastContactAt } = workstation.status.value;
  const ageMs =
    connection === 'offline' && lastContactAt !== null ? pos.now.value - Date.parse(lastContactAt) : null;
  if (stock === null) return <p class="field-hint">{words.t('stock.unknown')}</p>;
  const rows = [
    ['on-hand', stock.onHandMilli],
    ['reserved', stock.reservedMilli],
    ['available', stock.availableMilli],
    ['channels', stock.channelsMilli],
  ] as const;
  return (
    <section class="stock-facts" data-testid="stock-facts" aria-label={words.t('stock.title')}>
      <h3>{words.t('stock.title')}</h3>
      <dl class="facts line-facts">
        {rows.map(([name, milli]) => (
          <div key={name}>
            <dt>{words.t(`stock.${name}`)}</dt>
            <dd>
              <Quantity quantityMilli={milli} unit={props.unit} testId={`stock-facts-${name}`} />
            </dd>
          </div>
        ))}
      </dl>
      {ageMs !== null && (
        <p class="field-hint" data-testid="stock-facts-age">
          {words.t('stock.as-of', { age: words.ago(Math.max(0, ageMs)) })}
        </p>
      )}
    </section>
  );
}

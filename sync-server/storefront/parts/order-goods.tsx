// What was ordered, what became of each line, and what it comes to.

import type { JSX } from 'preact';
import type { ShopOrder } from '../api.ts';
import { useWords } from '../shop-context.ts';

export function OrderGoods({ order }: { readonly order: ShopOrder }): JSX.Element {
  const { t, name, quantity, money } = useWords();
  return (
    <section class="goods">
      <h2>{t('track.goods')}</h2>
      <ul>
        {order.lines.map((line) => (
          <li key={line.lineNumber}>
            <span dir="auto">
              {quantity(line.quantityMilli)} × {name(line.name)}
            </span>
            <bdi>{money(line.unitPriceMinor, order.currency)}</bdi>
            {line.isShort && <small>{t('track.short')}</small>}
            {line.substitute !== null && (
              <small>
                {t('track.substitute')} <bdi>{name(line.substitute.name)}</bdi>
              </small>
            )}
          </li>
        ))}
      </ul>
      <p class="total">
        <span>{t('cart.total')}</span>
        <bdi>{money(order.totalMinor, order.currency)}</bdi>
      </p>
    </section>
  );
}

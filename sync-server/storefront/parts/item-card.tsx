// One item among others: picture, name, price; all of it one link.

import type { JSX } from 'preact';
import type { ShopItem } from '../api.ts';
import { BASE } from '../router.ts';
import { useShop, useWords } from '../shop-context.ts';
import { Picture } from './picture.tsx';

export function ItemCard({ item }: { readonly item: ShopItem }): JSX.Element {
  const { name } = useWords();
  return (
    <a class="card" href={`${BASE}item/${encodeURIComponent(item.id)}`} data-testid={`item-${item.sku}`}>
      <Picture path={item.picture} size={160} />
      <span class="card-name" dir="auto">
        {name(item.name)}
      </span>
      <Price item={item} />
    </a>
  );
}

/** The price of one piece, or of a kilogram, litre or metre. */
export function Price({ item }: { readonly item: ShopItem }): JSX.Element {
  const { t, money } = useWords();
  const currency = useCurrency();
  return (
    <span class="price" data-amount-minor={item.priceMinor}>
      <bdi>{money(item.priceMinor, currency)}</bdi>
      {item.unit !== 'piece' && <small> {t(`unit.${item.unit}`)}</small>}
    </span>
  );
}

/** All stores of a shop sell in one currency. */
export function useCurrency(): string {
  return useShop().stores[0]?.currency ?? 'EUR';
}

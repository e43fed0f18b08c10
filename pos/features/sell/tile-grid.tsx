// The items of the chosen category as tiles. They come in parts as the person scrolls, so that a category of
// thousands opens as fast as one of ten.

import { PackageOpen } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CategoryId } from '../../../shared/domain/ids.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { steady } from '../../../shared/ui/steady.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { tapItem } from '../../shell/take-code.ts';
import { ItemPicture } from './item-picture.tsx';
import { StockLabel } from './stock-label.tsx';

const PART = 60;

export function TileGrid(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const category = pos.sell.category.value;
  const { items, isWhole, more } = useCategoryItems(category);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (element === null || isWhole || typeof IntersectionObserver === 'undefined') return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) more();
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [items.length, isWhole, category]);
  if (items.length === 0 && isWhole) {
    return (
      <div class="nothing" data-testid="tiles-empty">
        <Icon of={PackageOpen} />
        <p>{words.t(category === 'favourites' ? 'sell.no-favourites' : 'sell.category-empty')}</p>
      </div>
    );
  }
  return (
    <div class="tiles-scroll" key={category}>
      <ul class="tiles" data-testid="tiles">
        {items.map((item) => (
          <ItemTile key={item.id} item={item} />
        ))}
      </ul>
      <div ref={end} class="tiles-end" />
    </div>
  );
}

const ItemTile = steady(function ItemTile({ item }: { readonly item: Item }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const currency = pos.workstation.settings.value?.store.currency ?? 'EUR';
  return (
    <li>
      <button
        type="button"
        class="tile"
        data-testid={`tile-${item.sku}`}
        data-item-id={item.id}
        data-style={item.variant?.styleId}
        onClick={() => tapItem(pos, item)}
      >
        <ItemPicture item={item} />
        <span class="tile-name">{textIn(item.name, words.language)}</span>
        <span class="tile-foot">
          <Money class="tile-price" amountMinor={item.priceMinor} currency={currency} />
          {item.unit !== 'piece' && <small>{words.t(`unit.per-${item.unit}`)}</small>}
          <StockLabel item={item} />
        </span>
      </button>
    </li>
  );
});

type Part = { readonly items: readonly Item[]; readonly isWhole: boolean; readonly more: () => void };

/** Favourites at once; a category in parts, and afresh when prices or items have changed. */
function useCategoryItems(category: CategoryId | 'favourites'): Part {
  const { workstation } = usePos();
  const revision = workstation.catalogueRevision.value;
  const [state, setState] = useState<{
    category: string;
    items: readonly Item[];
    isWhole: boolean;
  }>({ category: '', items: [], isWhole: false });
  const wanted = useRef(PART);
  const load = async () => {
    if (category === 'favourites') return;
    const limit = wanted.current;
    const items = await workstation.itemsInCategory(category, limit, 0);
    if (wanted.current === limit) setState({ category, items, isWhole: items.length < limit });
  };
  useEffect(() => {
    wanted.current = PART;
  }, [category]);
  useEffect(() => {
    void load();
  }, [category, revision]);
  if (category === 'favourites') {
    return { items: workstation.favourites.value, isWhole: true, more: () => undefined };
  }
  if (state.category !== category) return { items: [], isWhole: false, more: () => undefined };
  return {
    items: state.items,
    isWhole: state.isWhole,
    more: () => {
      if (wanted.current > state.items.length) return;
      wanted.current += PART;
      void load();
    },
  };
}

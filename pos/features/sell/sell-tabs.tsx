// On a phone only one half fits; these tabs change between them and always show what the cart comes to.

import { LayoutGrid, ShoppingCart } from 'lucide';
import type { JSX } from 'preact';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function SellTabs(): JSX.Element {
  const { workstation, sell } = usePos();
  const words = useWords();
  const view = workstation.cart.value;
  const count = view?.cart.lines.length ?? 0;
  const tab = (name: 'catalogue' | 'cart', children: JSX.Element) => (
    <button
      type="button"
      class="sell-tab"
      data-testid={`tab-${name}`}
      aria-pressed={sell.tab.value === name}
      onClick={() => {
        sell.tab.value = name;
      }}
    >
      {children}
    </button>
  );
  return (
    <nav class="sell-tabs" aria-label={words.t('sell.halves')}>
      {tab(
        'catalogue',
        <>
          <Icon of={LayoutGrid} />
          {words.t('sell.tab-catalogue')}
        </>,
      )}
      {tab(
        'cart',
        <>
          <Icon of={ShoppingCart} />
          {words.t('sell.tab-cart')}
          {count > 0 && <b class="count">{words.number(count)}</b>}
          {view !== null && count > 0 && <Money amountMinor={view.dueMinor} currency={view.cart.currency} />}
        </>,
      )}
    </nav>
  );
}

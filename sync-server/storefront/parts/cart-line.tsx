// One line of the cart, with its quantity in steps of one (or half a kilogram, litre, metre), and what its price was before.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ShopCart } from '../api.ts';
import { totalOf } from '../cart-keeper.ts';
import { BASE } from '../router.ts';
import { useShop, useWords } from '../shop-context.ts';
import { Price, useCurrency } from './item-card.tsx';
import { Picture } from './picture.tsx';

type Line = ShopCart['lines'][number];

export function CartLineRow(props: {
  readonly line: Line;
  readonly isOpen: boolean;
  readonly report: (code: string | null) => void;
}): JSX.Element {
  const { line, isOpen } = props;
  const { item, changeMinor } = line;
  const { t, name, money } = useWords();
  const currency = useCurrency();
  return (
    <li class="line" data-testid={`line-${item.sku}`} data-quantity-milli={line.quantityMilli}>
      <Picture path={item.picture} size={64} />
      <div class="line-facts">
        <a href={`${BASE}item/${encodeURIComponent(item.id)}`} dir="auto">
          {name(item.name)}
        </a>
        <Price item={item} />
        {changeMinor !== 0 && (
          <p class="changed" data-testid={`changed-${item.sku}`}>
            {t('cart.dearer', {
              now: money(item.priceMinor, currency),
              was: money(item.priceMinor - changeMinor, currency),
            })}
          </p>
        )}
      </div>
      {isOpen ? <Stepper {...props} /> : <Quantity line={line} />}
      <bdi class="line-total">{money(totalOf({ lines: [line] }), currency)}</bdi>
    </li>
  );
}

function Quantity({ line }: { readonly line: Line }): JSX.Element {
  const { quantity } = useWords();
  return <span class="line-quantity">{quantity(line.quantityMilli)}</span>;
}

function Stepper(props: {
  readonly line: Line;
  readonly report: (code: string | null) => void;
}): JSX.Element {
  const { item, quantityMilli } = props.line;
  const { t, name, quantity } = useWords();
  const { carts } = useShop();
  const [isBusy, setBusy] = useState(false);
  const step = item.unit === 'piece' ? 1000 : 500;
  const set = async (nextMilli: number): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const answer = await carts.setQuantity(item.id, nextMilli);
    setBusy(false);
    props.report(answer.ok ? null : answer.code);
  };
  const called = { name: name(item.name) };
  return (
    <div class="stepper" role="group" aria-label={t('cart.quantity', called)}>
      <button
        type="button"
        data-testid={`less-${item.sku}`}
        aria-label={quantityMilli > step ? t('cart.less', called) : t('cart.remove', called)}
        onClick={() => void set(quantityMilli - step)}
      >
        −
      </button>
      <span aria-live="polite">{quantity(quantityMilli)}</span>
      <button
        type="button"
        data-testid={`more-${item.sku}`}
        aria-label={t('cart.moreOf', called)}
        onClick={() => void set(quantityMilli + step)}
      >
        +
      </button>
    </div>
  );
}

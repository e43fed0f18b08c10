// One item: what it is, what it costs, and which store has how many of it, nearest first, with the age of what is known.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Availability } from '../parts/availability.tsx';
import { Price } from '../parts/item-card.tsx';
import { Picture } from '../parts/picture.tsx';
import { Problem, Waiting } from '../parts/problem.tsx';
import { useAsked } from '../parts/use-asked.ts';
import { useTitle } from '../parts/use-title.ts';
import { BASE } from '../router.ts';
import { useShop, useWords } from '../shop-context.ts';

const ONE_MILLI = 1000;

export function ItemPage({ id }: { readonly id: string }): JSX.Element {
  const { t, name } = useWords();
  const { api, storeId } = useShop();
  const [answer, , askAgain] = useAsked(() => api.item(id, storeId.value), [id, storeId.value]);
  useTitle(answer?.ok === true ? name(answer.value.item.name) : t('shop.wait'));
  if (answer === null) return <Waiting />;
  if (!answer.ok) return <Problem code={answer.code} onAgain={askAgain} />;
  const { item, availability } = answer.value;
  return (
    <article class="page item">
      <Picture path={item.picture} size={320} />
      <div class="item-facts">
        <h1 dir="auto">{name(item.name)}</h1>
        <p class="faint">{t('item.number', { sku: item.sku })}</p>
        <Price item={item} />
        <AddButton itemId={item.id} />
      </div>
      <Availability item={item} rows={availability} />
    </article>
  );
}

function AddButton({ itemId }: { readonly itemId: string }): JSX.Element {
  const { t } = useWords();
  const { carts } = useShop();
  const [state, setState] = useState<'idle' | 'busy' | 'added' | { readonly problem: string }>('idle');
  const add = async (): Promise<void> => {
    setState('busy');
    const answer = await carts.add(itemId, ONE_MILLI);
    setState(answer.ok ? 'added' : { problem: answer.code });
  };
  return (
    <div class="add">
      <button
        type="button"
        class="button main"
        aria-disabled={state === 'busy'}
        data-testid="add"
        onClick={() => {
          if (state !== 'busy') void add();
        }}
      >
        {t('item.add')}
      </button>
      <div aria-live="polite">
        {state === 'added' && (
          <p class="added" data-testid="added">
            {t('item.added')} <a href={`${BASE}cart`}>{t('item.toCart')}</a>
          </p>
        )}
      </div>
      {typeof state === 'object' && <Problem code={state.problem} />}
    </div>
  );
}

// The first page: what the shop shows first, its categories, and what was searched for.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ShopItem } from '../api.ts';
import { ItemCard } from '../parts/item-card.tsx';
import { Problem, Waiting } from '../parts/problem.tsx';
import { useAsked } from '../parts/use-asked.ts';
import { BASE } from '../router.ts';
import { useShop, useWords } from '../shop-context.ts';
import { useTitle } from '../parts/use-title.ts';

const PAGE = 24;

export function HomePage(props: { readonly query: string; readonly categoryId: string | null }): JSX.Element {
  const { t, name } = useWords();
  const { categories } = useShop();
  const { query, categoryId } = props;
  const category = categories.find(({ id }) => id === categoryId);
  const heading =
    query === ''
      ? category === undefined
        ? t('home.title')
        : name(category.name)
      : t('search.found', { query });
  useTitle(heading);
  return (
    <div class="page">
      <h1>{heading}</h1>
      <nav class="chips" aria-label={t('home.categories')}>
        {categories.map((each) => (
          <a
            key={each.id}
            class={`chip tone-${each.tone}`}
            href={`${BASE}?category=${encodeURIComponent(each.id)}`}
            aria-current={each.id === categoryId ? 'page' : undefined}
            data-testid={`category-${each.id}`}
          >
            {name(each.name)}
          </a>
        ))}
      </nav>
      <Items key={`${categoryId ?? ''} ${query}`} query={query} categoryId={categoryId} />
    </div>
  );
}

function Items({
  query,
  categoryId,
}: {
  readonly query: string;
  readonly categoryId: string | null;
}): JSX.Element {
  const { t } = useWords();
  const { api, storeId } = useShop();
  const [after, setAfter] = useState<string | null>(null);
  const [items, setItems] = useState<readonly ShopItem[]>([]);
  const isFirstPage = query === '' && categoryId === null;
  const wanted = {
    limit: String(PAGE),
    ...(isFirstPage ? { isFavourite: 'true' } : {}),
    ...(query === '' ? {} : { query }),
    ...(categoryId === null ? {} : { categoryId }),
    ...(storeId.value === null ? {} : { storeId: storeId.value }),
    ...(after === null ? {} : { after }),
  };
  const [answer, , askAgain] = useAsked(() => api.items(wanted), [JSON.stringify(wanted)]);
  useEffect(() => {
    if (answer?.ok !== true) return;
    const known = new Set(items.map(({ id }) => id));
    setItems([...items, ...answer.value.items.filter(({ id }) => !known.has(id))]);
  }, [answer]);
  if (answer === null) return <Waiting />;
  if (!answer.ok) return <Problem code={answer.code} onAgain={askAgain} />;
  const { next } = answer.value;
  return (
    <section aria-label={isFirstPage ? t('home.favourites') : undefined}>
      {isFirstPage && <h2>{t('home.favourites')}</h2>}
      {items.length === 0 && answer.value.items.length === 0 && (
        <p role="status" data-testid="none-found">
          {t('search.none')}
        </p>
      )}
      <ul class="grid" data-testid="items">
        {items.map((item) => (
          <li key={item.id}>
            <ItemCard item={item} />
          </li>
        ))}
      </ul>
      {next !== null && (
        <button type="button" class="button quiet" data-testid="more" onClick={() => setAfter(next)}>
          {t('search.more')}
        </button>
      )}
    </section>
  );
}

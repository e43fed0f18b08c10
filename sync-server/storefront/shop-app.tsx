// The frame around every page: a way past the header, the header with search, languages and cart, and the page itself. When the page
// changes its title is announced and the focus stands at its heading, as after a link of any site.

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Header } from './parts/header.tsx';
import { CartPage } from './pages/cart.tsx';
import { HomePage } from './pages/home.tsx';
import { ItemPage } from './pages/item.tsx';
import { OrderPage } from './pages/order.tsx';
import { TrackPage } from './pages/track.tsx';
import { BASE, type Page } from './router.ts';
import { useShop, useWords } from './shop-context.ts';

export function ShopApp(): JSX.Element {
  const { t } = useWords();
  const page = useShop().router.page.value;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const address = JSON.stringify(page);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [address]);
  return (
    <>
      <a class="skip" href="#main">
        {t('shop.skip')}
      </a>
      <Header />
      <main id="main" tabIndex={-1} ref={main} data-page={page.kind}>
        <PageOf key={keyOf(page)} page={page} />
      </main>
      <footer class="foot">
        <a href={`${BASE}track/`} data-testid="foot-track">
          {t('track.find')}
        </a>
      </footer>
    </>
  );
}

/** Pages with the same key keep their state when the address changes. */
const keyOf = (page: Page): string =>
  'id' in page ? `item ${page.id}` : 'code' in page ? `track ${page.code ?? ''}` : page.kind;

function PageOf({ page }: { readonly page: Page }): JSX.Element {
  switch (page.kind) {
    case 'home':
      return <HomePage query={page.query} categoryId={page.categoryId} />;
    case 'item':
      return <ItemPage id={page.id} />;
    case 'cart':
      return <CartPage passport={page.passport} />;
    case 'order':
      return <OrderPage />;
    case 'track':
      return <TrackPage code={page.code} isNew={page.isNew} />;
    case 'unknown':
      return <UnknownPage />;
  }
}

function UnknownPage(): JSX.Element {
  const { t } = useWords();
  return (
    <div class="page narrow">
      <h1>{t('shop.unknown')}</h1>
      <a class="button" href={BASE}>
        {t('shop.home')}
      </a>
    </div>
  );
}

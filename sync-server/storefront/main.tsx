// The shop for visitors: finds out whether it is open, reads what every page needs, and shows the page of the address. Nothing is
// installed and nothing is kept but a cart's id and the visitor's choices.

import '../../shared/ui/css/tokens.css';
import './css/shop.css';
import './css/pages.css';
import './css/order.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { createApi } from './api.ts';
import { createCartKeeper } from './cart-keeper.ts';
import { ClosedPage } from './pages/closed.tsx';
import type { Place } from './near-stores.ts';
import { createRouter } from './router.ts';
import { ShopContext, type Shop } from './shop-context.ts';
import { ShopApp } from './shop-app.tsx';
import { languageOf, loadWords } from './words.ts';

const LANGUAGE_KEY = 'tillandsia.shop.language';
const STORE_KEY = 'tillandsia.shop.store';

async function start(root: HTMLElement): Promise<void> {
  const chosen = localStorage.getItem(LANGUAGE_KEY);
  const language = languageOf([...(chosen === null ? [] : [chosen]), ...navigator.languages]);
  const words = signal(await loadWords(language));
  const look = (): void => {
    document.documentElement.lang = words.value.language;
    document.documentElement.dir = words.value.direction;
  };
  look();
  const newId = (): string => crypto.randomUUID();
  const api = createApi({ fetch: fetch.bind(globalThis), newId });
  const opened = await api.open();
  const [stores, categories] = opened.ok
    ? await Promise.all([api.stores(), api.categories()])
    : [opened, opened];
  if (!stores.ok || !categories.ok) {
    render(<ClosedPage words={words.value} code={stores.ok ? 'other' : stores.code} />, root);
    return;
  }
  const storeId = signal(localStorage.getItem(STORE_KEY));
  storeId.subscribe((id) => {
    if (id === null) localStorage.removeItem(STORE_KEY);
    else localStorage.setItem(STORE_KEY, id);
  });
  const shop: Shop = {
    api,
    router: createRouter(window),
    carts: createCartKeeper({ api, storage: localStorage }),
    words,
    async speak(next) {
      words.value = await loadWords(next);
      localStorage.setItem(LANGUAGE_KEY, next);
      look();
    },
    stores: stores.value.stores,
    categories: categories.value.categories,
    storeId,
    place: signal<Place | null>(null),
    now: Date.now,
    newId,
  };
  void shop.carts.refresh();
  render(
    <ShopContext.Provider value={shop}>
      <ShopApp />
    </ShopContext.Provider>,
    root,
  );
}

const root = document.getElementById('app');
if (root !== null) await start(root);

// The header of every page: home, search, language, cart.

import type { JSX } from 'preact';
import { LANGUAGES } from '../../../shared/domain/localized-text.ts';
import { BASE } from '../router.ts';
import { useShop, useWords } from '../shop-context.ts';
import { typedText } from './typed-text.ts';
import { LANGUAGE_NAMES } from '../words.ts';

export function Header(): JSX.Element {
  const { t } = useWords();
  return (
    <header class="head">
      <a class="brand" href={BASE} data-testid="to-home">
        <img src={`${BASE}icon.svg`} alt="" width="28" height="28" />
        <span>{t('shop.name')}</span>
      </a>
      <SearchForm />
      <nav class="head-links" aria-label={t('shop.navigation')}>
        <LanguageChoice />
        <CartLink />
      </nav>
    </header>
  );
}

function SearchForm(): JSX.Element {
  const { t } = useWords();
  const { router } = useShop();
  const page = router.page.value;
  const query = page.kind === 'home' ? page.query : '';
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = typedText(new FormData(event.currentTarget), 'q');
        router.go(typed === '' ? '' : `?q=${encodeURIComponent(typed)}`);
      }}
    >
      <input
        type="search"
        name="q"
        key={query}
        defaultValue={query}
        maxLength={100}
        placeholder={t('search.label')}
        aria-label={t('search.label')}
        data-testid="search"
        enterKeyHint="search"
      />
      <button type="submit" class="button" data-testid="search-go">
        {t('search.go')}
      </button>
    </form>
  );
}

function LanguageChoice(): JSX.Element {
  const { t, language } = useWords();
  const { speak } = useShop();
  return (
    <select
      class="language"
      aria-label={t('shop.language')}
      value={language}
      data-testid="language"
      onChange={(event) => {
        const next = LANGUAGES.find((each) => each === event.currentTarget.value);
        if (next !== undefined) void speak(next);
      }}
    >
      {LANGUAGES.map((each) => (
        <option key={each} value={each} lang={each}>
          {LANGUAGE_NAMES[each]}
        </option>
      ))}
    </select>
  );
}

function CartLink(): JSX.Element {
  const { t, number } = useWords();
  const { carts } = useShop();
  const cart = carts.cart.value;
  const count = cart === null || cart.place.kind === 'bought' ? 0 : cart.lines.length;
  return (
    <a
      class="cart-link"
      href={`${BASE}cart`}
      aria-label={count === 0 ? t('cart.title') : t('cart.count', { count: number(count) })}
      data-testid="to-cart"
      data-count={count}
    >
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path d="M3 4h2l2.4 11h10.2L20 7H6.2M9 20h.01M17 20h.01" />
      </svg>
      {count > 0 && <span class="cart-count">{number(count)}</span>}
    </a>
  );
}

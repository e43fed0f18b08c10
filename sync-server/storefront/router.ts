// Which page of the shop is shown: the address says it, so that links, the back button and reloads work as everywhere.

import { signal, type ReadonlySignal } from '@preact/signals';

export type Page =
  | { readonly kind: 'home'; readonly query: string; readonly categoryId: string | null }
  | { readonly kind: 'item'; readonly id: string }
  | { readonly kind: 'cart'; readonly passport: string | null }
  | { readonly kind: 'order' }
  | { readonly kind: 'track'; readonly code: string | null; readonly isNew: boolean }
  | { readonly kind: 'unknown' };

export const BASE = '/shop/';

/** The page of an address below the shop. */
export function pageOf(address: { readonly pathname: string; readonly search: string }): Page {
  const [first = '', second = '', ...rest] = address.pathname.slice(BASE.length).split('/').map(decode);
  const search = new URLSearchParams(address.search);
  if (rest.length > 0) return { kind: 'unknown' };
  switch (first) {
    case '':
      return { kind: 'home', query: search.get('q') ?? '', categoryId: search.get('category') };
    case 'item':
      return second === '' ? { kind: 'unknown' } : { kind: 'item', id: second };
    case 'cart':
      return { kind: 'cart', passport: second === '' ? null : second };
    case 'order':
      return { kind: 'order' };
    case 'track':
      return { kind: 'track', code: second === '' ? null : second, isNew: search.has('new') };
    default:
      return { kind: 'unknown' };
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export type Router = {
  readonly page: ReadonlySignal<Page>;
  /** Goes to an address below the shop, such as `item/i000003`. */
  readonly go: (to: string, options?: { readonly isReplacing?: boolean }) => void;
};

export function createRouter(window: Window): Router {
  const page = signal(pageOf(window.location));
  const show = (): void => {
    page.value = pageOf(window.location);
  };
  window.addEventListener('popstate', show);
  const go: Router['go'] = (to, { isReplacing = false } = {}) => {
    window.history[isReplacing ? 'replaceState' : 'pushState'](null, '', BASE + to);
    window.scrollTo(0, 0);
    show();
  };
  // Links stay links: with a modifier, a middle button or another target the browser does what it always does.
  window.document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link === null || !isPlain || event.defaultPrevented || link.target !== '') return;
    if (link.origin !== window.location.origin || !link.pathname.startsWith(BASE) || link.hash !== '') return;
    event.preventDefault();
    go(`${link.pathname.slice(BASE.length)}${link.search}`);
  });
  return { page, go };
}

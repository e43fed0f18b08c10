// What is shown instead of the shop: it is closed, or cannot be reached.

import type { JSX } from 'preact';
import type { Words } from '../words.ts';

export function ClosedPage(props: { readonly words: Words; readonly code: string }): JSX.Element {
  const { t, tOr } = props.words;
  const isClosed = props.code === 'shop-not-open';
  return (
    <main class="page narrow" data-page="closed">
      <h1>{t('shop.closed.title')}</h1>
      <p>{isClosed ? t('shop.closed.text') : tOr(`problem.${props.code}`, 'problem.other')}</p>
      <button class="button" type="button" onClick={() => location.reload()}>
        {t('shop.again')}
      </button>
    </main>
  );
}

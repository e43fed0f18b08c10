// Hits while a customer types; an answer to an older question that comes late is dropped.

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SearchHit } from '../../../shared/client/runtime.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { useKiosk, useWords } from '../../shell/kiosk-context.ts';

const HITS_MAX = 24;

export function Results(props: {
  readonly query: string;
  readonly onChoose: (item: Item) => void;
}): JSX.Element | null {
  const { workstation } = useKiosk();
  const words = useWords();
  const hits = useSignal<readonly SearchHit[] | null>(null);
  const revision = workstation.catalogueRevision.value;
  useEffect(() => {
    let isCurrent = true;
    void workstation.search(props.query, HITS_MAX).then((found) => {
      if (isCurrent) hits.value = found;
    });
    return () => {
      isCurrent = false;
    };
  }, [props.query, revision]);
  const currency = workstation.settings.value?.store.currency;
  if (hits.value === null || currency === undefined) return null;
  if (hits.value.length === 0) {
    return (
      <p class="welcome" data-testid="search-empty">
        {words.t('kiosk.nothing-found', { query: props.query })}
      </p>
    );
  }
  return (
    <ul class="kiosk-results" aria-label={words.t('kiosk.results')} data-testid="search-results">
      {hits.value.map(({ item }) => (
        <li key={item.id}>
          <button
            type="button"
            class="kiosk-hit"
            data-testid={`hit-${item.sku}`}
            onClick={() => props.onChoose(item)}
          >
            {item.picture !== undefined && (
              <img src={new URL(item.picture, location.origin).href} alt="" loading="lazy" />
            )}
            <span>{textIn(item.name, words.language)}</span>
            <Money amountMinor={workstation.priceOf(item).priceMinor} currency={currency} />
          </button>
        </li>
      ))}
    </ul>
  );
}

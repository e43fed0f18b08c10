// Hits while typing. The newest question wins: an answer to an older one that comes late is dropped. Arrow keys
// choose, Enter takes; a whole code typed here and confirmed is taken like a scan.

import { SearchX, Store } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect } from 'preact/hooks';
import type { SearchHit } from '../../../shared/client/runtime.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { VirtualList } from '../../../shared/ui/virtual-list.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { tapItem, takeCode } from '../../shell/take-code.ts';
import { ItemPicture } from './item-picture.tsx';

const HITS_MAX = 100;
const ROW_HEIGHT_PX = 72;

export type SearchView = {
  readonly hits: readonly SearchHit[];
  /** The text that `hits` answer. */
  readonly answered: string;
  readonly chosen: number;
  readonly takeChosen: () => void;
  readonly onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => void;
};

export function useSearch(): SearchView {
  const pos = usePos();
  const { sell, workstation } = pos;
  const hits = useSignal<readonly SearchHit[]>([]);
  const answered = useSignal('');
  const chosen = useSignal(0);
  const query = sell.query.value.trim();
  const revision = workstation.catalogueRevision.value;
  useEffect(() => {
    if (query === '') {
      hits.value = [];
      answered.value = '';
      return undefined;
    }
    let isCurrent = true;
    void workstation.search(query, HITS_MAX).then((found) => {
      if (!isCurrent) return;
      hits.value = found;
      answered.value = query;
      chosen.value = 0;
    });
    return () => {
      isCurrent = false;
    };
  }, [query, revision]);
  return {
    hits: hits.value,
    answered: answered.value,
    chosen: chosen.value,
    takeChosen() {
      if (workstation.findByCode(query).length > 0) {
        sell.query.value = '';
        takeCode(pos, query);
        return;
      }
      const hit = answered.value === query ? hits.value[chosen.value] : undefined;
      if (hit !== undefined) tapItem(pos, hit.item);
    },
    onKeyDown(event) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0) return;
      event.preventDefault();
      chosen.value = Math.min(hits.value.length - 1, Math.max(0, chosen.value + step));
    },
  };
}

export function SearchResults({ search }: { readonly search: SearchView }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const currency = pos.workstation.settings.value?.store.currency ?? 'EUR';
  const isAnswered = search.answered === pos.sell.query.value.trim();
  if (isAnswered && search.hits.length === 0) {
    return (
      <div class="nothing" data-testid="search-empty">
        <Icon of={SearchX} />
        <p>{words.t('sell.nothing-found', { query: search.answered })}</p>
      </div>
    );
  }
  return (
    <div class="results" data-testid="search-results" data-answered={search.answered}>
      <VirtualList
        testId="search-list"
        label={words.t('sell.search-results')}
        rows={search.hits}
        rowHeight={ROW_HEIGHT_PX}
        keyOf={(hit) => hit.item.id}
        keepInSight={search.chosen}
        render={(hit, place) => <HitRow hit={hit} isChosen={place === search.chosen} currency={currency} />}
      />
    </div>
  );
}

/** Goods that are not here are looked for at the other stores straight from the hit. */
function HitRow(props: {
  readonly hit: SearchHit;
  readonly isChosen: boolean;
  readonly currency: string;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { hit, isChosen, currency } = props;
  const { item, onHandMilli } = hit;
  const isElsewhere = onHandMilli !== null && onHandMilli <= 0 && item.isService !== true;
  return (
    <div class="hit-row">
      <button
        type="button"
        class="hit"
        data-testid={`hit-${item.sku}`}
        data-chosen={isChosen}
        onClick={() => tapItem(pos, item)}
      >
        <ItemPicture item={item} />
        <span class="hit-words">
          <strong>{textIn(item.name, words.language)}</strong>
          <small>
            <bdi class="ltr">{item.sku}</bdi>
            {onHandMilli !== null && (
              <span class="stock" data-level={onHandMilli <= 0 ? 'none' : 'enough'}>
                {words.t('sell.on-hand', { quantity: words.quantity(onHandMilli, item.unit) })}
              </span>
            )}
          </small>
        </span>
        <span class="hit-price">
          <Money amountMinor={item.priceMinor} currency={currency} />
          {item.unit !== 'piece' && <small>{words.t(`unit.per-${item.unit}`)}</small>}
        </span>
      </button>
      {isElsewhere && (
        <IconButton
          testId={`hit-elsewhere-${item.sku}`}
          icon={Store}
          label={words.t('aisle.open')}
          onPress={() => {
            pos.sell.question.value = { kind: 'elsewhere', item, quantityMilli: 1000 };
          }}
        />
      )}
    </div>
  );
}

// What can be sold: search on top, then either the search's hits or the chosen category's tiles.

import { Search, X } from 'lucide';
import type { JSX, RefObject } from 'preact';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { CategoryStrip } from './category-strip.tsx';
import { SearchResults, useSearch } from './search-results.tsx';
import { TileGrid } from './tile-grid.tsx';

export function CataloguePanel(props: {
  readonly searchRef: RefObject<HTMLInputElement | null>;
}): JSX.Element {
  const { sell } = usePos();
  const words = useWords();
  const search = useSearch();
  const isSearching = sell.query.value.trim() !== '';
  return (
    <section class="catalogue" aria-label={words.t('sell.catalogue')} data-testid="catalogue-panel">
      <div class="search-bar" onKeyDown={search.onKeyDown}>
        <Field
          testId="search"
          label={words.t('sell.search')}
          isLabelHidden
          icon={Search}
          inputMode="search"
          placeholder={words.t('sell.search-placeholder')}
          value={sell.query.value}
          inputRef={props.searchRef}
          maxLength={100}
          onInput={(text) => {
            sell.query.value = text;
          }}
          onEnter={search.takeChosen}
          after={
            sell.query.value !== '' && (
              <IconButton
                testId="search-clear"
                icon={X}
                label={words.t('sell.search-clear')}
                onPress={() => {
                  sell.query.value = '';
                  props.searchRef.current?.focus();
                }}
              />
            )
          }
        />
      </div>
      {isSearching ? (
        <SearchResults search={search} />
      ) : (
        <>
          <CategoryStrip />
          <TileGrid />
        </>
      )}
    </section>
  );
}

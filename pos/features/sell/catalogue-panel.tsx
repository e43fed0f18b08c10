// What can be sold: search on top, then either the search's hits or the chosen category's tiles.

import { Camera, Search, X } from 'lucide';
import type { JSX, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { lazily } from '../../shell/lazily.tsx';
import { takeCode } from '../../shell/take-code.ts';
import { CategoryStrip } from './category-strip.tsx';
import { SearchResults, useSearch } from './search-results.tsx';
import { TileGrid } from './tile-grid.tsx';

const CameraPanel = lazily(async () => (await import('../../../shared/ui/camera-panel.tsx')).CameraPanel);

export function CataloguePanel(props: {
  readonly searchRef: RefObject<HTMLInputElement | null>;
}): JSX.Element {
  const pos = usePos();
  const { sell } = pos;
  const [isCameraOpen, setCameraOpen] = useState(false);
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
        <IconButton
          testId="camera-open"
          icon={Camera}
          look="secondary"
          label={words.t('sell.camera')}
          onPress={() => setCameraOpen(true)}
        />
      </div>
      {isCameraOpen && (
        <CameraPanel
          camera={pos.camera}
          onCode={(code: string) => takeCode(pos, code)}
          onClose={() => setCameraOpen(false)}
        />
      )}
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

// The categories of the store as tiles in their own tones, favourites first.

import { Star } from 'lucide';
import type { JSX } from 'preact';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function CategoryStrip(): JSX.Element {
  const { workstation, sell } = usePos();
  const words = useWords();
  const categories = [...(workstation.settings.value?.categories ?? [])].sort(
    (left, right) => left.position - right.position,
  );
  const chosen = sell.category.value;
  const choose = (category: typeof chosen, tile: Element) => {
    sell.category.value = category;
    // Where the tiles stand in one row, the chosen one comes in full sight with its neighbours.
    tile.scrollIntoView({ inline: 'center', block: 'nearest', behavior: 'smooth' });
  };
  return (
    <nav class="categories" aria-label={words.t('sell.categories')} data-testid="categories">
      <button
        type="button"
        class="category"
        data-tone="accent"
        data-testid="category-favourites"
        aria-pressed={chosen === 'favourites'}
        onClick={(event) => choose('favourites', event.currentTarget)}
      >
        <Icon of={Star} />
        {words.t('sell.favourites')}
      </button>
      {categories.map((category) => (
        <button
          type="button"
          key={category.id}
          class="category"
          data-tone={category.tone}
          data-testid={`category-${category.id}`}
          aria-pressed={chosen === category.id}
          onClick={(event) => choose(category.id, event.currentTarget)}
        >
          {textIn(category.name, words.language)}
        </button>
      ))}
    </nav>
  );
}

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
  return (
    <nav class="categories" aria-label={words.t('sell.categories')} data-testid="categories">
      <button
        type="button"
        class="category"
        data-tone="accent"
        data-testid="category-favourites"
        aria-pressed={chosen === 'favourites'}
        onClick={() => {
          sell.category.value = 'favourites';
        }}
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
          onClick={() => {
            sell.category.value = category.id;
          }}
        >
          {textIn(category.name, words.language)}
        </button>
      ))}
    </nav>
  );
}

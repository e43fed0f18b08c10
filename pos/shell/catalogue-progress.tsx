// How far the first load of the catalogue is. It stands above what can be done meanwhile (sign on, sell what is
// there), and it waits a little before it shows, so that an ordinary start does not flicker.

import type { JSX } from 'preact';
import { usePos, useWords } from './pos-context.ts';

export function CatalogueProgress(): JSX.Element | null {
  const { workstation } = usePos();
  const words = useWords();
  const { phase, loadedPages, totalPages } = workstation.status.value.catalogue;
  if (phase === 'ready') return null;
  const percent = totalPages === 0 ? 0 : Math.floor((loadedPages / totalPages) * 100);
  const label = words.t('boot.catalogue-percent', { percent });
  return (
    <div class="catalogue-progress" role="status" data-testid="catalogue-progress" data-percent={percent}>
      <span>{label}</span>
      <progress max={Math.max(totalPages, 1)} value={loadedPages} aria-label={label} />
    </div>
  );
}

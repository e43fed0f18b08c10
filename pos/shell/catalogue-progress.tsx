// How far the first load of the catalogue is. It stands above what can be done meanwhile (sign on, sell what is
// there), and it waits a little before it shows, so that an ordinary start does not flicker.

import type { JSX } from 'preact';
import { usePos, useWords } from './pos-context.ts';

export function CatalogueProgress(): JSX.Element | null {
  const { workstation } = usePos();
  const words = useWords();
  const { catalogue, troubles } = workstation.status.value;
  const { phase, loadedPages, totalPages } = catalogue;
  // A catalogue that cannot be read is said by its trouble; it does not get any further.
  if (phase === 'ready' || troubles.some((trouble) => trouble.code === 'CL-01')) return null;
  const percent = totalPages === 0 ? 0 : Math.floor((loadedPages / totalPages) * 100);
  const label = words.t('boot.catalogue-percent', { percent });
  return (
    <div class="catalogue-progress" role="status" data-testid="catalogue-progress" data-percent={percent}>
      <span>{label}</span>
      <progress max={Math.max(totalPages, 1)} value={loadedPages} aria-label={label} />
    </div>
  );
}

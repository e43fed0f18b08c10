// Giving an order up, asked twice. Once the store has taken it, only the store can end it, and its sentence says so.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ShopOrder } from '../api.ts';
import { useShop, useWords } from '../shop-context.ts';
import { Problem } from './problem.tsx';

export function CancelOrder(props: {
  readonly code: string;
  readonly onChanged: (order: ShopOrder) => void;
}): JSX.Element {
  const { t } = useWords();
  const { api } = useShop();
  const [state, setState] = useState<'idle' | 'asked' | 'busy' | { readonly problem: string }>('idle');
  const cancel = async (): Promise<void> => {
    setState('busy');
    const answer = await api.cancel(props.code);
    if (answer.ok) props.onChanged(answer.value);
    else setState({ problem: answer.code });
  };
  if (state === 'asked' || state === 'busy') {
    return (
      <div class="ask" role="group" aria-label={t('track.cancel')}>
        <p role="status">{t('track.cancel.sure')}</p>
        <button type="button" class="button danger" data-testid="cancel-yes" onClick={() => void cancel()}>
          {t('track.cancel.yes')}
        </button>
        <button type="button" class="button quiet" onClick={() => setState('idle')}>
          {t('track.cancel.no')}
        </button>
      </div>
    );
  }
  return (
    <div class="ask">
      {typeof state === 'object' && <Problem code={state.problem} />}
      <button type="button" class="button quiet" data-testid="cancel" onClick={() => setState('asked')}>
        {t('track.cancel')}
      </button>
    </div>
  );
}

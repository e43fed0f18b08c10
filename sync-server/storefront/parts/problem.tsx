// What went wrong, as a sentence that is read out, and a way to try again where that makes sense.

import type { JSX } from 'preact';
import { useWords } from '../shop-context.ts';

export function Problem(props: { readonly code: string; readonly onAgain?: () => void }): JSX.Element {
  const { t, tOr } = useWords();
  return (
    <div class="problem" role="alert" data-testid="problem" data-code={props.code}>
      <p>{tOr(`problem.${props.code}`, 'problem.other')}</p>
      {props.onAgain !== undefined && (
        <button type="button" class="button quiet" onClick={props.onAgain}>
          {t('shop.again')}
        </button>
      )}
    </div>
  );
}

export function Waiting(): JSX.Element {
  const { t } = useWords();
  return (
    <p class="waiting" role="status">
      {t('shop.wait')}
    </p>
  );
}

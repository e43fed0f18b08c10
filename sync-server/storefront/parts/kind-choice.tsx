// Reserved to be looked at, or ordered to be collected.

import type { JSX } from 'preact';
import { useWords } from '../shop-context.ts';

export type OrderKind = 'reservation' | 'order';
const KINDS: readonly OrderKind[] = ['reservation', 'order'];

export function KindChoice(props: {
  readonly kind: OrderKind;
  readonly onChange: (kind: OrderKind) => void;
}): JSX.Element {
  const { t } = useWords();
  return (
    <fieldset>
      <legend>{t('order.kind')}</legend>
      {KINDS.map((kind) => (
        <label key={kind} class="choice">
          <input
            type="radio"
            name="kind"
            value={kind}
            checked={kind === props.kind}
            data-testid={`kind-${kind}`}
            onChange={() => props.onChange(kind)}
          />
          <span>
            <strong>{t(`order.kind.${kind}`)}</strong>
            <small>{t(`order.kind.${kind}.text`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

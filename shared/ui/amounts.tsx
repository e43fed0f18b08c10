// Amounts and quantities as people read them. Both keep their own direction inside right-to-left text, and both
// carry the exact number for tests and for copying.

import type { JSX } from 'preact';
import type { UnitOfMeasure } from '../domain/item.ts';
import { useSpeech } from './speech-context.tsx';

export function Money(props: {
  readonly amountMinor: number;
  readonly currency: string;
  readonly testId?: string;
  readonly class?: string;
}): JSX.Element {
  const speech = useSpeech();
  return (
    <bdi
      class={props.class}
      data-testid={props.testId}
      data-amount-minor={props.amountMinor}
      data-currency={props.currency}
    >
      {speech.money(props.amountMinor, props.currency)}
    </bdi>
  );
}

export function Quantity(props: {
  readonly quantityMilli: number;
  readonly unit: UnitOfMeasure;
  readonly testId?: string;
}): JSX.Element {
  const speech = useSpeech();
  return (
    <bdi data-testid={props.testId} data-quantity-milli={props.quantityMilli}>
      {speech.quantity(props.quantityMilli, props.unit)}
    </bdi>
  );
}

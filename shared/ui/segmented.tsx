// A choice between a few things that all fit on the screen.

import type { JSX } from 'preact';
import { Button } from './button.tsx';

export function Segmented<Value extends string>(props: {
  readonly testId: string;
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly lang?: string }[];
  readonly onChoose: (value: Value) => void;
}): JSX.Element {
  return (
    <div class="segmented" role="group" aria-label={props.label} data-testid={props.testId}>
      {props.options.map((option) => (
        <Button
          key={option.value}
          testId={`${props.testId}-${option.value}`}
          look="quiet"
          isPressed={option.value === props.value}
          onPress={() => props.onChoose(option.value)}
        >
          <span lang={option.lang}>{option.label}</span>
        </Button>
      ))}
    </div>
  );
}

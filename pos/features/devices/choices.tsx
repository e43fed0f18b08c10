// One of several, as radio buttons that are large enough for a finger; a hint below each says what it means.

import type { JSX } from 'preact';

export type Choice<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
  readonly isDisabled?: boolean;
};

export function Choices<Value extends string>(props: {
  readonly name: string;
  readonly label: string;
  readonly chosen: Value | null;
  readonly options: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
  /** Where the question stands above already. */
  readonly isLabelHidden?: boolean;
  /** Short ones stand side by side. */
  readonly isRow?: boolean;
}): JSX.Element {
  return (
    <fieldset class="choices" data-row={props.isRow === true}>
      <legend class={props.isLabelHidden === true ? 'visually-hidden' : undefined}>{props.label}</legend>
      {props.options.map(({ value, label, hint, isDisabled = false }) => (
        <label key={value} class="choice" data-disabled={isDisabled}>
          <input
            type="radio"
            name={props.name}
            data-testid={`${props.name}-${value}`}
            checked={props.chosen === value}
            disabled={isDisabled}
            onChange={() => props.onChoose(value)}
          />
          <span>
            <bdi>{label}</bdi>
            {hint !== undefined && <small class="soft">{hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

// A labelled text field. The label is always there; it may be hidden from sight where the icon says it, never
// from a screen reader. A problem is said in words below the field and is tied to it.

import type { IconNode } from 'lucide';
import type { ComponentChildren, JSX, Ref } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon.tsx';

export type FieldProps = {
  readonly testId: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onEnter?: () => void;
  readonly isLabelHidden?: boolean;
  readonly icon?: IconNode;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly problem?: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'search' | 'none';
  readonly maxLength?: number;
  readonly direction?: 'ltr' | 'rtl' | 'auto';
  readonly hasFocusFirst?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly class?: string;
  readonly after?: ComponentChildren;
};

export function Field(props: FieldProps): JSX.Element {
  const id = useId();
  const { problem, hint } = props;
  return (
    <div class={props.class === undefined ? 'field' : `field ${props.class}`}>
      <label for={id} class={props.isLabelHidden ? 'visually-hidden' : undefined}>
        {props.label}
      </label>
      <div class="field-box">
        {props.icon && <Icon of={props.icon} />}
        <input
          id={id}
          ref={props.inputRef ?? null}
          data-testid={props.testId}
          type="text"
          inputMode={props.inputMode}
          value={props.value}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          dir={props.direction}
          autofocus={props.hasFocusFirst}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          enterKeyHint={props.inputMode === 'search' ? 'search' : 'done'}
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={problem === undefined && hint === undefined ? undefined : `${id}-more`}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && props.onEnter) {
              event.preventDefault();
              props.onEnter();
            }
          }}
        />
        {props.after}
      </div>
      {(problem ?? hint) !== undefined && (
        <p
          id={`${id}-more`}
          class={problem === undefined ? 'field-hint' : 'field-problem'}
          role={problem === undefined ? undefined : 'alert'}
        >
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}

// The one button of both apps. It is a real <button>, at least 44 px high, and always carries a test id; a button
// that shows only an icon must have a label, which is also its tooltip.

import type { IconNode } from 'lucide';
import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icon.tsx';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

export type ButtonProps = {
  readonly testId: string;
  readonly onPress?: () => void;
  readonly look?: ButtonLook;
  readonly size?: 'medium' | 'large';
  readonly type?: 'button' | 'submit';
  readonly icon?: IconNode;
  readonly iconMirrors?: boolean;
  /** Spoken name where the visible words do not say enough. */
  readonly label?: string;
  readonly isDisabled?: boolean;
  readonly isPressed?: boolean;
  readonly hasFocusFirst?: boolean;
  readonly shortcut?: string;
  readonly class?: string;
  readonly children?: ComponentChildren;
};

export function Button(props: ButtonProps): JSX.Element {
  const { testId, onPress, look = 'secondary', size = 'medium', type = 'button', icon, label } = props;
  return (
    <button
      type={type}
      class={props.class === undefined ? 'button' : `button ${props.class}`}
      data-testid={testId}
      data-look={look}
      data-size={size}
      disabled={props.isDisabled}
      aria-label={label}
      aria-pressed={props.isPressed}
      aria-keyshortcuts={props.shortcut}
      autofocus={props.hasFocusFirst}
      onClick={onPress}
    >
      {icon && <Icon of={icon} mirrors={props.iconMirrors ?? false} />}
      {props.children}
    </button>
  );
}

export type IconButtonProps = Omit<ButtonProps, 'children' | 'icon' | 'label'> & {
  readonly icon: IconNode;
  readonly label: string;
};

/** A square button with an icon only. */
export function IconButton({ icon, label, look = 'quiet', testId, ...rest }: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={rest.class === undefined ? 'button' : `button ${rest.class}`}
      data-testid={testId}
      data-look={look}
      data-size={rest.size ?? 'medium'}
      data-is-icon="true"
      disabled={rest.isDisabled}
      aria-label={label}
      aria-pressed={rest.isPressed}
      aria-keyshortcuts={rest.shortcut}
      title={label}
      onClick={rest.onPress}
    >
      <Icon of={icon} mirrors={rest.iconMirrors ?? false} />
    </button>
  );
}

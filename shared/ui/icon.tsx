// Draws one Lucide icon from its data, so that only the icons that are used are shipped. An icon is always
// decoration here: the words stand beside it or in the label of the button that holds it.

import type { IconNode } from 'lucide';
import { h, type JSX } from 'preact';

export type IconProps = {
  readonly of: IconNode;
  /** True for arrows and the like, which point the other way in right-to-left languages. */
  readonly mirrors?: boolean;
};

export function Icon({ of, mirrors = false }: IconProps): JSX.Element {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
      data-mirrors={mirrors ? 'true' : undefined}
    >
      {of.map(([tag, attributes], place) => h(tag, { key: place, ...attributes }))}
    </svg>
  );
}

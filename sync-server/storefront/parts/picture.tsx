// The picture of an item, or its place where there is none. It says nothing that the name beside it does not say.

import type { JSX } from 'preact';

export function Picture(props: { readonly path: string | null; readonly size: number }): JSX.Element {
  return (
    <span class="picture">
      {props.path !== null && (
        <img
          src={`/${props.path}`}
          alt=""
          width={props.size}
          height={props.size}
          loading="lazy"
          decoding="async"
        />
      )}
    </span>
  );
}

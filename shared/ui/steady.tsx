// Keeps a component still while its props are the same, so that a line added to a long cart draws one line.

import { Component, h, type ComponentChildren, type FunctionComponent } from 'preact';

/** The component, drawn again only when a prop is another value (or a signal that it reads changes). */
export function steady<Props extends object>(Inner: FunctionComponent<Props>): FunctionComponent<Props> {
  class Steady extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props & { children?: ComponentChildren }>): boolean {
      return !isShallowEqual(this.props, next);
    }
    override render(props: Props) {
      return h(Inner, props);
    }
  }
  // A class component is used exactly as a function component is; only the declared type differs.
  return Steady as unknown as FunctionComponent<Props>;
}

function isShallowEqual(left: object, right: object): boolean {
  const before: Readonly<Record<string, unknown>> = { ...left };
  const after: Readonly<Record<string, unknown>> = { ...right };
  const names = Object.keys(before);
  return (
    names.length === Object.keys(after).length && names.every((name) => Object.is(before[name], after[name]))
  );
}

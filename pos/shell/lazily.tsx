// A part of a screen that is fetched when it is first needed, so that the till is ready to sell before it. A fetch that
// fails is said, and tried again the next time.

import type { FunctionComponent, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { usePos, useWords } from './pos-context.ts';

export type LazyPart<Props> = FunctionComponent<Props> & { readonly fetch: () => Promise<void> };

/** The component that `load` brings; nothing is drawn until it is there. */
export function lazily<Props extends object>(load: () => Promise<FunctionComponent<Props>>): LazyPart<Props> {
  const memory: { loaded: FunctionComponent<Props> | null } = { loaded: null };
  const fetchNow = async (): Promise<FunctionComponent<Props>> => (memory.loaded ??= await load());
  const Lazy = (props: Props): JSX.Element | null => {
    const pos = usePos();
    const words = useWords();
    const [Part, setPart] = useState<FunctionComponent<Props> | null>(() => memory.loaded);
    useEffect(() => {
      if (Part !== null) return;
      void fetchNow().then(
        (loaded) => setPart(() => loaded),
        () => pos.say('danger', words.t('lazy.not-loaded')),
      );
    }, []);
    return Part === null ? null : <Part {...props} />;
  };
  // Before it is needed, and silently: what fails now is tried again, and said, when it is.
  Lazy.fetch = (): Promise<void> =>
    fetchNow().then(
      () => undefined,
      () => undefined,
    );
  return Lazy;
}

// What is seen while the workstation checks its own journal before it sells, and while the catalogue comes for
// the first time. It says what is being done; it never looks ready before it is.

import type { JSX } from 'preact';
import { Logo } from '../../../shared/ui/logo.tsx';
import { useWords } from '../../shell/pos-context.ts';

export function CheckingScreen(props: {
  readonly progress?: { loaded: number; total: number };
}): JSX.Element {
  const words = useWords();
  const { progress } = props;
  return (
    <main class="centre-stage" data-testid="checking-screen" aria-busy="true">
      <Logo />
      <h1>{words.t(progress ? 'boot.loading-catalogue' : 'boot.checking')}</h1>
      <p class="soft">{words.t(progress ? 'boot.loading-catalogue-more' : 'boot.checking-more')}</p>
      {progress ? (
        <progress
          data-testid="catalogue-progress"
          max={Math.max(progress.total, 1)}
          value={progress.loaded}
          aria-label={words.t('boot.loading-catalogue')}
        />
      ) : (
        <progress data-testid="checking-progress" aria-label={words.t('boot.checking')} />
      )}
    </main>
  );
}

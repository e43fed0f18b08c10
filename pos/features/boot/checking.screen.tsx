// What is seen while the workstation checks its own journal before it sells. It says what is being done; it never
// looks ready before it is.

import type { JSX } from 'preact';
import { Logo } from '../../../shared/ui/logo.tsx';
import { useWords } from '../../shell/pos-context.ts';

export function CheckingScreen(): JSX.Element {
  const words = useWords();
  return (
    <main class="centre-stage" data-testid="checking-screen" aria-busy="true">
      <Logo />
      <h1>{words.t('boot.checking')}</h1>
      <p class="soft">{words.t('boot.checking-more')}</p>
      <progress data-testid="checking-progress" aria-label={words.t('boot.checking')} />
    </main>
  );
}

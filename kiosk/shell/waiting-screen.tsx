// What is seen while the kiosk opens its storage or waits for its first settings.

import type { JSX } from 'preact';
import { Logo } from '../../shared/ui/logo.tsx';
import { useWords } from './kiosk-context.ts';

export function WaitingScreen(): JSX.Element {
  const words = useWords();
  return (
    <main class="centre-stage" data-testid="waiting-screen" aria-busy="true">
      <Logo />
      <p class="soft">{words.t('kiosk.not-ready')}</p>
      <progress aria-label={words.t('kiosk.not-ready')} />
    </main>
  );
}

// A till whose settings and operators are not on the device any more cannot even ask who sells. Without a server it says
// what it waits for; it goes on by itself when the server is back.

import { ServerOff } from 'lucide';
import type { JSX } from 'preact';
import { Icon } from '../../../shared/ui/icon.tsx';
import { useWords } from '../../shell/pos-context.ts';

export function WaitsForServerScreen(): JSX.Element {
  const words = useWords();
  return (
    <main class="centre-stage" data-testid="waits-for-server-screen">
      <Icon of={ServerOff} />
      <h1>{words.t('boot.needs-server')}</h1>
      <p class="soft" role="status">
        {words.t('boot.needs-server-more')}
      </p>
    </main>
  );
}

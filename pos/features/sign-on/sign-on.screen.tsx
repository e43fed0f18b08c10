// Who sells: choose a name, type the PIN. The PIN is checked on this device, so it works without a network. After
// too many wrong ones the operator is locked for a while; the time that is left is shown and counts down.

import { UserRound } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Operator } from '../../../shared/domain/operator.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Logo } from '../../../shared/ui/logo.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { PinPad } from '../../shell/pin-pad.tsx';

export function SignOnScreen(): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  const [chosen, setChosen] = useState<Operator | null>(null);
  const operators = workstation.operators.value.filter((operator) => operator.isActive);
  return (
    <main class="centre-stage" data-testid="sign-on-screen">
      <section class="card sign-on-card">
        {chosen === null ? (
          <>
            <header>
              <Logo />
              <h1>{words.t('sign-on.who')}</h1>
              <p class="soft">{workstation.settings.value?.store.name ?? ''}</p>
            </header>
            {operators.length === 0 && <p class="soft">{words.t('sign-on.no-operators')}</p>}
            <ul class="operator-list">
              {operators.map((operator) => (
                <li key={operator.id}>
                  <Button
                    testId={`operator-${operator.number}`}
                    size="large"
                    onPress={() => setChosen(operator)}
                  >
                    <span class="avatar" aria-hidden="true">
                      {[...operator.name][0]}
                    </span>
                    <span class="operator-name">
                      <strong>{operator.name}</strong>
                      <small>{words.t(`role.${operator.roleName}`)}</small>
                    </span>
                  </Button>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <PinPad
            operator={chosen}
            icon={UserRound}
            submitLabel={words.t('sign-on.submit')}
            check={(pin) => workstation.signOn(chosen.id, pin)}
            onBack={() => setChosen(null)}
          />
        )}
      </section>
    </main>
  );
}

// A fault a person must know of, in four parts: what happened, what is safe, what to do, and the buttons that do
// it. Never a white page, never a stack trace; the code is for the telephone.

import { RotateCcw, ShieldCheck, TriangleAlert, Wrench } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Trouble } from '../../../shared/client/runtime.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { troubleText } from '../../shell/trouble-text.ts';

type Action = Trouble['actions'][number];

export function TroubleScreen({ trouble }: { readonly trouble: Trouble }): JSX.Element {
  const pos = usePos();
  const [isBusy, setBusy] = useState(false);
  const act = async (action: Action) => {
    if (action === 'reload') {
      location.reload();
      return;
    }
    setBusy(true);
    pos.report(await pos.workstation.resolveTrouble(trouble.code, action));
    setBusy(false);
  };
  return <TroubleCard trouble={trouble} isBusy={isBusy} onAction={(action) => void act(action)} />;
}

/** The same card where there is no workstation to ask: the app itself did not start. */
export function TroubleCard(props: {
  readonly trouble: Trouble;
  readonly isBusy: boolean;
  readonly onAction: (action: Action) => void;
}): JSX.Element {
  const words = useWords();
  const { trouble, isBusy } = props;
  return (
    <main class="centre-stage" data-testid="trouble-screen" data-trouble={trouble.code}>
      <section class="card trouble-card" role="alert">
        <header>
          <Icon of={TriangleAlert} />
          <h1>{troubleText(words, trouble, 'happened')}</h1>
          <code class="ltr" data-testid="trouble-code">
            {trouble.code}
          </code>
        </header>
        <dl>
          <div>
            <dt>
              <Icon of={ShieldCheck} />
              {words.t('trouble.what-is-safe')}
            </dt>
            <dd data-testid="trouble-safe">{troubleText(words, trouble, 'safe')}</dd>
          </div>
          <div>
            <dt>
              <Icon of={Wrench} />
              {words.t('trouble.what-to-do')}
            </dt>
            <dd data-testid="trouble-do">{troubleText(words, trouble, 'do')}</dd>
          </div>
        </dl>
        <div class="button-row">
          {(trouble.actions.length === 0 ? (['reload'] as const) : trouble.actions).map((action, place) => (
            <Button
              key={action}
              testId={`trouble-${action}`}
              look={place === 0 ? 'primary' : 'secondary'}
              icon={RotateCcw}
              isDisabled={isBusy}
              onPress={() => props.onAction(action)}
            >
              {words.t(`trouble.action.${action}`)}
            </Button>
          ))}
        </div>
      </section>
    </main>
  );
}

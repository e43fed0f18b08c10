// A fault a person must know of, in four parts: what happened, what is safe, what to do, and the buttons that do
// it. Never a white page, never a stack trace; the code is for the telephone.

import { RotateCcw, ShieldCheck, TriangleAlert, Wrench } from 'lucide';
import type { ComponentChildren, JSX } from 'preact';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import type { SharedKey } from './shared-keys.ts';
import { useSpeech } from './speech-context.tsx';
import { troubleText, type SpokenTrouble } from './trouble-text.ts';

export type TroubleAction = 'retry' | 'reload' | 'rebuild-from-server' | 'start-new-epoch' | 'take-over';

export function TroubleCard(props: {
  readonly trouble: SpokenTrouble & { readonly actions: readonly TroubleAction[] };
  readonly isBusy: boolean;
  readonly onAction: (action: TroubleAction) => void;
  /** What can still be shown while selling is stopped; below the card. */
  readonly children?: ComponentChildren;
}): JSX.Element {
  const words = useSpeech<SharedKey>();
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
      {props.children}
    </main>
  );
}

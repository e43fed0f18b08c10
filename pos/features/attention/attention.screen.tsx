// Needs attention: one list of everything that a person must decide, the store's and this till's own, and what became of what was
// decided. Choose one to see what happened, what is safe and what may be done.

import { ArrowLeft, CircleCheck } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Badge, Banner } from '../../../shared/ui/notices.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { mattersOf, type Matter } from '../../shell/attention-matters.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useKeys } from '../../shell/use-keyboard.ts';
import { matterTitle } from './matter-words.ts';
import { OneMatter } from './one-matter.tsx';

export function AttentionScreen(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const chosen = useSignal<string | null>(null);
  const matters = mattersOf(pos);
  const one = matters.find(({ id }) => id === chosen.value);
  useKeys(({ key }) => {
    if (key !== 'Escape' || pos.overlay.value !== 'none') return false;
    if (chosen.value === null) pos.view.value = { kind: 'sell' };
    else chosen.value = null;
    return true;
  });
  return (
    <main class="transactions attention" data-testid="attention-screen" data-has-choice={one !== undefined}>
      <section class="card transactions-list">
        <header class="panel-head">
          <IconButton
            testId="attention-back"
            icon={ArrowLeft}
            iconMirrors
            label={words.t('transactions.back')}
            onPress={() => {
              pos.view.value = { kind: 'sell' };
            }}
          />
          <h1>{words.t('attention.title')}</h1>
        </header>
        {pos.workstation.status.value.connection === 'offline' && (
          <Banner testId="attention-offline" tone="warning">
            {words.t('attention.offline')}
          </Banner>
        )}
        {matters.length === 0 ? (
          <div class="nothing" data-testid="attention-none">
            <Icon of={CircleCheck} />
            <p>{words.t('attention.none')}</p>
          </div>
        ) : (
          <ul class="attention-rows" data-testid="attention-rows">
            {matters.map((matter) => (
              <li key={matter.id}>
                <MatterRow
                  matter={matter}
                  isChosen={matter === one}
                  onPress={() => {
                    chosen.value = matter.id;
                  }}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="card transaction-one" aria-live="polite">
        {one === undefined ? (
          <div class="nothing" data-testid="attention-choose">
            <p>{words.t('attention.choose')}</p>
          </div>
        ) : (
          <OneMatter
            key={one.id}
            matter={one}
            onBack={() => {
              chosen.value = null;
            }}
          />
        )}
      </section>
    </main>
  );
}

function MatterRow(props: {
  readonly matter: Matter;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { matter } = props;
  const ageMs = Math.max(0, pos.now.value - Date.parse(matter.at));
  return (
    <button
      type="button"
      class="transaction-row order-row"
      data-testid={`attention-${matter.kind}`}
      data-id={matter.id}
      data-chosen={props.isChosen}
      data-settled={matter.row?.resolved !== undefined}
      onClick={props.onPress}
    >
      <span class="hit-words">
        <strong>{matterTitle(words, matter)}</strong>
        <small>{words.ago(ageMs)}</small>
      </span>
      <Badge tone={matter.row?.resolved === undefined ? 'warning' : 'good'}>
        <span>{words.t(matter.row?.resolved === undefined ? 'attention.open' : 'attention.settled')}</span>
      </Badge>
    </button>
  );
}

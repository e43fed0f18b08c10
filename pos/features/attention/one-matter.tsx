// One matter: what happened, what is safe, and its choices as buttons. What the server must do says so while the till is cut off;
// what is settled says who did it and when.

import { ArrowLeft, CloudOff } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { choicesFor, type AttentionChoice } from '../../../shared/domain/attention-choices.ts';
import { hasPermission } from '../../../shared/domain/permissions.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Banner } from '../../../shared/ui/notices.tsx';
import { troubleText } from '../../../shared/ui/trouble-text.ts';
import type { Matter } from '../../shell/attention-matters.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { chosenText, matterText, matterTitle } from './matter-words.ts';
import { MatterFacts } from './matter-facts.tsx';
import { OversoldChoices } from './oversold-choices.tsx';

export function OneMatter({
  matter,
  onBack,
}: {
  readonly matter: Matter;
  readonly onBack: () => void;
}): JSX.Element {
  const words = useWords();
  const { row, trouble } = matter;
  const said = (part: 'happened' | 'safe'): string =>
    trouble === null ? matterText(words, matter, part) : troubleText(words, trouble, part);
  return (
    <>
      <header class="panel-head">
        <IconButton
          testId="attention-one-back"
          class="only-narrow"
          icon={ArrowLeft}
          iconMirrors
          label={words.t('attention.to-list')}
          onPress={onBack}
        />
        <h2 data-testid="attention-one-title">{matterTitle(words, matter)}</h2>
      </header>
      <div class="order-scroll" data-testid="attention-one" data-kind={matter.kind}>
        <p data-testid="attention-happened">{said('happened')}</p>
        <p class="soft" data-testid="attention-safe">
          {said('safe')}
        </p>
        {row !== null && <MatterFacts row={row} />}
        {row?.resolved === undefined ? <Choices matter={matter} /> : <Settled matter={matter} />}
      </div>
    </>
  );
}

function Settled({ matter }: { readonly matter: Matter }): JSX.Element | null {
  const words = useWords();
  const resolved = matter.row?.resolved;
  if (resolved === undefined) return null;
  const { at, choice, operatorName, note } = resolved;
  return (
    <Banner testId="attention-resolved" tone="good">
      <strong>{chosenText(words, choice)}</strong>{' '}
      {operatorName === undefined
        ? words.t('attention.settled-at', { at: words.dateTime(at) })
        : words.t('attention.settled-by', { name: operatorName, at: words.dateTime(at) })}
      {note !== undefined && <q>{note}</q>}
    </Banner>
  );
}

function Choices({ matter }: { readonly matter: Matter }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  if (matter.row === null) return <OwnChoices matter={matter} />;
  const operator = pos.workstation.operator.value;
  if (operator === null || !hasPermission(operator, 'decide-attention')) {
    return <Banner testId="attention-not-yours">{words.t('attention.not-yours')}</Banner>;
  }
  if (pos.workstation.status.value.connection === 'offline') {
    return (
      <Banner testId="attention-needs-server" tone="warning" icon={CloudOff}>
        {words.t('attention.needs-server')}
      </Banner>
    );
  }
  if (matter.row.kind === 'order-oversold') return <OversoldChoices row={matter.row} />;
  const choices = choicesFor(matter.row.kind);
  if (choices.length === 0) return <p class="soft">{words.t('attention.at-its-till')}</p>;
  return <ServerChoices id={matter.row.id} choices={choices} />;
}

function ServerChoices(props: {
  readonly id: string;
  readonly choices: readonly AttentionChoice[];
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const choose = async (choice: AttentionChoice): Promise<void> => {
    setBusy(true);
    pos.report(await pos.workstation.resolveAttention(props.id, { choice }));
    setBusy(false);
  };
  return (
    <div class="button-row">
      {props.choices.map((choice, place) => (
        <Button
          key={choice}
          testId={`attention-choose-${choice}`}
          look={place === 0 ? 'primary' : 'secondary'}
          size="large"
          isDisabled={isBusy}
          onPress={() => void choose(choice)}
        >
          {words.t(`attention.choice.${choice}`)}
        </Button>
      ))}
    </div>
  );
}

/** What only this till can do, with or without a network. */
function OwnChoices({ matter }: { readonly matter: Matter }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { trouble } = matter;
  if (matter.kind === 'prints') {
    return (
      <div class="button-row">
        <Button
          testId="attention-prints-retry"
          look="primary"
          size="large"
          onPress={() => pos.printQueue.retry()}
        >
          {words.t('queue.retry')}
        </Button>
        <Button
          testId="attention-prints-move"
          size="large"
          onPress={() => void pos.printQueue.moveToChosen()}
        >
          {words.t('queue.move')}
        </Button>
        <Button
          testId="attention-prints-each"
          size="large"
          onPress={() => {
            pos.overlay.value = 'settings';
          }}
        >
          {words.t('queue.each')}
        </Button>
      </div>
    );
  }
  if (matter.kind === 'cards') {
    return (
      <Button
        testId="attention-cards"
        look="primary"
        size="large"
        onPress={() => {
          pos.overlay.value = 'cards';
        }}
      >
        {words.t('cards.look')}
      </Button>
    );
  }
  if (trouble === null) return <></>;
  return (
    <>
      <p>{troubleText(words, trouble, 'do')}</p>
      <div class="button-row">
        {trouble.actions.map((action) => (
          <Button
            key={action}
            testId={`attention-trouble-${action}`}
            size="large"
            onPress={() =>
              action === 'reload'
                ? location.reload()
                : void pos.workstation.resolveTrouble(trouble.code, action).then(pos.report)
            }
          >
            {words.t(`trouble.action.${action}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

// The end of day of each card terminal: what it added up, what the attempts at it come to, and whether both are the same. A
// payment that only one side knows is found here on the day it happened.

import { CreditCard } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CardTerminal, ServedTerminal, TerminalDay } from '../../shared/devices/ports.ts';
import { Money } from '../../shared/ui/amounts.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { refusalText } from '../../shared/ui/trouble-text.ts';
import { usePos, useWords } from './pos-context.ts';

export function TerminalDays(): JSX.Element {
  const pos = usePos();
  const currency = pos.workstation.settings.value?.store.currency ?? 'EUR';
  return (
    <>
      {pos.terminals.value.map((terminal) =>
        terminal.served === undefined ? null : (
          <OneDay key={terminal.id} terminal={terminal} served={terminal.served} currency={currency} />
        ),
      )}
    </>
  );
}

function OneDay(props: {
  readonly terminal: CardTerminal;
  readonly served: ServedTerminal;
  readonly currency: string;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { terminal, served, currency } = props;
  // One id until it has been answered: a second try is answered with the same numbers.
  const [closingId, setClosingId] = useState(() => crypto.randomUUID());
  const [day, setDay] = useState<TerminalDay | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const close = async () => {
    setBusy(true);
    setProblem(null);
    const outcome = await served.endOfDay({ closingId, currency });
    setBusy(false);
    if (!outcome.ok) {
      pos.sounds.bad();
      setProblem(refusalText(words, outcome, currency));
      return;
    }
    setDay(outcome.value);
    setClosingId(crypto.randomUUID());
  };
  return (
    <section class="terminal-day" data-testid={`terminal-day-${terminal.id}`}>
      <h3>
        <bdi>{served.name}</bdi>
      </h3>
      {day !== null && <DayFigures day={day} currency={currency} />}
      {problem !== null && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <Button
        testId={`terminal-close-${terminal.id}`}
        icon={CreditCard}
        isDisabled={isBusy}
        onPress={() => void close()}
      >
        {words.t(isBusy ? 'terminal-day.busy' : 'terminal-day.close')}
      </Button>
    </section>
  );
}

function DayFigures({
  day,
  currency,
}: {
  readonly day: TerminalDay;
  readonly currency: string;
}): JSX.Element {
  const words = useWords();
  const rows = [
    ['terminal-day.terminal', day.terminal],
    ['terminal-day.recorded', day.recorded],
  ] as const;
  return (
    <>
      <dl class="facts">
        {rows.map(([key, { count, amountMinor }]) => (
          <div key={key}>
            <dt>{words.t(key, { count: words.number(count) })}</dt>
            <dd>
              <Money amountMinor={amountMinor} currency={currency} />
            </dd>
          </div>
        ))}
        {!day.isEqual && (
          <div class="terminal-difference">
            <dt>{words.t('terminal-day.difference')}</dt>
            <dd>
              <Money
                testId="terminal-difference"
                amountMinor={day.terminal.amountMinor - day.recorded.amountMinor}
                currency={currency}
              />
            </dd>
          </div>
        )}
      </dl>
      <p role="status" data-testid="terminal-day-told" data-equal={day.isEqual}>
        {words.t(day.isEqual ? 'terminal-day.equal' : 'terminal-day.differs', {
          count: words.number(day.unknownCount),
        })}
      </p>
    </>
  );
}

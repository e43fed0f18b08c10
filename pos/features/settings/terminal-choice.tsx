// Which card terminal stands beside this till: it is asked first. There is nothing to choose where there is only one.

import type { JSX } from 'preact';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { terminalName } from '../../shell/terminal-name.ts';

export function TerminalChoice(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const terminals = pos.terminals.value;
  const [first] = terminals;
  if (terminals.length < 2) return null;
  return (
    <section>
      <h3>{words.t('settings.terminal')}</h3>
      <ul class="choice-list" role="radiogroup" aria-label={words.t('settings.terminal')}>
        {terminals
          .toSorted((one, other) => (one.id < other.id ? -1 : 1))
          .map((terminal) => (
            <li key={terminal.id}>
              <label class="choice">
                <input
                  type="radio"
                  name="terminal"
                  data-testid={`terminal-choice-${terminal.id}`}
                  checked={terminal === first}
                  onChange={() => pos.choosePreferences({ terminal: terminal.id })}
                />
                <bdi>{terminalName(words, terminal)}</bdi>
              </label>
            </li>
          ))}
      </ul>
    </section>
  );
}

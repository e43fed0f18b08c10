// What the card terminal asks of the customer while everybody waits for it, and the way to stop it. Stopping asks the terminal:
// what became of the card is told by it, not by the button.

import { X } from 'lucide';
import type { JSX } from 'preact';
import type { CardTerminal } from '../../../shared/devices/ports.ts';
import { Button } from '../../../shared/ui/button.tsx';
import type { PosKey } from '../../shell/message-keys.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { terminalName } from '../../shell/terminal-name.ts';

/** What is not here is on the terminal's own screen. */
const PROMPT_KEYS: Readonly<Record<string, PosKey>> = {
  connecting: 'card-prompt.connecting',
  'present-card': 'card-prompt.present-card',
  'enter-pin': 'card-prompt.enter-pin',
  'please-wait': 'card-prompt.please-wait',
  'remove-card': 'card-prompt.remove-card',
};

export function CardWaiting({ terminal }: { readonly terminal: CardTerminal }): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const { served } = terminal;
  const prompt = pos.cardPrompt.value;
  if (served === undefined || prompt === null) return null;
  return (
    <div class="card-waiting" data-testid="card-waiting" data-prompt={prompt}>
      <p role="status">
        <strong>{words.t(PROMPT_KEYS[prompt] ?? 'card-prompt.look-at-terminal')}</strong>
        <small class="soft">
          <bdi>{terminalName(words, terminal)}</bdi>
        </small>
      </p>
      <Button testId="card-cancel" icon={X} onPress={() => served.cancel()}>
        {words.t('card-prompt.cancel')}
      </Button>
    </div>
  );
}

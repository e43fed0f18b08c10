// Every key that does something, in one place. Opened with ? or F1.

import type { JSX } from 'preact';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

const ROWS = [
  [['?', 'F1'], 'shortcuts.help'],
  [['F2', '/'], 'shortcuts.search'],
  [['0–9', 'Enter'], 'shortcuts.code'],
  [['0–9', '*'], 'shortcuts.times'],
  [['+', '−'], 'shortcuts.step'],
  [['F3'], 'shortcuts.cart'],
  [['F4'], 'shortcuts.quantity'],
  [['F6'], 'shortcuts.note'],
  [['F7'], 'shortcuts.line'],
  [['Delete'], 'shortcuts.remove'],
  [['↑', '↓'], 'shortcuts.choose'],
  [['F9'], 'shortcuts.pay'],
  [['Enter'], 'shortcuts.confirm'],
  [['F7'], 'shortcuts.print'],
  [['F8'], 'shortcuts.transactions'],
  [['F10'], 'shortcuts.settings'],
  [['Esc'], 'shortcuts.cancel'],
] as const;

export function ShortcutsDialog(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  return (
    <Dialog
      testId="shortcuts"
      width="wide"
      title={words.t('shortcuts.title')}
      closeLabel={words.t('common.close')}
      onClose={() => {
        pos.overlay.value = 'none';
      }}
    >
      <p class="soft">{words.t('shortcuts.scan')}</p>
      <dl class="shortcut-list">
        {ROWS.map(([keys, sentence]) => (
          <div key={sentence}>
            <dt class="ltr">
              {keys.map((key) => (
                <kbd class="key" key={key}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{words.t(sentence)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

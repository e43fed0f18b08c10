// What is typed, and the pad to type it with: digits then Enter take a code, digits then × set the quantity of the
// next item.

import { Calculator, CornerDownLeft, X } from 'lucide';
import type { JSX } from 'preact';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { entryAfter, Numpad } from '../../../shared/ui/numpad.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { takeCode } from '../../shell/take-code.ts';
import { pressTimes } from './sell-keys.ts';

const ENTRY_MAX = 20;

export function EntryPad(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { sell } = pos;
  const entry = sell.entry.value;
  const multiplier = sell.multiplierMilli.value;
  const isOpen = sell.isNumpadOpen.value;
  return (
    <div class="entry" data-testid="entry-pad">
      <div class="entry-line">
        {multiplier !== null && (
          <span class="multiplier" data-testid="multiplier" data-quantity-milli={multiplier}>
            <bdi>{words.quantity(multiplier, 'piece')}</bdi> ×
            <IconButton
              testId="multiplier-clear"
              icon={X}
              label={words.t('sell.multiplier-clear')}
              onPress={() => {
                sell.multiplierMilli.value = null;
              }}
            />
          </span>
        )}
        <output class="entry-text" data-testid="entry" data-entry={entry} aria-label={words.t('sell.entry')}>
          {entry === '' ? (
            <span class="faint">{words.t(multiplier === null ? 'sell.entry-hint' : 'sell.entry-item')}</span>
          ) : (
            <bdi class="ltr">{words.digits(entry)}</bdi>
          )}
        </output>
        <IconButton
          testId="numpad-toggle"
          icon={Calculator}
          label={words.t('sell.numpad')}
          isPressed={isOpen}
          onPress={() => {
            sell.isNumpadOpen.value = !isOpen;
          }}
        />
      </div>
      {isOpen && <EntryKeys />}
    </div>
  );
}

function EntryKeys(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { sell } = pos;
  const entry = sell.entry.value;
  return (
    <div class="entry-keys">
      <Numpad
        testId="key"
        label={words.t('sell.numpad')}
        backLabel={words.t('numpad.back')}
        corner="."
        onKey={(key) => {
          sell.entry.value = entryAfter(entry, key, ENTRY_MAX);
        }}
      />
      <div class="entry-actions">
        <Button
          testId="key-times"
          label={words.t('sell.times')}
          isDisabled={entry === '' && sell.multiplierMilli.value === null}
          onPress={() => pressTimes(pos)}
        >
          <span aria-hidden="true">×</span>
        </Button>
        <IconButton
          testId="key-enter"
          look="secondary"
          icon={CornerDownLeft}
          iconMirrors
          label={words.t('sell.take-code')}
          isDisabled={entry === ''}
          onPress={() => takeCode(pos, entry)}
        />
      </div>
    </div>
  );
}

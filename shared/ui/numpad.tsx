// Digits for fingers. The pad holds no value: it says which key was pressed and its owner decides. The keys stay
// in the order of a calculator in every language; only the digits on them are those of the language.

import { Delete } from 'lucide';
import type { ComponentChildren, JSX } from 'preact';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { useSpeech } from './speech-context.tsx';

export type NumpadKey =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | '7'
  | '8'
  | '9'
  | '00'
  | '.'
  | 'back'
  | 'none';

export type NumpadProps = {
  readonly testId: string;
  readonly label: string;
  readonly backLabel: string;
  readonly onKey: (key: NumpadKey) => void;
  /** What stands left of the zero. */
  readonly corner?: '00' | '.' | 'none';
  readonly isDisabled?: boolean;
  readonly children?: ComponentChildren;
};

const DIGITS = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const;

export function Numpad(props: NumpadProps): JSX.Element {
  const speech = useSpeech();
  const { testId, onKey, corner = 'none', isDisabled = false } = props;
  const key = (name: NumpadKey, face: ComponentChildren, label?: string) => (
    <Button
      key={name}
      testId={`${testId}-${name === '.' ? 'point' : name}`}
      isDisabled={isDisabled}
      onPress={() => onKey(name)}
      {...(label !== undefined && { label })}
    >
      {face}
    </Button>
  );
  return (
    <div class="numpad" role="group" aria-label={props.label} data-testid={testId}>
      {DIGITS.map((digit) => key(digit, speech.digits(digit)))}
      {corner === 'none' ? (
        <span />
      ) : (
        key(corner, corner === '.' ? speech.decimalMark : speech.digits(corner))
      )}
      {key('0', speech.digits('0'))}
      {key('back', <Icon of={Delete} />, props.backLabel)}
      {props.children}
    </div>
  );
}

const MAX_ENTRY_LENGTH = 12;

/** What an entry of digits becomes after a key: at most one decimal point, no leading zeros, at most 12 signs. */
export function entryAfter(entry: string, key: NumpadKey, maxLength = MAX_ENTRY_LENGTH): string {
  if (key === 'none') return entry;
  if (key === 'back') return entry.slice(0, -1);
  if (key === '.') return entry.includes('.') ? entry : `${entry === '' ? '0' : entry}.`;
  const next = entry === '0' ? key : entry + key;
  return next.length > maxLength ? entry : next;
}

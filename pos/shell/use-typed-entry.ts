// A number that is typed on a pad or on the keyboard, with so many decimals, for a dialog that asks for one.

import { useState } from 'preact/hooks';
import { toAsciiDigits } from '../../shared/domain/parse-decimal.ts';
import { entryAfter, type NumpadKey } from '../../shared/ui/numpad.tsx';
import { usePos } from './pos-context.ts';
import { useKeys } from './use-keyboard.ts';

const ENTRY_MAX = 12;

export type TypedEntry = {
  readonly entry: string;
  readonly press: (key: NumpadKey) => void;
  readonly reset: () => void;
};

/** Takes digits, the decimal mark, Backspace and Enter for as long as nobody else is asked something on top of it. */
export function useTypedEntry(given: {
  readonly decimals: number;
  /** Zeros in front count (a date, a number of a list); else they are dropped. */
  readonly keepsZeros?: boolean;
  /** Answers whether there was something to take. */
  readonly onEnter: () => boolean;
  readonly onChange?: () => void;
}): TypedEntry {
  const pos = usePos();
  const { decimals } = given;
  const [entry, setEntry] = useState('');
  const press = (key: NumpadKey): void => {
    if (key === '.' && decimals === 0) return;
    given.onChange?.();
    setEntry((before) => {
      if (given.keepsZeros === true && key !== 'back') return (before + key).slice(0, ENTRY_MAX);
      const next = entryAfter(before, key, ENTRY_MAX);
      return (next.split('.')[1]?.length ?? 0) > decimals ? before : next;
    });
  };
  useKeys(({ key, isInField }) => {
    if (isInField || pos.approval.value !== null) return false;
    const sign = toAsciiDigits(key).replace(/[,٫]/, '.');
    // The pattern leaves digits and the point, which are keys of the pad.
    if (/^[0-9.]$/.test(sign)) press(sign as NumpadKey);
    else if (key === 'Backspace') press('back');
    else if (key === 'Enter') return !isOnChoice() && given.onEnter();
    else return false;
    return true;
  });
  return { entry, press, reset: () => setEntry('') };
}

/** Somebody went through the choices with Tab: Enter is for the one they stand on. */
function isOnChoice(): boolean {
  return document.activeElement?.matches('[aria-pressed]:focus-visible') ?? false;
}

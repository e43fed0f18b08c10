// The PIN of the chosen operator, by touch, by keys or in one burst; what it is for is the caller's.

import { ArrowLeft } from 'lucide';
import type { IconNode } from 'lucide';
import type { JSX } from 'preact';
import type { Operator } from '../../shared/domain/operator.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { toAsciiDigits } from '../../shared/domain/parse-decimal.ts';
import { Button, IconButton } from '../../shared/ui/button.tsx';
import { Numpad, type NumpadKey } from '../../shared/ui/numpad.tsx';
import { usePos, useWords } from './pos-context.ts';
import { useKeys, useScans } from './use-keyboard.ts';
import { PIN_MAX, PIN_MIN, usePinTry, type PinTry } from './use-pin-try.ts';

export type PinPadProps = {
  readonly operator: Operator;
  readonly icon: IconNode;
  readonly submitLabel: string;
  readonly check: (pin: string) => Promise<Outcome<unknown>>;
  readonly onBack: () => void;
};

export function PinPad(props: PinPadProps): JSX.Element {
  const { overlay } = usePos();
  const words = useWords();
  const attempt = usePinTry(props.check);
  const { pin, press, submit } = attempt;
  const isLocked = attempt.lockedSeconds > 0;
  useKeys(({ key }) => {
    if (overlay.value === 'settings' || overlay.value === 'shortcuts') return false;
    const digit = toAsciiDigits(key);
    // One digit is a key of the pad.
    if (/^[0-9]$/.test(digit)) press(digit as NumpadKey);
    else if (key === 'Backspace') press('back');
    else if (key === 'Enter') void submit(pin);
    else if (key === 'Escape') props.onBack();
    else return false;
    return true;
  });
  // A scanner or a very fast hand types a PIN in one burst; it is a PIN all the same.
  useScans((code) => {
    if (/^[0-9]+$/.test(code)) void submit(code.slice(0, PIN_MAX));
  });
  return (
    <>
      <header class="pin-head">
        <IconButton
          testId="sign-on-back"
          icon={ArrowLeft}
          iconMirrors
          label={words.t('sign-on.back')}
          onPress={props.onBack}
        />
        <h1>{props.operator.name}</h1>
      </header>
      <PinState attempt={attempt} />
      <Numpad
        testId="pin"
        label={words.t('sign-on.type-pin')}
        backLabel={words.t('numpad.back')}
        isDisabled={isLocked}
        onKey={press}
      />
      <Button
        testId="sign-on-submit"
        look="primary"
        size="large"
        icon={props.icon}
        isDisabled={pin.length < PIN_MIN || attempt.isBusy || isLocked}
        onPress={() => void submit(pin)}
      >
        {props.submitLabel}
      </Button>
    </>
  );
}

/** A dot for each digit, and one sentence: what to do, or what was wrong. */
function PinState({ attempt }: { readonly attempt: PinTry }): JSX.Element {
  const words = useWords();
  const { pin, lockedSeconds, problem, isBusy } = attempt;
  const sentence =
    lockedSeconds > 0
      ? words.t('sign-on.locked', { seconds: lockedSeconds })
      : (problem ?? words.t(isBusy ? 'sign-on.checking' : 'sign-on.type-pin'));
  return (
    <>
      <output
        class="pin-dots"
        data-testid="pin-dots"
        data-length={pin.length}
        aria-label={words.t('sign-on.pin-length', { count: pin.length })}
      >
        {Array.from({ length: Math.max(PIN_MIN, pin.length) }, (_, place) => (
          <i key={place} data-filled={place < pin.length} />
        ))}
      </output>
      <p class="pin-message" role="alert" data-testid="pin-problem" data-locked-seconds={lockedSeconds}>
        {sentence}
      </p>
    </>
  );
}

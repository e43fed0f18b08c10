// Who sells: choose a name, type the PIN. The PIN is checked on this device, so it works without a network. After
// too many wrong ones the operator is locked for a while; the time that is left is shown and counts down.

import { ArrowLeft, UserRound } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Operator } from '../../../shared/domain/operator.ts';
import { toAsciiDigits } from '../../../shared/domain/parse-decimal.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Logo } from '../../../shared/ui/logo.tsx';
import { Numpad, type NumpadKey } from '../../../shared/ui/numpad.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useKeys, useScans } from '../../shell/use-keyboard.ts';
import { refusalText } from '../../../shared/ui/trouble-text.ts';

const PIN_MAX = 8;
const PIN_MIN = 4;

export function SignOnScreen(): JSX.Element {
  const { workstation } = usePos();
  const words = useWords();
  const [chosen, setChosen] = useState<Operator | null>(null);
  const operators = workstation.operators.value.filter((operator) => operator.isActive);
  return (
    <main class="centre-stage" data-testid="sign-on-screen">
      <section class="card sign-on-card">
        {chosen === null ? (
          <>
            <header>
              <Logo />
              <h1>{words.t('sign-on.who')}</h1>
              <p class="soft">{workstation.settings.value?.store.name ?? ''}</p>
            </header>
            {operators.length === 0 && <p class="soft">{words.t('sign-on.no-operators')}</p>}
            <ul class="operator-list">
              {operators.map((operator) => (
                <li key={operator.id}>
                  <Button
                    testId={`operator-${operator.number}`}
                    size="large"
                    onPress={() => setChosen(operator)}
                  >
                    <span class="avatar" aria-hidden="true">
                      {[...operator.name][0]}
                    </span>
                    <span class="operator-name">
                      <strong>{operator.name}</strong>
                      <small>{words.t(`role.${operator.roleName}`)}</small>
                    </span>
                  </Button>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <PinPad operator={chosen} onBack={() => setChosen(null)} />
        )}
      </section>
    </main>
  );
}

function PinPad(props: { readonly operator: Operator; readonly onBack: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [lockedUntilMs, setLockedUntil] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const leftMs = useCountdown(lockedUntilMs);
  const isLocked = leftMs > 0;
  const submit = async (typed: string) => {
    if (typed.length < PIN_MIN || isBusy || isLocked) return;
    setBusy(true);
    const outcome = await pos.workstation.signOn(props.operator.id, typed);
    setBusy(false);
    if (outcome.ok) return;
    setPin('');
    pos.sounds.bad();
    setProblem(refusalText(words, outcome, null));
    const seconds = lockedSeconds(outcome.details);
    if (seconds > 0) setLockedUntil(Date.now() + seconds * 1000);
  };
  const press = (key: NumpadKey) => {
    if (isBusy || isLocked) return;
    setProblem(null);
    setPin((before) => (key === 'back' ? before.slice(0, -1) : (before + key).slice(0, PIN_MAX)));
  };
  useKeys(({ key }) => {
    const digit = toAsciiDigits(key);
    if (/^[0-9]$/.test(digit)) press(digit as NumpadKey); // One digit is a key of the pad.
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
  const seconds = Math.ceil(leftMs / 1000);
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
      <p class="pin-message" role="alert" data-testid="pin-problem" data-locked-seconds={seconds}>
        {isLocked
          ? words.t('sign-on.locked', { seconds })
          : (problem ?? (isBusy ? words.t('sign-on.checking') : words.t('sign-on.type-pin')))}
      </p>
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
        icon={UserRound}
        isDisabled={pin.length < PIN_MIN || isBusy || isLocked}
        onPress={() => void submit(pin)}
      >
        {words.t('sign-on.submit')}
      </Button>
    </>
  );
}

/** Seconds until the next try, where a refusal names them. */
function lockedSeconds(details: Readonly<Record<string, string | number | boolean>>): number {
  const seconds = details['waitSeconds'];
  return typeof seconds === 'number' ? seconds : 0;
}

function useCountdown(untilMs: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (untilMs <= Date.now()) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [untilMs]);
  return Math.max(0, untilMs - now);
}

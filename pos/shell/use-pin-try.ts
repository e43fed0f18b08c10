// One try after the other at a PIN: what is typed, what came of it, and how long a locked operator still waits.

import { useEffect, useState } from 'preact/hooks';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { NumpadKey } from '../../shared/ui/numpad.tsx';
import { refusalText } from '../../shared/ui/trouble-text.ts';
import { usePos, useWords } from './pos-context.ts';

export const PIN_MAX = 8;
export const PIN_MIN = 4;

export type PinTry = {
  readonly pin: string;
  readonly isBusy: boolean;
  /** Seconds until the next try; 0 when one may be made now. */
  readonly lockedSeconds: number;
  readonly problem: string | null;
  readonly press: (key: NumpadKey) => void;
  readonly submit: (pin: string) => Promise<void>;
};

/** `check` is what the PIN is for; it refuses as signOn does. */
export function usePinTry(check: (pin: string) => Promise<Outcome<unknown>>): PinTry {
  const pos = usePos();
  const words = useWords();
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [lockedUntilMs, setLockedUntil] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const lockedSeconds = Math.ceil(useCountdown(lockedUntilMs) / 1000);
  const isClosed = isBusy || lockedSeconds > 0;
  return {
    pin,
    isBusy,
    lockedSeconds,
    problem,
    press(key) {
      if (isClosed) return;
      setProblem(null);
      setPin((before) => (key === 'back' ? before.slice(0, -1) : (before + key).slice(0, PIN_MAX)));
    },
    async submit(typed) {
      if (typed.length < PIN_MIN || isClosed) return;
      setBusy(true);
      const outcome = await check(typed);
      setBusy(false);
      if (outcome.ok) return;
      setPin('');
      pos.sounds.bad();
      setProblem(refusalText(words, outcome, pos.workstation.settings.value?.store.currency ?? null));
      const seconds = waitSeconds(outcome.details);
      if (seconds > 0) setLockedUntil(Date.now() + seconds * 1000);
    },
  };
}

/** Seconds until the next try, where a refusal names them. */
function waitSeconds(details: Readonly<Record<string, string | number | boolean>>): number {
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

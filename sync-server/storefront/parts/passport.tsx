// The way from the phone to a till: a code that the cashier scans or types, good for a quarter of an hour and one use.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useShop, useWords } from '../shop-context.ts';
import { LazyQr } from './lazy-qr.tsx';
import { Problem } from './problem.tsx';

type Shown = { readonly code: string; readonly expiresAt: string };

export function Passport({ cartId }: { readonly cartId: string }): JSX.Element {
  const { t, time } = useWords();
  const { api } = useShop();
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    const answer = await api.passport(cartId);
    setProblem(answer.ok ? null : answer.code);
    if (answer.ok) setShown(answer.value);
  };
  return (
    <section class="passport" aria-labelledby="pay-in-store">
      <h2 id="pay-in-store">{t('passport.title')}</h2>
      <p class="faint">{t('passport.text')}</p>
      {problem !== null && <Problem code={problem} />}
      {shown === null ? (
        <button type="button" class="button quiet" data-testid="passport-make" onClick={() => void make()}>
          {t('passport.make')}
        </button>
      ) : (
        <>
          <LazyQr text={shown.code} label={t('passport.qr', { code: shown.code })} />
          <p class="code" role="status">
            <bdi class="ltr" data-testid="passport-code">
              {shown.code}
            </bdi>
          </p>
          <p class="faint">{t('passport.until', { time: time(shown.expiresAt) })}</p>
        </>
      )}
    </section>
  );
}

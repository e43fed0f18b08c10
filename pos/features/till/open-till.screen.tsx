// Nothing is sold before the till is open, because a sale outside of a session stands on no closing report. Opening takes one
// tap with the float of the last time, or a count.

import { Banknote, Calculator } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CountedCash } from '../../../shared/domain/denominations.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useKeys } from '../../shell/use-keyboard.ts';
import { CountForm } from './count-form.tsx';

export function OpenTillScreen(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const [isCounting, setCounting] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const currency = workstation.settings.value?.store.currency ?? 'EUR';
  const floatMinor = workstation.till.value?.lastFloatMinor ?? 0;
  const open = async (counted: CountedCash) => {
    if (isBusy) return;
    setBusy(true);
    const outcome = await workstation.openTill(counted);
    setBusy(false);
    if (pos.report(outcome)) pos.say('good', words.t('till.opened'));
  };
  const openNow = () => open({ pieces: [], otherMinor: floatMinor });
  useKeys(({ key, isInField }) => {
    if (key !== 'Enter' || isInField || isCounting || pos.overlay.value !== 'none') return false;
    void openNow();
    return true;
  });
  return (
    <main class="centre-stage" data-testid="open-till-screen">
      <section class="card open-till-card" data-counting={isCounting}>
        <header>
          <h1>{words.t('open-till.title')}</h1>
          <p class="soft">{words.t('open-till.more')}</p>
        </header>
        <Button
          testId="open-till-now"
          look="primary"
          size="large"
          icon={Banknote}
          isDisabled={isBusy}
          onPress={() => void openNow()}
        >
          {words.t('open-till.now', { amount: words.money(floatMinor, currency) })}
        </Button>
        {isCounting ? (
          <CountForm
            currency={currency}
            lead={words.t('till.count-float')}
            submit={words.t('till.open')}
            onCounted={(counted) => void open(counted)}
          />
        ) : (
          <Button testId="open-till-count" size="large" icon={Calculator} onPress={() => setCounting(true)}>
            {words.t('open-till.count')}
          </Button>
        )}
      </section>
    </main>
  );
}

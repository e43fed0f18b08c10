// What the customer of an order that lost its unit is offered: another store that has it, a later day, something else, an apology; or
// the goods were found. Each is one press more after its button, with what it does in words.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Attention, AttentionDesk, AttentionOffers } from '../../../shared/client/attention-desk.ts';
import { ATTENTION_CHOICES } from '../../../shared/domain/attention-choices.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

const CHOICES = ATTENTION_CHOICES['order-oversold'];
type Choice = (typeof CHOICES)[number];
const DAYS_LATER = [3, 7, 14, 30] as const;
const DAY_MS = 86_400_000;

type Chosen = Parameters<AttentionDesk['resolveAttention']>[1];

export function OversoldChoices({ row }: { readonly row: Attention }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [offers, setOffers] = useState<AttentionOffers | null>(null);
  const [step, setStep] = useState<Choice | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    void pos.workstation.attentionOffers(row.id).then((told) => {
      if (told.ok) setOffers(told.value);
      else pos.report(told);
    });
  }, [row.id]);
  const choose = async (chosen: Chosen): Promise<void> => {
    setBusy(true);
    const outcome = await pos.workstation.resolveAttention(row.id, chosen);
    setBusy(false);
    if (!pos.report(outcome)) return;
    const code = outcome.ok ? outcome.value.code : null;
    if (code !== null) pos.say('good', words.t('attention.moved', { code }));
  };
  return (
    <div class="attention-choices">
      {CHOICES.map((choice) => (
        <div key={choice} class="attention-choice">
          <Button
            testId={`attention-choose-${choice}`}
            size="large"
            isPressed={step === choice}
            isDisabled={isBusy}
            onPress={() => setStep(step === choice ? null : choice)}
          >
            {words.t(`attention.choice.${choice}`)}
          </Button>
          {step === choice && (
            <div class="attention-step" data-testid={`attention-step-${choice}`}>
              <p class="soft">{words.t(`attention.does.${choice}`)}</p>
              <Step
                choice={choice}
                offers={offers}
                isBusy={isBusy}
                onChoose={(chosen) => void choose(chosen)}
              />
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

type StepProps = {
  readonly choice: Choice;
  readonly offers: AttentionOffers | null;
  readonly isBusy: boolean;
  readonly onChoose: (chosen: Chosen) => void;
};

function Step({ choice, offers, isBusy, onChoose }: StepProps): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const option = (key: string, label: string, chosen: Chosen): JSX.Element => (
    <Button
      key={key}
      testId={`attention-${choice}-${key}`}
      look="primary"
      size="large"
      isDisabled={isBusy}
      onPress={() => onChoose(chosen)}
    >
      <bdi>{label}</bdi>
    </Button>
  );
  if (choice === 'later') {
    return (
      <div class="button-row">
        {DAYS_LATER.map((days) => {
          const dueAt = new Date(pos.now.value + days * DAY_MS).toISOString();
          return option(String(days), words.t('attention.in-days', { days }), { choice, dueAt });
        })}
      </div>
    );
  }
  if (choice === 'cancel' || choice === 'found' || offers === null) {
    if (offers === null && choice !== 'cancel' && choice !== 'found')
      return <p>{words.t('attention.asking')}</p>;
    return option('ok', words.t(`attention.confirm.${choice === 'found' ? 'found' : 'cancel'}`), { choice });
  }
  if (choice === 'other-store') {
    if (offers.stores.length === 0) return <p>{words.t('attention.no-store')}</p>;
    return (
      <div class="button-row">
        {offers.stores.map(({ storeId, name, availableMilli }) => {
          const label = words.t('attention.store', {
            name,
            quantity: words.quantity(availableMilli, 'piece'),
          });
          return option(storeId, label, { choice, storeId });
        })}
      </div>
    );
  }
  if (offers.substitutes.length === 0) return <p>{words.t('attention.no-substitute')}</p>;
  const currency = pos.workstation.settings.value?.store.currency ?? 'EUR';
  return (
    <div class="button-row">
      {offers.substitutes.map(({ itemId, sku, name, priceMinor }) => {
        const label = `${textIn(name, words.language)} · ${words.money(priceMinor, currency)}`;
        return option(sku, label, { choice, itemId });
      })}
    </div>
  );
}

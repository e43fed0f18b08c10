// What the customer thought of one step: one tap says it, a word may be added, and it may be changed for a day.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedbackStep, ShopOrder } from '../api.ts';
import { useShop, useWords } from '../shop-context.ts';
import { typedText } from './typed-text.ts';
import { Problem } from './problem.tsx';

const STARS = [1, 2, 3, 4, 5] as const;

export function FeedbackForm(props: {
  readonly order: ShopOrder;
  readonly step: FeedbackStep;
  readonly onChanged: (order: ShopOrder) => void;
}): JSX.Element {
  const { order, step } = props;
  const { t, number } = useWords();
  const { api } = useShop();
  const said = order.feedback.find((each) => each.step === step);
  const [problem, setProblem] = useState<string | null>(null);
  const say = async (stars: number, typed: string): Promise<void> => {
    // Lines of a text field count as spaces: what is kept is one paragraph.
    const text = typed.replaceAll(/\s+/gu, ' ').trim();
    const answer = await api.sayFeedback(order.code, { step, stars, ...(text === '' ? {} : { text }) });
    setProblem(answer.ok ? null : answer.code);
    if (answer.ok) props.onChanged(answer.value);
  };
  return (
    <section class="feedback" data-testid={`feedback-${step}`} data-stars={said?.stars ?? 0}>
      <fieldset>
        <legend>{t(`feedback.${step}`)}</legend>
        <div class="stars">
          {STARS.map((stars) => (
            <button
              key={stars}
              type="button"
              class={stars <= (said?.stars ?? 0) ? 'star is-on' : 'star'}
              aria-label={t('feedback.star', { count: number(stars) })}
              aria-pressed={stars === said?.stars}
              data-testid={`star-${step}-${String(stars)}`}
              onClick={() => void say(stars, said?.text ?? '')}
            >
              <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
                <path d="m12 3 2.7 5.7 6.3.9-4.5 4.4 1.1 6.2L12 17.2l-5.6 3 1.1-6.2L3 9.6l6.3-.9z" />
              </svg>
            </button>
          ))}
        </div>
      </fieldset>
      {problem !== null && <Problem code={problem} />}
      {said !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void say(said.stars, typedText(new FormData(event.currentTarget), 'text'));
          }}
        >
          <p role="status" data-testid={`feedback-thanks-${step}`}>
            {t('feedback.thanks')}
          </p>
          <div class="field">
            <label for={`feedback-text-${step}`}>{t('feedback.text')}</label>
            <textarea
              id={`feedback-text-${step}`}
              name="text"
              rows={2}
              dir="auto"
              maxLength={1000}
              defaultValue={said.text ?? ''}
              data-testid={`feedback-text-${step}`}
            />
          </div>
          <button type="submit" class="button quiet" data-testid={`feedback-send-${step}`}>
            {t('feedback.send')}
          </button>
        </form>
      )}
    </section>
  );
}

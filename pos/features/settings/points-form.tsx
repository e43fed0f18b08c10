// What known customers earn points for: one for so much spent. An empty field gives none.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { currencyOf } from '../../../shared/domain/currency.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { useWords } from '../../shell/pos-context.ts';
import type { ChangeSettings } from './change-of-settings.ts';

const SPEND_MAX_LENGTH = 10;

export function PointsForm(props: {
  readonly settings: StoreSettings;
  readonly onChange: ChangeSettings;
}): JSX.Element {
  const words = useWords();
  const { currency, points } = props.settings.store;
  const { digits } = currencyOf(currency);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (points === undefined ? '' : String(points.spendMinor / 10 ** digits));
  const isNone = text.trim() === '';
  const spend = parseDecimal(text, digits);
  const isRight = isNone || (spend.ok && spend.value > 0);
  const save = async () => {
    if (typed === null || !isRight) return;
    const spendMinor = isNone || !spend.ok ? null : spend.value;
    if (await props.onChange({ kind: 'points', spendMinor })) setTyped(null);
  };
  return (
    <section data-testid="shop-points">
      <h3>{words.t('shop.points')}</h3>
      <div class="shop-pair">
        <Field
          testId="points-spend"
          label={words.t('shop.points-spend', { own: currency })}
          placeholder={words.t('shop.points-none')}
          inputMode="decimal"
          direction="ltr"
          maxLength={SPEND_MAX_LENGTH}
          value={text}
          onInput={setTyped}
          onEnter={() => void save()}
        />
        <Button testId="points-save" isDisabled={typed === null || !isRight} onPress={() => void save()}>
          {words.t('shop.save')}
        </Button>
      </div>
    </section>
  );
}

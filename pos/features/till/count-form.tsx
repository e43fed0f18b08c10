// Cash as it is counted: pieces of each note and coin, and what is counted as one sum. It shows what the count comes to and
// never what it should come to.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { currencyOf } from '../../../shared/domain/currency.ts';
import { countCash, denominationsOf, type CountedCash } from '../../../shared/domain/denominations.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { useWords } from '../../shell/pos-context.ts';

const DIGITS_MAX = 6;

export function CountForm(props: {
  readonly currency: string;
  readonly lead: string;
  readonly submit: string;
  readonly onCounted: (counted: CountedCash) => void;
}): JSX.Element {
  const words = useWords();
  const { currency } = props;
  const [typed, setTyped] = useState<Readonly<Record<number, string>>>({});
  const [other, setOther] = useState('');
  const values = [...denominationsOf(currency)].reverse();
  const counted = countedOf(values, typed, parseOther(other, currencyOf(currency).digits));
  const sum = counted === null ? null : countCash(counted, currency);
  const sumMinor = sum !== null && sum.ok ? sum.value : null;
  const submit = () => {
    if (counted !== null && sumMinor !== null) props.onCounted(counted);
  };
  return (
    <div class="count-form" data-testid="count-form">
      <p class="soft">{props.lead}</p>
      <div class="count-grid">
        {values.map((valueMinor, place) => (
          <Field
            key={valueMinor}
            testId={`count-${valueMinor}`}
            label={words.money(valueMinor, currency)}
            inputMode="numeric"
            direction="ltr"
            maxLength={DIGITS_MAX}
            hasFocusFirst={place === 0}
            placeholder={words.digits('0')}
            value={typed[valueMinor] ?? ''}
            onInput={(text) => setTyped((before) => ({ ...before, [valueMinor]: text }))}
            onEnter={submit}
          />
        ))}
      </div>
      <Field
        testId="count-other"
        label={words.t('count.other')}
        inputMode="decimal"
        direction="ltr"
        maxLength={12}
        value={other}
        onInput={setOther}
        onEnter={submit}
      />
      <p class="count-sum">
        <span>{words.t('count.sum')}</span>
        {sumMinor !== null ? (
          <Money testId="count-sum" amountMinor={sumMinor} currency={currency} />
        ) : (
          <span class="field-problem" role="alert">
            {words.t('refusal.not-a-number')}
          </span>
        )}
      </p>
      <Button testId="count-ok" look="primary" size="large" isDisabled={sumMinor === null} onPress={submit}>
        {props.submit}
      </Button>
    </div>
  );
}

/** Null where something typed is no number. */
function countedOf(
  values: readonly number[],
  typed: Readonly<Record<number, string>>,
  otherMinor: number | null,
): CountedCash | null {
  if (otherMinor === null) return null;
  const pieces: { valueMinor: number; count: number }[] = [];
  for (const valueMinor of values) {
    const text = typed[valueMinor]?.trim() ?? '';
    const count = parseDecimal(text === '' ? '0' : text, 0);
    if (!count.ok) return null;
    if (count.value !== 0) pieces.push({ valueMinor, count: count.value });
  }
  return { pieces, otherMinor };
}

function parseOther(text: string, digits: number): number | null {
  const sum = parseDecimal(text.trim() === '' ? '0' : text, digits);
  return sum.ok ? sum.value : null;
}

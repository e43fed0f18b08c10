// How much cash may be missing from a till, or too much in it, before somebody else must agree to its closing; for each operator
// who may close one. An empty field is no limit.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { currencyOf } from '../../../shared/domain/currency.ts';
import type { Operator } from '../../../shared/domain/operator.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import { hasPermission } from '../../../shared/domain/permissions.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import type { ChangeSettings } from './change-of-settings.ts';

export function DifferenceLimits(props: {
  readonly currency: string;
  readonly onChange: ChangeSettings;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const closing = pos.workstation.operators.value.filter(
    (one) => one.isActive && hasPermission(one, 'close-till'),
  );
  return (
    <section data-testid="shop-limits">
      <h3>{words.t('shop.difference')}</h3>
      {closing.map((operator) => (
        <OneLimit key={operator.id} operator={operator} {...props} />
      ))}
    </section>
  );
}

function OneLimit(props: {
  readonly operator: Operator;
  readonly currency: string;
  readonly onChange: ChangeSettings;
}): JSX.Element {
  const words = useWords();
  const { operator, currency } = props;
  const { maxTillDifferenceMinor: held, ...others } = operator.limits ?? {};
  const { digits } = currencyOf(currency);
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (held === undefined ? '' : String(held / 10 ** digits));
  const isNone = text.trim() === '';
  const amount = parseDecimal(text, digits);
  const isRight = isNone || (amount.ok && amount.value >= 0);
  const save = async () => {
    if (!isRight) return;
    const limits = isNone || !amount.ok ? others : { ...others, maxTillDifferenceMinor: amount.value };
    if (await props.onChange({ kind: 'operator-limits', operatorId: operator.id, limits })) setTyped(null);
  };
  return (
    <div class="shop-pair" data-testid={`limit-${String(operator.number)}`}>
      <Field
        testId={`limit-amount-${String(operator.number)}`}
        label={operator.name}
        placeholder={words.t('shop.no-limit')}
        inputMode="decimal"
        direction="ltr"
        maxLength={12}
        value={text}
        onInput={setTyped}
        onEnter={() => void save()}
      />
      <Button
        testId={`limit-save-${String(operator.number)}`}
        isDisabled={typed === null || !isRight}
        onPress={() => void save()}
      >
        {words.t('shop.save')}
      </Button>
    </div>
  );
}

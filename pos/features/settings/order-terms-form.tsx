// The terms of quotations, customer orders and layaways. They are fixed with each order when it is placed, so a change counts for
// orders from now on. It is the same for all stores of the company.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { currencyOf } from '../../../shared/domain/currency.ts';
import { DEFAULT_ORDER_RULES, type OrderRules } from '../../../shared/domain/order-rules.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { useWords } from '../../shell/pos-context.ts';
import type { ChangeSettings } from './change-of-settings.ts';

const PPM_PER_PERCENT_DIGITS = 4;
const DAYS_MAX = 3650;
const INSTALMENTS_MAX = 60;

type Typed = Readonly<Record<NumberField, string>>;
type NumberField = Exclude<keyof OrderRules, 'depositTax'>;
type Kind = { readonly digits: (own: number) => number; readonly min: number; readonly max: number };

const PERCENT: Kind = { digits: () => PPM_PER_PERCENT_DIGITS, min: 0, max: 1_000_000 };
const AMOUNT: Kind = { digits: (own) => own, min: 0, max: 1_000_000_000_000 };
const DAYS: Kind = { digits: () => 0, min: 1, max: DAYS_MAX };

const FIELDS: readonly (readonly [NumberField, Kind])[] = [
  ['quotationDays', DAYS],
  ['orderDepositPpm', PERCENT],
  ['layawayDepositPpm', PERCENT],
  ['instalmentsMax', { ...DAYS, max: INSTALMENTS_MAX }],
  ['instalmentDays', DAYS],
  ['minimumInstalmentMinor', AMOUNT],
  ['cancellationFeeMinor', AMOUNT],
  ['cancellationFeePpm', PERCENT],
  ['forfeitAfterDays', { ...DAYS, min: 0 }],
];

export function OrderTermsForm(props: {
  readonly settings: StoreSettings;
  readonly onChange: ChangeSettings;
}): JSX.Element {
  const words = useWords();
  const rules = props.settings.orderRules ?? DEFAULT_ORDER_RULES;
  const own = currencyOf(props.settings.store.currency).digits;
  const [typed, setTyped] = useState<Partial<Typed>>({});
  const textOf = ([name, kind]: (typeof FIELDS)[number]): string =>
    typed[name] ?? textOfNumber(rules[name], kind.digits(own));
  const read = readRules(
    rules,
    FIELDS.map((field) => [...field, textOf(field)] as const),
    own,
  );
  const save = async () => {
    if (read === null) return;
    if (await props.onChange({ kind: 'order-rules', rules: read })) setTyped({});
  };
  return (
    <section data-testid="shop-orders">
      <h3>{words.t('shop.orders')}</h3>
      <div class="shop-pair">
        {FIELDS.map((field) => (
          <Field
            key={field[0]}
            testId={`terms-${field[0]}`}
            label={words.t(`shop.terms-${field[0]}`)}
            inputMode="decimal"
            direction="ltr"
            maxLength={14}
            value={textOf(field)}
            onInput={(text) => setTyped({ ...typed, [field[0]]: text })}
          />
        ))}
      </div>
      <Button
        testId="terms-save"
        look="primary"
        isDisabled={read === null || Object.keys(typed).length === 0}
        onPress={() => void save()}
      >
        {words.t('shop.save')}
      </Button>
    </section>
  );
}

const textOfNumber = (value: number | null, digits: number): string =>
  value === null ? '' : String(value / 10 ** digits);

/** The rules as they were typed; null while something is not a number within its bounds. */
function readRules(
  rules: OrderRules,
  fields: readonly (readonly [NumberField, Kind, string])[],
  own: number,
): OrderRules | null {
  const typed: Partial<Record<NumberField, number | null>> = {};
  for (const [name, kind, text] of fields) {
    if (name === 'forfeitAfterDays' && text.trim() === '') {
      typed[name] = null;
      continue;
    }
    const value = parseDecimal(text, kind.digits(own));
    if (!value.ok || value.value < kind.min || value.value > kind.max) return null;
    typed[name] = value.value;
  }
  // Only the days after which all is kept may be null.
  return Object.assign({}, rules, typed);
}

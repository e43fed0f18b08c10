// Settings of the shop for a manager who is signed on: rates of foreign cash, terms of orders, what the till asks, and what may be
// missing when it is closed. The server changes them; what is shown here is what came back from it.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ratesAt } from '../../../shared/domain/foreign-cash.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import type { SettingsChange } from '../../../shared/domain/settings-change.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import type { ChangeSettings } from './change-of-settings.ts';
import { DifferenceLimits } from './difference-limits.tsx';
import { OrderTermsForm } from './order-terms-form.tsx';
import { PointsForm } from './points-form.tsx';
import { shopRate } from './shop-rate.ts';

const RATE_DIGITS = 6;
const RATE_MAX_LENGTH = 14;

export function ShopSettings(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const settings = pos.workstation.settings.value;
  if (settings === null) return null;
  const change: ChangeSettings = async (asked) => {
    const outcome = await pos.workstation.changeSettings(asked);
    if (!pos.report(outcome)) return false;
    pos.say('good', words.t('shop.changed'));
    return true;
  };
  return (
    <div class="settings" data-testid="shop-settings">
      <Rates settings={settings} onChange={change} />
      <OrderTermsForm settings={settings} onChange={change} />
      <PointsForm settings={settings} onChange={change} />
      <TillRules settings={settings} onChange={change} />
      <DifferenceLimits currency={settings.store.currency} onChange={change} />
    </div>
  );
}

type PartProps = { readonly settings: StoreSettings; readonly onChange: ChangeSettings };

function Rates({ settings, onChange }: PartProps): JSX.Element {
  const words = useWords();
  const [currency, setCurrency] = useState('');
  const [rate, setRate] = useState('');
  const own = settings.store.currency;
  const now = new Date().toISOString();
  const typed = parseDecimal(rate, RATE_DIGITS);
  const code = currency.trim().toUpperCase();
  const isWhole = typed.ok && typed.value > 0 && /^[A-Z]{3}$/.test(code);
  const set = async () => {
    if (!typed.ok || !isWhole) return;
    if (!(await onChange({ kind: 'exchange-rate', currency: code, rateMicro: typed.value, perUnits: 1 })))
      return;
    setCurrency('');
    setRate('');
  };
  return (
    <section data-testid="shop-rates">
      <h3>{words.t('shop.rates')}</h3>
      <ul class="choice-list">
        {ratesAt(settings.store.exchangeRates ?? [], now).map((each) => (
          <li key={each.currency} class="shop-rate" data-testid={`rate-${each.currency}`}>
            <bdi>{words.t('shop.rate', { ...shopRate(each, words), own })}</bdi>
            <Button
              testId={`rate-end-${each.currency}`}
              onPress={() => void onChange({ kind: 'exchange-rate-ended', currency: each.currency })}
            >
              {words.t('shop.rate-end')}
            </Button>
          </li>
        ))}
      </ul>
      <div class="shop-pair">
        <Field
          testId="rate-currency"
          label={words.t('shop.rate-currency')}
          direction="ltr"
          maxLength={3}
          value={currency}
          onInput={setCurrency}
        />
        <Field
          testId="rate-value"
          label={words.t('shop.rate-value', { own })}
          inputMode="decimal"
          direction="ltr"
          maxLength={RATE_MAX_LENGTH}
          value={rate}
          onInput={setRate}
          onEnter={() => void set()}
        />
      </div>
      <Button testId="rate-set" look="primary" isDisabled={!isWhole} onPress={() => void set()}>
        {words.t('shop.rate-set')}
      </Button>
    </section>
  );
}

function TillRules({ settings, onChange }: PartProps): JSX.Element {
  const words = useWords();
  const { maySellWithoutTill = false, reasonsAskedFor = [] } = settings.store;
  const asks = (action: 'remove-line' | 'cancel-cart') => reasonsAskedFor.includes(action);
  const choice = (
    testId: string,
    is: boolean,
    given: { readonly label: string; readonly change: (to: boolean) => SettingsChange },
  ) => (
    <Segmented
      testId={testId}
      label={given.label}
      value={is ? 'yes' : 'no'}
      options={[
        { value: 'yes', label: words.t('shop.yes') },
        { value: 'no', label: words.t('shop.no') },
      ]}
      onChoose={(chosen) => void onChange(given.change(chosen === 'yes'))}
    />
  );
  const asking = (action: 'remove-line' | 'cancel-cart') => (to: boolean) => ({
    kind: 'till-rules' as const,
    maySellWithoutTill,
    reasonsAskedFor: to ? [...reasonsAskedFor, action] : reasonsAskedFor.filter((each) => each !== action),
  });
  return (
    <section data-testid="shop-till">
      <h3>{words.t('shop.needs-till')}</h3>
      {choice('shop-needs-till', !maySellWithoutTill, {
        label: words.t('shop.needs-till'),
        change: (to) => ({ kind: 'till-rules', maySellWithoutTill: !to, reasonsAskedFor }),
      })}
      <h3>{words.t('shop.ask-remove')}</h3>
      {choice('shop-ask-remove', asks('remove-line'), {
        label: words.t('shop.ask-remove'),
        change: asking('remove-line'),
      })}
      <h3>{words.t('shop.ask-cancel')}</h3>
      {choice('shop-ask-cancel', asks('cancel-cart'), {
        label: words.t('shop.ask-cancel'),
        change: asking('cancel-cart'),
      })}
    </section>
  );
}

// The ways to pay, and under each what it needs: amounts to tap or type, a currency and its rate, a voucher's number, a card
// terminal. One button takes it.

import { Banknote, CreditCard, Landmark, TicketPercent, Check } from 'lucide';
import type { JSX } from 'preact';
import { rateText } from '../../../shared/domain/receipt-tenders.ts';
import { SIMULATED_STEPS } from '../../../shared/devices/ports.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Numpad } from '../../../shared/ui/numpad.tsx';
import { Segmented } from '../../../shared/ui/segmented.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { terminalName } from '../../shell/terminal-name.ts';
import { CardWaiting } from './card-waiting.tsx';
import type { Method, Paying } from './use-paying.ts';

const ICONS = { cash: Banknote, card: CreditCard, 'foreign-cash': Landmark, voucher: TicketPercent } as const;
const VOUCHER_MAX = 60;

export function PayMethods({ paying }: { readonly paying: Paying }): JSX.Element {
  const words = useWords();
  const { method, isBusy } = paying;
  return (
    <section class="card pay-cash" aria-label={words.t('pay.how')}>
      <div class="pay-methods" role="group" aria-label={words.t('pay.how')}>
        {paying.methods.map((each) => (
          <Button
            key={each}
            testId={`method-${each}`}
            isPressed={each === method}
            isDisabled={isBusy}
            onPress={() => paying.choose(each)}
          >
            <Icon of={ICONS[each]} />
            <span>{words.t(`pay.method.${each}`)}</span>
          </Button>
        ))}
      </div>
      <MethodNeeds paying={paying} />
      <QuickAmounts paying={paying} />
      <Entry paying={paying} />
      <Numpad
        testId="pay-key"
        label={words.t('pay.pad')}
        backLabel={words.t('numpad.back')}
        corner={paying.digits > 0 ? '.' : '00'}
        isDisabled={isBusy}
        onKey={paying.press}
      />
      <TakeButtons paying={paying} />
    </section>
  );
}

function MethodNeeds({ paying }: { readonly paying: Paying }): JSX.Element | null {
  const words = useWords();
  const { method, rates, rate } = paying;
  if (method === 'voucher') {
    return (
      <Field
        testId="voucher-number"
        label={words.t('pay.voucher-number')}
        value={paying.voucher}
        maxLength={VOUCHER_MAX}
        direction="ltr"
        hasFocusFirst
        onInput={paying.typeVoucher}
        onEnter={() => void paying.take()}
      />
    );
  }
  if (method === 'foreign-cash' && rate !== null) {
    return (
      <>
        <Segmented
          testId="currency"
          label={words.t('pay.currency')}
          value={rate.currency}
          options={rates.map(({ currency }) => ({ value: currency, label: currency }))}
          onChoose={paying.chooseRate}
        />
        <p class="soft" data-testid="pay-rate">
          <bdi class="ltr">{rateText(rate, paying.currency, words)}</bdi>
        </p>
      </>
    );
  }
  return method === 'card' ? <CardNeeds paying={paying} /> : null;
}

function CardNeeds({ paying }: { readonly paying: Paying }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const terminals = pos.terminals.value;
  const { terminal } = paying;
  return (
    <>
      {terminals.length > 1 && terminal !== null && (
        <Segmented
          testId="terminal"
          label={words.t('pay.terminal')}
          value={terminal.id}
          options={terminals.map((one) => ({ value: one.id, label: terminalName(words, one) }))}
          onChoose={paying.chooseTerminal}
        />
      )}
      {terminal?.driver === 'simulator' && (
        <label class="simulated">
          <span class="soft">{words.t('pay.simulated')}</span>
          <select
            data-testid="simulated-step"
            value={pos.simulatedStep.value}
            onChange={(event) => {
              const chosen = SIMULATED_STEPS.find((step) => step === event.currentTarget.value);
              if (chosen !== undefined) pos.simulatedStep.value = chosen;
            }}
          >
            {SIMULATED_STEPS.map((step) => (
              <option key={step} value={step}>
                {words.t(`simulated.${step}`)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function QuickAmounts({ paying }: { readonly paying: Paying }): JSX.Element | null {
  const words = useWords();
  const { method, quickMinor, isBusy, rate } = paying;
  if (method !== 'cash' && method !== 'foreign-cash') return null;
  const currency = method === 'foreign-cash' && rate !== null ? rate.currency : paying.currency;
  return (
    <div class="quick-amounts" role="group" aria-label={words.t('pay.quick')}>
      {quickMinor.map((amountMinor, place) => (
        <Button
          key={amountMinor}
          testId={`quick-${amountMinor}`}
          size="large"
          isDisabled={isBusy}
          onPress={() => void paying.take(amountMinor)}
        >
          <span class="quick">
            <Money amountMinor={amountMinor} currency={currency} />
            {place === 0 && <small>{words.t('pay.exact')}</small>}
          </span>
        </Button>
      ))}
    </div>
  );
}

function Entry({ paying }: { readonly paying: Paying }): JSX.Element {
  const words = useWords();
  const { entry } = paying;
  return (
    <>
      <output class="big-entry" data-testid="pay-entry" data-entry={entry} data-empty={entry === ''}>
        {entry === '' ? (
          <span class="faint">{words.t('pay.type-amount')}</span>
        ) : (
          <bdi class="ltr">{words.digits(entry)}</bdi>
        )}
      </output>
      <p class="field-problem" role="alert" data-testid="pay-problem">
        {paying.problem}
      </p>
    </>
  );
}

const GIVE_KEYS = {
  cash: 'pay.give',
  card: 'pay.give-card',
  'foreign-cash': 'pay.give',
  voucher: 'pay.give-voucher',
} as const satisfies Record<Method, string>;

const TAKE_KEYS = {
  cash: 'pay.take',
  card: 'pay.take-card',
  'foreign-cash': 'pay.take-foreign',
  voucher: 'pay.take-voucher',
} as const satisfies Record<Method, string>;

function TakeButtons({ paying }: { readonly paying: Paying }): JSX.Element {
  const words = useWords();
  const { isBusy, isShort, method, tenders, amountMinor, currency, rate } = paying;
  if (tenders.position.isSettled && tenders.drafts.length > 0) {
    return (
      <Button
        testId="pay-finish"
        look="primary"
        size="large"
        icon={Check}
        isDisabled={isBusy}
        onPress={() => void paying.finish()}
      >
        {words.t(isBusy ? 'pay.busy' : 'pay.finish')}
      </Button>
    );
  }
  const unit = method === 'foreign-cash' && rate !== null ? rate.currency : currency;
  // What became of the last card comes before the next.
  const mustFindOut = method === 'card' && tenders.unresolved.length > 0;
  const busyKey = method === 'card' ? 'pay.card-busy' : 'pay.busy';
  return (
    <div class="take-buttons">
      {isBusy && method === 'card' && paying.terminal !== null && <CardWaiting terminal={paying.terminal} />}
      {isShort && method === 'cash' && (
        <Button testId="pay-part" size="large" isDisabled={isBusy} onPress={paying.takePart}>
          {words.t('pay.part', { amount: words.money(amountMinor, currency) })}
        </Button>
      )}
      <Button
        testId="pay-confirm"
        look="primary"
        size="large"
        icon={ICONS[method]}
        isDisabled={isBusy || mustFindOut || (isShort && method === 'cash')}
        onPress={() => void paying.take()}
      >
        {isBusy
          ? words.t(busyKey)
          : words.t(tenders.dueMinor < 0 ? GIVE_KEYS[method] : TAKE_KEYS[method], {
              amount: words.money(tenders.dueMinor < 0 ? Math.abs(amountMinor) : amountMinor, unit),
            })}
      </Button>
    </div>
  );
}

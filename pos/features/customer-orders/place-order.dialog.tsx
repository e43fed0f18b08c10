// The cart becomes a quotation, a customer order or a layaway: for whom, until when, in which parts. Nothing is paid here; the
// order is there first, and then takes its deposit.

import { Check } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { businessDay } from '../../../shared/domain/business-day.ts';
import { currencyOf } from '../../../shared/domain/currency.ts';
import type { OrderKind } from '../../../shared/domain/customer-order.ts';
import { instalmentPlan } from '../../../shared/domain/instalment-plan.ts';
import { DEFAULT_ORDER_RULES, orderTerms } from '../../../shared/domain/order-rules.ts';
import { parseDecimal, toAsciiDigits } from '../../../shared/domain/parse-decimal.ts';
import { accept } from '../../../shared/domain/refusal.ts';
import type { Customer } from '../../../shared/client/order-commands.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { DAY_DIGITS, dayOfDigits, dayText } from '../../../shared/ui/typed-day.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { resetSellState } from '../../shell/sell-state.ts';
import { CustomerChoice } from '../../shell/customer-choice.tsx';
import { printSlip } from './order-slips.ts';

const COUNTS = [1, 2, 3, 4, 6, 12] as const;

export function PlaceOrderDialog(props: {
  readonly kind: OrderKind;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { kind, onClose } = props;
  const { workstation } = pos;
  const ofCart = workstation.customers
    .peek()
    .find(({ id }) => id === workstation.cart.peek()?.cart.customerId);
  const [customer, setCustomer] = useState<Customer | null>(ofCart ?? null);
  const [wanted, setWanted] = useState('');
  const [count, setCount] = useState<number>(3);
  const [deposit, setDeposit] = useState('');
  const [isBusy, setBusy] = useState(false);
  const view = workstation.cart.value;
  const currency = view?.cart.currency ?? 'EUR';
  const wantedOn = dayOfDigits(wanted, words.language);
  const typed = parseDecimal(deposit, currencyOf(currency).digits);
  const isReady =
    view !== null &&
    (kind === 'quotation' || customer !== null) &&
    (wanted === '' || wantedOn !== null) &&
    (deposit === '' || typed.ok);
  const place = async () => {
    if (isBusy || !isReady) return;
    // Whoever is in the cart already stays as they are, with the offers they were given.
    const isThere = customer !== null && workstation.cart.peek()?.cart.customerId === customer.id;
    const named = isThere
      ? accept(null)
      : workstation.setCustomer(
          customer === null
            ? null
            : { id: customer.id, ...(customer.groups !== undefined && { groups: customer.groups }) },
        );
    if (!pos.report(named)) return;
    setBusy(true);
    const outcome = await workstation.placeOrder({
      kind,
      ...(wantedOn !== null && { wantedOn }),
      ...(kind === 'layaway' && { instalments: count }),
      ...(kind === 'layaway' && typed.ok && { depositMinor: typed.value }),
    });
    setBusy(false);
    if (!pos.report(outcome) || !outcome.ok) return;
    resetSellState(pos.sell);
    onClose();
    pos.view.value = { kind: 'orders', orderId: outcome.value.id };
    if (pos.printer.value !== null) await printSlip(pos, outcome.value);
  };
  return (
    <Dialog
      testId="place-order"
      title={words.t(`place.title.${kind}`)}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <Button
          testId="place-order-ok"
          look="primary"
          size="large"
          icon={Check}
          isDisabled={!isReady || isBusy}
          onPress={() => void place()}
        >
          {words.t(`place.take.${kind}`)}
        </Button>
      }
    >
      <div class="decision">
        <p class="count-sum">
          <span>{words.t('order.total')}</span>
          <Money testId="place-total" amountMinor={view?.totals.grossMinor ?? 0} currency={currency} />
        </p>
        <CustomerChoice chosen={customer} onChoose={setCustomer} />
        {kind === 'customer-order' && (
          <Field
            testId="place-wanted"
            label={words.t('order.wanted-on')}
            inputMode="numeric"
            direction="ltr"
            placeholder={words.t('place.day-shape')}
            value={dayText(wanted, words.language)}
            {...(wanted.length === DAY_DIGITS && wantedOn === null
              ? { problem: words.t('refusal.date-not-understood') }
              : {})}
            onInput={(text) => setWanted(toAsciiDigits(text).replaceAll(/\D/g, '').slice(0, DAY_DIGITS))}
          />
        )}
        {kind === 'layaway' && (
          <LayawayPlan count={count} onCount={setCount} deposit={deposit} onDeposit={setDeposit} />
        )}
      </div>
    </Dialog>
  );
}

function LayawayPlan(props: {
  readonly count: number;
  readonly onCount: (count: number) => void;
  readonly deposit: string;
  readonly onDeposit: (text: string) => void;
}): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const settings = workstation.settings.value;
  const view = workstation.cart.value;
  if (settings === null || view === null) return null;
  const rules = settings.orderRules ?? DEFAULT_ORDER_RULES;
  const { currency } = view.cart;
  const totalMinor = view.totals.grossMinor;
  const today = businessDay(new Date(pos.now.value).toISOString(), settings.store);
  const { depositMinimumMinor } = orderTerms(totalMinor, rules, { kind: 'layaway', lastDay: null });
  const typed = parseDecimal(props.deposit, currencyOf(currency).digits);
  const plan = instalmentPlan(totalMinor, {
    depositMinor: typed.ok ? typed.value : depositMinimumMinor,
    instalments: props.count,
    everyDays: rules.instalmentDays,
    today,
  });
  const lastDay = plan.ok ? (plan.value.at(-1)?.dueOn ?? today) : today;
  const { feeMinor, forfeitOn } = orderTerms(totalMinor, rules, { kind: 'layaway', lastDay });
  return (
    <>
      <p class="soft">{words.t('place.instalments')}</p>
      <div class="reason-list order-counts" role="group" aria-label={words.t('place.instalments')}>
        {COUNTS.filter((count) => count <= rules.instalmentsMax).map((count) => (
          <Button
            key={count}
            testId={`place-instalments-${count}`}
            isPressed={count === props.count}
            onPress={() => props.onCount(count)}
          >
            {words.t('place.instalment-count', { count })}
          </Button>
        ))}
      </div>
      <Field
        testId="place-deposit"
        label={words.t('place.deposit')}
        inputMode="decimal"
        direction="ltr"
        maxLength={14}
        value={props.deposit}
        hint={words.t('place.deposit-least', { amount: words.money(depositMinimumMinor, currency) })}
        onInput={props.onDeposit}
      />
      {plan.ok && (
        <section class="order-plan" data-testid="place-plan">
          <h3>{words.t('order.plan')}</h3>
          <ol>
            {plan.value.map(({ dueOn, amountMinor }) => (
              <li key={dueOn}>
                <span>{words.date(dueOn)}</span>
                <Money amountMinor={amountMinor} currency={currency} />
              </li>
            ))}
          </ol>
        </section>
      )}
      {feeMinor > 0 && (
        <p class="soft">{words.t('receipt.order-fee', { amount: words.money(feeMinor, currency) })}</p>
      )}
      {forfeitOn !== undefined && (
        <p class="soft">{words.t('receipt.order-forfeit-on', { date: words.date(forfeitOn) })}</p>
      )}
    </>
  );
}

// A customer is taken down, or how they are reached from now on: a name, a telephone number or an e-mail address, and what they agree
// to. Nothing else is asked. Somebody who has this number or address already is offered before a second one is made.

import { Check, UserRound } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Customer } from '../../shared/client/customer-commands.ts';
import { CONSENT_PURPOSES, type ConsentPurpose } from '../../shared/domain/customer.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { usePos, useWords } from './pos-context.ts';

export type CustomerFormProps = {
  /** Null: somebody new. */
  readonly customer: Customer | null;
  /** What was sought in vain; a name or a number to begin with. */
  readonly sought: string;
  readonly onDone: (customer: Customer) => void;
  readonly onCancel: () => void;
};

const NAME_MAX = 120;
const PHONE_MAX = 30;
const EMAIL_MAX = 120;

export function CustomerForm({ customer, sought, onDone, onCancel }: CustomerFormProps): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const isNumber = /^[\p{Nd}\s+()./-]+$/u.test(sought);
  const isAddress = sought.includes('@');
  const [name, setName] = useState(customer?.name ?? (isNumber || isAddress ? '' : sought));
  const [phone, setPhone] = useState(customer?.phone ?? (isNumber ? sought : ''));
  const [email, setEmail] = useState(customer?.email ?? (isAddress ? sought : ''));
  const [agreed, setAgreed] = useState<readonly ConsentPurpose[]>(
    (customer?.consents ?? []).map(({ purpose }) => purpose),
  );
  const [isBusy, setBusy] = useState(false);
  const same = workstation.customersReachedBy({ phone, email }, customer?.id ?? null);
  const isReady = name.trim() !== '' && (phone.trim() !== '' || email.trim() !== '') && !isBusy;
  const save = async () => {
    if (!isReady) return;
    setBusy(true);
    const outcome = await workstation.recordCustomer({
      ...(customer !== null && { customerId: customer.id }),
      name,
      phone,
      email,
      consents: CONSENT_PURPOSES.map((purpose) => ({ purpose, isGiven: agreed.includes(purpose) })),
      isAnotherPerson: same.length > 0,
    });
    setBusy(false);
    if (pos.report(outcome) && outcome.ok) onDone(outcome.value);
  };
  return (
    <section class="customer-form" data-testid="customer-form">
      <Field
        testId="customer-name"
        label={words.t('customer.name')}
        direction="auto"
        maxLength={NAME_MAX}
        value={name}
        hasFocusFirst
        onInput={setName}
        onEnter={() => void save()}
      />
      <Field
        testId="customer-phone"
        label={words.t('customer.phone')}
        direction="ltr"
        inputMode="text"
        maxLength={PHONE_MAX}
        value={phone}
        onInput={setPhone}
        onEnter={() => void save()}
      />
      <Field
        testId="customer-email"
        label={words.t('customer.email')}
        direction="ltr"
        maxLength={EMAIL_MAX}
        value={email}
        hint={words.t('customer.contact-hint')}
        onInput={setEmail}
        onEnter={() => void save()}
      />
      <SameContact same={same} onChoose={onDone} />
      <fieldset class="customer-consents">
        <legend>{words.t('customer.consents')}</legend>
        {CONSENT_PURPOSES.map((purpose) => (
          <label key={purpose} class="choice">
            <input
              type="checkbox"
              data-testid={`customer-consent-${purpose}`}
              checked={agreed.includes(purpose)}
              onChange={() =>
                setAgreed(
                  agreed.includes(purpose) ? agreed.filter((one) => one !== purpose) : [...agreed, purpose],
                )
              }
            />
            <span>{words.t(`customer.consent.${purpose}`)}</span>
          </label>
        ))}
        <p class="soft">{words.t('customer.consent-note')}</p>
      </fieldset>
      <div class="button-row">
        <Button
          testId="customer-save"
          look="primary"
          icon={Check}
          isDisabled={!isReady}
          onPress={() => void save()}
        >
          {words.t(same.length > 0 ? 'customer.save-other' : 'customer.save')}
        </Button>
        <Button testId="customer-form-cancel" look="quiet" onPress={onCancel}>
          {words.t('customer.leave')}
        </Button>
      </div>
    </section>
  );
}

function SameContact(props: {
  readonly same: readonly Customer[];
  readonly onChoose: (customer: Customer) => void;
}): JSX.Element | null {
  const words = useWords();
  if (props.same.length === 0) return null;
  return (
    <div
      class="order-customers"
      role="group"
      aria-label={words.t('customer.known')}
      data-testid="customer-known"
    >
      <p role="status">{words.t('customer.known')}</p>
      {props.same.map((one) => (
        <Button key={one.id} testId={`customer-known-${one.id}`} onPress={() => props.onChoose(one)}>
          <Icon of={UserRound} />
          <span class="order-customer-name">
            <bdi>{one.name}</bdi>
            <small>
              <bdi class="ltr">{one.phone ?? one.email}</bdi>
            </small>
          </span>
        </Button>
      ))}
    </div>
  );
}

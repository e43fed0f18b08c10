// Who collects the order and how the store reaches them. What is wrong is said beside its field, and read out with it.

import type { JSX } from 'preact';
import { useWords } from '../shop-context.ts';
import { typedText } from './typed-text.ts';
import type { Key } from '../words.ts';

export type ContactFault = {
  readonly field: 'store' | 'name' | 'email' | 'phone';
  readonly need: Extract<Key, `order.need.${string}`>;
};

const EMAIL = /^[^\s@<>",;]{1,64}@[A-Za-z0-9.-]{1,180}$/u;
const PHONE = /^\+?[0-9][0-9 ()/-]{4,30}$/u;

/** What is missing or wrong in the form, first field first. */
export function contactFaults(typed: FormData): readonly ContactFault[] {
  const text = (name: string): string => typedText(typed, name);
  const [email, phone] = [text('email'), text('phone')];
  const faults: ContactFault[] = [];
  if (text('store') === '') faults.push({ field: 'store', need: 'order.need.store' });
  if (text('name') === '') faults.push({ field: 'name', need: 'order.need.name' });
  if (email === '' && phone === '') faults.push({ field: 'email', need: 'order.need.contact' });
  if (email !== '' && !EMAIL.test(email)) faults.push({ field: 'email', need: 'order.need.email' });
  if (phone !== '' && !PHONE.test(phone)) faults.push({ field: 'phone', need: 'order.need.phone' });
  return faults;
}

export function ContactFields({ faults }: { readonly faults: readonly ContactFault[] }): JSX.Element {
  const { t } = useWords();
  return (
    <fieldset>
      <legend>{t('order.who')}</legend>
      <TextField
        name="name"
        label={t('order.name')}
        type="text"
        autoComplete="name"
        faults={faults}
        isNeeded
      />
      <p class="faint" id="contact-hint">
        {t('order.contact')}
      </p>
      <TextField name="email" label={t('order.email')} type="email" autoComplete="email" faults={faults} />
      <TextField name="phone" label={t('order.phone')} type="tel" autoComplete="tel" faults={faults} />
    </fieldset>
  );
}

function TextField(props: {
  readonly name: 'name' | 'email' | 'phone';
  readonly label: string;
  readonly type: 'text' | 'email' | 'tel';
  readonly autoComplete: 'name' | 'email' | 'tel';
  readonly faults: readonly ContactFault[];
  readonly isNeeded?: boolean;
}): JSX.Element {
  const { t } = useWords();
  const { name, label, type, autoComplete } = props;
  const fault = props.faults.find((each) => each.field === name);
  const hint = type === 'text' ? '' : 'contact-hint';
  return (
    <div class="field">
      <label for={`order-${name}`}>{label}</label>
      <input
        id={`order-${name}`}
        name={name}
        type={type}
        list={undefined}
        dir={type === 'text' ? 'auto' : 'ltr'}
        autoComplete={autoComplete}
        maxLength={200}
        required={props.isNeeded === true}
        aria-invalid={fault !== undefined}
        aria-describedby={[hint, fault === undefined ? '' : `fault-${name}`].join(' ').trim() || undefined}
        data-testid={`order-${name}`}
      />
      {fault !== undefined && (
        <p class="fault" id={`fault-${name}`} data-testid={`fault-${name}`}>
          {t(fault.need)}
        </p>
      )}
    </div>
  );
}

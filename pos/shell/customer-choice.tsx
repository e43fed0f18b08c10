// Who buys, or who an order is for: found by a few letters of the name or the telephone number among the customers of the store, or
// taken down here and now.

import { Pencil, Search, UserRound, UserRoundPlus, X } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Workstation } from '../../shared/client/runtime.ts';
import { foldForSearch } from '../../shared/domain/fold-for-search.ts';
import { Button, IconButton } from '../../shared/ui/button.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { lazily } from './lazily.tsx';
import { usePos, useWords } from './pos-context.ts';

const CustomerForm = lazily(async () => (await import('./customer-form.tsx')).CustomerForm);

/** A customer that the store knows. */
export type Customer = Workstation['customers']['value'][number];

const SHOWN_MAX = 5;

export function CustomerChoice(props: {
  readonly chosen: Customer | null;
  readonly onChoose: (customer: Customer | null) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [text, setText] = useState('');
  const [isWriting, setWriting] = useState(false);
  const { chosen, onChoose } = props;
  if (isWriting) {
    return (
      <CustomerForm
        customer={chosen}
        sought={text}
        onDone={(customer) => {
          setWriting(false);
          onChoose(customer);
        }}
        onCancel={() => setWriting(false)}
      />
    );
  }
  if (chosen !== null) {
    return (
      <p class="order-customer" data-testid="order-customer">
        <Icon of={UserRound} />
        <span class="hit-words">
          <strong>
            <bdi>{chosen.name}</bdi>
          </strong>
          {(chosen.phone ?? chosen.email) !== undefined && (
            <small>
              <bdi class="ltr">{chosen.phone ?? chosen.email}</bdi>
            </small>
          )}
        </span>
        <IconButton
          testId="order-customer-edit"
          icon={Pencil}
          label={words.t('customer.edit')}
          onPress={() => setWriting(true)}
        />
        <IconButton
          testId="order-customer-other"
          icon={X}
          label={words.t('order.customer-other')}
          onPress={() => onChoose(null)}
        />
      </p>
    );
  }
  const found = findCustomers(pos.workstation.customers.value, text);
  return (
    <div class="decision">
      <Field
        testId="order-customer-search"
        label={words.t('order.customer')}
        icon={Search}
        placeholder={words.t('order.customer-search')}
        inputMode="search"
        direction="auto"
        value={text}
        onInput={setText}
      />
      <div class="order-customers" role="group" aria-label={words.t('order.customer')}>
        {found.map((customer) => (
          <Button
            key={customer.id}
            testId={`order-customer-${customer.id}`}
            onPress={() => onChoose(customer)}
          >
            <span class="order-customer-name">
              <bdi>{customer.name}</bdi>
              {customer.phone !== undefined && (
                <small>
                  <bdi class="ltr">{customer.phone}</bdi>
                </small>
              )}
            </span>
          </Button>
        ))}
        {text !== '' && found.length === 0 && <p class="soft">{words.t('order.customer-none')}</p>}
      </div>
      <Button testId="order-customer-new" icon={UserRoundPlus} onPress={() => setWriting(true)}>
        {words.t('customer.new')}
      </Button>
    </div>
  );
}

function findCustomers(customers: readonly Customer[], text: string): readonly Customer[] {
  const wanted = foldForSearch(text)
    .split(' ')
    .filter((word) => word !== '');
  if (wanted.length === 0) return [];
  const found: Customer[] = [];
  for (const customer of customers) {
    const known = foldForSearch([customer.name, customer.phone ?? '', customer.email ?? ''].join(' '));
    const digits = (customer.phone ?? '').replaceAll(/\D/g, '');
    if (wanted.every((word) => known.includes(word) || (/^\d+$/.test(word) && digits.includes(word))))
      found.push(customer);
    if (found.length === SHOWN_MAX) break;
  }
  return found;
}

// An item in all stores: what each has and may promise, with its age where it was not heard just now; one is chosen, and keeps it for
// a customer. The till uses it for goods that are elsewhere, the call centre for whoever is on the telephone.

import { Store } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AisleAsked, AisleDesk, AisleStock } from '../../shared/client/aisle-desk.ts';
import type { Item } from '../../shared/domain/item.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Banner } from '../../shared/ui/notices.tsx';
import { CustomerChoice, type Customer } from './customer-choice.tsx';
import { usePos, useWords } from './pos-context.ts';

type Asking = Parameters<AisleDesk['askStore']>[0];

export function StoresPanel(props: {
  readonly item: Item;
  readonly quantityMilli: number;
  readonly channel: Asking['channel'];
  readonly onAsked: (asked: AisleAsked) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { item, quantityMilli, channel } = props;
  const [heard, setHeard] = useState<{ readonly stock: AisleStock; readonly isFresh: boolean } | null>(null);
  const [isUnknown, setUnknown] = useState(false);
  const [storeId, setStore] = useState<string | null>(null);
  const [customer, setCustomer] = useState<Customer | null>(null);
  const [name, setName] = useState('');
  const [reach, setReach] = useState('');
  const [isBusy, setBusy] = useState(false);
  const { connection } = pos.workstation.status.value;
  useEffect(() => {
    void pos.workstation.stockElsewhere(item.id).then((told) => {
      setUnknown(!told.ok);
      setHeard(told.ok ? told.value : null);
    });
  }, [item.id, connection]);
  const stores = (heard?.stock.stores ?? []).filter(({ isOwn }) => channel === 'call-centre' || !isOwn);
  const chosen = stores.find((store) => store.storeId === storeId);
  const ask = async (): Promise<void> => {
    if (chosen === undefined || isBusy) return;
    setBusy(true);
    const outcome = await pos.workstation.askStore({
      channel,
      storeId: chosen.storeId,
      storeName: chosen.name,
      itemId: item.id,
      itemName: item.name,
      quantityMilli,
      customer: customer === null ? typedCustomer(name, reach) : knownCustomer(customer),
      language: words.language,
    });
    setBusy(false);
    if (pos.report(outcome) && outcome.ok) props.onAsked(outcome.value);
  };
  return (
    <div class="decision stores-panel" data-testid="stores-panel">
      {isUnknown && (
        <Banner testId="stores-unknown" tone="warning">
          {words.t('aisle.unknown')}
        </Banner>
      )}
      {heard !== null && !heard.isFresh && (
        <Banner testId="stores-age" tone="warning">
          {words.t('aisle.as-of', {
            age: words.ago(Math.max(0, pos.now.value - Date.parse(heard.stock.asOf))),
          })}
        </Banner>
      )}
      <div class="order-customers" role="group" aria-label={words.t('aisle.stores')}>
        {stores.map((store) => (
          <Button
            key={store.storeId}
            testId={`stores-${store.storeId}`}
            isPressed={store.storeId === storeId}
            isDisabled={store.promisableMilli < quantityMilli}
            onPress={() => setStore(store.storeId)}
          >
            <Icon of={Store} />
            <span class="order-customer-name" data-promisable-milli={store.promisableMilli}>
              <bdi>{store.name}</bdi>
              <small>
                {words.t('aisle.of-store', {
                  onHand: words.quantity(store.onHandMilli, item.unit),
                  free: words.quantity(store.promisableMilli, item.unit),
                })}
              </small>
            </span>
          </Button>
        ))}
      </div>
      {chosen !== undefined && (
        <>
          <CustomerChoice chosen={customer} onChoose={setCustomer} />
          {customer === null && (
            <>
              <Field
                testId="aisle-name"
                label={words.t('aisle.name')}
                value={name}
                direction="auto"
                onInput={setName}
              />
              <Field
                testId="aisle-reach"
                label={words.t('aisle.reach')}
                value={reach}
                direction="ltr"
                onInput={setReach}
              />
            </>
          )}
          <Button
            testId="aisle-ask"
            look="primary"
            size="large"
            isDisabled={isBusy || (customer === null && name.trim() === '')}
            onPress={() => void ask()}
          >
            {words.t('aisle.ask', { quantity: words.quantity(quantityMilli, item.unit), store: chosen.name })}
          </Button>
        </>
      )}
    </div>
  );
}

/** A number or an address, as it was typed. */
function typedCustomer(name: string, reach: string): Asking['customer'] {
  const text = reach.trim();
  if (text === '') return { name: name.trim() };
  return text.includes('@') ? { name: name.trim(), email: text } : { name: name.trim(), phone: text };
}

const knownCustomer = ({ name, phone, email }: Customer): Asking['customer'] => ({
  name,
  ...(phone === undefined ? {} : { phone }),
  ...(email === undefined ? {} : { email }),
});

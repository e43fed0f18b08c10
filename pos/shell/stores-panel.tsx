// Goods in all stores: what each has and may promise, with its age where it was not heard just now; one that has all of them is chosen,
// and keeps them for a customer. The till uses it for goods that are elsewhere, the call centre for whoever is on the telephone.

import { Store } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AisleAsked, AisleDesk, AisleStock } from '../../shared/client/aisle-desk.ts';
import type { Item } from '../../shared/domain/item.ts';
import { textIn } from '../../shared/domain/localized-text.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Banner } from '../../shared/ui/notices.tsx';
import { CustomerChoice, type Customer } from './customer-choice.tsx';
import { usePos, useWords } from './pos-context.ts';

type Asking = Parameters<AisleDesk['askStore']>[0];

export type Wanted = { readonly item: Item; readonly quantityMilli: number };
type Heard = { readonly stock: AisleStock; readonly isFresh: boolean };

export function StoresPanel(props: {
  readonly wanted: readonly Wanted[];
  readonly channel: Asking['channel'];
  readonly onAsked: (asked: AisleAsked) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { wanted, channel } = props;
  const [heard, setHeard] = useState<readonly Heard[]>([]);
  const [isUnknown, setUnknown] = useState(false);
  const [storeId, setStore] = useState<string | null>(null);
  const [customer, setCustomer] = useState<Customer | null>(null);
  const [name, setName] = useState('');
  const [reach, setReach] = useState('');
  const [isBusy, setBusy] = useState(false);
  const { connection } = pos.workstation.status.value;
  const asked = wanted.map(({ item }) => item.id).join(' ');
  useEffect(() => {
    let isCurrent = true;
    void Promise.all(wanted.map(({ item }) => pos.workstation.stockElsewhere(item.id))).then((all) => {
      if (!isCurrent) return;
      setUnknown(all.some(({ ok }) => !ok));
      setHeard(all.flatMap((told) => (told.ok ? [told.value] : [])));
    });
    return () => {
      isCurrent = false;
    };
  }, [asked, connection]);
  const stale = heard.find(({ isFresh }) => !isFresh);
  const stores = storesWith(wanted, heard).filter(({ isOwn }) => channel === 'call-centre' || !isOwn);
  const chosen = stores.find((store) => store.storeId === storeId);
  const ask = async (): Promise<void> => {
    if (chosen === undefined || isBusy) return;
    setBusy(true);
    const outcome = await pos.workstation.askStore({
      channel,
      storeId: chosen.storeId,
      storeName: chosen.name,
      lines: wanted.map(({ item, quantityMilli }) => ({
        itemId: item.id,
        itemName: item.name,
        quantityMilli,
      })),
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
      {stale !== undefined && (
        <Banner testId="stores-age" tone="warning">
          {words.t('aisle.as-of', {
            age: words.ago(Math.max(0, pos.now.value - Date.parse(stale.stock.asOf))),
          })}
        </Banner>
      )}
      <div class="order-customers" role="group" aria-label={words.t('aisle.stores')}>
        {stores.map((store) => (
          <Button
            key={store.storeId}
            testId={`stores-${store.storeId}`}
            isPressed={store.storeId === storeId}
            isDisabled={!store.hasAll}
            onPress={() => setStore(store.storeId)}
          >
            <Icon of={Store} />
            <span class="order-customer-name" data-has-all={store.hasAll}>
              <bdi>{store.name}</bdi>
              {store.parts.map(({ item, onHandMilli, promisableMilli }) => (
                <small key={item.id} data-promisable-milli={promisableMilli}>
                  {store.parts.length > 1 && (
                    <>
                      <bdi>{textIn(item.name, words.language)}</bdi>
                      {': '}
                    </>
                  )}
                  {words.t('aisle.of-store', {
                    onHand: words.quantity(onHandMilli, item.unit),
                    free: words.quantity(promisableMilli, item.unit),
                  })}
                </small>
              ))}
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
            {askText(words, wanted, chosen.name)}
          </Button>
        </>
      )}
    </div>
  );
}

/** Each store with what it has of every wanted item, as far as that was heard. */
function storesWith(wanted: readonly Wanted[], heard: readonly Heard[]) {
  const [first] = heard;
  return (first?.stock.stores ?? []).map((store) => {
    const parts = wanted.map(({ item, quantityMilli }) => {
      const stock = heard.find((one) => one.stock.itemId === item.id)?.stock;
      const there = stock?.stores.find(({ storeId }) => storeId === store.storeId);
      const { onHandMilli = 0, promisableMilli = 0 } = there ?? {};
      return { item, onHandMilli, promisableMilli, isEnough: promisableMilli >= quantityMilli };
    });
    return { ...store, parts, hasAll: parts.every(({ isEnough }) => isEnough) };
  });
}

function askText(words: ReturnType<typeof useWords>, wanted: readonly Wanted[], store: string): string {
  const [first] = wanted;
  return first === undefined || wanted.length > 1
    ? words.t('aisle.ask-all', { store })
    : words.t('aisle.ask', { quantity: words.quantity(first.quantityMilli, first.item.unit), store });
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

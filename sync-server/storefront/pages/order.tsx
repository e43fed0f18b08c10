// From the cart to an order: a store that can promise everything, reserved or ordered, and how the store reaches the customer. Nothing
// is paid here.

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { PlaceRequest, ShopCart } from '../api.ts';
import { totalOf } from '../cart-keeper.ts';
import { ContactFields, contactFaults, type ContactFault } from '../parts/contact-fields.tsx';
import { useCurrency } from '../parts/item-card.tsx';
import { KindChoice, type OrderKind } from '../parts/kind-choice.tsx';
import { Problem, Waiting } from '../parts/problem.tsx';
import { StoreChoice } from '../parts/store-choice.tsx';
import { typedText } from '../parts/typed-text.ts';
import { useAsked } from '../parts/use-asked.ts';
import { useTitle } from '../parts/use-title.ts';
import { BASE } from '../router.ts';
import { useShop, useWords } from '../shop-context.ts';

export function OrderPage(): JSX.Element {
  const { t } = useWords();
  const cart = useShop().carts.cart.value;
  useTitle(t('order.title'));
  return (
    <div class="page narrow">
      <h1>{t('order.title')}</h1>
      {cart === null || cart.place.kind !== 'open' || cart.lines.length === 0 ? (
        <p>
          {t('cart.empty')} <a href={BASE}>{t('shop.home')}</a>
        </p>
      ) : (
        <OrderForm cart={cart} />
      )}
    </div>
  );
}

function OrderForm({ cart }: { readonly cart: ShopCart }): JSX.Element {
  const { t, money, language } = useWords();
  const { api, carts, router, newId } = useShop();
  const currency = useCurrency();
  const [kind, setKind] = useState<OrderKind>('reservation');
  const [faults, setFaults] = useState<readonly ContactFault[]>([]);
  const [state, setState] = useState<'idle' | 'busy' | { readonly problem: string }>('idle');
  // The same request keeps its key, so that a repeat after a lost answer is not a second order.
  const attempt = useRef({ text: '', key: '' });
  const ids = cart.lines.map(({ item }) => item.id);
  const [answer, , askAgain] = useAsked(() => api.availability(ids), [ids.join(',')]);

  async function send(form: HTMLFormElement): Promise<void> {
    const typed = new FormData(form);
    const found = contactFaults(typed);
    setFaults(found);
    if (found.length > 0) {
      form.querySelector<HTMLElement>(`[name="${found[0]?.field ?? ''}"]`)?.focus();
      return;
    }
    const body = requestOf(typed, { cart, language });
    const text = JSON.stringify([kind, body]);
    if (attempt.current.text !== text) attempt.current = { text, key: newId() };
    setState('busy');
    const placed = await api.place(kind, body, attempt.current.key);
    if (placed.ok) {
      carts.leave();
      router.go(`track/${placed.value.code}?new`, { isReplacing: true });
      return;
    }
    setState({ problem: placed.code });
    askAgain();
    if (placed.code !== 'offline') await carts.refresh();
  }

  if (answer === null) return <Waiting />;
  if (!answer.ok) return <Problem code={answer.code} onAgain={askAgain} />;
  const total = money(totalOf(cart), currency);
  return (
    <form
      class="order"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (state !== 'busy') void send(event.currentTarget);
      }}
    >
      <StoreChoice cart={cart} rows={answer.value.availability} faults={faults} />
      <KindChoice kind={kind} onChange={setKind} />
      <ContactFields faults={faults} />
      {typeof state === 'object' && <Problem code={state.problem} />}
      <button type="submit" class="button main" aria-disabled={state === 'busy'} data-testid="place">
        {t(`order.send.${kind}`, { total })}
      </button>
      <p class="faint">{t('order.payLater')}</p>
    </form>
  );
}

function requestOf(
  typed: FormData,
  { cart, language }: { readonly cart: ShopCart; readonly language: string },
): PlaceRequest {
  const text = (name: string): string => typedText(typed, name);
  const [email, phone] = [text('email'), text('phone')];
  return {
    storeId: text('store'),
    cartId: cart.id,
    customer: {
      name: text('name'),
      ...(email === '' ? {} : { email }),
      ...(phone === '' ? {} : { phone }),
    },
    language,
    expectedTotalMinor: totalOf(cart),
  };
}

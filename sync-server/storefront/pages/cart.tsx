// The cart: lines with their prices of now and what changed, and the way on: reserve, order, or show a code at a till. While a till
// has it, or when it was bought, it says so and changes nothing.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ShopCart } from '../api.ts';
import { totalOf } from '../cart-keeper.ts';
import { CartLineRow } from '../parts/cart-line.tsx';
import { useCurrency } from '../parts/item-card.tsx';
import { Passport } from '../parts/passport.tsx';
import { Problem } from '../parts/problem.tsx';
import { useEvery } from '../parts/use-asked.ts';
import { useTitle } from '../parts/use-title.ts';
import { BASE } from '../router.ts';
import { useShop, useWords } from '../shop-context.ts';

const LOOK_EVERY_MS = 3_000;

export function CartPage({ passport }: { readonly passport: string | null }): JSX.Element {
  const { t } = useWords();
  const { carts, router } = useShop();
  const [problem, setProblem] = useState<string | null>(null);
  const [hasCome, setCome] = useState(false);
  const cart = carts.cart.value;
  useTitle(t('cart.title'));
  useEffect(() => {
    if (passport === null) {
      void carts.refresh();
      return;
    }
    void carts.claim(passport).then((answer) => {
      // The code is used up: it goes from the address, so that a reload shows the cart itself.
      router.go('cart', { isReplacing: true });
      setCome(answer.ok);
      if (!answer.ok) setProblem(answer.code);
    });
  }, []);
  const report = (code: string | null): void => setProblem(code);
  return (
    <div class="page narrow" data-testid="cart-page" data-place={cart?.place.kind ?? 'none'}>
      <h1>{t('cart.title')}</h1>
      {hasCome && <p role="status">{t('passport.came')}</p>}
      {problem !== null && <Problem code={problem} />}
      {cart === null || cart.lines.length === 0 ? (
        <p data-testid="cart-empty">{t('cart.empty')}</p>
      ) : (
        <FilledCart cart={cart} report={report} />
      )}
    </div>
  );
}

type Filled = { readonly cart: ShopCart; readonly report: (code: string | null) => void };

function FilledCart({ cart, report }: Filled): JSX.Element {
  const { t, money } = useWords();
  const { carts } = useShop();
  const currency = useCurrency();
  const isOpen = cart.place.kind === 'open';
  useEvery(LOOK_EVERY_MS, cart.place.kind !== 'bought', () => void carts.refresh());
  return (
    <>
      <Standing cart={cart} report={report} />
      <ul class="lines">
        {cart.lines.map((line) => (
          <CartLineRow key={line.item.id} line={line} isOpen={isOpen} report={report} />
        ))}
      </ul>
      <p class="total">
        <span>{t('cart.total')}</span>
        <bdi data-testid="cart-total" data-amount-minor={totalOf(cart)}>
          {money(totalOf(cart), currency)}
        </bdi>
      </p>
      {isOpen && (
        <a class="button main" href={`${BASE}order`} data-testid="to-order">
          {t('cart.order')}
        </a>
      )}
      {isOpen && <Passport key={cart.id} cartId={cart.id} />}
    </>
  );
}

/** Where the cart is when it is not with the visitor, and the way on from there. */
function Standing({ cart, report }: Filled): JSX.Element | null {
  const { t } = useWords();
  const { carts, stores, router } = useShop();
  const { place } = cart;
  if (place.kind === 'open') return null;
  if (place.kind === 'at-till') {
    const store = stores.find(({ id }) => id === place.storeId)?.name ?? '';
    const copy = async (): Promise<void> => {
      const answer = await carts.copy();
      report(answer.ok ? null : answer.code);
    };
    return (
      <div class="standing" role="status">
        <p>{t('cart.atTill', { store })}</p>
        <button type="button" class="button quiet" data-testid="copy-cart" onClick={() => void copy()}>
          {t('cart.copy')}
        </button>
      </div>
    );
  }
  const { bought } = place;
  return (
    <div class="standing" role="status" data-testid="cart-bought">
      {bought.by === 'order' ? (
        <p>
          {t('cart.bought.order', { code: bought.code })}{' '}
          <a href={`${BASE}track/${bought.code}`}>{t('cart.follow')}</a>
        </p>
      ) : (
        <p>{t('cart.bought.till', { number: bought.receiptNumber })}</p>
      )}
      <button
        type="button"
        class="button quiet"
        data-testid="new-cart"
        onClick={() => {
          carts.leave();
          router.go('');
        }}
      >
        {t('cart.new')}
      </button>
    </div>
  );
}

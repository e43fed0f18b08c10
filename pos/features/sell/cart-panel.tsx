// The cart: lines, what is typed, totals and the button that takes the money.

import { Ellipsis, Inbox, Pause, ShoppingBasket, Trash2, UserRound, Wallet, X } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { CartView } from '../../../shared/client/runtime.ts';
import { addAmounts, sumAmounts } from '../../../shared/domain/money.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { CartLineRow } from './cart-line-row.tsx';
import { EntryPad } from './entry-pad.tsx';
import { chosenLine, startPaying } from './sell-keys.ts';

export function CartPanel(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { sell, workstation } = pos;
  const view = workstation.cart.value;
  const lines = view?.cart.lines ?? [];
  const waiting = workstation.suspendedCarts.value.length;
  return (
    <section
      class="cart"
      aria-label={words.t('sell.cart')}
      data-testid="cart-panel"
      data-lines={lines.length}
    >
      <header class="cart-head">
        <h2>{words.t('sell.cart')}</h2>
        <span class="soft" data-testid="cart-count">
          {words.t('sell.line-count', { count: lines.length })}
        </span>
        {waiting > 0 && (
          <Button
            testId="open-suspended"
            class="suspended-count"
            look="quiet"
            icon={Inbox}
            label={words.t('suspended.open', { count: waiting })}
            onPress={() => {
              pos.overlay.value = 'suspended';
            }}
          >
            <b class="count">{words.number(waiting)}</b>
          </Button>
        )}
        <IconButton
          testId="cart-suspend"
          icon={Pause}
          label={words.t('suspend.title')}
          isDisabled={lines.length === 0}
          onPress={() => {
            pos.overlay.value = 'suspend';
          }}
        />
        <IconButton
          testId="cart-open"
          icon={Ellipsis}
          label={words.t('sell.cart-more')}
          shortcut="F3"
          isDisabled={lines.length === 0}
          onPress={() => {
            sell.question.value = { kind: 'cart' };
          }}
        />
        <IconButton
          testId="cart-clear"
          icon={Trash2}
          label={words.t('sell.clear')}
          isDisabled={lines.length === 0}
          onPress={() => {
            sell.question.value = { kind: 'clear-cart' };
          }}
        />
      </header>
      {view?.cart.order !== undefined && <OrderBand view={view} />}
      {view !== null && <CartFor view={view} />}
      <CartLines />
      <EntryPad />
      {view !== null && lines.length > 0 && <Totals view={view} />}
      <Button
        testId="pay"
        class="pay-button"
        look="primary"
        size="large"
        icon={Wallet}
        shortcut="F9"
        isDisabled={lines.length === 0}
        onPress={() => startPaying(pos)}
      >
        <span>{words.t('sell.pay')}</span>
        {view !== null && lines.length > 0 && (
          <Money testId="total" amountMinor={view.dueMinor} currency={view.cart.currency} />
        )}
      </Button>
    </section>
  );
}

/** The cart belongs to an order: which one, what was paid before, and the way out of it. */
function OrderBand({ view }: { readonly view: CartView }): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const { order, channelOrder, currency } = view.cart;
  if (order === undefined && channelOrder === undefined) return null;
  const paidMinor = order?.redeemedMinor ?? 0;
  return (
    <div class="order-band" data-testid="order-band" data-step={order?.step ?? channelOrder?.move.kind}>
      <span>
        {words.t('order.band', { number: order?.orderNumber ?? channelOrder?.code ?? '' })}
        {paidMinor > 0 && ` · ${words.t('order.band-paid')} ${words.money(paidMinor, currency)}`}
      </span>
      <IconButton
        testId="order-leave"
        icon={X}
        label={words.t('order.leave')}
        onPress={() => {
          if (!pos.report(pos.workstation.clearCart())) return;
          pos.view.value =
            channelOrder === undefined
              ? { kind: 'orders', orderId: order?.orderId ?? null }
              : { kind: 'channel-orders', orderId: channelOrder.orderId };
        }}
      />
    </div>
  );
}

/** Who buys, and what was noted about the whole cart. */
function CartFor({ view }: { readonly view: CartView }): JSX.Element | null {
  const { workstation } = usePos();
  const { customerId, note } = view.cart;
  if (customerId === undefined && note === undefined) return null;
  const customer = workstation.customers.value.find((one) => one.id === customerId);
  return (
    <p class="cart-for">
      {customerId !== undefined && (
        <span data-testid="cart-customer">
          <Icon of={UserRound} />
          <bdi>{customer?.name ?? customerId}</bdi>
        </span>
      )}
      {note !== undefined && (
        <q data-testid="cart-note">
          <bdi>{note}</bdi>
        </q>
      )}
    </p>
  );
}

function CartLines(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const view = pos.workstation.cart.value;
  const lines = view?.cart.lines ?? [];
  const chosen = chosenLine(pos)?.lineNumber ?? null;
  const box = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // With the next frame: to scroll now would lay the page out inside the key handler.
    const frame = requestAnimationFrame(() =>
      box.current?.querySelector('[data-chosen="true"]')?.scrollIntoView({ block: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [chosen, lines.length]);
  if (view === null || lines.length === 0) {
    return (
      <div class="nothing cart-empty" data-testid="cart-empty">
        <Icon of={ShoppingBasket} />
        <p>{words.t('sell.cart-empty')}</p>
      </div>
    );
  }
  const needs = new Map(view.needs.map((need) => [need.lineNumber, need]));
  // Read for its change: promises come in with stock.
  void pos.workstation.catalogueRevision.value;
  const reserved = new Set(pos.workstation.reservedInCart().map(({ itemId }) => itemId));
  return (
    <ol ref={box} class="cart-lines" data-testid="cart-lines">
      {lines.map((line, place) => {
        const { extendedMinor = 0, modifiers } = view.lines[place] ?? {};
        const offMinor = sumAmounts((modifiers ?? []).map(({ amountMinor }) => amountMinor));
        return (
          <CartLineRow
            key={line.lineNumber}
            line={line}
            shelfMinor={extendedMinor}
            totalMinor={addAmounts(extendedMinor, offMinor)}
            modifiers={modifiers}
            need={needs.get(line.lineNumber) ?? null}
            isReserved={reserved.has(line.itemId)}
            currency={view.cart.currency}
            isChosen={line.lineNumber === chosen}
          />
        );
      })}
    </ol>
  );
}

function Totals({ view }: { readonly view: CartView }): JSX.Element {
  const words = useWords();
  const { totals, taxes, cart, savingsMinor, points } = view;
  return (
    <dl class="totals" data-testid="totals">
      {savingsMinor > 0 && (
        <div class="totals-savings">
          <dt>{words.t('totals.savings')}</dt>
          <dd>
            <Money testId="total-savings" amountMinor={savingsMinor} currency={cart.currency} />
          </dd>
        </div>
      )}
      {points !== null && (
        <div data-testid="total-points" data-points={points}>
          <dt>{words.t('totals.points')}</dt>
          <dd>{words.number(points)}</dd>
        </div>
      )}
      {cart.exemption !== undefined && (
        <div data-testid="total-exempt">
          <dt>{words.t('totals.exempt')}</dt>
          <dd>
            <bdi>{cart.exemption.certificateNumber}</bdi>
          </dd>
        </div>
      )}
      <div>
        <dt>{words.t('totals.net')}</dt>
        <dd>
          <Money testId="total-net" amountMinor={totals.netMinor} currency={cart.currency} />
        </dd>
      </div>
      {taxes.map((tax) => (
        <div key={`${tax.taxGroupId} ${tax.componentId}`}>
          <dt>
            <bdi>{tax.name}</bdi>
            {/* Many shops write the rate into the name of the tax already. */}
            {tax.ratePpm !== null && !/[0-9\u06F0-\u06F9]/.test(tax.name) && ` ${words.percent(tax.ratePpm)}`}
          </dt>
          <dd>
            <Money amountMinor={tax.taxMinor} currency={cart.currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

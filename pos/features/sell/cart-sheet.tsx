// What can be done with the whole cart: a discount, coupons, no tax for who shows a certificate; what was done can be
// taken back here.

import {
  BadgePercent,
  FileText,
  HandCoins,
  IdCard,
  NotebookPen,
  PackageOpen,
  Percent,
  Smartphone,
  TicketPercent,
  UserRound,
  X,
} from 'lucide';
import type { ComponentChildren, JSX } from 'preact';
import type { CartView } from '../../../shared/client/runtime.ts';
import type { CartDiscount } from '../../../shared/domain/cart.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

const PLACED = [
  { kind: 'quotation', icon: FileText },
  { kind: 'customer-order', icon: PackageOpen },
  { kind: 'layaway', icon: HandCoins },
] as const;

export function CartSheet(props: { readonly view: CartView; readonly onClose: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const ask =
    (
      kind:
        | 'discount-cart'
        | 'coupon'
        | 'exempt-cart'
        | 'customer'
        | 'cart-note'
        | 'offers'
        | 'give-passport',
    ) =>
    () => {
      pos.sell.question.value = { kind };
    };
  return (
    <Dialog
      testId="cart-sheet"
      kind="sheet"
      title={words.t('sell.cart')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
    >
      <div class="line-sheet">
        <Decided view={props.view} />
        <div class="sheet-actions">
          <Button testId="cart-sheet-discount" size="large" icon={Percent} onPress={ask('discount-cart')}>
            {words.t('cart.discount')}
          </Button>
          <Button testId="cart-sheet-coupon" size="large" icon={TicketPercent} onPress={ask('coupon')}>
            {words.t('cart.coupon')}
          </Button>
          <Button testId="cart-sheet-exempt" size="large" icon={IdCard} onPress={ask('exempt-cart')}>
            {words.t('cart.exempt')}
          </Button>
          <Button testId="cart-sheet-customer" size="large" icon={UserRound} onPress={ask('customer')}>
            {words.t('cart.customer')}
          </Button>
          <Button testId="cart-sheet-note" size="large" icon={NotebookPen} onPress={ask('cart-note')}>
            {words.t('cart.note')}
          </Button>
          {props.view.cart.order === undefined && props.view.cart.channelOrder === undefined && (
            <Button
              testId="cart-sheet-passport"
              size="large"
              icon={Smartphone}
              onPress={ask('give-passport')}
            >
              {words.t('passport.give')}
            </Button>
          )}
          {props.view.promotions.length > 0 && (
            <Button testId="cart-sheet-offers" size="large" icon={BadgePercent} onPress={ask('offers')}>
              {words.t('why-offers.title')}
            </Button>
          )}
          {placeable(props.view.cart).map(({ kind, icon }) => (
            <Button
              key={kind}
              testId={`cart-sheet-${kind}`}
              size="large"
              icon={icon}
              onPress={() => {
                props.onClose();
                pos.overlay.value = kind;
              }}
            >
              {words.t(`cart.${kind}`)}
            </Button>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

/** What the cart may become: of a quotation an order is made at its prices, and no second quotation. */
function placeable(cart: CartView['cart']): readonly (typeof PLACED)[number][] {
  if (cart.order === undefined) return PLACED;
  return cart.order.step === 'conversion' ? PLACED.filter(({ kind }) => kind !== 'quotation') : [];
}

function Decided({ view }: { readonly view: CartView }): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const { discounts = [], coupons = [], exemption, currency, customerId, note } = view.cart;
  const isEmpty = discounts.length === 0 && coupons.length === 0 && exemption === undefined;
  if (isEmpty && customerId === undefined && note === undefined) return null;
  const customer = workstation.customers.value.find((one) => one.id === customerId);
  const size = (discount: CartDiscount) =>
    'ratePpm' in discount ? words.percent(discount.ratePpm) : words.money(discount.amountMinor, currency);
  return (
    <dl class="facts line-facts">
      {customerId !== undefined && (
        <DecidedRow
          testId="cart-sheet-customer-chosen"
          name={words.t('cart.customer')}
          onTakeBack={() => void pos.report(workstation.setCustomer(null))}
        >
          <bdi>{customer?.name ?? customerId}</bdi>
        </DecidedRow>
      )}
      {note !== undefined && (
        <DecidedRow
          testId="cart-sheet-note-written"
          name={words.t('cart.note')}
          onTakeBack={() => void pos.report(workstation.noteCart(''))}
        >
          <bdi>{note}</bdi>
        </DecidedRow>
      )}
      {discounts.map((discount, place) => (
        <DecidedRow
          key={`discount ${String(place)}`}
          testId={`cart-sheet-discount-${place}`}
          name={words.t('modifier.cart-discount')}
          onTakeBack={() => void pos.report(workstation.removeCartDiscount(place))}
        >
          <bdi>{size(discount)}</bdi>
        </DecidedRow>
      ))}
      {coupons.map((code) => (
        <DecidedRow
          key={code}
          testId={`cart-sheet-coupon-${code}`}
          name={words.t('cart.coupon-given')}
          onTakeBack={() => {
            workstation.releaseCode('coupon', code);
            pos.report(workstation.removeCoupon(code));
          }}
        >
          <bdi class="ltr">{code}</bdi>
        </DecidedRow>
      ))}
      {exemption !== undefined && (
        <DecidedRow
          testId="cart-sheet-exemption"
          name={words.t('totals.exempt')}
          onTakeBack={() => void pos.report(workstation.removeExemption())}
        >
          <bdi>{exemption.certificateNumber}</bdi>
        </DecidedRow>
      )}
    </dl>
  );
}

function DecidedRow(props: {
  readonly testId: string;
  readonly name: string;
  readonly onTakeBack: () => void;
  readonly children: ComponentChildren;
}): JSX.Element {
  const words = useWords();
  return (
    <div class="line-facts-modifier" data-testid={props.testId}>
      <dt>{props.name}</dt>
      <dd>
        {props.children}
        <IconButton
          testId={`${props.testId}-take-back`}
          icon={X}
          label={words.t('modifier.take-back', { name: props.name })}
          onPress={props.onTakeBack}
        />
      </dd>
    </div>
  );
}

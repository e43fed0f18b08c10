// What the commands of a cart work with: who stands at the till, what is in the cart, and what things cost now. A narrow
// face of the workstation, so that a screen's test bench works with the same commands.

import type { CartAction } from '../domain/cart-action.ts';
import type { Cart } from '../domain/cart.ts';
import { cartTotals } from '../domain/cart-totals.ts';
import type { ItemId, StoreId, WorkstationId } from '../domain/ids.ts';
import type { Item } from '../domain/item.ts';
import type { ItemBook } from '../domain/new-line.ts';
import type { Operator } from '../domain/operator.ts';
import type { PriceResolution } from '../domain/price-rule.ts';
import { statePrices, type PricedWith } from '../domain/stated-prices.ts';
import type { GivenPromotions } from '../domain/promote-cart.ts';
import { priceContextOf, promotionContextOf } from '../domain/promotion-context.ts';
import type { PriceBook } from '../domain/promotion-document.ts';
import type { Outcome } from '../domain/refusal.ts';
import { resolvePrice } from '../domain/resolve-price.ts';
import type { StoreSettings } from '../domain/store.ts';

export type CartDesk = {
  readonly channel: string;
  newId(): string;
  /** By the device clock less its known difference to the server's, ISO instant. */
  now(): string;
  cart(): Cart | null;
  /** Shows and keeps a cart; null clears it. */
  setCart(cart: Cart | null): void;
  operator(): Operator | null;
  operators(): readonly Operator[];
  settings(): StoreSettings | null;
  identity(): { readonly storeId: StoreId; readonly workstationId: WorkstationId } | null;
  priceBook(): PriceBook;
  /** From the catalogue; the place of what was found is kept until the cart is done. */
  itemOf(id: ItemId): Item | null;
  rememberPlace(item: Item): void;
  /** What was taken out of a cart or done to it is written down, soon and always before it is paid. */
  note(actions: readonly CartAction[]): void;
  /** Refuses while something stands on the cart that must be settled first, such as an approved card. */
  checkMayGiveUp(cart: Cart): Outcome<null>;
  /** Is what is sold now practice? */
  isTraining(): boolean;
  /** The customer does not buy this cart here: it goes back to the phone as it came. */
  releasePassport?(cartId: string): void;
};

type PricingDesk = Pick<CartDesk, 'channel' | 'now' | 'priceBook'>;

/** The promotions of the shop, with what they ask of this cart. */
export type PromotionsOf = (cart: Cart, desk: PricingDesk, store: StoreSettings['store']) => GivenPromotions;

/** Remembers the time-zone data of the store it was last asked about. */
export function createPromotionsOf(): PromotionsOf {
  let known: { readonly zone: string; readonly contextOf: ReturnType<typeof promotionContextOf> } | null =
    null;
  return (cart, desk, store) => {
    const zone = `${store.timeZone} ${String(store.dayStartsAtMinute)}`;
    if (known?.zone !== zone) known = { zone, contextOf: promotionContextOf(store) };
    const context = known.contextOf(cart, { channel: desk.channel, now: desk.now() });
    return { promotions: desk.priceBook().promotions, context };
  };
}

/** What the cart comes to with the promotions of the shop. */
export function totalsAtDesk(
  cart: Cart,
  settings: StoreSettings,
  promotions: GivenPromotions,
): ReturnType<typeof cartTotals> {
  return cartTotals(cart, settings.taxRules, settings.taxGroups, { promotions });
}

/** The price of an item for this cart, with the rule that gave it and why others did not. */
export function priceAtDesk(
  item: Item,
  quantityMilli: number,
  cart: Pick<Cart, 'storeId' | 'customerGroups'>,
  desk: PricingDesk,
): PriceResolution {
  const context = priceContextOf(cart, { channel: desk.channel, now: desk.now() });
  return resolvePrice(item, quantityMilli, desk.priceBook().priceRules, context);
}

/** The price book and the catalogue as the cart's rules ask them. */
export function itemBookOf(
  cart: Pick<Cart, 'storeId' | 'customerGroups'>,
  desk: PricingDesk & Pick<CartDesk, 'itemOf'>,
): Required<ItemBook> {
  return {
    priceOf(item, quantityMilli) {
      const [at, book] = [desk.now(), desk.priceBook()];
      const context = priceContextOf(cart, { channel: desk.channel, now: at });
      const { priceMinor, rule } = resolvePrice(item, quantityMilli, book.priceRules, context);
      if (book.revision === undefined) return { priceMinor, rule };
      const { revision: itemRevision } = item;
      const { customerGroups } = cart;
      const stamp = {
        book: book.revision,
        at,
        quantityMilli,
        ...(customerGroups === undefined ? {} : { customerGroups }),
        ...(itemRevision === undefined ? {} : { itemRevision }),
      };
      return { priceMinor, rule, stamp };
    },
    itemOf: (id) => desk.itemOf(id),
  };
}

/** The cart as a sale states its prices, and by which version of the shop's: null while this till cannot say. */
export function statedAtDesk(
  cart: Cart,
  desk: PricingDesk,
  settings: StoreSettings,
): { readonly cart: Cart; readonly pricedWith: PricedWith | null } {
  const { customerGroups, isFirstPurchase, discounts, pricedAt = desk.now() } = cart;
  const { revision: book, priceRules } = desk.priceBook();
  const { revision } = settings;
  const pricedWith: PricedWith | null =
    book === undefined || revision === undefined
      ? null
      : {
          book,
          settings: revision,
          at: pricedAt,
          ...(customerGroups === undefined ? {} : { customerGroups }),
          ...(isFirstPurchase === undefined ? {} : { isFirstPurchase }),
          ...(discounts === undefined || discounts.length === 0 ? {} : { discounts }),
        };
  return { cart: { ...cart, pricedAt, lines: statePrices(cart.lines, pricedWith, priceRules) }, pricedWith };
}

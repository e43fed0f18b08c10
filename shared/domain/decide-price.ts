// What people decide about prices: another price, a discount on a line or on the cart, no tax for who shows a certificate.
// Each decision keeps who made it, why, and with whose approval. Whether they may is asked elsewhere (discount-authority).

import { checkCartSize, findLine, replaceLines } from './cart-changes.ts';
import type { Cart, CartLine, Decision, DiscountSize, ManualModifier } from './cart.ts';
import { cleanNote } from './clean-note.ts';
import { PPM_IN_WHOLE } from './money.ts';
import { UNIT_PRICE_MAX_MINOR } from './new-line.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

/** Decisions on one line, and discounts on one cart. */
export const MODIFIERS_MAX = 32;
export const CART_DISCOUNTS_MAX = 16;
export const CERTIFICATE_MAX = 64;

type LineRefusal = 'line-not-found' | 'line-is-deposit' | 'line-price-held' | 'too-many-modifiers';

/** Another unit price for the line, whatever the shelf says; it may be 0. */
export function overridePrice(
  cart: Cart,
  lineNumber: number,
  unitPriceMinor: number,
  decision: Decision,
): Outcome<Cart, LineRefusal | 'price-out-of-bounds' | 'amount-too-large'> {
  const isPrice =
    Number.isSafeInteger(unitPriceMinor) && unitPriceMinor >= 0 && unitPriceMinor <= UNIT_PRICE_MAX_MINOR;
  if (!isPrice) return refuse('price-out-of-bounds', { maxMinor: UNIT_PRICE_MAX_MINOR });
  const changed = withModifier(cart, lineNumber, { kind: 'price-override', unitPriceMinor, ...decision });
  return changed.ok ? checkCartSize(changed.value) : changed;
}

/** A discount on one line; it never takes the line below zero or its item's minimum price. */
export function discountLine(
  cart: Cart,
  lineNumber: number,
  size: DiscountSize,
  decision: Decision,
): Outcome<Cart, LineRefusal | 'discount-out-of-bounds'> {
  if (!isDiscount(size)) return refuse('discount-out-of-bounds');
  return withModifier(cart, lineNumber, { kind: 'line-discount', ...size, ...decision });
}

/** Takes a decision on a line back. `place` counts the line's decisions from 0. */
export function removeModifier(
  cart: Cart,
  lineNumber: number,
  place: number,
): Outcome<Cart, 'line-not-found' | 'modifier-not-found'> {
  const line = findLine(cart, lineNumber);
  if (line === undefined) return refuse('line-not-found', { lineNumber });
  const { modifiers = [], ...bare } = line;
  if (modifiers[place] === undefined) return refuse('modifier-not-found', { lineNumber });
  const left = modifiers.filter((_, at) => at !== place);
  return accept(replaceLines(cart, [left.length === 0 ? bare : { ...bare, modifiers: left }]));
}

/** A discount on the whole cart: goods going out, without deposits, shared by price. */
export function discountCart(
  cart: Cart,
  size: DiscountSize,
  decision: Decision,
): Outcome<Cart, 'discount-out-of-bounds' | 'too-many-modifiers'> {
  if (!isDiscount(size)) return refuse('discount-out-of-bounds');
  const discounts = [...(cart.discounts ?? []), { ...size, ...decision }];
  return discounts.length > CART_DISCOUNTS_MAX
    ? refuse('too-many-modifiers', { max: CART_DISCOUNTS_MAX })
    : accept({ ...cart, discounts });
}

/** Takes a discount on the cart back. `place` counts from 0. */
export function removeCartDiscount(cart: Cart, place: number): Outcome<Cart, 'modifier-not-found'> {
  const { discounts = [], ...bare } = cart;
  if (discounts[place] === undefined) return refuse('modifier-not-found');
  const left = discounts.filter((_, at) => at !== place);
  return accept(left.length === 0 ? bare : { ...bare, discounts: left });
}

/** No tax for this customer, by the number of the certificate. */
export function exemptCart(
  cart: Cart,
  certificateNumber: string,
  decision: Decision,
): Outcome<Cart, 'certificate-missing' | 'order-with-exemption'> {
  // What was paid before was paid with tax; an exempt order is a new order.
  if (cart.order?.step === 'completion') return refuse('order-with-exemption');
  const cleaned = cleanNote(certificateNumber);
  const isThere = cleaned.ok && cleaned.value !== '' && cleaned.value.length <= CERTIFICATE_MAX;
  if (!isThere) return refuse('certificate-missing', { maxCharacters: CERTIFICATE_MAX });
  return accept({ ...cart, exemption: { certificateNumber: cleaned.value, ...decision } });
}

export function removeExemption(cart: Cart): Cart {
  const { exemption: _, ...taxed } = cart;
  return taxed;
}

function withModifier(cart: Cart, lineNumber: number, modifier: ManualModifier): Outcome<Cart, LineRefusal> {
  const line: CartLine | undefined = findLine(cart, lineNumber);
  if (line === undefined) return refuse('line-not-found', { lineNumber });
  if (line.parentLineNumber !== undefined) return refuse('line-is-deposit', { lineNumber });
  if (line.heldPrice !== undefined) {
    return refuse('line-price-held', { number: line.heldPrice.orderNumber });
  }
  const modifiers = [...(line.modifiers ?? []), modifier];
  return modifiers.length > MODIFIERS_MAX
    ? refuse('too-many-modifiers', { max: MODIFIERS_MAX })
    : accept(replaceLines(cart, [{ ...line, modifiers }]));
}

/** A rate up to the whole price, or an amount up to what one unit may cost; never nothing, never a surcharge. */
function isDiscount(size: DiscountSize): boolean {
  const [value, max] =
    'ratePpm' in size ? [size.ratePpm, PPM_IN_WHOLE] : [size.amountMinor, UNIT_PRICE_MAX_MINOR];
  return Number.isSafeInteger(value) && value > 0 && value <= max;
}

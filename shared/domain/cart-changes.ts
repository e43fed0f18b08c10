// Every change of what stands in a cart: plain functions from one cart to the next, or a refusal that says why not. The
// bounds keep every sum below the safe-integer limit, so that arithmetic after this point cannot overflow. Deposits and
// parts of a bundle follow their item through every change (cart-families).

import type { Cart, CartLine } from './cart.ts';
import { bundleParts, depositOf, depositsFollow, familyOf, resizeBundle } from './cart-families.ts';
import { cleanNote } from './clean-note.ts';
import type { CartId, OperatorId, StoreId, WorkstationId } from './ids.ts';
import type { Item } from './item.ts';
import {
  checkNewLine,
  newLine,
  priceOfLine,
  type AddLineOptions,
  type ItemBook,
  type NewLineRefusal,
} from './new-line.ts';
import { checkQuantity, MILLI_PER_UNIT, QUANTITY_MAX_MILLI } from './quantity.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

/** Lines of one cart; the longest real invoices have about 1,200. */
export const CART_LINES_MAX = 2000;
/** Price of one line and sum of all lines, in minor units. */
export const CART_AMOUNT_MAX_MINOR = 1_000_000_000_000_000;

export type AddedLine = { readonly cart: Cart; readonly line: CartLine };

export type AddLineRefusal =
  | NewLineRefusal
  | 'deposit-item-missing'
  | 'bundle-item-missing'
  | 'order-takes-deposit'
  | 'amount-too-large'
  | 'cart-full';

/** A cart with nothing in it. */
export function emptyCart(given: {
  readonly id: CartId;
  readonly storeId: StoreId;
  readonly workstationId: WorkstationId;
  readonly operatorId: OperatorId;
  readonly currency: string;
  readonly isTraining?: boolean;
}): Cart {
  const { id, storeId, workstationId, operatorId, currency, isTraining } = given;
  return {
    id,
    storeId,
    workstationId,
    operatorId,
    currency,
    lines: [],
    lastLineNumber: 0,
    ...(isTraining === true ? { isTraining } : {}),
  };
}

/**
 * Adds an item. Pieces join an equal line that is already there (same item, price, tax and direction, nothing said about
 * it); weighed goods and everything else get a line of their own with the next line number. A bundle adds a line for each
 * of its parts, an item with a deposit a line for it. The answer's `line` is the item's, of a bundle the first part's.
 */
export function addLine(
  cart: Cart,
  item: Item,
  options: AddLineOptions = {},
): Outcome<AddedLine, AddLineRefusal> {
  const asked = checkNewLine(item, options);
  if (!asked.ok) return asked;
  if (cart.order?.step === 'deposit') {
    return refuse('order-takes-deposit', { number: cart.order.orderNumber });
  }
  if (item.bundle !== undefined) {
    const parts = bundleParts(cart, item, asked.value, options);
    return parts.ok ? addLines(cart, parts.value) : parts;
  }
  const equal = options.joinsEqualLine === false ? undefined : findEqualLine(cart, item, options);
  if (equal !== undefined) {
    const joined = checkQuantity(equal.quantityMilli + asked.value, item.unit);
    if (!joined.ok) return joined;
    return addLines(cart, resized(cart, equal, joined.value, { item, options }));
  }
  const line = newLine(item, cart.lastLineNumber + 1, asked.value, options);
  const deposit = depositOf(line, item, options);
  return deposit.ok ? addLines(cart, [line, ...deposit.value]) : deposit;
}

/**
 * Sets the quantity of a line; a deposit follows, and a part of a bundle changes the whole bundle. Zero is refused: a line
 * is taken away by removeLine, which leaves a trace. With a price book the price is asked again for the new quantity.
 */
export function changeQuantity(
  cart: Cart,
  lineNumber: number,
  quantityMilli: number,
  book: ItemBook = {},
): Outcome<
  Cart,
  | 'line-not-found'
  | 'line-is-deposit'
  | 'line-price-held'
  | 'quantity-not-whole'
  | 'quantity-out-of-bounds'
  | 'amount-too-large'
> {
  const line = findLine(cart, lineNumber);
  if (line === undefined) return refuse('line-not-found', { lineNumber });
  if (line.heldPrice !== undefined) {
    return refuse('line-price-held', { number: line.heldPrice.orderNumber });
  }
  if (line.parentLineNumber !== undefined) return refuse('line-is-deposit', { lineNumber });
  const quantity = checkQuantity(quantityMilli, line.unit);
  if (!quantity.ok) return quantity;
  const bundle = resizeBundle(cart, line, quantity.value);
  if (!bundle.ok) return bundle;
  const item = book.itemOf?.(line.itemId) ?? null;
  const lines =
    bundle.value.length > 0 ? bundle.value : resized(cart, line, quantity.value, { item, options: book });
  return checkCartSize(replaceLines(cart, lines));
}

/** Takes a line out, with its deposit or the rest of its bundle. Its number is never given again in this cart. */
export function removeLine(
  cart: Cart,
  lineNumber: number,
): Outcome<Cart, 'line-not-found' | 'line-is-deposit' | 'line-of-order'> {
  const line = findLine(cart, lineNumber);
  if (line === undefined) return refuse('line-not-found', { lineNumber });
  // What was paid for in parts is handed over whole; a quotation may be taken in part.
  const isOfOrder = cart.order?.step === 'completion' || cart.channelOrder !== undefined;
  if (line.heldPrice !== undefined && isOfOrder) {
    return refuse('line-of-order', { number: line.heldPrice.orderNumber });
  }
  if (line.parentLineNumber !== undefined) return refuse('line-is-deposit', { lineNumber });
  const family = familyOf(cart, line);
  return accept({ ...cart, lines: cart.lines.filter((each) => !family.has(each.lineNumber)) });
}

/** Writes a note on a line; an empty note takes the old one away. Control and direction signs are cleaned out. */
export function noteLine(
  cart: Cart,
  lineNumber: number,
  note: string,
): Outcome<Cart, 'line-not-found' | 'note-too-long'> {
  const line = findLine(cart, lineNumber);
  if (line === undefined) return refuse('line-not-found', { lineNumber });
  const cleaned = cleanNote(note);
  if (!cleaned.ok) return cleaned;
  const { note: _, ...withoutNote } = line;
  const noted = cleaned.value === '' ? withoutNote : { ...line, note: cleaned.value };
  return accept(replaceLines(cart, [noted]));
}

/** Writes a note on the cart; an empty note takes the old one away. */
export function noteCart(cart: Cart, note: string): Outcome<Cart, 'note-too-long'> {
  const cleaned = cleanNote(note);
  if (!cleaned.ok) return cleaned;
  const { note: _, ...withoutNote } = cart;
  return accept(cleaned.value === '' ? withoutNote : { ...cart, note: cleaned.value });
}

export function findLine(cart: Pick<Cart, 'lines'>, lineNumber: number): CartLine | undefined {
  return cart.lines.find((line) => line.lineNumber === lineNumber);
}

/** Puts changed lines in the place of those with their numbers, and new ones at the end. */
export function replaceLines(cart: Cart, changed: readonly CartLine[]): Cart {
  const byNumber = new Map(changed.map((line) => [line.lineNumber, line]));
  const known = cart.lines.map((line) => byNumber.get(line.lineNumber) ?? line);
  const there = new Set(cart.lines.map((line) => line.lineNumber));
  const fresh = changed.filter((line) => !there.has(line.lineNumber));
  const lastLineNumber = Math.max(cart.lastLineNumber, ...fresh.map((line) => line.lineNumber));
  return { ...cart, lines: [...known, ...fresh], lastLineNumber };
}

/** Refuses a cart whose lines, at the higher of shelf and set price, come to more than can be computed exactly. */
export function checkCartSize(cart: Cart): Outcome<Cart, 'amount-too-large'> {
  let sizeMinor = 0;
  for (const { unitPriceMinor, quantityMilli, modifiers = [], bundleOf } of cart.lines) {
    let highest = Math.max(unitPriceMinor, bundleOf?.unitPriceMinor ?? 0);
    for (const modifier of modifiers) {
      if (modifier.kind === 'price-override') highest = Math.max(highest, modifier.unitPriceMinor);
    }
    // A comparison of sizes only: floating point is exact enough far above the bound, and nothing is kept of it.
    sizeMinor += (highest * Math.max(quantityMilli, bundleOf?.quantityMilli ?? 0)) / MILLI_PER_UNIT;
  }
  return sizeMinor > CART_AMOUNT_MAX_MINOR
    ? refuse('amount-too-large', { maxMinor: CART_AMOUNT_MAX_MINOR })
    : accept(cart);
}

function addLines(
  cart: Cart,
  lines: readonly CartLine[],
): Outcome<AddedLine, 'amount-too-large' | 'cart-full'> {
  const [line] = lines;
  if (line === undefined) throw new RangeError('a change of a cart without a line');
  const changed = replaceLines(cart, lines);
  if (changed.lines.length > CART_LINES_MAX) return refuse('cart-full', { maxLines: CART_LINES_MAX });
  const sized = checkCartSize(changed);
  return sized.ok ? accept({ cart: sized.value, line }) : sized;
}

/** The line with another quantity, at the price that the book gives for it, and its deposit. */
function resized(
  cart: Cart,
  line: CartLine,
  quantityMilli: number,
  { item, options }: { readonly item: Item | null; readonly options: AddLineOptions },
): readonly CartLine[] {
  const sized = { ...line, quantityMilli };
  const isOfBook = item !== null && isPricedByBook(line, item, options);
  const priced = isOfBook ? withPrice(sized, priceOfLine(item, quantityMilli, options)) : sized;
  return [priced, ...depositsFollow(cart, priced)];
}

/** The line at a price of the price book. */
export function withPrice(line: CartLine, price: ReturnType<typeof priceOfLine>): CartLine {
  const { priceRule: _rule, priced: _priced, ...bare } = line;
  const { priceMinor: unitPriceMinor, rule, stamp } = price;
  return {
    ...bare,
    unitPriceMinor,
    ...(rule === null ? {} : { priceRule: rule }),
    ...(stamp === undefined ? {} : { priced: stamp }),
  };
}

// A typed price, that of an open item or one that has changed since the line was added is left alone.
function isPricedByBook(line: CartLine, item: Item, options: AddLineOptions): boolean {
  if (options.unitPriceMinor !== undefined || item.openPrice !== undefined) return false;
  return priceOfLine(item, line.quantityMilli, options).priceMinor === line.unitPriceMinor;
}

function findEqualLine(cart: Cart, item: Item, options: AddLineOptions): CartLine | undefined {
  const hasOwnStory =
    options.original !== undefined || options.reasonCode !== undefined || options.tareMilli !== undefined;
  if (item.unit !== 'piece' || hasOwnStory) return undefined;
  return cart.lines.find(
    (line) =>
      line.itemId === item.id &&
      line.direction === (options.direction ?? 'sale') &&
      line.unit === item.unit &&
      line.taxGroupId === item.taxGroupId &&
      isPlain(line) &&
      line.quantityMilli < QUANTITY_MAX_MILLI &&
      line.unitPriceMinor === priceOfLine(item, line.quantityMilli, options).priceMinor,
  );
}

/** Nothing was said about the line that another piece would not share. */
function isPlain(line: CartLine): boolean {
  return (
    line.note === undefined &&
    line.heldPrice === undefined &&
    line.original === undefined &&
    line.reasonCode === undefined &&
    line.modifiers === undefined &&
    line.lot === undefined &&
    line.parentLineNumber === undefined &&
    line.bundleOf === undefined
  );
}

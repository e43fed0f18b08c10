// Every change of a cart: plain functions from one cart to the next, or a refusal that says why not. The bounds
// keep every sum below the safe-integer limit, so that arithmetic after this point cannot overflow.

import type { Cart, CartLine, LineDirection } from './cart.ts';
import { cleanNote } from './clean-note.ts';
import type { CartId, OperatorId, StoreId, TaxGroupId, WorkstationId } from './ids.ts';
import type { Item } from './item.ts';
import { multiplyByQuantity } from './money.ts';
import { checkQuantity, MILLI_PER_UNIT, QUANTITY_MAX_MILLI } from './quantity.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import type { TaxGroup } from './tax.ts';

/** Lines of one cart; the longest real invoices have about 1,200. */
export const CART_LINES_MAX = 2000;
/** Price of one unit, in minor units: ten digits before the cents. */
export const UNIT_PRICE_MAX_MINOR = 1_000_000_000_000;
/** Price of one line and sum of all lines, in minor units. */
export const CART_AMOUNT_MAX_MINOR = 1_000_000_000_000_000;

export type AddedLine = { readonly cart: Cart; readonly line: CartLine };

/** What the caller may say about a line; what is left out comes from the item. */
export type AddLineOptions = {
  /** Thousandths of the unit; one unit where absent. */
  readonly quantityMilli?: number;
  readonly unitPriceMinor?: number;
  readonly direction?: LineDirection;
  readonly scannedCode?: string;
  readonly original?: NonNullable<CartLine['original']>;
  readonly reasonCode?: string;
  /** False: always a line of its own. Else pieces of the same item at the same price share one line. */
  readonly joinsEqualLine?: boolean;
  /** Tax groups of the store; where given, an item whose group is missing is refused. */
  readonly taxGroups?: Readonly<Record<TaxGroupId, TaxGroup>>;
};

export type AddLineRefusal =
  | 'quantity-not-whole'
  | 'quantity-out-of-bounds'
  | 'price-out-of-bounds'
  | 'amount-too-large'
  | 'cart-full'
  | 'tax-group-unknown';

/** A cart with nothing in it. */
export function emptyCart(given: {
  readonly id: CartId;
  readonly storeId: StoreId;
  readonly workstationId: WorkstationId;
  readonly operatorId: OperatorId;
  readonly currency: string;
}): Cart {
  const { id, storeId, workstationId, operatorId, currency } = given;
  return { id, storeId, workstationId, operatorId, currency, lines: [], lastLineNumber: 0 };
}

/**
 * Adds an item. Pieces join an equal line that is already there (same item, price, tax and direction, no note);
 * weighed goods and everything else get a line of their own with the next line number.
 */
export function addLine(
  cart: Cart,
  item: Item,
  options: AddLineOptions = {},
): Outcome<AddedLine, AddLineRefusal> {
  const unitPriceMinor = options.unitPriceMinor ?? item.priceMinor;
  if (!isPrice(unitPriceMinor)) return refuse('price-out-of-bounds', { maxMinor: UNIT_PRICE_MAX_MINOR });
  if (options.taxGroups !== undefined && options.taxGroups[item.taxGroupId] === undefined) {
    return refuse('tax-group-unknown', { sku: item.sku });
  }
  const quantity = checkQuantity(options.quantityMilli ?? MILLI_PER_UNIT, item.unit);
  if (!quantity.ok) return quantity;
  const equal = options.joinsEqualLine === false ? undefined : findEqualLine(cart, item, options);
  if (equal !== undefined) {
    const joined = checkQuantity(equal.quantityMilli + quantity.value, item.unit);
    if (!joined.ok) return joined;
    return withLine(cart, { ...equal, quantityMilli: joined.value });
  }
  if (cart.lines.length >= CART_LINES_MAX) return refuse('cart-full', { maxLines: CART_LINES_MAX });
  const line: CartLine = {
    lineNumber: cart.lastLineNumber + 1,
    direction: options.direction ?? 'sale',
    itemId: item.id,
    sku: item.sku,
    name: item.name,
    unit: item.unit,
    quantityMilli: quantity.value,
    unitPriceMinor,
    taxGroupId: item.taxGroupId,
    ...(options.scannedCode === undefined ? {} : { scannedCode: options.scannedCode }),
    ...(options.original === undefined ? {} : { original: options.original }),
    ...(options.reasonCode === undefined ? {} : { reasonCode: options.reasonCode }),
  };
  return withLine(cart, line);
}

/** Sets the quantity of a line. Zero is refused: a line is taken away by removeLine, which leaves a trace. */
export function changeQuantity(
  cart: Cart,
  lineNumber: number,
  quantityMilli: number,
): Outcome<Cart, 'line-not-found' | 'quantity-not-whole' | 'quantity-out-of-bounds' | 'amount-too-large'> {
  const line = findLine(cart, lineNumber);
  if (line === undefined) return refuse('line-not-found', { lineNumber });
  const quantity = checkQuantity(quantityMilli, line.unit);
  if (!quantity.ok) return quantity;
  const changed = withLine(cart, { ...line, quantityMilli: quantity.value });
  return changed.ok ? accept(changed.value.cart) : changed;
}

/** Takes a line out. Its number is never given again in this cart. */
export function removeLine(cart: Cart, lineNumber: number): Outcome<Cart, 'line-not-found'> {
  if (findLine(cart, lineNumber) === undefined) return refuse('line-not-found', { lineNumber });
  return accept({ ...cart, lines: cart.lines.filter((line) => line.lineNumber !== lineNumber) });
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
  return accept(replaceLine(cart, cleaned.value === '' ? withoutNote : { ...line, note: cleaned.value }));
}

function withLine(cart: Cart, line: CartLine): Outcome<AddedLine, 'amount-too-large'> {
  const changed = replaceLine(cart, line);
  let sizeMinor = 0;
  for (const { unitPriceMinor, quantityMilli } of changed.lines) {
    sizeMinor += multiplyByQuantity(unitPriceMinor, quantityMilli);
    if (sizeMinor > CART_AMOUNT_MAX_MINOR) {
      return refuse('amount-too-large', { maxMinor: CART_AMOUNT_MAX_MINOR });
    }
  }
  return accept({ cart: changed, line });
}

function replaceLine(cart: Cart, line: CartLine): Cart {
  const isThere = findLine(cart, line.lineNumber) !== undefined;
  const lines = isThere
    ? cart.lines.map((each) => (each.lineNumber === line.lineNumber ? line : each))
    : [...cart.lines, line];
  return { ...cart, lines, lastLineNumber: Math.max(cart.lastLineNumber, line.lineNumber) };
}

function findLine(cart: Cart, lineNumber: number): CartLine | undefined {
  return cart.lines.find((line) => line.lineNumber === lineNumber);
}

function findEqualLine(cart: Cart, item: Item, options: AddLineOptions): CartLine | undefined {
  const hasOwnStory = options.original !== undefined || options.reasonCode !== undefined;
  if (item.unit !== 'piece' || hasOwnStory) return undefined;
  return cart.lines.find(
    (line) =>
      line.itemId === item.id &&
      line.direction === (options.direction ?? 'sale') &&
      line.unit === item.unit &&
      line.unitPriceMinor === (options.unitPriceMinor ?? item.priceMinor) &&
      line.taxGroupId === item.taxGroupId &&
      line.note === undefined &&
      line.original === undefined &&
      line.reasonCode === undefined &&
      line.quantityMilli < QUANTITY_MAX_MILLI,
  );
}

function isPrice(priceMinor: number): boolean {
  return Number.isSafeInteger(priceMinor) && priceMinor >= 0 && priceMinor <= UNIT_PRICE_MAX_MINOR;
}

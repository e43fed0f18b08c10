// Lines that belong together: an item and the deposit of its container, and the parts of a bundle. They come, go and
// count together; nobody can sell the bottle without its deposit, or half a bundle for the price of the whole.

import type { Cart, CartLine } from './cart.ts';
import type { Item } from './item.ts';
import { newLine, priceOfLine, type AddLineOptions } from './new-line.ts';
import { checkQuantity, MILLI_PER_UNIT } from './quantity.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

/** Numbers of the line and all lines that go with it. */
export function familyOf(cart: Pick<Cart, 'lines'>, line: CartLine): ReadonlySet<number> {
  const first = line.bundleOf?.firstLineNumber;
  const heads = new Set(
    cart.lines.flatMap((each) =>
      each.lineNumber === line.lineNumber || (first !== undefined && each.bundleOf?.firstLineNumber === first)
        ? [each.lineNumber]
        : [],
    ),
  );
  const deposits = cart.lines.filter(({ parentLineNumber }) => heads.has(parentLineNumber ?? 0));
  return new Set([...heads, ...deposits.map((deposit) => deposit.lineNumber)]);
}

/** The deposit of a line that was just made: one container for each piece, one for anything weighed. */
export function depositOf(
  line: CartLine,
  item: Item,
  options: AddLineOptions,
): Outcome<readonly CartLine[], 'deposit-item-missing'> {
  if (item.depositItemId === undefined) return accept([]);
  const deposit = options.itemOf?.(item.depositItemId) ?? null;
  const isTaxed =
    options.taxGroups === undefined || deposit === null || deposit.taxGroupId in options.taxGroups;
  if (deposit === null || !isTaxed) return refuse('deposit-item-missing', { sku: item.sku });
  const { direction, priceOf } = options;
  const child = newLine(deposit, line.lineNumber + 1, containers(line), {
    ...(direction === undefined ? {} : { direction }),
    ...(priceOf === undefined ? {} : { priceOf }),
  });
  return accept([{ ...child, parentLineNumber: line.lineNumber }]);
}

/** Deposits of a line whose quantity has changed. */
export function depositsFollow(cart: Pick<Cart, 'lines'>, line: CartLine): readonly CartLine[] {
  return cart.lines
    .filter((each) => each.parentLineNumber === line.lineNumber)
    .map((each) => ({ ...each, quantityMilli: containers(line) }));
}

const containers = ({ unit, quantityMilli }: CartLine): number =>
  unit === 'piece' ? quantityMilli : MILLI_PER_UNIT;

/** A line for each part of a bundle, and the deposits of the parts. */
export function bundleParts(
  cart: Cart,
  bundle: Item,
  quantityMilli: number,
  options: AddLineOptions,
): Outcome<
  readonly CartLine[],
  'bundle-item-missing' | 'deposit-item-missing' | 'quantity-not-whole' | 'quantity-out-of-bounds'
> {
  const { components = [], pricing = 'sum' } = bundle.bundle ?? {};
  const lines: CartLine[] = [];
  const firstLineNumber = cart.lastLineNumber + 1;
  const own = priceOfLine(bundle, quantityMilli, options);
  const { unitPriceMinor: _typed, quantityMilli: _asked, ...forParts } = options;
  for (const component of components) {
    const part = options.itemOf?.(component.itemId) ?? null;
    const isTaxed =
      part !== null && (options.taxGroups === undefined || part.taxGroupId in options.taxGroups);
    // A bundle within a bundle or a price to be typed inside one would leave the price open to opinion.
    const isSellable = isTaxed && part.bundle === undefined && part.openPrice === undefined;
    if (!isSellable) return refuse('bundle-item-missing', { sku: bundle.sku });
    const quantity = partQuantity(component.quantityMilli, quantityMilli, part.unit);
    if (!quantity.ok) return quantity;
    const line = newLine(part, firstLineNumber + lines.length, quantity.value, forParts);
    const bundleOf = {
      itemId: bundle.id,
      sku: bundle.sku,
      name: bundle.name,
      firstLineNumber,
      quantityMilli,
      partMilli: component.quantityMilli,
      unitPriceMinor: pricing === 'own' ? own.priceMinor : null,
      ...(own.stamp === undefined ? {} : { priced: own.stamp }),
    };
    const deposit = depositOf(line, part, forParts);
    if (!deposit.ok) return deposit;
    lines.push({ ...line, bundleOf }, ...deposit.value);
  }
  return lines.length === 0 ? refuse('bundle-item-missing', { sku: bundle.sku }) : accept(lines);
}

/** All lines of the bundle of `line` after that line was given another quantity: whole bundles only. */
export function resizeBundle(
  cart: Pick<Cart, 'lines'>,
  line: CartLine,
  quantityMilli: number,
): Outcome<readonly CartLine[], 'quantity-not-whole' | 'quantity-out-of-bounds'> {
  const { bundleOf } = line;
  if (bundleOf === undefined) return accept([]);
  const bundlesMilli = (quantityMilli * MILLI_PER_UNIT) / bundleOf.partMilli;
  const whole = checkQuantity(bundlesMilli, 'piece');
  if (!whole.ok) return refuse('quantity-not-whole');
  const resized: CartLine[] = [];
  for (const each of cart.lines) {
    const part = each.bundleOf;
    if (part === undefined || part.firstLineNumber !== bundleOf.firstLineNumber) continue;
    const quantity = partQuantity(part.partMilli, whole.value, each.unit);
    if (!quantity.ok) return quantity;
    const sized = {
      ...each,
      quantityMilli: quantity.value,
      bundleOf: { ...part, quantityMilli: whole.value },
    };
    resized.push(sized, ...depositsFollow(cart, sized));
  }
  return accept(resized);
}

// Bundles are sold whole, so the product of two whole thousands is a whole number of thousandths again.
function partQuantity(
  partMilli: number,
  bundlesMilli: number,
  unit: Item['unit'],
): Outcome<number, 'quantity-not-whole' | 'quantity-out-of-bounds'> {
  return checkQuantity((partMilli * bundlesMilli) / MILLI_PER_UNIT, unit);
}

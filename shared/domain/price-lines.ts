// From shelf prices to the prices that are taxed: what changes the price of each line, in the order in which a shop
// thinks of it. Each step starts from what the steps before it left:
//
//   unit price × quantity ─► bundle ─► price that is held ─► decisions on the line ─► promotions ─► discounts on the cart ─► exemption
//
// Amounts here are positive on either side of the counter; applied modifiers carry the sign of the line. Nothing goes
// below zero or below an item's minimum price, except a price that somebody set by hand.

import type { Cart, CartDiscount, CartLine, ManualModifier } from './cart.ts';
import {
  addAmounts,
  allocateByWeight,
  applyRate,
  multiplyByQuantity,
  negateAmount,
  sumAmounts,
} from './money.ts';
import {
  promoteCart,
  type GivenPromotions,
  type PromotedLines,
  type PromotionExplanation,
} from './promote-cart.ts';
import { shareWithRoom } from './promotions/units.ts';
import type { AppliedModifier } from './transaction.ts';

/** What of a cart decides about prices. */
export type PricedCart = Pick<Cart, 'lines' | 'discounts' | 'exemption'>;

export type PricedLine = {
  /** Unit price × quantity. */
  readonly sizeMinor: number;
  /** After all modifiers. */
  readonly priceMinor: number;
  /** Signed like the line. */
  readonly modifiers: readonly AppliedModifier[];
};

export type PricedLines = {
  /** Parallel to the cart's lines. */
  readonly lines: readonly PricedLine[];
  /** What became of each promotion. */
  readonly promotions: readonly PromotionExplanation[];
  /** Lines whose points do not count just once: thousandths, by line number. */
  readonly pointsTimes: ReadonlyMap<number, number>;
};

/** Prices of the lines of a cart before tax rules and exemption. */
export function priceLines(cart: PricedCart, promotions: GivenPromotions | null): PricedLines {
  const desk = new PriceDesk(cart.lines);
  shareBundles(desk);
  for (const [place, line] of cart.lines.entries()) {
    holdPrice(desk, place, line);
    for (const modifier of line.modifiers ?? []) applyDecision(desk, place, modifier);
  }
  const applied = promotions === null ? NO_PROMOTIONS : applyPromotionsTo(desk, promotions);
  for (const discount of cart.discounts ?? []) discountCart(desk, discount);
  return { lines: desk.priced(), promotions: applied.explanations, pointsTimes: applied.pointsTimes };
}

/**
 * Lines that discounts on the cart and promotions look at: goods and services going out, not their deposits, and not what was
 * promised at a price.
 */
export function isDiscountable(
  line: Pick<CartLine, 'direction' | 'parentLineNumber' | 'heldPrice'>,
): boolean {
  return line.direction === 'sale' && line.parentLineNumber === undefined && line.heldPrice === undefined;
}

// Keeps what each line costs now together with the list of what brought it there.
class PriceDesk {
  readonly lines: readonly CartLine[];
  readonly sizes: readonly number[];
  readonly prices: number[];
  readonly #modifiers: (AppliedModifier[] | undefined)[];

  constructor(lines: readonly CartLine[]) {
    this.lines = lines;
    this.sizes = lines.map((line) => multiplyByQuantity(line.unitPriceMinor, line.quantityMilli));
    this.prices = [...this.sizes];
    this.#modifiers = Array.from({ length: lines.length });
  }

  /** The least that a discount may leave of the line. */
  floor(place: number): number {
    const line = this.lines[place];
    if (line?.minimumPriceMinor === undefined) return 0;
    return multiplyByQuantity(line.minimumPriceMinor, line.quantityMilli, 'up');
  }

  /** What a discount may still take off the line. */
  room(place: number): number {
    return Math.max(0, addAmounts(this.prices[place] ?? 0, -this.floor(place)));
  }

  change(place: number, deltaMinor: number, modifier: Omit<AppliedModifier, 'amountMinor'>): void {
    const isReturn = this.lines[place]?.direction === 'return';
    const amountMinor = isReturn ? negateAmount(deltaMinor) : addAmounts(deltaMinor, 0);
    this.prices[place] = addAmounts(this.prices[place] ?? 0, deltaMinor);
    const applied = Object.assign({ amountMinor }, modifier);
    const known = this.#modifiers[place];
    if (known === undefined) this.#modifiers[place] = [applied];
    else known.push(applied);
  }

  /** Places sorted so that the order in which lines were entered decides about no cent. */
  inPriceOrder(places: readonly number[]): readonly number[] {
    const keys = new Map(
      places.map((place) => [
        place,
        `${this.lines[place]?.taxGroupId ?? ''}\n${this.lines[place]?.itemId ?? ''}`,
      ]),
    );
    return [...places].sort(
      (left, right) =>
        (this.prices[right] ?? 0) - (this.prices[left] ?? 0) ||
        compareTexts(keys.get(left) ?? '', keys.get(right) ?? '') ||
        left - right,
    );
  }

  priced(): readonly PricedLine[] {
    return this.lines.map((_, place) => ({
      sizeMinor: this.sizes[place] ?? 0,
      priceMinor: this.prices[place] ?? 0,
      modifiers: this.#modifiers[place] ?? [],
    }));
  }
}

// The price of a bundle is shared over its parts by what they cost alone, so that each part is taxed by its own group.
function shareBundles(desk: PriceDesk): void {
  const bundles = new Map<number, number[]>();
  for (const [place, { bundleOf }] of desk.lines.entries()) {
    if (bundleOf === undefined || bundleOf.unitPriceMinor === null) continue;
    const known = bundles.get(bundleOf.firstLineNumber);
    if (known === undefined) bundles.set(bundleOf.firstLineNumber, [place]);
    else known.push(place);
  }
  for (const entered of bundles.values()) {
    const places = desk.inPriceOrder(entered);
    const bundle = desk.lines[places[0] ?? 0]?.bundleOf;
    if (bundle === undefined || bundle.unitPriceMinor === null) continue;
    const totalMinor = multiplyByQuantity(bundle.unitPriceMinor, bundle.quantityMilli);
    const parts = allocateByWeight(
      totalMinor,
      places.map((place) => desk.prices[place] ?? 0),
    );
    for (const [at, place] of places.entries()) {
      const deltaMinor = addAmounts(parts[at] ?? 0, -(desk.prices[place] ?? 0));
      if (deltaMinor !== 0) desk.change(place, deltaMinor, { kind: 'bundle' });
    }
  }
}

function holdPrice(desk: PriceDesk, place: number, { heldPrice }: CartLine): void {
  if (heldPrice === undefined) return;
  const deltaMinor = addAmounts(heldPrice.priceMinor, -(desk.prices[place] ?? 0));
  if (deltaMinor !== 0) desk.change(place, deltaMinor, { kind: 'held-price', name: heldPrice.orderNumber });
}

function applyDecision(desk: PriceDesk, place: number, modifier: ManualModifier): void {
  const { kind, reasonCode, operatorId, approvalId } = modifier;
  const said = { kind, reasonCode, operatorId, ...(approvalId === undefined ? {} : { approvalId }) };
  if (modifier.kind === 'price-override') {
    const quantityMilli = desk.lines[place]?.quantityMilli ?? 0;
    const targetMinor = multiplyByQuantity(modifier.unitPriceMinor, quantityMilli);
    const deltaMinor = addAmounts(targetMinor, -(desk.prices[place] ?? 0));
    desk.change(place, deltaMinor, { ...said, unitPriceMinor: modifier.unitPriceMinor });
    return;
  }
  const wantedMinor =
    'ratePpm' in modifier
      ? applyRate(desk.prices[place] ?? 0, modifier.ratePpm, 'half-up')
      : modifier.amountMinor;
  const entered =
    'ratePpm' in modifier ? { ratePpm: modifier.ratePpm } : { enteredMinor: modifier.amountMinor };
  desk.change(place, negateAmount(Math.min(wantedMinor, desk.room(place))), { ...said, ...entered });
}

type Applied = Pick<PromotedLines, 'explanations' | 'pointsTimes'>;
const NO_PROMOTIONS: Applied = { explanations: [], pointsTimes: new Map() };

function applyPromotionsTo(desk: PriceDesk, given: GivenPromotions): Applied {
  const places = desk.lines.flatMap((line, place) => (isDiscountable(line) ? [place] : []));
  const promoted = promoteCart(
    places.flatMap((place) => {
      const line = desk.lines[place];
      return line === undefined
        ? []
        : [
            {
              line,
              priceMinor: desk.prices[place] ?? 0,
              floorMinor: Math.min(desk.floor(place), desk.prices[place] ?? 0),
            },
          ];
    }),
    given,
  );
  for (const [at, place] of places.entries()) {
    for (const { amountMinor, promotionId, name } of promoted.discounts[at] ?? []) {
      desk.change(place, negateAmount(amountMinor), { kind: 'promotion', promotionId, name });
    }
  }
  return promoted;
}

function discountCart(desk: PriceDesk, discount: CartDiscount): void {
  const entered = desk.lines.flatMap((line, place) => (isDiscountable(line) ? [place] : []));
  const places = desk.inPriceOrder(entered);
  const bearings = places.map((place) => ({ weight: desk.prices[place] ?? 0, room: desk.room(place) }));
  const wantedMinor =
    'ratePpm' in discount
      ? applyRate(sumAmounts(bearings.map(({ weight }) => weight)), discount.ratePpm, 'half-up')
      : discount.amountMinor;
  const { reasonCode, operatorId, approvalId } = discount;
  const said = {
    kind: 'cart-discount' as const,
    reasonCode,
    operatorId,
    ...(approvalId === undefined ? {} : { approvalId }),
    ...('ratePpm' in discount ? { ratePpm: discount.ratePpm } : { enteredMinor: discount.amountMinor }),
  };
  const shares = shareWithRoom(wantedMinor, bearings, 'largest');
  for (const [at, place] of places.entries()) {
    const share = shares[at] ?? 0;
    if (share !== 0) desk.change(place, negateAmount(share), said);
  }
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

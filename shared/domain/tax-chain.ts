// Solves the components of a tax group once, exactly. Every tax of a line is a linear function of two numbers, the
// price that the customer sees and the quantity:
//
//   tax = (ofPrice × priceMinor + ofQuantity × quantityMilli) ÷ over
//
// so inclusive, exclusive, compound, per-unit and inside-the-gross taxes all become the same three integers.
// With N the net price, each component is x·N + y·quantity; the price is N plus all included components; solving
// that for N gives the shares. Sums over lines of one group are shares of the summed price and quantity.

import {
  ONE,
  ZERO,
  addFractions,
  divideFractions,
  fraction,
  multiplyFractions,
  negateFraction,
  reduced,
  type Fraction,
} from './fraction.ts';
import { addAmounts, divideRounded, divideRoundedBig, PPM_IN_WHOLE } from './money.ts';
import { MILLI_PER_UNIT } from './quantity.ts';
import type { RoundingMode, TaxComponent } from './tax.ts';

/** (ofPrice × priceMinor + ofQuantity × quantityMilli) ÷ over, exact. */
export type TaxShare = {
  readonly ofPrice: bigint;
  readonly ofQuantity: bigint;
  readonly over: bigint;
  /** The same three as numbers where they are small, for speed. */
  readonly small: {
    readonly ofPrice: number;
    readonly ofQuantity: number;
    readonly over: number;
  } | null;
};

export type TaxChain = {
  /** Price without any of the included taxes. */
  readonly net: TaxShare;
  readonly includesTax: boolean;
  readonly parts: readonly {
    readonly component: TaxComponent;
    readonly tax: TaxShare;
    readonly base: TaxShare;
  }[];
};

// A tax or base while N is still unknown: x·N + y·quantityMilli.
type Linear = { readonly x: Fraction; readonly y: Fraction };
const NOTHING: Linear = { x: ZERO, y: ZERO };

/** Solves the chain of a tax group. Rates that leave nothing of the price are a wrong setting: RangeError. */
export function solveTaxChain(components: readonly TaxComponent[]): TaxChain {
  const bases: Linear[] = [];
  const taxes: Linear[] = [];
  let joined = NOTHING;
  for (const [place, component] of components.entries()) {
    const run = grossRunAround(components, place);
    // Neighbours inside one gross see the same base, however they join what comes after them.
    const isInRun = run.start < place;
    const base = isInRun ? (bases[run.start] ?? NOTHING) : baseOf(component, joined);
    const tax = chargeOn(component, base, run.ratePpm);
    bases.push(base);
    taxes.push(tax);
    if (component.joinsLaterBases) joined = addLinear(joined, tax);
  }
  let included = NOTHING;
  for (const [place, component] of components.entries()) {
    if (component.isIncludedInPrice) included = addLinear(included, taxes[place] ?? NOTHING);
  }
  const priceOverNet = addFractions(ONE, included.x);
  const settle = (linear: Linear): TaxShare => shareOfPrice(linear, included.y, priceOverNet);
  return {
    net: settle({ x: ONE, y: ZERO }),
    includesTax: components.some((component) => component.isIncludedInPrice),
    parts: components.map((component, place) => ({
      component,
      tax: settle(taxes[place] ?? NOTHING),
      base: settle(bases[place] ?? NOTHING),
    })),
  };
}

/** The exact share as a numerator over `share.over`. */
export function shareNumerator(share: TaxShare, priceMinor: number, quantityMilli: number): bigint {
  const ofPrice = share.ofPrice * BigInt(priceMinor);
  return share.ofQuantity === 0n ? ofPrice : ofPrice + share.ofQuantity * BigInt(quantityMilli);
}

/** The share of one price and quantity, rounded once to a multiple of `stepMinor`. */
export function roundShare(
  share: TaxShare,
  priceMinor: number,
  quantityMilli: number,
  rounding: { readonly mode: RoundingMode; readonly stepMinor: number },
): number {
  const { mode, stepMinor } = rounding;
  if (share.small !== null) {
    const ofPrice = share.small.ofPrice * priceMinor;
    const ofQuantity = share.small.ofQuantity * quantityMilli;
    const isExact =
      Number.isSafeInteger(ofPrice) &&
      Number.isSafeInteger(ofQuantity) &&
      Number.isSafeInteger(ofPrice + ofQuantity) &&
      Number.isSafeInteger(share.small.over * stepMinor);
    if (isExact) return divideRounded(ofPrice + ofQuantity, share.small.over * stepMinor, mode) * stepMinor;
  }
  const numerator = shareNumerator(share, priceMinor, quantityMilli);
  return divideRoundedBig(numerator, share.over * BigInt(stepMinor), mode) * stepMinor;
}

/**
 * What the component at `place` was charged on, in rounded amounts as a tax return states them: the net and those
 * earlier taxes that join its base. `taxesMinor` are the taxes of all components of the same amount.
 */
export function taxBaseMinor(
  components: readonly TaxComponent[],
  place: number,
  amounts: { readonly netMinor: number; readonly taxesMinor: readonly number[] },
): number {
  const component = components[place];
  let baseMinor = component?.leavesOutPrice === true ? 0 : amounts.netMinor;
  if (component?.takesEarlierTaxes !== true) return baseMinor;
  for (const [earlier, { joinsLaterBases }] of components.slice(0, place).entries()) {
    const isNeighbour = earlier >= grossRunAround(components, place).start;
    if (joinsLaterBases && !isNeighbour) baseMinor = addAmounts(baseMinor, amounts.taxesMinor[earlier] ?? 0);
  }
  return baseMinor;
}

function baseOf(component: TaxComponent, joined: Linear): Linear {
  const price: Linear = component.leavesOutPrice === true ? NOTHING : { x: ONE, y: ZERO };
  return component.takesEarlierTaxes ? addLinear(price, joined) : price;
}

function chargeOn(component: TaxComponent, base: Linear, runPpm: number): Linear {
  const { charge } = component;
  switch (charge.kind) {
    case 'percent':
      return scaleLinear(base, fraction(charge.ratePpm, PPM_IN_WHOLE));
    case 'percent-of-gross': {
      // The gross of the run is base ÷ (1 − Σ rates); each tax is its rate of that.
      const leftPpm = PPM_IN_WHOLE - runPpm;
      if (leftPpm <= 0) throw new RangeError('taxes inside the gross leave nothing of it');
      return scaleLinear(base, fraction(charge.ratePpm, leftPpm));
    }
    case 'fixed-per-unit':
      return { x: ZERO, y: fraction(charge.amountMinor, MILLI_PER_UNIT) };
  }
}

// Neighbouring taxes inside the same gross, as long as none of them enlarges the base of the next.
function grossRunAround(
  components: readonly TaxComponent[],
  place: number,
): { readonly start: number; readonly ratePpm: number } {
  const rateAt = (at: number): number => {
    const charge = components[at]?.charge;
    return charge?.kind === 'percent-of-gross' ? charge.ratePpm : 0;
  };
  const continues = (at: number): boolean => {
    const before = components[at - 1];
    const here = components[at];
    if (before?.charge.kind !== 'percent-of-gross' || here?.charge.kind !== 'percent-of-gross') return false;
    return (
      before.isIncludedInPrice === here.isIncludedInPrice &&
      before.leavesOutPrice === here.leavesOutPrice &&
      !(before.joinsLaterBases && here.takesEarlierTaxes)
    );
  };
  let start = place;
  while (continues(start)) start -= 1;
  let ratePpm = rateAt(start);
  for (let at = start + 1; continues(at); at += 1) ratePpm += rateAt(at);
  return { start, ratePpm };
}

// x·N + y·q with N = (price − includedY·q) ÷ priceOverNet, brought over one denominator.
function shareOfPrice(linear: Linear, includedY: Fraction, priceOverNet: Fraction): TaxShare {
  const perPrice = reduced(divideFractions(linear.x, priceOverNet));
  const perQuantity = reduced(addFractions(linear.y, negateFraction(multiplyFractions(perPrice, includedY))));
  const over = commonDenominator(perPrice.denominator, perQuantity.denominator);
  const ofPrice = perPrice.numerator * (over / perPrice.denominator);
  const ofQuantity = perQuantity.numerator * (over / perQuantity.denominator);
  const isSmall = [ofPrice, ofQuantity, over].every((value) => Number.isSafeInteger(Number(value)));
  const small = isSmall
    ? { ofPrice: Number(ofPrice), ofQuantity: Number(ofQuantity), over: Number(over) }
    : null;
  return { ofPrice, ofQuantity, over, small };
}

function commonDenominator(left: bigint, right: bigint): bigint {
  if (right === 1n || left === right) return left;
  const ratio = reduced({ numerator: left, denominator: right });
  return left * ratio.denominator;
}

function addLinear(left: Linear, right: Linear): Linear {
  return { x: addFractions(left.x, right.x), y: addFractions(left.y, right.y) };
}

function scaleLinear(linear: Linear, factor: Fraction): Linear {
  return { x: multiplyFractions(linear.x, factor), y: multiplyFractions(linear.y, factor) };
}

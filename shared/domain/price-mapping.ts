// What a shelf price becomes when the customer is taxed otherwise than the shelf says: an exempt customer, a sale
// for export, goods delivered elsewhere. The price without any tax stays; the taxes of the other group go on top of
// it, as far as that group states its prices with tax.

import { divideRoundedBig } from './money.ts';
import { shareNumerator, solveTaxChain } from './tax-chain.ts';
import type { RoundingMode, TaxGroup } from './tax.ts';

/**
 * Unit price under the taxes of `to` for a price stated under the taxes of `from`, rounded once to the minor unit.
 * Mapping there and back may differ by that rounding.
 */
export function mapUnitPrice(
  unitPriceMinor: number,
  from: Pick<TaxGroup, 'components'>,
  to: Pick<TaxGroup, 'components'>,
  rounding: RoundingMode = 'half-up',
): number {
  const ofUnit = 1000;
  const net = solveTaxChain(from.components).net;
  const netNumerator = shareNumerator(net, unitPriceMinor, ofUnit);
  // The taxes on top of the other price are those of its chain with every component left out of the price.
  const outside = to.components.map((component) => ({ ...component, isIncludedInPrice: false }));
  let numerator = netNumerator;
  let over = net.over;
  for (const { component, tax } of solveTaxChain(outside).parts) {
    const isInPrice = to.components.some((each) => each.id === component.id && each.isIncludedInPrice);
    if (!isInPrice) continue;
    // tax = (ofPrice × net + ofQuantity × 1000) ÷ tax.over, with net = netNumerator ÷ net.over.
    const part = tax.ofPrice * netNumerator + tax.ofQuantity * BigInt(ofUnit) * net.over;
    const partOver = tax.over * net.over;
    numerator = numerator * partOver + part * over;
    over *= partOver;
  }
  return divideRoundedBig(numerator, over, rounding);
}

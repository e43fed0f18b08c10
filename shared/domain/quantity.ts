// Quantities are integers of thousandths of the unit of measure: 1000 is one piece, 1250 is 1.25 kg.
// Pieces are whole; kilogram, litre and metre may have three decimals. The sign is carried by the line's
// direction, never by the quantity.

import type { UnitOfMeasure } from './item.ts';
import { parseDecimal } from './parse-decimal.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

export const MILLI_PER_UNIT = 1000;

/** Most that one line can hold: one million units. */
export const QUANTITY_MAX_MILLI = 1_000_000 * MILLI_PER_UNIT;

/**
 * The quantity when a line may hold it. Refuses fractions of a piece (`quantity-not-whole`) and anything that is
 * not 0.001 to 1,000,000 units (`quantity-out-of-bounds`).
 */
export function checkQuantity(
  quantityMilli: number,
  unit: UnitOfMeasure,
): Outcome<number, 'quantity-not-whole' | 'quantity-out-of-bounds'> {
  const isInBounds =
    Number.isSafeInteger(quantityMilli) && quantityMilli >= 1 && quantityMilli <= QUANTITY_MAX_MILLI;
  if (!isInBounds) return refuse('quantity-out-of-bounds', { maxUnits: QUANTITY_MAX_MILLI / MILLI_PER_UNIT });
  if (unit === 'piece' && quantityMilli % MILLI_PER_UNIT !== 0) return refuse('quantity-not-whole');
  return accept(quantityMilli);
}

/** A typed quantity such as "3", "1,25" or "۲٫۵" in thousandths, within the bounds of its unit. */
export function parseQuantity(
  text: string,
  unit: UnitOfMeasure,
): Outcome<number, 'not-a-number' | 'quantity-not-whole' | 'quantity-out-of-bounds'> {
  const parsed = parseDecimal(text, 3);
  if (parsed.ok) return checkQuantity(parsed.value, unit);
  if (parsed.reason === 'not-a-number') return refuse('not-a-number');
  if (parsed.reason === 'too-many-decimals' && unit === 'piece') return refuse('quantity-not-whole');
  return refuse('quantity-out-of-bounds', { maxUnits: QUANTITY_MAX_MILLI / MILLI_PER_UNIT });
}

/** Plain decimal text of a quantity with a point and no needless zeros: 1250 → "1.25". Screens localise it. */
export function quantityText(quantityMilli: number): string {
  const sign = quantityMilli < 0 ? '-' : '';
  const size = Math.abs(quantityMilli);
  const fraction = String(size % MILLI_PER_UNIT)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = String(Math.trunc(size / MILLI_PER_UNIT));
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

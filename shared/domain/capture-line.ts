// What must be taken down about goods before they are paid: the age of the customer, serial numbers, a lot, the weight of
// the packing. One look at the customer serves all lines of a cart that ask for no higher age.

import { findLine, replaceLines } from './cart-changes.ts';
import type { AgeCheck, Cart, CartLine } from './cart.ts';
import { cleanNote } from './clean-note.ts';
import { takeTare } from './new-line.ts';
import { addAmounts } from './money.ts';
import { MILLI_PER_UNIT } from './quantity.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

/** Characters of a serial number or lot, and serial numbers of one line. */
export const SERIAL_MAX = 64;
export const SERIALS_MAX = 1000;

export type LineCapture = {
  /** All of the line, replacing what was there. */
  readonly serials?: readonly string[];
  readonly lot?: string;
  readonly ageCheck?: AgeCheck;
  /** Replaces the tare that was taken off before; 0 takes it away. */
  readonly tareMilli?: number;
};

/** Something that must be taken down about a line before the customer can pay. */
export type CaptureNeed = { readonly lineNumber: number } & (
  | { readonly kind: 'age-check'; readonly ageMinimum: number }
  /** So many serial numbers are still missing. */
  | { readonly kind: 'serials'; readonly missing: number }
  | { readonly kind: 'lot' }
);

export type CaptureRefusal =
  | 'line-not-found'
  | 'nothing-to-capture'
  | 'customer-too-young'
  | 'date-not-understood'
  | 'serial-not-understood'
  | 'serial-already-there'
  | 'too-many-serials'
  | 'tare-out-of-bounds'
  | 'quantity-not-whole'
  | 'quantity-out-of-bounds';

/** Takes down what was captured. `today` is the business day, against which an age is counted. */
export function captureLine(
  cart: Cart,
  lineNumber: number,
  capture: LineCapture,
  today: string,
): Outcome<Cart, CaptureRefusal> {
  const line = findLine(cart, lineNumber);
  if (line === undefined) return refuse('line-not-found', { lineNumber });
  let next: CartLine = line;
  for (const step of [withAge, withSerials, withLot, withTare]) {
    const changed: Outcome<CartLine, CaptureRefusal> = step(next, capture, { cart, today });
    if (!changed.ok) return changed;
    next = changed.value;
  }
  return next === line ? refuse('nothing-to-capture', { lineNumber }) : accept(replaceLines(cart, [next]));
}

/** What is still missing, in the order of the lines. Goods that come back need no age. */
export function captureNeeds(cart: Pick<Cart, 'lines'>, today: string): readonly CaptureNeed[] {
  const provenAge = Math.max(0, ...cart.lines.map((line) => provenYears(line, today)));
  return cart.lines.flatMap(
    ({ lineNumber, direction, ageMinimum, trackBy, serials = [], lot, quantityMilli }) => {
      const needs: CaptureNeed[] = [];
      if (ageMinimum !== undefined && direction === 'sale' && provenAge < ageMinimum) {
        needs.push({ lineNumber, kind: 'age-check', ageMinimum });
      }
      const missing = trackBy === 'serial' ? Math.ceil(quantityMilli / MILLI_PER_UNIT) - serials.length : 0;
      if (missing !== 0) needs.push({ lineNumber, kind: 'serials', missing });
      if (trackBy === 'lot' && lot === undefined) needs.push({ lineNumber, kind: 'lot' });
      return needs;
    },
  );
}

/** Full years between two days YYYY-MM-DD; who was born on 29 February is a year older on 1 March. */
export function yearsBetween(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}

function provenYears({ ageCheck, ageMinimum = 0 }: CartLine, today: string): number {
  if (ageCheck === undefined) return 0;
  return ageCheck.kind === 'seen' ? ageMinimum : yearsBetween(ageCheck.dateOfBirth, today);
}

type Surroundings = { readonly cart: Cart; readonly today: string };

function withAge(
  line: CartLine,
  { ageCheck }: LineCapture,
  { today }: Surroundings,
): Outcome<CartLine, 'customer-too-young' | 'date-not-understood'> {
  if (ageCheck === undefined) return accept(line);
  if (ageCheck.kind === 'date-of-birth') {
    const { dateOfBirth } = ageCheck;
    if (!isDay(dateOfBirth) || dateOfBirth > today) return refuse('date-not-understood');
    const age = yearsBetween(dateOfBirth, today);
    const ageMinimum = line.ageMinimum ?? 0;
    if (age < ageMinimum) return refuse('customer-too-young', { ageMinimum, age });
  }
  return accept({ ...line, ageCheck });
}

function withSerials(
  line: CartLine,
  { serials }: LineCapture,
  { cart }: Surroundings,
): Outcome<CartLine, 'serial-not-understood' | 'serial-already-there' | 'too-many-serials'> {
  if (serials === undefined) return accept(line);
  const pieces = Math.ceil(line.quantityMilli / MILLI_PER_UNIT);
  if (serials.length > Math.min(pieces, SERIALS_MAX)) return refuse('too-many-serials', { pieces });
  const cleaned = serials.map(cleanCode);
  if (cleaned.includes(null)) return refuse('serial-not-understood', { maxCharacters: SERIAL_MAX });
  const elsewhere = cart.lines.filter(
    (each) => each.itemId === line.itemId && each.lineNumber !== line.lineNumber,
  );
  const known = new Set(elsewhere.flatMap((each) => each.serials ?? []));
  for (const serial of cleaned) {
    if (serial === null) continue;
    if (known.has(serial)) return refuse('serial-already-there', { serial });
    known.add(serial);
  }
  return accept({ ...line, serials: cleaned.filter((serial) => serial !== null) });
}

function withLot(line: CartLine, { lot }: LineCapture): Outcome<CartLine, 'serial-not-understood'> {
  if (lot === undefined) return accept(line);
  const cleaned = cleanCode(lot);
  return cleaned === null
    ? refuse('serial-not-understood', { maxCharacters: SERIAL_MAX })
    : accept({ ...line, lot: cleaned });
}

function withTare(
  line: CartLine,
  { tareMilli }: LineCapture,
): Outcome<CartLine, 'tare-out-of-bounds' | 'quantity-not-whole' | 'quantity-out-of-bounds'> {
  if (tareMilli === undefined) return accept(line);
  const { tareMilli: before = 0, ...bare } = line;
  const net = takeTare(addAmounts(line.quantityMilli, before), tareMilli, line.unit);
  if (!net.ok) return net;
  const weighed = { ...bare, quantityMilli: net.value };
  return accept(tareMilli === 0 ? weighed : { ...weighed, tareMilli });
}

function cleanCode(code: string): string | null {
  const cleaned = cleanNote(code);
  return cleaned.ok && cleaned.value !== '' && cleaned.value.length <= SERIAL_MAX ? cleaned.value : null;
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00.000Z`) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

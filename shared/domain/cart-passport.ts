// A cart that moves between the customer's phone, a till and back: its code, and how two versions of its lines become one. What
// both sides may know of a line is the item and how much of it; prices are resolved again wherever the cart arrives.
//
//   with the phone ──code, 15 min, once──► at one till ──paid──► bought
//         ▲  └──────ordered on the web──────────────────────────►  ▲
//         └────────given to the phone, or released──── at one till ┘

import type { ItemId } from './ids.ts';

export type PassportLine = { readonly itemId: ItemId; readonly quantityMilli: number };

/** Crockford's base 32, as tracking codes have it: nothing is mistaken for something else when read out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHANCE_LENGTH = 9;
const PREFIX = 'CP';
/** Letters after the prefix: nine of chance (45 bits) and one that finds a mistyped or swapped one. */
const CODE_LENGTH = CHANCE_LENGTH + 1;
const TEXT_MAX = 300;

/** A new code such as CP-4KQ20-MXYTP; `chance` holds at least nine bytes that nobody can guess. */
export function passportCode(chance: Uint8Array): string {
  if (chance.length < CHANCE_LENGTH) throw new RangeError('a cart passport needs nine bytes of chance');
  const body = Array.from(chance.slice(0, CHANCE_LENGTH), (byte) => ALPHABET.charAt(byte % 32)).join('');
  return grouped(body + checkCharacter(body));
}

/** The code in what was scanned (the code, or an address that ends with it) or typed; null when there is none. */
export function readPassportCode(text: string): string | null {
  if (text.length > TEXT_MAX) return null;
  const last = text.trim().split('/').at(-1) ?? '';
  const plain = last.toUpperCase().replaceAll(/[\s-]/gu, '');
  if (!plain.startsWith(PREFIX)) return null;
  const code = plain.slice(PREFIX.length).replaceAll('O', '0').replaceAll(/[IL]/gu, '1');
  if (code.length !== CODE_LENGTH) return null;
  for (const character of code) if (!ALPHABET.includes(character)) return null;
  return checkCharacter(code.slice(0, -1)) === code.at(-1) ? grouped(code) : null;
}

const grouped = (code: string): string => `${PREFIX}-${code.slice(0, 5)}-${code.slice(5)}`;

/** A weighted sum over the field of 32 elements: one wrong character, or two swapped ones, always change it. */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const character of body) {
    const doubled = (sum ^ ALPHABET.indexOf(character)) << 1;
    sum = doubled >= 32 ? doubled ^ 0b100101 : doubled;
  }
  return ALPHABET.charAt(sum);
}

/**
 * The lines after both sides changed what both knew (`base`), item by item: what one side alone changed is taken from it; where
 * both changed an item differently the larger quantity stays, so that nothing is dropped that somebody wants and the same goods
 * never count twice. Which side is called mine makes no difference to what is in the cart; the order is that of `theirs`, then
 * what is new in `mine`.
 */
export function mergePassportLines(given: {
  readonly base: readonly PassportLine[];
  readonly mine: readonly PassportLine[];
  readonly theirs: readonly PassportLine[];
}): readonly PassportLine[] {
  const [base, mine, theirs] = [quantities(given.base), quantities(given.mine), quantities(given.theirs)];
  const merged: PassportLine[] = [];
  for (const itemId of new Set([...theirs.keys(), ...mine.keys()])) {
    const [was, here, there] = [base.get(itemId) ?? 0, mine.get(itemId) ?? 0, theirs.get(itemId) ?? 0];
    const quantityMilli = here === was ? there : there === was ? here : Math.max(here, there);
    if (quantityMilli > 0) merged.push({ itemId, quantityMilli });
  }
  return merged;
}

/** How much of each item there is; lines of the same item count together. */
function quantities(lines: readonly PassportLine[]): ReadonlyMap<ItemId, number> {
  const found = new Map<ItemId, number>();
  for (const { itemId, quantityMilli } of lines) found.set(itemId, (found.get(itemId) ?? 0) + quantityMilli);
  return found;
}

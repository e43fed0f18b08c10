// Codes that a customer reads out, types or scans to find an order: eleven characters such as 4KQ2-0MXY-TP7. The first six are
// unique without asking anybody (a block that the server gave out once, and a number in it), four are chance so that nobody can
// guess a neighbour's, and the last one finds every mistyped character and every two that were swapped.

/** Crockford's base 32: no I, L, O, U, so that nothing is mistaken for something else when read out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BLOCK_LENGTH = 4;
const PLACE_LENGTH = 2;
const CHANCE_LENGTH = 4;
const CODE_LENGTH = BLOCK_LENGTH + PLACE_LENGTH + CHANCE_LENGTH + 1;

/** Codes of one block; a workstation asks for the next block long before it is used up. */
export const CODES_PER_BLOCK = 32 ** PLACE_LENGTH;
export const BLOCKS_MAX = 32 ** BLOCK_LENGTH;
/** Values of the part that is chance. */
export const CHANCE_MAX = 32 ** CHANCE_LENGTH;

/** The code of one place in a block; `chance` is a whole number below CHANCE_MAX. Throws beyond the bounds: a bug. */
export function trackingCode(given: {
  readonly block: number;
  readonly place: number;
  readonly chance: number;
}): string {
  const body =
    digits(given.block, BLOCK_LENGTH) +
    digits(given.place, PLACE_LENGTH) +
    digits(given.chance, CHANCE_LENGTH);
  return grouped(body + checkCharacter(body));
}

/** The code as it is stored, from anything a person may type (lower case, O for 0, spaces); null when it is none. */
export function parseTrackingCode(typed: string): string | null {
  if (typed.length > 64) return null;
  const text = typed.toUpperCase().replaceAll(/[\s-]/gu, '').replaceAll('O', '0').replaceAll(/[IL]/gu, '1');
  if (text.length !== CODE_LENGTH) return null;
  for (const character of text) if (!ALPHABET.includes(character)) return null;
  return checkCharacter(text.slice(0, -1)) === text.at(-1) ? grouped(text) : null;
}

const grouped = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;

function digits(value: number, length: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 32 ** length) {
    throw new RangeError(`${value} does not fit ${length} characters of a tracking code`);
  }
  let text = '';
  for (let left = value, count = 0; count < length; count += 1, left = Math.floor(left / 32)) {
    text = ALPHABET.charAt(left % 32) + text;
  }
  return text;
}

/**
 * A weighted sum over the field of 32 elements, each place with another power of a generator: one wrong character changes it by
 * a factor that is not 0, and two swapped ones by a difference of two different weights.
 */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const character of body) sum = timesGenerator(sum ^ ALPHABET.indexOf(character));
  return ALPHABET.charAt(sum);
}

/** Multiplies by x modulo x^5 + x^2 + 1, which generates the field. */
function timesGenerator(element: number): number {
  const doubled = element << 1;
  return doubled >= 32 ? doubled ^ 0b100101 : doubled;
}

// Carts are the only documents that are edited on both sides. Two edits of one cart are merged by line: what only
// one side changed is taken from that side; where both changed the same thing differently, the side that wins is
// named below, by what the carts say and never by who asks, so that all devices compute the same cart.
//
//   base (last known to both) ──► mine   ┐
//                            └──► theirs ┴─► merged: line by line, then the cart's own fields
//
// A line that one side removed and the other changed stays: goods that somebody handled are not dropped silently. It stays
// with its deposit and its whole bundle.

import type { Cart, CartLine } from '../domain/cart.ts';

/** Text of a value for comparison; carts are plain data with a fixed order of making, keys are sorted here. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${textOf(member)}`).join(',')}}`;
}

/** Do two carts say the same? Order of keys does not matter. */
export function isSameCart(one: Cart, other: Cart): boolean {
  return textOf(one) === textOf(other);
}

/**
 * The cart after both edits; which side is called mine does not matter. Where both changed the same line or the fields
 * around the lines, the later change counts, except that a changed line always wins over a removed one. A cart that two
 * workstations took up at once is that of the earlier one, whole: goods that lie at another counter do not come into it.
 * Without a base, every difference counts as changed by both.
 */
export function mergeCarts(given: {
  readonly base: Cart | null;
  readonly mine: Cart;
  readonly theirs: Cart;
}): Cart {
  const { base, mine, theirs } = given;
  const isContended = mine.resumed !== undefined && theirs.resumed !== undefined;
  if (isContended && mine.workstationId !== theirs.workstationId) return firstToResume(mine, theirs);
  const [later, earlier] = isLater(mine, theirs) ? [mine, theirs] : [theirs, mine];
  const lines = mergeLines(base?.lines ?? [], later.lines, earlier.lines);
  const isHeaderOfLater = base === null || !isSameCart(headerOf(later), headerOf(base));
  const winner = isHeaderOfLater ? later : earlier;
  const lastLineNumber = Math.max(
    mine.lastLineNumber,
    theirs.lastLineNumber,
    ...lines.map((line) => line.lineNumber),
  );
  const pricedAt = [mine.pricedAt ?? '', theirs.pricedAt ?? ''].sort().at(-1) ?? '';
  return { ...winner, lines, lastLineNumber, ...(pricedAt === '' ? {} : { pricedAt }) };
}

function firstToResume(one: Cart, other: Cart): Cart {
  const place = (cart: Cart) => `${cart.resumed?.at ?? ''} ${cart.workstationId}`;
  return place(one) <= place(other) ? one : other;
}

/** By the time of the last change; of changes at the same time, one and the same on every device. */
function isLater(one: Cart, other: Cart): boolean {
  const [ofOne, ofOther] = [one.pricedAt ?? '', other.pricedAt ?? ''];
  return ofOne === ofOther ? textOf(one) >= textOf(other) : ofOne > ofOther;
}

/**
 * Everything but the lines, their count and the time of the last change: merged as one, because its fields belong
 * together. The later time counts.
 */
const headerOf = (cart: Cart): Cart => ({ ...cart, lines: [], lastLineNumber: 0, pricedAt: '' });

function mergeLines(
  base: readonly CartLine[],
  later: readonly CartLine[],
  earlier: readonly CartLine[],
): readonly CartLine[] {
  const numbers = new Set([...earlier, ...later].map((line) => line.lineNumber));
  const merged: CartLine[] = [];
  for (const number of [...numbers].sort((left, right) => left - right)) {
    const pick = (lines: readonly CartLine[]): CartLine | undefined =>
      lines.find((line) => line.lineNumber === number);
    const line = mergeLine(pick(base), pick(later), pick(earlier));
    if (line !== undefined) merged.push(line);
  }
  return wholeFamilies(merged, [earlier, later]);
}

// Where an item stays, its deposit and the other parts of its bundle stay; where it goes, they go.
function wholeFamilies(
  merged: readonly CartLine[],
  sides: readonly (readonly CartLine[])[],
): readonly CartLine[] {
  const lines = new Map(merged.map((line) => [line.lineNumber, line]));
  for (const line of sides.flat()) {
    const first = line.bundleOf?.firstLineNumber;
    const hasBundle = first !== undefined && merged.some((each) => each.bundleOf?.firstLineNumber === first);
    if (hasBundle && !lines.has(line.lineNumber)) lines.set(line.lineNumber, line);
  }
  for (const line of sides.flat()) {
    const parent = line.parentLineNumber;
    if (parent !== undefined && lines.has(parent) && !lines.has(line.lineNumber))
      lines.set(line.lineNumber, line);
  }
  return [...lines.values()]
    .filter(({ parentLineNumber }) => parentLineNumber === undefined || lines.has(parentLineNumber))
    .sort((left, right) => left.lineNumber - right.lineNumber);
}

function mergeLine(
  base: CartLine | undefined,
  later: CartLine | undefined,
  earlier: CartLine | undefined,
): CartLine | undefined {
  const isLaterChanged = textOf(later) !== textOf(base);
  const isEarlierChanged = textOf(earlier) !== textOf(base);
  if (!isLaterChanged) return earlier;
  return later ?? (isEarlierChanged ? earlier : undefined);
}

// Carts are the only documents that are edited on both sides. Two edits of one cart are merged by line: what only
// one side changed is taken from that side; where both changed the same thing differently, the side that wins is
// named below, so that both sides compute the same cart whichever merges.
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
 * The cart after both edits. `mine` (the workstation with the customer in front of it) wins where both changed the
 * same line or the fields around the lines, except that a changed line always wins over a removed one. Without a
 * base, every difference counts as changed by both.
 */
export function mergeCarts(given: {
  readonly base: Cart | null;
  readonly mine: Cart;
  readonly theirs: Cart;
}): Cart {
  const { base, mine, theirs } = given;
  const lines = mergeLines(base?.lines ?? [], mine.lines, theirs.lines);
  const isHeaderMine = base === null || !isSameCart(headerOf(mine), headerOf(base));
  const winner = isHeaderMine ? mine : theirs;
  const lastLineNumber = Math.max(
    mine.lastLineNumber,
    theirs.lastLineNumber,
    ...lines.map((line) => line.lineNumber),
  );
  const pricedAt = [mine.pricedAt ?? '', theirs.pricedAt ?? ''].sort().at(-1) ?? '';
  return { ...winner, lines, lastLineNumber, ...(pricedAt === '' ? {} : { pricedAt }) };
}

/**
 * Everything but the lines, their count and the time of the last change: merged as one, because its fields belong
 * together. The later time counts.
 */
const headerOf = (cart: Cart): Cart => ({ ...cart, lines: [], lastLineNumber: 0, pricedAt: '' });

function mergeLines(
  base: readonly CartLine[],
  mine: readonly CartLine[],
  theirs: readonly CartLine[],
): readonly CartLine[] {
  const numbers = new Set([...theirs, ...mine].map((line) => line.lineNumber));
  const merged: CartLine[] = [];
  for (const number of [...numbers].sort((left, right) => left - right)) {
    const pick = (lines: readonly CartLine[]): CartLine | undefined =>
      lines.find((line) => line.lineNumber === number);
    const line = mergeLine(pick(base), pick(mine), pick(theirs));
    if (line !== undefined) merged.push(line);
  }
  return wholeFamilies(merged, [theirs, mine]);
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
  mine: CartLine | undefined,
  theirs: CartLine | undefined,
): CartLine | undefined {
  const isMineChanged = textOf(mine) !== textOf(base);
  const isTheirsChanged = textOf(theirs) !== textOf(base);
  if (!isMineChanged) return theirs;
  return mine ?? (isTheirsChanged ? theirs : undefined);
}

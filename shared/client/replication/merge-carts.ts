// How two versions of one cart become one, written down because carts are the only documents that both sides
// edit. Lines are told apart by their number, which is never reused:
//
//   a line that one side added or changed since they last agreed  → is kept as that side has it
//   a line that both sides changed                                → our side's, it is the newer scan
//   a line that one side removed and the other left alone         → is gone
//   a line that one side removed and the other changed            → stays, goods are in a hand somewhere
//   a cart that is completed or cleared on either side            → is gone

import type { Cart, CartLine } from '../../domain/cart.ts';

const sameLine = (left: CartLine | undefined, right: CartLine | undefined): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

/** The merged cart. `base` is what both sides last agreed on, null when there is none. */
export function mergeCarts(ours: Cart, theirs: Cart, base: Cart | null): Cart {
  const lineOf = (cart: Cart | null, lineNumber: number) =>
    cart?.lines.find((line) => line.lineNumber === lineNumber);
  const numbers = new Set([...ours.lines, ...theirs.lines].map((line) => line.lineNumber));
  const lines: CartLine[] = [];
  for (const lineNumber of [...numbers].sort((left, right) => left - right)) {
    const [own, other, agreed] = [
      lineOf(ours, lineNumber),
      lineOf(theirs, lineNumber),
      lineOf(base, lineNumber),
    ];
    const kept = !sameLine(own, agreed) ? (own ?? (sameLine(other, agreed) ? undefined : other)) : other;
    if (kept !== undefined) lines.push(kept);
  }
  return { ...ours, lines, lastLineNumber: Math.max(ours.lastLineNumber, theirs.lastLineNumber) };
}

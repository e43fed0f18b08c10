// What a move does to the lines of an order: units picked, a substitute asked for and agreed to, units handed over, refused at the
// counter and brought back. Nobody can pick more than was ordered, hand over more than was picked, or bring back more than left.

import { accept, refuse, type Outcome } from '../refusal.ts';
import type { OrderMove, PickedLine } from './order-move.ts';
import type { OrderLine } from './order.ts';

export type LinesRefusal =
  | 'order-line-unknown'
  | 'order-pick-beyond'
  | 'order-line-unpicked'
  | 'order-nothing-picked'
  | 'order-substitute-open'
  | 'order-substitute-not-asked'
  | 'order-quantity-beyond';

type Lines = readonly OrderLine[];

export function changeLines(lines: Lines, move: OrderMove): Outcome<Lines, LinesRefusal> {
  switch (move.kind) {
    case 'pick':
      return pick(lines, move);
    case 'propose-substitute':
      return change(lines, move.lineNumber, (line) =>
        accept({
          ...line,
          pickedMilli: 0,
          isShort: false,
          substitute: { ...move.substitute, consent: 'asked' },
        }),
      );
    case 'answer-substitute':
      return change(lines, move.lineNumber, (line) =>
        line.substitute?.consent === 'asked'
          ? accept({
              ...line,
              // Without consent the line is as short as it was found.
              isShort: !move.isAgreed,
              substitute: { ...line.substitute, consent: move.isAgreed ? 'given' : 'refused' },
            })
          : refuse('order-substitute-not-asked', { lineNumber: line.lineNumber }),
      );
    case 'make-ready':
      return checkPicked(lines);
    case 'hand-over':
      return handOver(lines, move.refused);
    case 'return':
      return each(lines, move.lines, (line, quantityMilli) =>
        line.returnedMilli + quantityMilli > line.handedOverMilli
          ? refuse('order-quantity-beyond', { lineNumber: line.lineNumber })
          : accept({ ...line, returnedMilli: line.returnedMilli + quantityMilli }),
      );
    case 'accept':
    case 'reject':
    case 'start-picking':
    case 'release':
    case 'postpone':
    case 'call-time':
    case 'expire':
    case 'pass-on':
    case 'take-back':
      return accept(lines);
  }
}

const wantedOf = (line: OrderLine): number =>
  line.substitute?.consent === 'given' ? line.substitute.quantityMilli : line.quantityMilli;

function pick(lines: Lines, picked: PickedLine): Outcome<Lines, LinesRefusal> {
  return change(lines, picked.lineNumber, (line) => {
    if (line.substitute?.consent === 'asked') {
      return refuse('order-substitute-open', { lineNumber: line.lineNumber });
    }
    const isPossible = Number.isSafeInteger(picked.pickedMilli) && picked.pickedMilli >= 0;
    if (!isPossible || picked.pickedMilli > wantedOf(line)) {
      return refuse('order-pick-beyond', { lineNumber: line.lineNumber });
    }
    return accept({ ...line, pickedMilli: picked.pickedMilli, isShort: picked.isShort });
  });
}

function checkPicked(lines: Lines): Outcome<Lines, LinesRefusal> {
  for (const line of lines) {
    const { lineNumber } = line;
    if (line.substitute?.consent === 'asked') return refuse('order-substitute-open', { lineNumber });
    if (line.pickedMilli < wantedOf(line) && !line.isShort)
      return refuse('order-line-unpicked', { lineNumber });
  }
  return lines.every(({ pickedMilli }) => pickedMilli === 0) ? refuse('order-nothing-picked') : accept(lines);
}

function handOver(
  lines: Lines,
  refused: readonly { readonly lineNumber: number; readonly quantityMilli: number }[],
): Outcome<Lines, LinesRefusal> {
  const all = lines.map((line) => ({ ...line, handedOverMilli: line.pickedMilli }));
  return each(all, refused, (line, quantityMilli) =>
    quantityMilli > line.handedOverMilli
      ? refuse('order-quantity-beyond', { lineNumber: line.lineNumber })
      : accept({ ...line, handedOverMilli: line.handedOverMilli - quantityMilli }),
  );
}

function each(
  lines: Lines,
  named: readonly { readonly lineNumber: number; readonly quantityMilli: number }[],
  how: (line: OrderLine, quantityMilli: number) => Outcome<OrderLine, LinesRefusal>,
): Outcome<Lines, LinesRefusal> {
  let changed = lines;
  for (const { lineNumber, quantityMilli } of named) {
    if (!Number.isSafeInteger(quantityMilli) || quantityMilli <= 0) {
      return refuse('order-quantity-beyond', { lineNumber });
    }
    const next = change(changed, lineNumber, (line) => how(line, quantityMilli));
    if (!next.ok) return next;
    changed = next.value;
  }
  return accept(changed);
}

function change(
  lines: Lines,
  lineNumber: number,
  how: (line: OrderLine) => Outcome<OrderLine, LinesRefusal>,
): Outcome<Lines, LinesRefusal> {
  const line = lines.find((one) => one.lineNumber === lineNumber);
  if (line === undefined) return refuse('order-line-unknown', { lineNumber });
  const changed = how(line);
  if (!changed.ok) return changed;
  return accept(lines.map((one) => (one === line ? changed.value : one)));
}

// What the keys do on the sell screen. The table in the shortcuts overlay names the same keys.

import { parseQuantity } from '../../../shared/domain/quantity.ts';
import { toAsciiDigits } from '../../../shared/domain/parse-decimal.ts';
import type { CartLine } from '../../../shared/domain/cart.ts';
import { entryAfter } from '../../../shared/ui/numpad.tsx';
import type { KeyPress, PosContext } from '../../shell/pos-context.ts';
import { takeCode } from '../../shell/take-code.ts';
import { takeOut } from '../../shell/take-out.ts';

const ENTRY_MAX = 20;

/** Does what the key stands for; false when it stands for nothing here. */
export function pressSellKey(
  pos: PosContext,
  press: KeyPress,
  search: () => HTMLInputElement | null,
): boolean {
  if (pos.overlay.value !== 'none' || pos.sell.question.value.kind !== 'none' || pos.approval.value !== null)
    return false;
  const named = pressNamedKey(pos, press.key, search);
  if (named || press.isInField) return named;
  return pressSign(pos, press.key, search);
}

function pressNamedKey(pos: PosContext, key: string, search: () => HTMLInputElement | null): boolean {
  const { sell, workstation } = pos;
  const line = chosenLine(pos);
  switch (key) {
    case 'F2':
      search()?.focus();
      search()?.select();
      return true;
    case 'F4':
      if (line !== null) sell.question.value = { kind: 'line-quantity', line };
      return true;
    case 'F6':
      if (line !== null) sell.question.value = { kind: 'note', line };
      return true;
    case 'F3':
      if ((workstation.cart.value?.cart.lines.length ?? 0) > 0) sell.question.value = { kind: 'cart' };
      return true;
    case 'F7':
      if (line !== null) openLine(pos, line);
      return true;
    case 'F9':
      startPaying(pos);
      return true;
    case 'Escape':
      return cancelTyped(pos, search);
    case 'Delete':
      if (line !== null) takeOut(pos, (why) => workstation.removeLine(line.lineNumber, why));
      return true;
    case 'ArrowUp':
      return chooseNeighbour(pos, -1);
    case 'ArrowDown':
      return chooseNeighbour(pos, 1);
    default:
      return false;
  }
}

function pressSign(pos: PosContext, key: string, search: () => HTMLInputElement | null): boolean {
  const { sell } = pos;
  const sign = toAsciiDigits(key);
  if (/^[0-9.]$/.test(sign) || key === 'Backspace') {
    // The pattern above leaves digits and the point, which are keys of the pad.
    sell.entry.value = entryAfter(
      sell.entry.value,
      key === 'Backspace' ? 'back' : (sign as '0' | '.'),
      ENTRY_MAX,
    );
    return true;
  }
  if (key === '*' || key === '×') {
    pressTimes(pos);
    return true;
  }
  if (key === '+' || key === '-') {
    stepQuantity(pos, key === '+' ? 1000 : -1000);
    return true;
  }
  if (key === 'Enter') {
    if (sell.entry.value === '') return false;
    takeCode(pos, sell.entry.value);
    return true;
  }
  if (key === '?' || key === '؟') return false;
  if (key === '/' || /^\p{L}$/u.test(key)) {
    const field = search();
    field?.focus();
    if (key !== '/') sell.query.value = key;
    return true;
  }
  return false;
}

/** × makes the typed digits the quantity of the next item; × on nothing takes a waiting quantity back. */
export function pressTimes(pos: PosContext): void {
  const { sell } = pos;
  if (sell.entry.value === '') {
    sell.multiplierMilli.value = null;
    return;
  }
  // Which unit it is for is not known yet, so decimals are let through here and judged with the item.
  const quantity = parseQuantity(sell.entry.value, 'kilogram');
  if (!pos.report(quantity)) return;
  if (quantity.ok) sell.multiplierMilli.value = quantity.value;
  sell.entry.value = '';
}

/** One more or one less of the chosen line; less than one takes the line out. */
export function stepQuantity(pos: PosContext, stepMilli: number): void {
  const line = chosenLine(pos);
  if (line === null) return;
  const next = line.quantityMilli + stepMilli;
  takeOut(pos, (why) =>
    next <= 0
      ? pos.workstation.removeLine(line.lineNumber, why)
      : pos.workstation.changeQuantity(line.lineNumber, next, why),
  );
}

/** Opens everything about a line; that of a deposit is its item's. */
export function openLine(pos: PosContext, line: CartLine): void {
  const lineNumber = line.parentLineNumber ?? line.lineNumber;
  pos.sell.chosenLine.value = lineNumber;
  pos.sell.question.value = { kind: 'line', lineNumber };
}

/** To the tenders, or first to what must still be taken down about the goods, and to whom they are promised. */
export function startPaying(pos: PosContext): void {
  const view = pos.workstation.cart.value;
  if (view === null || view.cart.lines.length === 0) return;
  const [need] = view.needs;
  if (need !== undefined) pos.sell.question.value = { kind: 'capture', need, isForPaying: true };
  else if (pos.workstation.reservedInCart().length > 0) pos.sell.question.value = { kind: 'reserved' };
  else pos.view.value = { kind: 'pay' };
}

/** The chosen line, or the newest where none is chosen. */
export function chosenLine(pos: PosContext): CartLine | null {
  const lines = pos.workstation.cart.value?.cart.lines ?? [];
  return lines.find((line) => line.lineNumber === pos.sell.chosenLine.value) ?? lines.at(-1) ?? null;
}

function chooseNeighbour(pos: PosContext, step: -1 | 1): boolean {
  const lines = pos.workstation.cart.value?.cart.lines ?? [];
  const place = lines.findIndex((line) => line.lineNumber === chosenLine(pos)?.lineNumber);
  const next = lines[Math.min(lines.length - 1, Math.max(0, place + step))];
  if (next !== undefined) pos.sell.chosenLine.value = next.lineNumber;
  return true;
}

function cancelTyped(pos: PosContext, search: () => HTMLInputElement | null): boolean {
  const { sell } = pos;
  if (sell.query.value !== '') sell.query.value = '';
  else if (sell.entry.value !== '') sell.entry.value = '';
  else sell.multiplierMilli.value = null;
  search()?.blur();
  return true;
}

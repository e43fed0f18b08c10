// From a code to a line in the cart, in one synchronous go: the line stands on the screen before the key handler
// returns. What cannot be sold at once becomes a question with a sound: an unknown or misread code, a code that two
// items share, goods that must be weighed.

import { parseBarcode } from '../../shared/domain/barcode.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { PosContext } from './pos-context.ts';
import { NO_QUESTION, type Adding } from './sell-state.ts';

/** Sells what `code` stands for, or asks. Called for scans and for codes typed with Enter. */
export function takeCode(pos: PosContext, code: string): void {
  const { sell, workstation } = pos;
  sell.entry.value = '';
  const items = workstation.findByCode(code);
  if (items.length === 0 && workstation.status.value.catalogue.phase !== 'ready') {
    // The catalogue is still being read in: the code may be known in a moment.
    void workstation.awaitByCode(code).then((late) => takeFound(pos, code, late));
    return;
  }
  takeFound(pos, code, items);
}

function takeFound(pos: PosContext, code: string, items: readonly Item[]): void {
  const { sell, sounds } = pos;
  const [first, second] = items;
  if (first === undefined) {
    const parsed = parseBarcode(code);
    const reason =
      parsed.kind !== 'unknown'
        ? 'not-found'
        : parsed.reason === 'wrong-check-digit'
          ? parsed.reason
          : 'unreadable';
    sounds.bad();
    sell.question.value = { kind: 'unknown-code', code, reason };
    return;
  }
  if (second !== undefined) {
    sounds.bad();
    sell.question.value = { kind: 'ambiguous-code', code, items };
    return;
  }
  takeItem(pos, first, code);
}

/** Puts an item into the cart with the waiting quantity; goods sold by weight or length ask for it. */
export function takeItem(pos: PosContext, item: Item, scannedCode: string | null = null): void {
  const { sell } = pos;
  const quantityMilli = sell.multiplierMilli.value;
  if (quantityMilli === null && item.unit !== 'piece') {
    sell.question.value = { kind: 'item-quantity', item, scannedCode };
    return;
  }
  priceItem(pos, item, { quantityMilli: quantityMilli ?? 1000, scannedCode });
}

/** Adds an item whose quantity is known; one without a price of its own asks for it first. */
export function priceItem(pos: PosContext, item: Item, adding: Adding): void {
  if (item.openPrice === undefined) addItem(pos, item, adding);
  else pos.sell.question.value = { kind: 'open-price', item, adding };
}

/** Adds the line, chooses it and sounds; a refusal is said and nothing is added. */
export function addItem(pos: PosContext, item: Item, adding: Adding): void {
  const { sell, workstation, sounds } = pos;
  const { scannedCode, ...rest } = adding;
  const outcome = workstation.addItem(item, { ...rest, ...(scannedCode !== null && { scannedCode }) });
  sell.question.value = NO_QUESTION;
  if (!pos.report(outcome)) return;
  sell.multiplierMilli.value = null;
  sell.entry.value = '';
  sounds.good();
  if (!outcome.ok) return;
  const { lineNumber } = outcome.value;
  sell.chosenLine.value = lineNumber;
  // Asked while the goods are in the hand; what is not answered now is asked again before the customer pays.
  const need = workstation.cart.value?.needs.find((each) => each.lineNumber === lineNumber);
  if (need !== undefined) sell.question.value = { kind: 'capture', need, isForPaying: false };
}

// From a code to a line in the cart, in one synchronous go: the line stands on the screen before the key handler
// returns. What cannot be sold at once becomes a question with a sound: an unknown or misread code, a code that two
// items share, goods that must be weighed.

import { businessDay } from '../../shared/domain/business-day.ts';
import { currencyOf } from '../../shared/domain/currency.ts';
import { isOrderNumber } from '../../shared/domain/customer-order.ts';
import type { Item } from '../../shared/domain/item.ts';
import { refuse } from '../../shared/domain/refusal.ts';
import { scanDetails } from '../../shared/domain/scan-details.ts';
import type { ScannedCode } from '../../shared/domain/scanned-code.ts';
import { soughtCode } from '../../shared/domain/sought-code.ts';
import { readSuspendCode } from '../../shared/domain/suspend-code.ts';
import type { Store } from '../../shared/domain/store.ts';
import { fetchFieldReader, isReaderMissing, readScannedCode } from './code-reader.ts';
import { resumeByCode } from './resume-suspended.ts';
import { isPassportCode, takePassport } from './take-passport.ts';
import { isPickupToken, takePickup } from './take-pickup.ts';
import type { PosContext } from './pos-context.ts';
import { NO_QUESTION, type Adding, type SellQuestion } from './sell-state.ts';

/** Sells what `code` stands for, or asks. Called for scans and for codes typed with Enter. */
export function takeCode(pos: PosContext, code: string): void {
  const { sell, workstation } = pos;
  sell.entry.value = '';
  if (isOrderNumber(code)) {
    openOrder(pos, code);
    return;
  }
  if (isPickupToken(code)) {
    void takePickup(pos, code);
    return;
  }
  if (isPassportCode(code)) {
    void takePassport(pos, code);
    return;
  }
  const channelOrder = workstation.channelOrderByCode(code);
  if (channelOrder !== null) {
    pos.view.value = { kind: 'channel-orders', orderId: channelOrder.order.id };
    return;
  }
  const suspended = readSuspendCode(code);
  if (suspended !== null) {
    resumeByCode(pos, suspended);
    return;
  }
  if (isReaderMissing(code)) {
    fetchFieldReader().then(
      () => takeCode(pos, code),
      () => pos.say('danger', pos.speech.value.t('lazy.not-loaded')),
    );
    return;
  }
  const sought = soughtCode(code, readCode(pos, code));
  const items = workstation.findByCode(sought);
  if (items.length === 0 && workstation.status.value.catalogue.phase !== 'ready') {
    // The catalogue is still being read in: the code may be known in a moment.
    void workstation.awaitByCode(sought).then((late) => takeFound(pos, code, late));
    return;
  }
  takeFound(pos, code, items);
}

/** The slip or receipt of an order was scanned. */
function openOrder(pos: PosContext, number: string): void {
  const order = pos.workstation.orderByNumber(number);
  if (order === null) pos.report(refuse('order-not-found'));
  else pos.view.value = { kind: 'orders', orderId: order.id };
}

function readCode(pos: PosContext, code: string): ScannedCode {
  return readScannedCode(code, { patterns: pos.workstation.settings.value?.store.scalePatterns ?? [] });
}

function takeFound(pos: PosContext, code: string, items: readonly Item[]): void {
  const { sell, sounds } = pos;
  const [first, second] = items;
  if (first === undefined) {
    const parsed = readCode(pos, code);
    sounds.bad();
    sell.question.value = { kind: 'unknown-code', code, reason: whyNotFound(parsed) };
    return;
  }
  if (second !== undefined) {
    sounds.bad();
    sell.question.value = { kind: 'ambiguous-code', code, items };
    return;
  }
  takeItem(pos, first, code);
}

function whyNotFound(parsed: ScannedCode): Extract<SellQuestion, { kind: 'unknown-code' }>['reason'] {
  if (parsed.kind === 'wrong-fields') return parsed.kind;
  if (parsed.kind !== 'unknown') return 'not-found';
  return parsed.reason === 'wrong-check-digit' ? parsed.reason : 'unreadable';
}

/** A style that was tapped asks for size and colour; a code that was scanned says both. */
export function tapItem(pos: PosContext, item: Item): void {
  if (item.variant === undefined) takeItem(pos, item);
  else pos.sell.question.value = { kind: 'variants', item };
}

/**
 * Puts an item into the cart, as much of it as the code or × says; goods sold by weight or length ask where neither does, and
 * goods past their last day ask first whether they are to be sold (`isDateAccepted`).
 */
export function takeItem(
  pos: PosContext,
  item: Item,
  scannedCode: string | null = null,
  isDateAccepted = false,
): void {
  const { sell, workstation, sounds } = pos;
  const store = workstation.settings.value?.store;
  const details =
    scannedCode === null || store === undefined
      ? null
      : scanDetails(readCode(pos, scannedCode), item, {
          today: today(pos, store),
          minorDigits: currencyOf(store.currency).digits,
        });
  const { lastDay = null, lot = null, serial = null, unitPriceMinor = null } = details ?? {};
  const isPast = lastDay !== null && store !== undefined && lastDay < today(pos, store);
  if (isPast && scannedCode !== null && !isDateAccepted) {
    sounds.bad();
    sell.question.value = { kind: 'expired', item, scannedCode, lastDay };
    return;
  }
  const adding = {
    scannedCode,
    ...(lot !== null && item.trackBy === 'lot' && { lot }),
    ...(serial !== null && item.trackBy === 'serial' && { serial }),
    ...(unitPriceMinor !== null && { unitPriceMinor }),
  };
  const quantityMilli = details?.quantityMilli ?? sell.multiplierMilli.value;
  if (quantityMilli === null && item.unit !== 'piece') {
    sell.question.value = { kind: 'item-quantity', item, adding };
    return;
  }
  priceItem(pos, item, { ...adding, quantityMilli: quantityMilli ?? 1000 });
}

function today(pos: PosContext, store: Store): string {
  return businessDay(new Date(pos.now.value).toISOString(), store);
}

/** Adds an item whose quantity is known; one without a price of its own asks for it first. */
export function priceItem(pos: PosContext, item: Item, adding: Adding): void {
  if (item.openPrice === undefined || adding.unitPriceMinor !== undefined) addItem(pos, item, adding);
  else pos.sell.question.value = { kind: 'open-price', item, adding };
}

/** Adds the line, chooses it and sounds; a refusal is said and nothing is added. */
export function addItem(pos: PosContext, item: Item, adding: Adding): void {
  const { sell, workstation, sounds } = pos;
  const { scannedCode, lot, serial, ...rest } = adding;
  const lines = workstation.cart.value?.cart.lines ?? [];
  const isThere = lines.some(
    (line) => line.itemId === item.id && line.serials?.includes(serial ?? '') === true,
  );
  const outcome = isThere
    ? refuse('serial-already-there', { serial: serial ?? '' })
    : workstation.addItem(item, { ...rest, ...(scannedCode !== null && { scannedCode }) });
  sell.question.value = NO_QUESTION;
  if (!pos.report(outcome)) return;
  sell.multiplierMilli.value = null;
  sell.entry.value = '';
  sounds.good();
  if (!outcome.ok) return;
  const { lineNumber, serials = [] } = outcome.value;
  sell.chosenLine.value = lineNumber;
  if (lot !== undefined) pos.report(workstation.captureLine(lineNumber, { lot }));
  if (serial !== undefined)
    pos.report(workstation.captureLine(lineNumber, { serials: [...serials, serial] }));
  // Asked while the goods are in the hand; what is not answered now is asked again before the customer pays.
  const need = workstation.cart.value?.needs.find((each) => each.lineNumber === lineNumber);
  if (need !== undefined) sell.question.value = { kind: 'capture', need, isForPaying: false };
}

// What stands below a line of the cart: why its price is what it is, and what was taken down about it, in words.

import { textIn } from '../../../shared/domain/localized-text.ts';
import type { CaptureNeed } from '../../../shared/domain/capture-line.ts';
import type { CartLine } from '../../../shared/domain/cart.ts';
import type { AppliedModifier } from '../../../shared/domain/transaction.ts';
import type { Speech } from '../../../shared/ui/speech.ts';
import type { PosKey } from '../../shell/message-keys.ts';

type Words = Speech<PosKey>;

/** "3 for 2", "Discount 10 %", "Price changed". */
export function modifierText(words: Words, modifier: AppliedModifier): string {
  const { kind, ratePpm } = modifier;
  switch (kind) {
    case 'promotion':
      return modifier.name ?? words.t('modifier.promotion');
    case 'line-discount':
    case 'cart-discount':
      return ratePpm === undefined
        ? words.t(`modifier.${kind}`)
        : `${words.t(`modifier.${kind}`)} ${words.percent(ratePpm)}`;
    case 'held-price':
      return words.t('modifier.held-price', { number: modifier.name ?? '' });
    case 'price-override':
    case 'bundle':
    case 'exemption':
      return words.t(`modifier.${kind}`);
  }
}

/** What was taken down about the line, one sentence each. */
export function captureTexts(words: Words, line: CartLine): readonly string[] {
  const { serials = [], lot, tareMilli, ageCheck, bundleOf, parentLineNumber } = line;
  return [
    ...(bundleOf === undefined
      ? []
      : [words.t('line.part-of', { name: textIn(bundleOf.name, words.language) })]),
    ...(parentLineNumber === undefined ? [] : [words.t('line.deposit')]),
    ...(serials.length === 0 ? [] : [words.t('line.serials', { serials: serials.join(', ') })]),
    ...(lot === undefined ? [] : [words.t('line.lot', { lot })]),
    ...(tareMilli === undefined
      ? []
      : [words.t('line.tare', { weight: words.quantity(tareMilli, line.unit) })]),
    ...(ageCheck === undefined ? [] : [words.t('line.age-checked')]),
  ];
}

/** What is still missing, as the cashier is told. */
export function needText(words: Words, need: CaptureNeed): string {
  switch (need.kind) {
    case 'age-check':
      return words.t('need.age-check', { age: need.ageMinimum });
    case 'serials':
      return words.t('need.serials', { count: need.missing });
    case 'lot':
      return words.t('need.lot');
  }
}

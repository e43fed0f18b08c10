// A rate of foreign cash as the list of the shop's settings says it: in the figures of the reader's language.

import type { ExchangeRate } from '../../../shared/domain/exchange-rate.ts';
import type { Speech } from '../../../shared/ui/speech.ts';

const MICRO = 1_000_000;
const RATE_DIGITS = 6;

/** What fills the sentence `shop.rate`: the foreign units with their code, and the rate with up to six decimals. */
export function shopRate(
  rate: Pick<ExchangeRate, 'currency' | 'rateMicro' | 'perUnits'>,
  speech: Pick<Speech, 'number'>,
): { readonly foreign: string; readonly rate: string } {
  return {
    foreign: `${speech.number(rate.perUnits)} ${rate.currency}`,
    rate: speech.number(rate.rateMicro / MICRO, RATE_DIGITS),
  };
}

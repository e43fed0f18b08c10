// The sentences of a trouble or a refusal whose code is known only at run time. A code without sentences of its
// own gets the general ones, which stay true for all: nothing was lost, try again, and here is the code.

import type { Refusal } from '../domain/refusal.ts';
import type { Speech } from './speech.ts';

/** What any Speech can do, whichever keys its app has; a key made here at run time may have no sentence. */
type Sentences = Pick<Speech, 't' | 'has' | 'money'>;

/** As much of a trouble as is spoken. */
export type SpokenTrouble = {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
};

export function troubleText(
  words: Sentences,
  trouble: SpokenTrouble,
  part: 'happened' | 'safe' | 'do',
): string {
  const key = `trouble.${trouble.code}.${part}`;
  const values = { ...trouble.values, code: trouble.code };
  return words.has(key) ? words.t(key, values) : words.t(`trouble.other.${part}`, values);
}

/** The sentence of a refusal. Amounts in its details (`…Minor`) are spoken as money of `currency`. */
export function refusalText(words: Sentences, refusal: Refusal, currency: string | null): string {
  const key = `refusal.${refusal.reason}`;
  const details: Record<string, string | number | boolean> = { ...refusal.details };
  for (const [name, value] of Object.entries(refusal.details)) {
    if (!name.endsWith('Minor') || typeof value !== 'number' || currency === null) continue;
    details[name.slice(0, -'Minor'.length)] = words.money(value, currency);
  }
  return words.has(key) ? words.t(key, details) : words.t('refusal.other', { code: refusal.reason });
}

// The sentences of a trouble or a refusal whose code is known only at run time. A code without sentences of its
// own gets the general ones, which stay true for all: nothing was lost, try again, and here is the code.

import type { Trouble } from '../../shared/client/runtime.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';
import type { Speech } from '../../shared/ui/speech.ts';
import type { PosKey } from './message-keys.ts';

export function troubleText(
  words: Speech<PosKey>,
  trouble: Trouble,
  part: 'happened' | 'safe' | 'do',
): string {
  const key = `trouble.${trouble.code}.${part}`;
  const values = { ...trouble.values, code: trouble.code };
  return words.has(key) ? words.t(key, values) : words.t(`trouble.other.${part}`, values);
}

/** The sentence of a refusal. Amounts in its details (`…Minor`) are spoken as money of `currency`. */
export function refusalText(words: Speech<PosKey>, refusal: Refusal, currency: string | null): string {
  const key = `refusal.${refusal.reason}`;
  const details: Record<string, string | number | boolean> = { ...refusal.details, code: refusal.reason };
  for (const [name, value] of Object.entries(refusal.details)) {
    if (!name.endsWith('Minor') || typeof value !== 'number' || currency === null) continue;
    details[name.slice(0, -'Minor'.length)] = words.money(value, currency);
  }
  return words.has(key) ? words.t(key, details) : words.t('refusal.other', details);
}

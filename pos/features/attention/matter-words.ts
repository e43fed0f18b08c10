// The sentences of a matter: what happened, what is safe. Kinds that this version does not know get the general ones.

import type { Attention } from '../../../shared/client/attention-desk.ts';
import type { Matter } from '../../shell/attention-matters.ts';
import type { Speech } from '../../../shared/ui/speech.ts';

/** A key made here at run time may have no sentence. */
type Words = Pick<Speech, 't' | 'has'>;
type Part = 'title' | 'happened' | 'safe';

/** Values of a row that a sentence may name; what is missing is spoken as nothing. */
export function valuesOf(row: Attention | null): Record<string, string | number> {
  const named = { code: '', problem: '', sku: '', receiptNumber: '', event: '', channel: '', number: '' };
  const values: Record<string, string | number> = { ...named };
  for (const [name, value] of Object.entries(row?.values ?? {})) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = value;
  }
  return values;
}

export function matterText(words: Words, matter: Matter, part: Part): string {
  const key = `attention.${matter.kind}.${part}`;
  const values = valuesOf(matter.row);
  return words.has(key) ? words.t(key, values) : words.t(`attention.other.${part}`, values);
}

export const matterTitle = (words: Words, matter: Matter): string => matterText(words, matter, 'title');

/** What was chosen, in words; a choice of a newer version by its name. */
export function chosenText(words: Words, choice: string): string {
  const key = `attention.chosen.${choice}`;
  return words.has(key) ? words.t(key) : choice;
}

// The state of an order in words; one of a newer server by its name.

import type { Speech } from '../../../shared/ui/speech.ts';

export function stateText(words: Pick<Speech, 't' | 'has'>, state: string): string {
  const key = `channel.state.${state}`;
  return words.has(key) ? words.t(key) : state;
}

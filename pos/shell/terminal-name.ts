// How a card terminal is called: by the name a person gave it, or by its kind.

import type { CardTerminal } from '../../shared/devices/ports.ts';
import type { Speech } from '../../shared/ui/speech.ts';
import type { PosKey } from './message-keys.ts';

export function terminalName(words: Speech<PosKey>, { served, driver }: CardTerminal): string {
  if (served !== undefined) return served.name;
  return words.t(driver === 'simulator' ? 'terminal.simulator' : 'terminal.standalone');
}

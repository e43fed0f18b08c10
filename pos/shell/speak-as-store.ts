// A till on which nobody has chosen a language speaks that of its store, from the first settings on. What somebody has
// chosen on this device always wins, and the choice made here counts as one: it is not made twice.

import { effect } from '@preact/signals';
import { isSpoken } from '../../shared/ui/preferences.ts';
import type { PosContext } from './pos-context.ts';

/** Returns what ends the waiting for settings. */
export function speakAsStore(
  pos: Pick<PosContext, 'preferences' | 'choosePreferences'> & {
    readonly workstation: Pick<PosContext['workstation'], 'settings'>;
  },
): () => void {
  return effect(() => {
    const language = pos.workstation.settings.value?.store.defaultLanguage ?? null;
    if (!isSpoken(language) || pos.preferences.peek().language !== null) return;
    pos.choosePreferences({ language });
  });
}

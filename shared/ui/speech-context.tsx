// Hands the Speech of the chosen language to every component. It travels as a signal, so that a change of language
// draws again only what speaks.

import { signal, type ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { createSpeech, type Speech } from './speech.ts';

export const SpeechContext = createContext<ReadonlySignal<Speech>>(signal(createSpeech('en', {})));

/** The Speech of now. `Key` is the union of keys that the caller's message files hold. */
export function useSpeech<Key extends string = string>(): Speech<Key> {
  // A Speech answers any key it has a sentence for; the caller's union narrows what may be asked.
  return useContext(SpeechContext).value;
}

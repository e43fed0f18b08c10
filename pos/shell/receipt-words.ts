// The language that customers read on paper: that of the till, or the one that the store has chosen for its receipts. Its
// words are fetched when it is another than the till's; until they are here, paper speaks as the till does.

import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { ReceiptSpeech } from '../../shared/domain/receipt-speech.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { createSpeech, type Speech } from '../../shared/ui/speech.ts';
import { loadReceiptMessages } from './load-messages.ts';
import type { PosKey } from './message-keys.ts';

export function createReceiptWords(given: {
  readonly settings: ReadonlySignal<StoreSettings | null>;
  readonly speech: ReadonlySignal<Speech<PosKey>>;
}): ReadonlySignal<ReceiptSpeech> {
  const fetched = signal<ReceiptSpeech | null>(null);
  const wanted = computed(() => {
    const language = given.settings.value?.receiptLayout?.language ?? 'till';
    return language === 'till' ? given.speech.value.language : language;
  });
  effect(() => {
    const language = wanted.value;
    if (language === given.speech.value.language || language === fetched.peek()?.language) return;
    void loadReceiptMessages(language).then(
      (messages) => {
        fetched.value = createSpeech(language, messages);
      },
      // A till without a network that has never had these words: its own language is understood too.
      () => undefined,
    );
  });
  return computed(() => (fetched.value?.language === wanted.value ? fetched.value : given.speech.value));
}

// The words of receipts in the language that is being tried; the till's own until they are fetched.

import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../../shared/domain/localized-text.ts';
import type { ReceiptSpeech } from '../../../shared/domain/receipt-speech.ts';
import { createSpeech } from '../../../shared/ui/speech.ts';
import { loadReceiptMessages } from '../../shell/load-messages.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

export function useReceiptSpeech(wanted: 'till' | Language): ReceiptSpeech {
  const pos = usePos();
  const words = useWords();
  const [fetched, setFetched] = useState<ReceiptSpeech | null>(null);
  const language = wanted === 'till' ? words.language : wanted;
  useEffect(() => {
    if (language === words.language || language === fetched?.language) return;
    void loadReceiptMessages(language).then(
      (messages) => setFetched(createSpeech(language, messages)),
      () => pos.say('danger', words.t('lazy.not-loaded')),
    );
  }, [language]);
  if (language === words.language) return words;
  return fetched?.language === language ? fetched : words;
}

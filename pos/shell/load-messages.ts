// Fetches the sentences of one language; each language is a chunk of its own.

import type { Language } from '../../shared/domain/localized-text.ts';
import type { SpokenLanguage } from '../../shared/ui/preferences.ts';
import type { Messages } from '../../shared/ui/speech.ts';

export async function loadMessages(language: SpokenLanguage): Promise<Messages> {
  const [shared, own] = await (language === 'fa'
    ? Promise.all([import('../../shared/ui/messages/fa.json'), import('../messages/fa.json')])
    : Promise.all([import('../../shared/ui/messages/en.json'), import('../messages/en.json')]));
  return { ...shared.default, ...own.default };
}

/** The words of receipts alone, in any language that customers may read. */
export async function loadReceiptMessages(language: Language): Promise<Messages> {
  switch (language) {
    case 'en':
      return (await import('../../shared/ui/messages/en.json')).default;
    case 'fa':
      return (await import('../../shared/ui/messages/fa.json')).default;
    case 'ar':
      return (await import('../../shared/ui/messages/receipt-ar.json')).default;
    case 'ru':
      return (await import('../../shared/ui/messages/receipt-ru.json')).default;
    case 'pl':
      return (await import('../../shared/ui/messages/receipt-pl.json')).default;
  }
}

// Fetches the sentences of one language; each language is a chunk of its own.

import type { SpokenLanguage } from '../../shared/ui/preferences.ts';
import type { Messages } from '../../shared/ui/speech.ts';

export async function loadMessages(language: SpokenLanguage): Promise<Messages> {
  const [shared, own] = await (language === 'fa'
    ? Promise.all([import('../../shared/ui/messages/fa.json'), import('../messages/fa.json')])
    : Promise.all([import('../../shared/ui/messages/en.json'), import('../messages/en.json')]));
  return { ...shared.default, ...own.default };
}

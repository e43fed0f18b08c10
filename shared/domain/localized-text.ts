// Text that a shop keeps in several languages; `en` is always there and is what the others fall back to.

export const LANGUAGES = ['en', 'fa', 'ar', 'ru', 'pl'] as const;
export type Language = (typeof LANGUAGES)[number];

export type LocalizedText = { readonly en: string } & {
  readonly [Other in Exclude<Language, 'en'>]?: string;
};

/** The text in `language`, or in English where the shop has not translated it. */
export function textIn(text: LocalizedText, language: Language): string {
  return text[language] ?? text.en;
}

// Puts an item's name together in the five languages, with every adjective in agreement with its noun.
//
//   catalogue style  Women's linen shirt Velanda, green, M   Рубашка женская льняная Веланда, зелёная, M
//   display style    Green velvet sofa Velanda               Зелёный бархатный диван Веланда

import { LANGUAGES, type Language } from '../../../shared/domain/localized-text.ts';
import type { Brand } from './brands.ts';
import { formOf, type Adjective, type Gender, type Noun, type Words } from './grammar.ts';

export type Parts = {
  readonly brand: Brand;
  readonly material?: Adjective | undefined;
  readonly wearer?: Adjective | undefined;
  readonly colour?: Adjective | undefined;
  /** Comes after the brand: a model, the same in all languages. */
  readonly model?: string;
  /** Comes last, after a comma: a size, a pack, an origin. */
  readonly ending?: Words;
};

/** Noun first in Russian and Polish, colour after a comma: how clothes and electronics are listed. */
export function catalogueName(noun: Noun, parts: Parts): Words {
  return inAllLanguages((language) => {
    const gender = genderOf(noun, language);
    const qualities = forms([parts.wearer, parts.material], language, gender);
    const name = language === 'en' ? [...qualities, noun.words.en] : [noun.words[language], ...qualities];
    const head = [
      ...name,
      brandIn(parts.brand, language),
      ...(parts.model === undefined ? [] : [parts.model]),
    ];
    return withEndings(
      head,
      [...forms([parts.colour], language, gender), ...ending(parts, language)],
      language,
    );
  });
}

/** Colour first in English, Russian and Polish: how furniture and things for the home are listed. */
export function displayName(noun: Noun, parts: Parts): Words {
  return inAllLanguages((language) => {
    const gender = genderOf(noun, language);
    const colour = forms([parts.colour], language, gender);
    const material = forms([parts.material], language, gender);
    const word = noun.words[language];
    const name = {
      en: [...colour, ...material, word],
      ru: [...colour, ...material, word],
      // A Polish adjective that says what kind of thing it is stands after the noun, the colour before it.
      pl: [...colour, word, ...material],
      fa: [word, ...material, ...colour],
      ar: [word, ...material, ...colour],
    }[language];
    return withEndings([...name, brandIn(parts.brand, language)], ending(parts, language), language);
  });
}

/** A fixed phrase with its brand, if it has one, and what comes last. */
export function plainName(words: Words, parts: { readonly brand?: Brand; readonly ending?: Words }): Words {
  return inAllLanguages((language) => {
    const head = [words[language], ...(parts.brand === undefined ? [] : [brandIn(parts.brand, language)])];
    return withEndings(head, ending(parts, language), language);
  });
}

/** The brand as it is written in the script of a language. */
export function brandIn(brand: Brand, language: Language): string {
  return language === 'en' || language === 'pl' ? brand.latin : brand[language];
}

/** One text for each language. */
export function inAllLanguages(text: (language: Language) => string): Words {
  const [en, fa, ar, ru, pl] = LANGUAGES.map(text);
  return { en: en ?? '', fa: fa ?? '', ar: ar ?? '', ru: ru ?? '', pl: pl ?? '' };
}

function genderOf(noun: Noun, language: Language): Gender {
  return language === 'ar' || language === 'ru' || language === 'pl' ? noun.gender[language] : 'm';
}

function forms(
  adjectives: readonly (Adjective | undefined)[],
  language: Language,
  gender: Gender,
): readonly string[] {
  return adjectives.flatMap((each) => (each === undefined ? [] : [formOf(each, language, gender)]));
}

function ending(parts: { readonly ending?: Words }, language: Language): readonly string[] {
  return parts.ending === undefined ? [] : [parts.ending[language]];
}

function withEndings(head: readonly string[], endings: readonly string[], language: Language): string {
  const comma = language === 'fa' || language === 'ar' ? '، ' : ', ';
  const text = [head.join(' '), ...endings].join(comma);
  return text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
}

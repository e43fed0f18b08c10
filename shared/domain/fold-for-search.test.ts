import { describe, expect, test } from 'vitest';
import { foldForSearch } from './fold-for-search.ts';

describe('search folding', () => {
  test.each([
    ['Arabic and Persian keyboards', 'كتاب يك', 'کتاب یک'],
    ['vowel signs', 'مُحَمَّدٌ', 'محمد'],
    ['forms of alef, teh marbuta and final yeh', 'أإآٱ قهوة على', 'اااا قهوه علی'],
    ['heh with yeh above', 'خانۀ', 'خانه'],
    ['half-space and tatweel', 'می‌خواهم شـــیر', 'میخواهم شیر'],
    ['ligatures', 'ﻻ ﷲ', 'لا الله'],
    ['Persian and Arabic digits', 'شیر ۱٫۵ ٣', 'شیر 1 5 3'],
    ['Polish letters', 'Łódź ŻÓŁĆ gęś', 'lodz zolc ges'],
    ['Russian yo and short i', 'Ёлка Йогурт', 'елка иогурт'],
    ['German, French, Danish, Turkish', 'Straße Œuf Ærø İstanbul ısı', 'strasse oeuf aero istanbul isi'],
    ['apostrophes', "L’Oréal L'Oréal", 'loreal loreal'],
    ['punctuation and spaces', '  Coca-Cola®  0,5 l (PET) ', 'coca cola 0 5 l pet'],
    ['full-width letters', 'ＡＢＣ１２', 'abc12'],
    ['codes', '85123A_x/9', '85123a x 9'],
  ])('%s', (_, text, expected) => {
    expect(foldForSearch(text)).toBe(expected);
  });

  test('text without letters or digits folds to nothing', () => {
    expect(foldForSearch(' — !؟ ')).toBe('');
  });

  test('a word typed with a decomposed accent finds the composed one', () => {
    expect(foldForSearch('Cafe\u0301')).toBe(foldForSearch('Café'));
  });

  test('marks that are letters in other scripts stay', () => {
    expect(foldForSearch('กุ้ง')).toBe('กุ้ง');
    expect(foldForSearch('한국')).toBe('한국');
  });
});

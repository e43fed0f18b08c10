// What is printed on a pack (500 g, 1.5 l, 6 pieces), with each language's unit, digits and decimal sign.

import type { Language } from '../../../shared/domain/localized-text.ts';
import type { Words } from './grammar.ts';
import { inAllLanguages } from './phrase.ts';

export type Pack = { readonly amount: number; readonly unit: 'g' | 'ml' | 'pc' };

type PrintedUnit = 'g' | 'kg' | 'ml' | 'l' | 'pc' | 'one-pc' | 'many-pc';
const UNITS: Readonly<Record<PrintedUnit, Words>> = {
  g: { en: 'g', fa: 'گرم', ar: 'غ', ru: 'г', pl: 'g' },
  kg: { en: 'kg', fa: 'کیلوگرم', ar: 'كغ', ru: 'кг', pl: 'kg' },
  ml: { en: 'ml', fa: 'میلی‌لیتر', ar: 'مل', ru: 'мл', pl: 'ml' },
  l: { en: 'l', fa: 'لیتر', ar: 'ل', ru: 'л', pl: 'l' },
  pc: { en: 'pcs', fa: 'عدد', ar: 'حبات', ru: 'шт.', pl: 'szt.' },
  'one-pc': { en: 'pc', fa: 'عدد', ar: 'حبة', ru: 'шт.', pl: 'szt.' },
  // Arabic counts from eleven on in the singular.
  'many-pc': { en: 'pcs', fa: 'عدد', ar: 'حبة', ru: 'шт.', pl: 'szt.' },
};
const DECIMAL_SIGN: Readonly<Record<Language, string>> = { en: '.', fa: '٫', ar: '٫', ru: ',', pl: ',' };

/** Reads `500g`, `1500ml` or `6pc`. */
export function readPack(text: string): Pack {
  const parts = /^(\d+)(g|ml|pc)$/.exec(text);
  const unit = parts?.[2];
  if (unit !== 'g' && unit !== 'ml' && unit !== 'pc') throw new Error(`"${text}" is no pack`);
  return { amount: Number(parts?.[1]), unit };
}

/** The pack as printed, thousands of grams and millilitres as kilograms and litres. */
export function packText(pack: Pack): Words {
  const isLarge = pack.unit !== 'pc' && pack.amount >= 1000;
  const unit = printedUnit(pack, isLarge);
  return inAllLanguages(
    (language) => `${numberText(pack.amount, isLarge, language)} ${UNITS[unit][language]}`,
  );
}

/** ASCII digits as the digits of a language: Persian for fa, Arabic-Indic for ar. */
export function digitsIn(text: string, language: Language): string {
  const zero = language === 'fa' ? 0x06f0 : language === 'ar' ? 0x0660 : 0x30;
  return text.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

function printedUnit(pack: Pack, isLarge: boolean): PrintedUnit {
  if (isLarge) return pack.unit === 'g' ? 'kg' : 'l';
  if (pack.unit !== 'pc') return pack.unit;
  return pack.amount === 1 ? 'one-pc' : pack.amount > 10 ? 'many-pc' : 'pc';
}

function numberText(amount: number, inThousands: boolean, language: Language): string {
  if (!inThousands) return digitsIn(String(amount), language);
  const fraction = String(amount % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = String(Math.trunc(amount / 1000));
  return digitsIn(fraction === '' ? whole : `${whole}${DECIMAL_SIGN[language]}${fraction}`, language);
}

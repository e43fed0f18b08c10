// Endless streams of goods for the four departments. Each round goes once through all kinds of goods, so the
// first items of a stream are one of everything and later rounds bring other brands, packs, sizes and colours.
// Same order every time: a larger catalogue begins with the smaller one.

import type { UnitOfMeasure } from '../../shared/domain/item.ts';
import { BRAND_COUNT, brandAt } from './words/brands.ts';
import { COLOURS, MATERIALS, WEARERS } from './words/colours.ts';
import { CLOTHING, ELECTRONICS, FABRICS, HOME } from './words/goods.ts';
import { COUNTER, ORIGINS, PRODUCE } from './words/groceries.ts';
import type { Adjective, Noun, Phrase, Words } from './words/grammar.ts';
import { PACKAGED } from './words/packaged.ts';
import { packText, readPack } from './words/packs.ts';
import { catalogueName, displayName, inAllLanguages, plainName } from './words/phrase.ts';
import { sizesOf } from './words/sizes.ts';

/** Goods before they have a place, a code and a price on the shelf. */
export type Good = {
  readonly name: Words;
  readonly category: string;
  readonly motif: string;
  readonly tone: string;
  readonly unit: UnitOfMeasure;
  readonly basePriceMinor: number;
  readonly factorsPermille: readonly number[];
  /** Kind of goods, to find the first one of a kind. */
  readonly kind: string;
  /** What is the same for all sizes and colours; the picture and price of a style agree. */
  readonly style: string;
  readonly size?: string;
  readonly colour?: string;
};

const MATERIAL_FACTOR: Readonly<Record<string, number>> = {
  silk: 1600,
  cashmere: 2400,
  leather: 1900,
  wool: 1250,
  velvet: 1150,
  linen: 1150,
  oak: 1400,
  glass: 1050,
  steel: 1200,
  fleece: 850,
};
const NO_MATERIAL_COLOURS = ['blue', 'black', 'grey', 'white'];
const COLOURS_PER_STYLE = 3;
// At most five materials in at most ten colours.
const HOME_ROUNDS_PER_BRAND = 50;
const WARM_ORIGINS = ORIGINS.filter((origin) => origin.packs.includes('warm'));
const ORGANIC: Words = { en: 'organic', fa: 'ارگانیک', ar: 'عضوي', ru: 'био', pl: 'bio' };

/** Fruit and vegetables by origin, the counter and packaged food by brand. */
export function* groceries(): Generator<Good> {
  for (let round = 0; ; round += 1) {
    let some = false;
    for (const [place, phrase] of [...PRODUCE, ...COUNTER, ...PACKAGED].entries()) {
      const good = PRODUCE.includes(phrase)
        ? produceGood(phrase, place, round)
        : brandedGood(phrase, place, round);
      if (good === null) continue;
      some = true;
      yield good;
    }
    if (!some) return;
  }
}

/** Styles in three colours and all their sizes. */
export function* clothing(): Generator<Good> {
  for (let round = 0; round < BRAND_COUNT; round += 1) {
    for (const [place, noun] of CLOTHING.entries()) {
      const [[sizeSet = ''] = [], materials = [], wearers = []] = noun.choices;
      const material = adjectiveAt(MATERIALS, materials, round);
      const wearer = adjectiveAt(WEARERS, wearers, Math.trunc(round / Math.max(1, materials.length)));
      const brand = brandAt((100 + place * 17 + round) % BRAND_COUNT);
      const palette = material?.extra ?? NO_MATERIAL_COLOURS;
      for (const colourKey of rotated(palette, round).slice(0, COLOURS_PER_STYLE)) {
        for (const size of sizesOf(sizeSet, wearer?.key)) {
          const colour = COLOURS.get(colourKey);
          const ending = size === '' ? {} : { ending: inAllLanguages(() => size) };
          yield {
            ...shown(noun, colourKey),
            name: catalogueName(noun, { brand, material, wearer, colour, ...ending }),
            unit: 'piece',
            factorsPermille: [materialFactor(material), wearer?.key === 'kids' ? 650 : 1000],
            style: `${noun.key}:${String(round)}`,
            ...(size === '' ? {} : { size }),
            colour: colourKey,
          };
        }
      }
    }
  }
}

/** One material and brand in all its colours, then the next. Fabrics are sold by the metre. */
export function* homeGoods(): Generator<Good> {
  const nouns = [...HOME, ...FABRICS];
  for (let round = 0; round < BRAND_COUNT * HOME_ROUNDS_PER_BRAND; round += 1) {
    for (const [place, noun] of nouns.entries()) {
      const [materials = []] = noun.choices;
      const materialPlace = round % materials.length;
      const material = adjectiveAt(MATERIALS, materials, materialPlace);
      const palette = material?.extra ?? NO_MATERIAL_COLOURS;
      const turn = Math.trunc(round / materials.length);
      const generation = Math.trunc(turn / palette.length);
      if (generation >= BRAND_COUNT) continue;
      const colourKey = palette[turn % palette.length] ?? 'grey';
      const brand = brandAt((200 + place * 7 + materialPlace * 3 + generation) % BRAND_COUNT);
      yield {
        ...shown(noun, colourKey),
        name: displayName(noun, { brand, material, colour: COLOURS.get(colourKey) }),
        unit: FABRICS.includes(noun) ? 'metre' : 'piece',
        factorsPermille: [materialFactor(material)],
        style: `${noun.key}:${String(materialPlace)}:${String(generation)}`,
        colour: colourKey,
      };
    }
  }
}

/** Models in a few colours; the models never run out. */
export function* electronics(): Generator<Good> {
  for (let round = 0; ; round += 1) {
    for (const [place, noun] of ELECTRONICS.entries()) {
      const [palette = []] = noun.choices;
      const generation = Math.trunc(round / palette.length);
      const colourKey = palette[round % palette.length] ?? 'black';
      const brand = brandAt((300 + place * 5 + generation) % BRAND_COUNT);
      const model = `${brand.latin.charAt(0)}${String(110 + ((place * 37 + generation * 10) % 890))}${generation < 89 ? '' : `-${String(Math.trunc(generation / 89) + 1)}`}`;
      yield {
        ...shown(noun, colourKey),
        name: catalogueName(noun, { brand, model, colour: COLOURS.get(colourKey) }),
        unit: 'piece',
        factorsPermille: [700 + ((generation * 130 + place * 70) % 800)],
        style: `${noun.key}:${String(generation)}`,
        colour: colourKey,
      };
    }
  }
}

function produceGood(phrase: Phrase, place: number, round: number): Good | null {
  const origins = phrase.packs.includes('warm') ? WARM_ORIGINS : ORIGINS;
  const origin = origins[(place + round) % origins.length];
  if (origin === undefined || round >= origins.length * 2) return null;
  const isOrganic = round >= origins.length;
  const ending = isOrganic
    ? inAllLanguages((language) => `${origin.words[language]} (${ORGANIC[language]})`)
    : origin.words;
  return {
    ...phraseGood(phrase),
    name: plainName(phrase.words, { ending }),
    unit: looseUnit(phrase.packs[0]),
    factorsPermille: [origin.priceMinor * 10, isOrganic ? 1450 : 1000],
    style: `${phrase.words.en}:${String(round)}`,
  };
}

function brandedGood(phrase: Phrase, place: number, round: number): Good | null {
  const chosen = phrase.packs[round % phrase.packs.length] ?? 'kg';
  const generation = Math.trunc(round / phrase.packs.length);
  if (generation >= BRAND_COUNT) return null;
  const brand = brandAt((place * 5 + generation * 7) % BRAND_COUNT);
  const unit = looseUnit(chosen);
  const isLoose = unit !== 'piece';
  return {
    ...phraseGood(phrase),
    name: plainName(phrase.words, isLoose ? { brand } : { brand, ending: packText(readPack(chosen)) }),
    unit,
    factorsPermille: [isLoose ? 1000 : packFactor(phrase.packs, chosen), 880 + ((generation * 90) % 420)],
    style: `${phrase.words.en}:${String(generation)}`,
  };
}

// A pack twice as large costs somewhat less than twice as much.
function packFactor(packs: readonly string[], chosen: string): number {
  const first = readPack(packs[0] ?? chosen).amount;
  const amount = readPack(chosen).amount;
  const proportional = Math.trunc((amount * 1000) / first);
  return proportional > 1000 ? Math.trunc(proportional * 0.92) : Math.trunc(proportional * 1.12);
}

function looseUnit(pack: string | undefined): UnitOfMeasure {
  return pack === 'kg' ? 'kilogram' : pack === 'l' ? 'litre' : 'piece';
}

function phraseGood(phrase: Phrase): Pick<Good, 'category' | 'motif' | 'tone' | 'basePriceMinor' | 'kind'> {
  const { category, motif, tone } = phrase;
  return { category, motif, tone, basePriceMinor: phrase.priceMinor, kind: phrase.words.en };
}

function shown(
  noun: Noun,
  tone: string,
): Pick<Good, 'category' | 'motif' | 'tone' | 'basePriceMinor' | 'kind'> {
  const { category, motif, key } = noun;
  return { category, motif, tone, basePriceMinor: noun.priceMinor, kind: key };
}

function adjectiveAt(
  table: ReadonlyMap<string, Adjective>,
  keys: readonly string[],
  place: number,
): Adjective | undefined {
  const key = keys[place % Math.max(1, keys.length)];
  return key === undefined ? undefined : table.get(key);
}

function materialFactor(material: Adjective | undefined): number {
  return (material === undefined ? undefined : MATERIAL_FACTOR[material.key]) ?? 1000;
}

function rotated<Value>(list: readonly Value[], by: number): readonly Value[] {
  const start = by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

// The items of the demo store, one after the other: 40 % groceries, 30 % clothing, 15 % home, 15 % electronics.
// The same seed gives the same items, and a larger catalogue begins with the smaller one.

import { gtinCheckDigit } from '../../shared/domain/gtin-check-digit.ts';
import { catalogueKey } from '../../shared/domain/barcode.ts';
import { asCategoryId, asItemId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { multiplyDivide } from '../../shared/domain/money.ts';
import { taxGroupOf } from './categories.ts';
import { clothing, electronics, groceries, homeGoods, type Good } from './goods.ts';
import { picturePath } from './pictures/picture-path.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';
import { shelfPrice } from './shelf-prices.ts';

export type DemoItem = {
  readonly item: Item;
  /** What one unit cost the shop, without tax. */
  readonly costMinor: number;
};

type Department = { readonly prefix: string; readonly goods: Iterator<Good> };

/** How twenty items in a row are shared out over the departments (groceries, clothing, home, electronics). */
const SHARES = [0, 1, 0, 2, 1, 0, 3, 0, 1, 0, 2, 1, 0, 3, 1, 0, 2, 0, 1, 3];

/** One kind of goods each; the first item of a kind is a favourite of the sell screen. */
const FAVOURITES = new Set([
  'Bananas',
  'Tomatoes',
  'Lettuce',
  'Gouda cheese',
  'Whole milk',
  'Butter',
  'Free-range eggs',
  'Wholegrain bread',
  'Butter croissant',
  'Basmati rice',
  'Still water',
  'Orange juice',
  'Coffee beans',
  'Dark chocolate',
  't-shirt',
  'jeans',
  'socks',
  'sofa',
  'mug',
  'cushion',
  'table-lamp',
  'curtain-fabric',
  'headphones',
  'cable',
]);

/** A code of the scale has five digits for the item. */
const SCALE_ITEMS_MAX = 99_999;

/** How many favourites the demo store has. */
export const FAVOURITE_COUNT = FAVOURITES.size;

/** The first `count` items for `seed`. */
export function* demoItems(count: number, seed: number): Generator<DemoItem> {
  const random = createSeededRandom(seed);
  const departments: readonly Department[] = [
    { prefix: 'GR', goods: groceries() },
    { prefix: 'CL', goods: clothing() },
    { prefix: 'HO', goods: homeGoods() },
    { prefix: 'EL', goods: electronics() },
  ];
  const shelf = new Shelf(random);
  for (let ordinal = 0; ordinal < count; ordinal += 1) {
    const first = SHARES[ordinal % SHARES.length] ?? 0;
    yield shelf.place(ordinal, nextGood(departments, first));
  }
}

// Takes from a department, or from the next one when its goods have run out; electronics never do.
function nextGood(departments: readonly Department[], first: number): { good: Good; prefix: string } {
  for (const department of departments.slice(first)) {
    const next = department.goods.next();
    if (next.done !== true) return { good: next.value, prefix: department.prefix };
  }
  throw new Error('the demo store has run out of goods');
}

/** Aisles are named after their category; a shelf holds a few dozen items. */
const shelfOf = (category: string, ordinal: number): string =>
  `${category.charAt(0).toUpperCase()}-${String(1 + (Math.floor(ordinal / 24) % 40)).padStart(2, '0')}`;

/** Remembers what must not be repeated while the items are placed one after the other. */
class Shelf {
  readonly #random: SeededRandom;
  readonly #stylePlace = new Map<string, { number: number; jitterPermille: number }>();
  readonly #seenKinds = new Set<string>();
  #weighed = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  place(ordinal: number, given: { readonly good: Good; readonly prefix: string }): DemoItem {
    const { good, prefix } = given;
    const style = this.#styleOf(`${prefix}:${good.style}`);
    const priceMinor = shelfPrice(good.basePriceMinor, ...good.factorsPermille, style.jitterPermille);
    const styleId = `${prefix}${String(style.number).padStart(5, '0')}`;
    const isFavourite = FAVOURITES.has(good.kind) && !this.#seenKinds.has(good.kind);
    this.#seenKinds.add(good.kind);
    const item: Item = {
      id: asItemId(`i${String(ordinal).padStart(6, '0')}`),
      ordinal,
      sku: skuOf(prefix, ordinal, styleId, good),
      name: good.name,
      categoryId: asCategoryId(good.category),
      unit: good.unit,
      priceMinor,
      taxGroupId: taxGroupOf(good.category, good.motif),
      barcodes: this.#barcodes(ordinal, good),
      picture: picturePath(good.motif, good.tone),
      shelf: shelfOf(good.category, ordinal),
      ...(good.colour === undefined ? {} : { variant: variantOf(styleId, good.colour, good.size) }),
      ...(isFavourite ? { favourite: true } : {}),
    };
    return { item, costMinor: multiplyDivide(priceMinor, 420 + this.#random.below(180), 1000) };
  }

  #styleOf(key: string): { number: number; jitterPermille: number } {
    const known = this.#stylePlace.get(key);
    if (known !== undefined) return known;
    const style = { number: this.#stylePlace.size + 1, jitterPermille: 940 + this.#random.below(140) };
    this.#stylePlace.set(key, style);
    return style;
  }

  // In-store number ranges only: 2941 own labels, 28 codes of the scale (28IIIIIWWWWWC, weight zero), 0473 second
  // codes. Shops that number from 2000000… on find none of theirs taken by the demo.
  #barcodes(ordinal: number, good: Good): readonly string[] {
    if (good.unit === 'kilogram' && this.#weighed < SCALE_ITEMS_MAX) {
      this.#weighed += 1;
      return [inStoreCode('28', this.#weighed * 100_000, 10)];
    }
    const others = this.#random.below(12);
    const codes = [inStoreCode('2941', ordinal, 8)];
    if (others <= 1) codes.push(inStoreCode('0473', ordinal * 10, 8));
    if (others === 0) codes.push(inStoreCode('0473', ordinal * 10 + 1, 8));
    return codes;
  }
}

function skuOf(prefix: string, ordinal: number, styleId: string, good: Good): string {
  if (good.colour === undefined) return `${prefix}-${String(ordinal).padStart(6, '0')}`;
  const parts = [styleId, good.colour.toUpperCase(), ...(good.size === undefined ? [] : [good.size])];
  return parts.join('-');
}

function variantOf(styleId: string, colour: string, size: string | undefined): NonNullable<Item['variant']> {
  return { styleId, colour, ...(size === undefined ? {} : { size }) };
}

// A GTIN-13 of a prefix and a number of so many digits, as it is looked up.
function inStoreCode(prefix: string, number: number, digits: number): string {
  const body = `${prefix}${String(number).padStart(digits, '0')}`;
  return catalogueKey(`${body}${gtinCheckDigit(body)}`);
}

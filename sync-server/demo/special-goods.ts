// Goods of the demo store that ask something of the cashier: a deposit bottle, an age, a typed price, a serial number, the
// weight of the packing, a bundle and a service. They are the last of the items that the store was asked to have.

import { catalogueKey } from '../../shared/domain/barcode.ts';
import { gtinCheckDigit } from '../../shared/domain/gtin-check-digit.ts';
import { asCategoryId, asItemId, asTaxGroupId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { LocalizedText } from '../../shared/domain/localized-text.ts';
import { demoItems, type DemoItem } from './demo-items.ts';

type Special = Omit<Item, 'id' | 'ordinal' | 'sku' | 'name' | 'barcodes'> & {
  readonly key: string;
  readonly name: LocalizedText;
  readonly costMinor: number;
};

const STANDARD = asTaxGroupId('standard');
const REDUCED = asTaxGroupId('reduced');
export const specialId = (key: string): Item['id'] => asItemId(`special-${key}`);

const names = (...[en = '', fa = '', ar = '', ru = '', pl = '']: readonly string[]): LocalizedText => ({
  en,
  fa,
  ar,
  ru,
  pl,
});
const inCategory = (category: string, taxGroupId = STANDARD) => ({
  categoryId: asCategoryId(category),
  taxGroupId,
  unit: 'piece' as const,
});

const SPECIALS: readonly Special[] = [
  {
    key: 'deposit',
    name: names('Bottle deposit', 'ودیعهٔ بطری', 'تأمين القارورة', 'Залог за бутылку', 'Kaucja za butelkę'),
    ...inCategory('drinks'),
    priceMinor: 25,
    costMinor: 25,
    minimumPriceMinor: 25,
  },
  {
    key: 'spritzer',
    name: names(
      'Apple spritzer 1 l',
      'آب سیب گازدار ۱ لیتر',
      'عصير تفاح غازي ١ لتر',
      'Яблочный шорле 1 л',
      'Szprycer jabłkowy 1 l',
    ),
    ...inCategory('drinks'),
    priceMinor: 1_49,
    costMinor: 70,
    depositItemId: specialId('deposit'),
  },
  {
    key: 'cider',
    name: names('Cider 0.5 l', 'سیدر ۰٫۵ لیتر', 'سيدر ٠٫٥ لتر', 'Сидр 0,5 л', 'Cydr 0,5 l'),
    ...inCategory('drinks'),
    priceMinor: 2_79,
    costMinor: 1_20,
    ageMinimum: 16,
    depositItemId: specialId('deposit'),
  },
  {
    key: 'gin',
    name: names(
      'Garden gin 0.7 l',
      'جین باغ ۰٫۷ لیتر',
      'جن الحديقة ٠٫٧ لتر',
      'Садовый джин 0,7 л',
      'Gin ogrodowy 0,7 l',
    ),
    ...inCategory('drinks'),
    priceMinor: 24_90,
    costMinor: 12_00,
    ageMinimum: 18,
    minimumPriceMinor: 19_90,
  },
  {
    key: 'bouquet',
    name: names('Bouquet of flowers', 'دسته گل', 'باقة زهور', 'Букет цветов', 'Bukiet kwiatów'),
    ...inCategory('decor', REDUCED),
    priceMinor: 15_00,
    costMinor: 6_00,
    openPrice: { minMinor: 5_00, maxMinor: 150_00 },
  },
  {
    key: 'scanner',
    name: names('Pocket camera', 'دوربین جیبی', 'كاميرا جيب', 'Карманная камера', 'Aparat kieszonkowy'),
    ...inCategory('phones'),
    priceMinor: 199_00,
    costMinor: 120_00,
    trackBy: 'serial',
  },
  {
    key: 'olives',
    name: names('Olives from the counter', 'زیتون فله', 'زيتون بالوزن', 'Оливки на развес', 'Oliwki na wagę'),
    ...inCategory('deli', REDUCED),
    unit: 'kilogram',
    priceMinor: 16_90,
    costMinor: 7_00,
    tareMilli: 12,
  },
  {
    key: 'picnic',
    name: names('Picnic set', 'ست پیک‌نیک', 'طقم نزهة', 'Набор для пикника', 'Zestaw piknikowy'),
    ...inCategory('drinks'),
    priceMinor: 6_90,
    costMinor: 3_10,
    bundle: {
      components: [
        { itemId: specialId('spritzer'), quantityMilli: 2000 },
        { itemId: specialId('cider'), quantityMilli: 2000 },
      ],
      pricing: 'own',
    },
  },
  {
    key: 'gift-wrap',
    name: names(
      'Gift wrapping',
      'بسته‌بندی هدیه',
      'تغليف هدايا',
      'Подарочная упаковка',
      'Pakowanie na prezent',
    ),
    ...inCategory('accessories'),
    priceMinor: 2_50,
    costMinor: 0,
    isService: true,
  },
];

/** All goods of a demo store of `count` items: the generated ones, and the special ones at the end. */
export function* storeGoods(count: number, seed: number): Generator<DemoItem> {
  const firstSpecial = Math.max(0, count - SPECIALS.length);
  yield* demoItems(firstSpecial, seed);
  yield* specialGoods(firstSpecial).slice(0, count - firstSpecial);
}

function specialGoods(firstOrdinal: number): readonly DemoItem[] {
  return SPECIALS.map(({ key, costMinor, ...good }, place) => {
    const body = `2942${String(place + 1).padStart(8, '0')}`;
    const item: Item = {
      ...good,
      id: specialId(key),
      ordinal: firstOrdinal + place,
      sku: `SP-${key.toUpperCase()}`,
      barcodes: [catalogueKey(`${body}${gtinCheckDigit(body)}`)],
    };
    return { item, costMinor };
  });
}

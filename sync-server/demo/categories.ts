// The demo store's categories and the tax group each is charged with, tile colours, order, and sku prefixes.

import { asCategoryId, asTaxGroupId, type TaxGroupId } from '../../shared/domain/ids.ts';
import type { Category } from '../../shared/domain/item.ts';
import type { TaxGroup } from '../../shared/domain/tax.ts';

const STANDARD = asTaxGroupId('standard');
const REDUCED = asTaxGroupId('reduced');

/** German value added tax: 19 % and, for food and dry drinks, 7 %, inside the shelf price. */
export const TAX_GROUPS: readonly TaxGroup[] = [
  vat(STANDARD, 'A', 'VAT 19 %', 190_000),
  vat(REDUCED, 'B', 'VAT 7 %', 70_000),
];

const ROWS = `
produce     | leaf  | Fruit and vegetables | میوه و سبزی      | خضار وفواكه      | Овощи и фрукты      | Owoce i warzywa
bakery      | sun   | Bakery               | نان و شیرینی     | مخبوزات          | Хлеб и выпечка      | Pieczywo
dairy       | sky   | Dairy and eggs       | لبنیات و تخم‌مرغ | ألبان وبيض       | Молочное и яйца     | Nabiał i jajka
deli        | berry | Deli counter         | گوشت و پنیر      | أجبان ولحوم      | Сыры, мясо и рыба   | Sery, mięso i ryby
pantry      | clay  | Pantry               | خواربار          | بقالة            | Бакалея             | Produkty spożywcze
drinks      | sky   | Drinks               | نوشیدنی          | مشروبات          | Напитки             | Napoje
sweets      | berry | Sweets and snacks    | شیرینی و تنقلات  | حلويات ووجبات خفيفة | Сладости и закуски | Słodycze i przekąski
tops        | sky   | T-shirts and shirts  | تی‌شرت و پیراهن  | قمصان وتيشيرتات  | Футболки и рубашки  | Koszulki i koszule
knitwear    | clay  | Knitwear             | بافتنی           | ملابس محبوكة     | Трикотаж            | Swetry i bluzy
trousers    | stone | Trousers and jeans   | شلوار و جین      | بناطيل وجينز     | Брюки и джинсы      | Spodnie i dżinsy
dresses     | berry | Dresses and skirts   | پیراهن و دامن    | فساتين وتنانير   | Платья и юбки       | Sukienki i spódnice
coats       | stone | Coats and jackets    | پالتو و کاپشن    | معاطف وسترات     | Пальто и куртки     | Płaszcze i kurtki
shoes       | clay  | Shoes                | کفش              | أحذية            | Обувь               | Buty
accessories | sun   | Bags and accessories | کیف و اکسسوری    | حقائب وإكسسوارات | Сумки и аксессуары  | Torby i dodatki
furniture   | leaf  | Furniture            | مبلمان           | أثاث             | Мебель              | Meble
tableware   | sky   | Kitchen and table    | آشپزخانه و میز   | المطبخ والمائدة  | Кухня и сервировка  | Kuchnia i stół
textiles    | berry | Home textiles        | منسوجات خانه     | منسوجات منزلية   | Домашний текстиль   | Tekstylia domowe
lighting    | sun   | Lighting             | روشنایی          | إضاءة            | Освещение           | Oświetlenie
decor       | leaf  | Decoration           | دکوراسیون        | ديكور            | Декор               | Dekoracje
audio       | stone | Audio                | صوتی             | صوتيات           | Аудио               | Audio
computers   | sky   | Computers            | رایانه           | حواسيب           | Компьютеры          | Komputery
phones      | leaf  | Phones               | موبایل           | هواتف            | Телефоны            | Telefony
appliances  | clay  | Appliances           | لوازم برقی       | أجهزة منزلية     | Бытовая техника     | AGD
`;

/** Every category, in the order of the tiles. */
export const CATEGORIES: readonly Category[] = ROWS.trim()
  .split('\n')
  .map((row, position) => {
    const [id = '', tone = '', en = '', fa = '', ar = '', ru = '', pl = ''] = row
      .split('|')
      .map((cell) => cell.trim());
    return { id: asCategoryId(id), name: { en, fa, ar, ru, pl }, tone: toneOf(tone), position };
  });

const FOOD = new Set(['produce', 'bakery', 'dairy', 'deli', 'pantry', 'sweets']);
// Coffee, tea and cocoa are food; what is poured from a bottle or carton is not.
const DRY_DRINK_MOTIFS = new Set(['pack', 'bag', 'jar']);

/** The tax group of a thing in `category` that is pictured as `motif`. */
export function taxGroupOf(category: string, motif: string): TaxGroupId {
  const isDryDrink = category === 'drinks' && DRY_DRINK_MOTIFS.has(motif);
  return FOOD.has(category) || isDryDrink ? REDUCED : STANDARD;
}

function vat(id: TaxGroupId, letter: string, name: string, ratePpm: number): TaxGroup {
  const component = {
    id: `vat-${id}`,
    name,
    charge: { kind: 'percent', ratePpm },
    isIncludedInPrice: true,
    joinsLaterBases: false,
    takesEarlierTaxes: false,
  } as const;
  return { id, name, letter, components: [component] };
}

function toneOf(text: string): Category['tone'] {
  const tones = ['leaf', 'sun', 'berry', 'sky', 'clay', 'stone'] as const;
  const tone = tones.find((each) => each === text);
  if (tone === undefined) throw new Error(`"${text}" is no tile colour`);
  return tone;
}

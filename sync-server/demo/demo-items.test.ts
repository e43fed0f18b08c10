import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseBarcode } from '../../shared/domain/barcode.ts';
import { foldForSearch } from '../../shared/domain/fold-for-search.ts';
import { LANGUAGES, type Language } from '../../shared/domain/localized-text.ts';
import { CATEGORIES } from './categories.ts';
import { demoCustomers } from './customers.ts';
import { demoItems, FAVOURITE_COUNT } from './demo-items.ts';
import { openingReceipts } from './opening-stock.ts';
import { parsePicturePath } from './pictures/picture-path.ts';
import { renderPicture } from './pictures/render-picture.ts';
import { createSeededRandom } from './seeded-random.ts';
import { toEnding } from './shelf-prices.ts';
import { BERLIN, HAMBURG } from './stores.ts';
import { COLOURS, MATERIALS, WEARERS } from './words/colours.ts';
import { packText, readPack } from './words/packs.ts';
import { DEMO_STORES } from './stores.ts';

const rows = [...demoItems(5_000, 2026)];
const items = rows.map((row) => row.item);

const SCRIPT: Readonly<Record<Language, RegExp>> = {
  en: /[A-Za-z]/,
  pl: /[A-Za-ząćęłńóśźż]/,
  ru: /\p{Script=Cyrillic}/u,
  fa: /\p{Script=Arabic}/u,
  ar: /\p{Script=Arabic}/u,
};

describe('demo items', () => {
  test('every item has a name of its own in every language, in its script', () => {
    for (const language of LANGUAGES) {
      const names = items.map((item) => item.name[language] ?? '');
      expect(names.filter((name) => !SCRIPT[language].test(name))).toEqual([]);
      expect(names.filter((name) => name.length > 100 || /undefined|\s\s|^\s|\s$/.test(name))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('no language borrows the letters of another', () => {
    const persianOnly = /[پچژگک]/u;
    const arabicOnly = /[ةكيىأإ]/u;
    expect(items.filter((item) => persianOnly.test(item.name.ar ?? '')).map((item) => item.name.ar)).toEqual(
      [],
    );
    expect(items.filter((item) => arabicOnly.test(item.name.fa ?? '')).map((item) => item.name.fa)).toEqual(
      [],
    );
    expect(items.filter((item) => /[ыэъё]/iu.test(item.name.pl ?? ''))).toEqual([]);
  });

  test('adjectives agree with their nouns', () => {
    const sofa = items.find((item) => item.name.en.startsWith('Green velvet sofa'));
    expect(sofa?.favourite).toBe(true);
    expect(sofa?.name.ru).toMatch(/^Зелёный бархатный диван /u);
    expect(sofa?.name.pl).toMatch(/^Zielona sofa aksamitna /u);
    expect(sofa?.name.fa).toMatch(/^مبل مخملی سبز /u);
    expect(sofa?.name.ar).toMatch(/^أريكة مخملية خضراء /u);
    const named = (start: string) => items.find((item) => item.name.en.startsWith(start))?.name;
    expect(named("Women's linen dress")?.ru).toMatch(/^Платье женское льняное /u);
    expect(named("Women's linen dress")?.pl).toMatch(/^Sukienka damska lniana /u);
    expect(named("Men's leather trainers")?.ru).toMatch(/^Кроссовки мужские кожаные /u);
    expect(named("Men's leather trainers")?.pl).toMatch(/^Buty sportowe męskie skórzane /u);
    expect(named('White ceramic bowl')?.ar).toMatch(/^سلطانية خزفية بيضاء /u);
  });

  test.each([...COLOURS.values(), ...MATERIALS.values(), ...WEARERS.values()])(
    'the adjective $key has a form for every gender',
    ({ ru, pl, ar }) => {
      expect(ru.map((form) => form.replace(/^.*(?=..$)/u, ''))).toEqual([
        expect.stringMatching(/(ый|ий|ой)$/u),
        expect.stringMatching(/(ая|яя)$/u),
        expect.stringMatching(/(ое|ее)$/u),
        expect.stringMatching(/(ые|ие)$/u),
      ]);
      expect(pl).toEqual([
        expect.stringMatching(/[yi]$/),
        expect.stringMatching(/a$/),
        expect.stringMatching(/e$/),
        expect.stringMatching(/e$/),
      ]);
      expect(pl[2]).toBe(pl[3]);
      expect(ar.length === 1 || /(ة|اء)$/u.test(ar[1] ?? '')).toBe(true);
    },
  );

  test('codes are valid, in the in-store range, and each belongs to one item', () => {
    const codes = items.flatMap((item) => item.barcodes);
    expect(new Set(codes).size).toBe(codes.length);
    const read = codes.map((code) => parseBarcode(code.replace(/^0/, '')));
    expect(read.filter((code) => code.kind !== 'gtin' || !code.isInStore)).toEqual([]);
    expect(items.filter((item) => item.barcodes.length > 1).length).toBeGreaterThan(500);
  });

  test('a scanned weight finds its item', () => {
    const apples = items.find((item) => item.unit === 'kilogram');
    const digits = apples?.barcodes[0]?.slice(3, 8) ?? '';
    const scanned = parseBarcode(`28${digits}01234` + checkDigitOf(`28${digits}01234`), {
      patterns: DEMO_STORES[0]?.store.scalePatterns ?? [],
    });
    expect(scanned).toMatchObject({ kind: 'weight-embedded', key: apples?.barcodes[0], value: 1_234 });
  });

  test('24 favourites, weighed and measured goods, two tax rates, every category', () => {
    expect(FAVOURITE_COUNT).toBe(24);
    expect(items.filter((item) => item.favourite)).toHaveLength(24);
    expect(new Set(items.map((item) => item.unit))).toEqual(new Set(['piece', 'kilogram', 'litre', 'metre']));
    expect(new Set(items.map((item) => item.taxGroupId))).toEqual(new Set(['standard', 'reduced']));
    expect(new Set(items.map((item) => item.categoryId))).toEqual(new Set(CATEGORIES.map((each) => each.id)));
    expect(new Set(items.map((item) => item.sku)).size).toBe(items.length);
  });

  test('variants of a style differ in size and colour and cost the same', () => {
    const shirts = items.filter((item) => item.variant?.styleId === items[1]?.variant?.styleId);
    expect(shirts.length).toBeGreaterThan(9);
    expect(new Set(shirts.map((item) => item.priceMinor)).size).toBe(1);
    const axes = shirts.map((item) => `${item.variant?.colour ?? ''}/${item.variant?.size ?? ''}`);
    expect(new Set(axes).size).toBe(shirts.length);
  });

  test('the same seed gives the same bytes, another seed other prices, and more items begin with the same', () => {
    const digest = (list: unknown) => createHash('sha256').update(JSON.stringify(list)).digest('hex');
    expect(digest([...demoItems(1_000, 5)])).toBe(digest([...demoItems(1_000, 5)]));
    expect(digest([...demoItems(1_000, 5)])).not.toBe(digest([...demoItems(1_000, 6)]));
    expect(digest([...demoItems(6_000, 2026)].slice(0, 5_000))).toBe(digest(rows));
  });

  test('100,000 items have skus, codes and English names of their own', () => {
    const many = [...demoItems(100_000, 1)].map((row) => row.item);
    for (const values of [many.map((item) => item.sku), many.flatMap((item) => item.barcodes)]) {
      expect(new Set(values).size).toBe(values.length);
    }
    expect(new Set(many.map((item) => item.name.en)).size).toBe(many.length);
    expect(Math.max(...many.map((item) => foldForSearch(item.name.en).length))).toBeLessThan(100);
  }, 90_000);
});

describe('shelf prices', () => {
  test.each([
    [12, 19],
    [243, 239],
    [247, 249],
    [1_530, 1_549],
    [1_560, 1_549],
    [9_980, 9_999],
    [79_100, 78_900],
  ])('%d becomes %d', (from, to) => {
    expect(toEnding(from)).toBe(to);
  });
});

describe('packs', () => {
  test('are printed in the digits and units of the language', () => {
    expect(packText(readPack('1500ml'))).toEqual({
      en: '1.5 l',
      fa: '۱٫۵ لیتر',
      ar: '١٫٥ ل',
      ru: '1,5 л',
      pl: '1,5 l',
    });
    expect(packText(readPack('1pc')).en).toBe('1 pc');
    expect(packText(readPack('10pc')).ar).toBe('١٠ حبات');
    expect(packText(readPack('30pc')).ar).toBe('٣٠ حبة');
  });
});

describe('pictures', () => {
  test('every item has one, small, without script or address', () => {
    const paths = new Set(items.map((item) => item.picture ?? ''));
    for (const path of paths) {
      const asked = parsePicturePath(path);
      const svg = asked === null ? null : renderPicture(asked);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg).not.toMatch(/undefined|NaN|script|href|style=/);
      expect(Buffer.byteLength(svg ?? '')).toBeLessThanOrEqual(2_048);
    }
  });

  test.each([
    'media/1/../x.svg',
    'media/1/sofa-green.svg?x',
    'media/0/sofa-green.svg',
    'media/1/Sofa-green.svg',
  ])('%s is no picture', (path) => {
    expect(parsePicturePath(path)).toBeNull();
  });

  test('an unknown motif or colour draws nothing', () => {
    expect(renderPicture({ motif: 'constructor', tone: 'green' })).toBeNull();
    expect(renderPicture({ motif: 'sofa', tone: 'constructor' })).toBeNull();
  });
});

describe('demo people and stock', () => {
  test('customers have different names and reach nobody', () => {
    const customers = demoCustomers(createSeededRandom(1));
    expect(new Set(customers.map((customer) => customer.name)).size).toBe(200);
    const phones = customers.flatMap((customer) => customer.phone ?? []);
    expect(phones.filter((phone) => !/^\+49 (30 23125|40 66969) \d{3}$/.test(phone))).toEqual([]);
    const mails = customers.flatMap((customer) => customer.email ?? []);
    expect(mails.filter((mail) => !/^customer\.\d{4}@example\.(com|org|net)$/.test(mail))).toEqual([]);
  });

  test('opening stock is received in deliveries of at most 200 lines, whole pieces, with costs below the price', () => {
    const berlin = [...openingReceipts(rows, { storeId: BERLIN, seed: 1 })];
    expect(berlin.length).toBeGreaterThan(20);
    for (const receipt of berlin) {
      expect(receipt.movements.length).toBeLessThanOrEqual(200);
      expect(receipt.costsMinor).toHaveLength(receipt.movements.length);
    }
    const movements = berlin.flatMap((receipt) => receipt.movements);
    expect(
      movements.filter(
        ({ ordinal, quantityMilli }) => items[ordinal]?.unit === 'piece' && quantityMilli % 1000 !== 0,
      ),
    ).toEqual([]);
    expect(movements.length).toBeGreaterThan(4_700);
    const hamburg = [...openingReceipts(rows, { storeId: HAMBURG, seed: 1 })].flatMap(
      (receipt) => receipt.movements,
    );
    expect(hamburg.length).toBeLessThan(movements.length);
    expect(rows.filter(({ item, costMinor }) => costMinor >= item.priceMinor)).toEqual([]);
  });
});

// By hand: weights 1 and 3 from the left over twelve digits.
function checkDigitOf(digits: string): string {
  const sum = Array.from(digits).reduce(
    (total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3),
    0,
  );
  return String((10 - (sum % 10)) % 10);
}

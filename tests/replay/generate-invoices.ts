// A seeded file of the UCI shape for runs without the real one: C-invoices, free rows, negative stock counts, bad
// debt, long invoices, odd codes, quoted descriptions, prices with parts of a penny.

import { seededRandom, type SeededRandom } from '../support/seeded-random.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const WORDS = [
  'RED',
  'TIN',
  'HEART',
  'LANTERN',
  'TEA',
  'CUP',
  'BAG',
  'SMALL',
  'CLOCK',
  'GREEN',
  'GLASS',
  'BIRD',
];
const ODD_CODES = ['POST', 'DOT', 'M', 'BANK CHARGES', 'gift_0001_20', 'DCGS0076'];
const FIRST_DAY = Date.UTC(2010, 11, 1, 8, 0);

/** CSV text with `count` invoices over `codes` stock codes. */
export function generateInvoices(
  count: number,
  given: { readonly seed: number; readonly codes?: number },
): string {
  const random = seededRandom(given.seed);
  const codes = Array.from({ length: given.codes ?? 900 }, (_, index) => stockCode(index, random));
  const lines = [HEADER];
  for (let index = 0; index < count; index += 1) {
    lines.push(...invoiceRows(index, codes, random));
  }
  return `${lines.join('\n')}\n`;
}

function invoiceRows(index: number, codes: readonly string[], random: SeededRandom): string[] {
  const at = new Date(FIRST_DAY + Math.floor(index / 60) * 86_400_000 + (index % 60) * 600_000);
  const time = at.toISOString().slice(0, 19);
  const number = String(536_365 + index);
  const shape = random.next();
  const tail = `${random.chance(0.7) ? 12_000 + random.integer(6000) : ''},United Kingdom`;
  const row = (code: string, quantity: number, price: string, name = description(random)): string =>
    `${code},${name},${quantity},${time},${price},${tail}`;
  const one = (code: string, quantity: number, price: string, name: string): string[] => [
    `${number},${row(code, quantity, price, name)}`,
  ];
  if (shape < 0.001) {
    return [`A${one('B', 1, random.chance(0.5) ? '-11062.06' : '11062.06', 'Adjust bad debt')[0]}`];
  }
  if (shape < 0.06) {
    return one(random.pick(codes), -1 - random.integer(60), '0', random.pick(['', 'damages', 'lost', '?']));
  }
  if (shape < 0.12) return one(random.pick(codes), 1 + random.integer(60), '0', '');
  const isReturn = shape < 0.27;
  const size = shape > 0.997 ? 300 + random.integer(300) : 1 + Math.floor(random.next() ** 3 * 60);
  return Array.from({ length: isReturn ? 1 + random.integer(4) : size }, () => {
    const code = random.chance(0.01) ? random.pick(ODD_CODES) : random.pick(codes);
    const pieces = random.chance(0.002) ? 1000 + random.integer(70_000) : 1 + random.integer(24);
    return `${isReturn ? 'C' : ''}${number},${row(code, isReturn ? -pieces : pieces, price(random))}`;
  });
}

function price(random: SeededRandom): string {
  if (random.chance(0.004)) return '0';
  if (random.chance(0.002)) return `0.00${1 + random.integer(9)}`;
  const pence = 19 + Math.floor(random.next() ** 4 * 30_000);
  return String(pence / 100);
}

function description(random: SeededRandom): string {
  const words = Array.from({ length: 2 + random.integer(3) }, () => random.pick(WORDS)).join(' ');
  if (random.chance(0.02)) return `"${words}, BOX OF 6"`;
  return random.chance(0.02) ? `"12"" ${words}"` : words;
}

function stockCode(index: number, random: SeededRandom): string {
  const digits = String(20_000 + index * 7);
  return random.chance(0.15) ? `${digits}${random.pick(['A', 'B', 'c', 'BL'])}` : digits;
}

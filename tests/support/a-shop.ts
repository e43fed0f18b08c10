// Valid things of a small shop for tests of workstations: settings, an operator, items and their pages.

import { asCategoryId, asItemId, asOperatorId, asStoreId, asTaxGroupId } from '../../shared/domain/ids.ts';
import { foldForSearch } from '../../shared/domain/fold-for-search.ts';
import type { Item } from '../../shared/domain/item.ts';
import { PERMISSIONS, type Operator } from '../../shared/domain/operator.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import type { Tender } from '../../shared/domain/transaction.ts';

export const STANDARD = asTaxGroupId('standard');

export const aSettings = (): StoreSettings => ({
  store: {
    id: asStoreId('s1'),
    number: 1,
    name: 'Corner shop',
    addressLines: ['1 Main Street'],
    taxNumber: '123',
    timeZone: 'Europe/Warsaw',
    dayStartsAtMinute: 0,
    currency: 'EUR',
    defaultLanguage: 'en',
    receiptFooter: '',
    // Most tests are about something else than sessions of a till.
    maySellWithoutTill: true,
  },
  taxRules: { rounding: 'half-up', roundingPoint: 'rate' },
  taxGroups: {
    [STANDARD]: {
      id: STANDARD,
      name: 'Standard',
      letter: 'A',
      components: [
        {
          id: 'vat',
          name: 'VAT',
          charge: { kind: 'percent', ratePpm: 230_000 },
          isIncludedInPrice: true,
          joinsLaterBases: false,
          takesEarlierTaxes: false,
        },
      ],
    },
  },
  categories: [],
  printers: [],
  isDemo: true,
});

/** PIN 1234 with the cheapest Argon2id parameters; made once with hash-wasm. */
export const anOperator = (change: Partial<Operator> = {}): Operator => ({
  id: asOperatorId('o1'),
  number: 1,
  name: 'Ada',
  roleName: 'manager',
  permissions: [...PERMISSIONS],
  pinVerifier: 'plain:1234',
  isActive: true,
  ...change,
});

/** Stands in for Argon2id where the test is not about it: the verifier holds the PIN in the open. */
export const verifyPlainPin = (pin: string, verifier: string): Promise<boolean> =>
  Promise.resolve(verifier === `plain:${pin}`);

export const anItem = (ordinal: number, change: Partial<Item> = {}): Item => ({
  id: asItemId(`item-${String(ordinal)}`),
  ordinal,
  sku: `SKU-${String(ordinal)}`,
  name: { en: `Thing ${String(ordinal)}` },
  categoryId: asCategoryId('things'),
  unit: 'piece',
  priceMinor: 100 + ordinal,
  taxGroupId: STANDARD,
  barcodes: [],
  ...change,
});

/** The page document of items that share a page, as the server writes it. */
export function aPage(items: readonly Item[]) {
  const page = Math.floor((items[0]?.ordinal ?? 0) / 256);
  const records = Array.from({ length: 256 }, () => '');
  const search = Array.from({ length: 256 }, () => '');
  const barcodes: string[] = [];
  for (const item of items) {
    const slot = item.ordinal % 256;
    records[slot] = JSON.stringify(item);
    search[slot] = [item.sku, ...Object.values(item.name)].map((text) => foldForSearch(text)).join(' ');
    for (const code of item.barcodes) barcodes.push(`${code} ${String(slot)}`);
  }
  return {
    id: String(page).padStart(6, '0'),
    page,
    count: items.length,
    barcodes: barcodes.join('\n'),
    search: search.join('\n'),
    prices: '',
    records: records.join('\n'),
  };
}

/** Cash that settles the sum exactly. */
export function exactCash(grossMinor: number): readonly Tender[] {
  const settled = settleInCash(grossMinor, Math.max(0, grossMinor), { stepMinor: 1 });
  if (!settled.ok) throw new Error(settled.reason);
  return settled.value.tenders;
}

// What a shop sells, as it crosses the wire: items, categories, taxes, settings of a store and its operators.

import {
  Array,
  Boolean,
  Integer,
  Literal,
  Null,
  Object,
  Optional,
  Record,
  String,
  Union,
  Unsafe,
} from 'typebox';
import type { Category, Item } from '../domain/item.ts';
import type { LocalizedText } from '../domain/localized-text.ts';
import type { Operator } from '../domain/operator.ts';
import type { TaxGroupId } from '../domain/ids.ts';
import type { Store } from '../domain/store.ts';
import type { TaxComponent, TaxGroup, TaxRules, TaxSummary } from '../domain/tax.ts';
import * as bound from './bounds.ts';
import * as limit from './limits.ts';
import { pointsRule } from './points.ts';
import { describes } from './describes.ts';
import { exchangeRate } from './exchange-rate.ts';
import { storeHours, storeLocation } from './store-place.ts';

const closed = { additionalProperties: false } as const;

export const localizedText = describes<LocalizedText>()(
  Object(
    {
      en: bound.name,
      fa: Optional(bound.name),
      ar: Optional(bound.name),
      ru: Optional(bound.name),
      pl: Optional(bound.name),
    },
    closed,
  ),
);

export const unitOfMeasure = Union([
  Literal('piece'),
  Literal('kilogram'),
  Literal('litre'),
  Literal('metre'),
]);

/** What people give a reason for. */
export const reasonedAction = Union([
  Literal('override-price'),
  Literal('discount'),
  Literal('exempt-tax'),
  Literal('return-goods'),
  Literal('void-transaction'),
  Literal('move-cash'),
  Literal('no-sale'),
  Literal('remove-line'),
  Literal('cancel-order'),
  Literal('end-order'),
  Literal('cancel-cart'),
  Literal('discard-print'),
  Literal('decide-card'),
]);

export const ageYears = Integer({ minimum: 1, maximum: 120 });

export const itemSchema = describes<Item>()(
  Object(
    {
      id: bound.itemId,
      ordinal: bound.ordinal,
      sku: bound.code,
      name: localizedText,
      categoryId: bound.categoryId,
      unit: unitOfMeasure,
      priceMinor: bound.amountMinor,
      taxGroupId: bound.taxGroupId,
      barcodes: Array(bound.code, { maxItems: limit.LIST_MAX.barcodes }),
      picture: Optional(String({ maxLength: limit.TEXT_MAX.path })),
      variant: Optional(
        Object({ styleId: bound.plainId, size: Optional(bound.code), colour: Optional(bound.code) }, closed),
      ),
      favourite: Optional(Boolean()),
      openPrice: Optional(Object({ minMinor: bound.amountMinor, maxMinor: bound.amountMinor }, closed)),
      ageMinimum: Optional(ageYears),
      trackBy: Optional(Union([Literal('serial'), Literal('lot')])),
      depositItemId: Optional(bound.itemId),
      tareMilli: Optional(bound.positiveMilli),
      bundle: Optional(
        Object(
          {
            components: Array(Object({ itemId: bound.itemId, quantityMilli: bound.positiveMilli }, closed), {
              maxItems: limit.LIST_MAX.bundleComponents,
            }),
            pricing: Union([Literal('own'), Literal('sum')]),
          },
          closed,
        ),
      ),
      minimumPriceMinor: Optional(bound.amountMinor),
      shelf: Optional(bound.code),
      isService: Optional(Boolean()),
      revision: Optional(bound.count),
    },
    closed,
  ),
);

export const categorySchema = describes<Category>()(
  Object(
    {
      id: bound.categoryId,
      name: localizedText,
      tone: Union([
        Literal('leaf'),
        Literal('sun'),
        Literal('berry'),
        Literal('sky'),
        Literal('clay'),
        Literal('stone'),
      ]),
      position: bound.count,
    },
    closed,
  ),
);

export const taxComponent = describes<TaxComponent>()(
  Object(
    {
      id: bound.plainId,
      name: bound.name,
      charge: Union([
        Object({ kind: Literal('percent'), ratePpm: bound.ratePpm }, closed),
        Object({ kind: Literal('percent-of-gross'), ratePpm: bound.ratePpm }, closed),
        Object({ kind: Literal('fixed-per-unit'), amountMinor: bound.amountMinor }, closed),
      ]),
      isIncludedInPrice: Boolean(),
      joinsLaterBases: Boolean(),
      takesEarlierTaxes: Boolean(),
      leavesOutPrice: Optional(Boolean()),
    },
    closed,
  ),
);

export const taxGroup = describes<TaxGroup>()(
  Object(
    {
      id: bound.taxGroupId,
      name: bound.name,
      letter: String({ maxLength: 4 }),
      components: Array(taxComponent, { maxItems: limit.LIST_MAX.components }),
    },
    closed,
  ),
);

/** Keyed by tax group id; `describes` cannot follow a branded key, so the key type is stated here. */
export const taxGroups = Unsafe<Readonly<globalThis.Record<TaxGroupId, TaxGroup>>>(
  Record(String({ pattern: bound.ID_PATTERN }), taxGroup, {
    ...closed,
    maxProperties: limit.LIST_MAX.taxes,
  }),
);

export const taxRules = describes<TaxRules>()(
  Object(
    {
      rounding: Union([Literal('half-up'), Literal('half-even'), Literal('down'), Literal('up')]),
      roundingPoint: Union([Literal('unit'), Literal('line'), Literal('rate'), Literal('document')]),
      roundingStepMinor: Optional(Integer({ minimum: 1, maximum: 1_000_000 })),
      includedNet: Optional(
        Union([Literal('price-minus-tax'), Literal('net-first'), Literal('rounded-itself')]),
      ),
    },
    closed,
  ),
);

export const taxSummary = describes<TaxSummary>()(
  Object(
    {
      taxGroupId: bound.taxGroupId,
      componentId: bound.plainId,
      letter: String({ maxLength: 4 }),
      name: bound.name,
      ratePpm: Union([bound.ratePpm, Null()]),
      netMinor: bound.amountMinor,
      taxMinor: bound.amountMinor,
      grossMinor: bound.amountMinor,
    },
    closed,
  ),
);

const scalePattern = Object(
  {
    template: String({ minLength: 8, maxLength: 14, pattern: '^[0-9IWPNV]+C?$' }),
    decimals: Integer({ minimum: 0, maximum: 6 }),
  },
  closed,
);

export const storeSchema = describes<Store>()(
  Object(
    {
      id: bound.storeId,
      number: Integer({ minimum: 1, maximum: 999_999 }),
      name: bound.name,
      addressLines: Array(bound.name, { maxItems: limit.LIST_MAX.addressLines }),
      taxNumber: bound.code,
      timeZone: bound.code,
      dayStartsAtMinute: Integer({ minimum: 0, maximum: 720 }),
      currency: bound.currency,
      cashRoundingStepMinor: Optional(Integer({ minimum: 1, maximum: 100_000 })),
      exchangeRates: Optional(Array(exchangeRate, { maxItems: limit.LIST_MAX.exchangeRates })),
      defaultLanguage: Union([Literal('en'), Literal('fa'), Literal('ar'), Literal('ru'), Literal('pl')]),
      receiptFooter: bound.note,
      scalePatterns: Optional(Array(scalePattern, { maxItems: 20 })),
      maySellWithoutTill: Optional(Boolean()),
      points: Optional(pointsRule),
      reasonsAskedFor: Optional(Array(reasonedAction, { maxItems: 16 })),
      location: Optional(storeLocation),
      hours: Optional(storeHours),
    },
    closed,
  ),
);

export const operatorSchema = describes<Operator>()(
  Object(
    {
      id: bound.operatorId,
      number: Integer({ minimum: 0, maximum: 999_999 }),
      name: bound.name,
      roleName: Union([
        Literal('cashier'),
        Literal('supervisor'),
        Literal('manager'),
        Literal('call-centre'),
      ]),
      permissions: Array(
        Union([
          Literal('sell'),
          Literal('return-goods'),
          Literal('void-transaction'),
          Literal('override-price'),
          Literal('give-discount'),
          Literal('exempt-tax'),
          Literal('reprint-receipt'),
          Literal('open-drawer'),
          Literal('close-till'),
          Literal('manage-devices'),
          Literal('manage-settings'),
          Literal('decide-card'),
          Literal('train'),
          Literal('take-calls'),
          Literal('sell-reserved'),
          Literal('decide-attention'),
          Literal('approve'),
        ]),
        { maxItems: limit.LIST_MAX.permissions },
      ),
      pinVerifier: String({ maxLength: limit.TEXT_MAX.path }),
      isActive: Boolean(),
      limits: Optional(
        Object(
          {
            maxDiscountPpm: Optional(bound.ratePpm),
            maxRefundMinor: Optional(bound.amountMinor),
            maxPaidOutMinor: Optional(bound.amountMinor),
            maxTillDifferenceMinor: Optional(bound.amountMinor),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
);

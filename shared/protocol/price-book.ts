// Promotions, price rules and reason codes as they cross the wire: documents of the `promotions` collection.

import { Array, Boolean, Integer, Literal, Null, Object, Optional, String, Union } from 'typebox';
import type { PriceRule } from '../domain/price-rule.ts';
import type { PromotionDocument } from '../domain/promotion-document.ts';
import type {
  Promotion,
  PromotionCondition,
  PromotionReward,
  PromotionScope,
} from '../domain/promotions/promotion.ts';
import type { ReasonCode } from '../domain/reason-code.ts';
import * as bound from './bounds.ts';
import { localizedText, reasonedAction } from './catalogue.ts';
import { describes } from './describes.ts';
import { LIST_MAX } from './limits.ts';
import { pointsTimesMilli } from './points.ts';

const closed = { additionalProperties: false } as const;
const units = Integer({ minimum: 1, maximum: 1_000_000 });
const minute = Integer({ minimum: 0, maximum: 1440 });
const scopedIds = Array(bound.plainId, { maxItems: LIST_MAX.scopedIds });

const scopeProperties = {
  itemIds: Optional(scopedIds),
  categoryIds: Optional(scopedIds),
  leavesOutReduced: Optional(Boolean()),
  minUnitPriceMinor: Optional(bound.amountMinor),
  maxUnitPriceMinor: Optional(bound.amountMinor),
};
export const promotionScope = describes<PromotionScope>()(Object(scopeProperties, closed));

export const promotionCondition = describes<PromotionCondition>()(
  Union([
    Object(
      {
        kind: Literal('spend-at-least'),
        minMinor: bound.amountMinor,
        scope: Optional(promotionScope),
        measure: Optional(Union([Literal('price'), Literal('net')])),
      },
      closed,
    ),
    Object({ kind: Literal('quantity-at-least'), minUnits: units, scope: Optional(promotionScope) }, closed),
    Object({ kind: Literal('line-quantity-at-least'), minUnits: units }, closed),
    Object({ kind: Literal('contains'), scope: promotionScope }, closed),
    Object(
      {
        kind: Literal('coupon'),
        code: bound.code,
        limit: Optional(Union([Literal('once'), Literal('once-per-customer')])),
      },
      closed,
    ),
    Object({ kind: Literal('customer-group'), group: bound.code }, closed),
    Object({ kind: Literal('first-purchase') }, closed),
    Object(
      { kind: Literal('channel'), channels: Array(bound.code, { maxItems: LIST_MAX.channels }) },
      closed,
    ),
    Object(
      {
        kind: Literal('hours'),
        weekdays: Array(Integer({ minimum: 1, maximum: 7 }), { maxItems: 7 }),
        fromMinute: minute,
        toMinute: minute,
      },
      closed,
    ),
    Object({ kind: Literal('days'), from: bound.businessDay, to: bound.businessDay }, closed),
  ]),
);

const tier = Object({ from: bound.count, ratePpm: bound.ratePpm }, closed);

export const promotionReward = describes<PromotionReward>()(
  Union([
    Object(
      {
        kind: Literal('percent-off'),
        ratePpm: bound.ratePpm,
        roundedOn: Union([Literal('unit'), Literal('sum')]),
      },
      closed,
    ),
    Object({ kind: Literal('amount-off-units'), amountMinor: bound.amountMinor }, closed),
    Object({ kind: Literal('amount-off-sum'), amountMinor: bound.amountMinor }, closed),
    Object({ kind: Literal('sum-for-price'), priceMinor: bound.amountMinor }, closed),
    Object(
      {
        kind: Literal('tiered-percent'),
        by: Union([Literal('spend'), Literal('quantity')]),
        tiers: Array(tier, { maxItems: LIST_MAX.tiers }),
      },
      closed,
    ),
    Object(
      {
        kind: Literal('first-and-further'),
        firstMinor: bound.amountMinor,
        furtherMinor: bound.amountMinor,
        maxUnits: Union([units, Null()]),
      },
      closed,
    ),
    Object({ kind: Literal('group-for-price'), priceMinor: bound.amountMinor }, closed),
    Object({ kind: Literal('cheapest-percent'), ratePpm: bound.ratePpm, units }, closed),
    Object(
      {
        kind: Literal('buy-get'),
        buyUnits: units,
        get: promotionScope,
        getUnits: units,
        ratePpm: bound.ratePpm,
        isAdded: Boolean(),
      },
      closed,
    ),
    Object(
      {
        kind: Literal('points-multiplier'),
        timesMilli: pointsTimesMilli,
      },
      closed,
    ),
  ]),
);

const priority = Integer({ minimum: -1_000_000, maximum: 1_000_000 });

export const promotionSchema = describes<Promotion>()(
  Object(
    {
      id: bound.plainId,
      name: bound.name,
      priority,
      scope: promotionScope,
      conditions: Array(promotionCondition, { maxItems: LIST_MAX.conditions }),
      reward: promotionReward,
      groupSize: Optional(units),
      maxUnits: Optional(units),
      pick: Optional(Union([Literal('line-order'), Literal('dearest'), Literal('cheapest')])),
      maxDiscountMinor: Optional(bound.amountMinor),
      exclusiveGroup: Optional(bound.code),
      usesUnits: Optional(Boolean()),
      isLast: Optional(Boolean()),
    },
    closed,
  ),
);

const ruleProperties = {
  id: bound.plainId,
  name: bound.name,
  itemIds: Optional(Array(bound.itemId, { maxItems: LIST_MAX.scopedIds })),
  categoryIds: Optional(Array(bound.categoryId, { maxItems: LIST_MAX.scopedIds })),
  channel: Optional(bound.code),
  storeId: Optional(bound.storeId),
  customerGroup: Optional(bound.code),
  minQuantityMilli: Optional(bound.positiveMilli),
  validFrom: Optional(bound.instant),
  validUntil: Optional(bound.instant),
  priority,
} as const;

export const priceRule = describes<PriceRule>()(
  Union([
    Object({ ...ruleProperties, priceMinor: Integer({ minimum: 0, maximum: 1_000_000_000_000 }) }, closed),
    Object({ ...ruleProperties, ratePpm: Integer({ minimum: 0, maximum: 1_000_000 }) }, closed),
  ]),
);

export const reasonCode = describes<ReasonCode>()(
  Object(
    {
      id: bound.plainId,
      name: localizedText,
      actions: Array(reasonedAction, { maxItems: 16 }),
      position: bound.count,
    },
    closed,
  ),
);

export const promotionDocument = describes<PromotionDocument>()(
  Union([
    Object({ id: bound.plainId, type: Literal('promotion'), body: promotionSchema }, closed),
    Object({ id: bound.plainId, type: Literal('price-rule'), body: priceRule }, closed),
    Object({ id: bound.plainId, type: Literal('reason-code'), body: reasonCode }, closed),
    Object(
      {
        id: bound.plainId,
        type: Literal('version'),
        body: Object({ revision: bound.count, mark: bound.code }, closed),
      },
      closed,
    ),
  ]),
);

/** The shape that every document of the collection has, as a till stores it. */
export const storedPromotionDocument = Object({
  id: String({ maxLength: 64 }),
  type: Union([Literal('promotion'), Literal('price-rule'), Literal('reason-code'), Literal('version')]),
  body: Object({}),
});

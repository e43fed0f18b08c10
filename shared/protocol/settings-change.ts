// A change of settings as a till asks for it, and as it is written down.

import { Array, Boolean, Literal, Null, Object, Optional, Union, type Static } from 'typebox';
import type { SettingsChange, SettingsChanged } from '../domain/settings-change.ts';
import * as bound from './bounds.ts';
import { reasonedAction } from './catalogue.ts';
import { describes } from './describes.ts';
import { orderRules } from './order-rules.ts';
import { pointsSpendMinor } from './points.ts';

const closed = { additionalProperties: false } as const;

export const operatorLimits = Object(
  {
    maxDiscountPpm: Optional(bound.ratePpm),
    maxRefundMinor: Optional(bound.count),
    maxPaidOutMinor: Optional(bound.count),
    maxTillDifferenceMinor: Optional(bound.count),
  },
  closed,
);

export const settingsChange = describes<SettingsChange>()(
  Union([
    Object(
      {
        kind: Literal('exchange-rate'),
        currency: bound.currency,
        rateMicro: bound.positiveMilli,
        perUnits: bound.unitsOfRate,
      },
      closed,
    ),
    Object({ kind: Literal('exchange-rate-ended'), currency: bound.currency }, closed),
    Object({ kind: Literal('order-rules'), rules: orderRules }, closed),
    Object(
      {
        kind: Literal('till-rules'),
        maySellWithoutTill: Boolean(),
        reasonsAskedFor: Array(reasonedAction, { maxItems: 16 }),
      },
      closed,
    ),
    Object(
      {
        kind: Literal('points'),
        spendMinor: Union([pointsSpendMinor, Null()]),
      },
      closed,
    ),
    Object(
      { kind: Literal('operator-limits'), operatorId: bound.operatorId, limits: operatorLimits },
      closed,
    ),
  ]),
);

export const settingsChanged = describes<SettingsChanged>()(
  Object({ change: settingsChange, changedBy: bound.operatorId, changedAt: bound.workstationId }, closed),
);

export const settingsChangeRequest = Object({ operatorId: bound.operatorId, change: settingsChange }, closed);
export type SettingsChangeRequest = Static<typeof settingsChangeRequest>;

// Points as they cross the wire: the rule of a store, and what a sale earned by it.

import { Array, Integer, Object, Optional } from 'typebox';
import { POINTS_TIMES_MAX_MILLI, type EarnedPoints, type PointsRule } from '../domain/earned-points.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';
import { LIST_MAX } from './limits.ts';

const closed = { additionalProperties: false } as const;
/** Most that one point may cost, minor units. */
const SPEND_MAX = 1_000_000_000;

export const pointsSpendMinor = Integer({ minimum: 1, maximum: SPEND_MAX });
export const pointsTimesMilli = Integer({ minimum: 0, maximum: POINTS_TIMES_MAX_MILLI });

export const pointsRule = describes<PointsRule>()(Object({ spendMinor: pointsSpendMinor }, closed));

export const earnedPoints = describes<EarnedPoints>()(
  Object(
    {
      points: bound.amountMinor,
      spendMinor: pointsSpendMinor,
      times: Optional(
        Array(Object({ lineNumber: bound.lineNumber, timesMilli: pointsTimesMilli }, closed), {
          maxItems: LIST_MAX.lines,
        }),
      ),
    },
    closed,
  ),
);

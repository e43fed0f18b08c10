// A rate at which a shop takes cash of another currency, as it crosses the wire.

import { Object, Optional } from 'typebox';
import type { ExchangeRate } from '../domain/exchange-rate.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';

const closed = { additionalProperties: false } as const;

export const exchangeRate = describes<ExchangeRate>()(
  Object(
    {
      currency: bound.currency,
      rateMicro: bound.positiveMilli,
      perUnits: bound.unitsOfRate,
      validFrom: bound.instant,
      validUntil: Optional(bound.instant),
      setBy: bound.name,
    },
    closed,
  ),
);

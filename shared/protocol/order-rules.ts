// A store's terms of quotations, orders and layaways, as they replicate with its settings.

import { Integer, Literal, Null, Object, Union } from 'typebox';
import type { OrderRules } from '../domain/order-rules.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';

const part = Integer({ minimum: 0, maximum: 1_000_000 });
const days = Integer({ minimum: 1, maximum: 3650 });

export const orderRules = describes<OrderRules>()(
  Object(
    {
      quotationDays: days,
      orderDepositPpm: part,
      layawayDepositPpm: part,
      minimumInstalmentMinor: bound.count,
      instalmentsMax: Integer({ minimum: 1, maximum: 60 }),
      instalmentDays: days,
      cancellationFeeMinor: bound.count,
      cancellationFeePpm: part,
      forfeitAfterDays: Union([Integer({ minimum: 0, maximum: 3650 }), Null()]),
      depositTax: Union([Literal('at-deposit'), Literal('at-completion')]),
    },
    { additionalProperties: false },
  ),
);

// Where a store stands and when it is open, for customers who look for one.

import { Array, Integer, Object } from 'typebox';
import type { OpeningHours, Store } from '../domain/store.ts';
import { describes } from './describes.ts';

const closed = { additionalProperties: false } as const;
const DAY_MINUTES = 1440;
/** Three times open a day, every day. */
const HOURS_MAX = 21;

export const storeLocation = describes<NonNullable<Store['location']>>()(
  Object(
    {
      latitudeMicro: Integer({ minimum: -90_000_000, maximum: 90_000_000 }),
      longitudeMicro: Integer({ minimum: -180_000_000, maximum: 180_000_000 }),
    },
    closed,
  ),
);

export const storeHours = describes<readonly OpeningHours[]>()(
  Array(
    Object(
      {
        weekday: Integer({ minimum: 1, maximum: 7 }),
        opensAtMinute: Integer({ minimum: 0, maximum: DAY_MINUTES }),
        closesAtMinute: Integer({ minimum: 0, maximum: DAY_MINUTES }),
      },
      closed,
    ),
    { maxItems: HOURS_MAX },
  ),
);

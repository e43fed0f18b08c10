// Which prices have changed lately: what a till asks to print new shelf labels.

import { Array, Integer, Object, type Static } from 'typebox';
import * as bound from './bounds.ts';

const closed = { additionalProperties: false } as const;

/** More than anybody labels in one go. */
export const PRICE_CHANGES_MAX = 500;

const price = Integer({ minimum: 0, maximum: 1_000_000_000_000 });

export const priceChangesQuery = Object({ since: bound.instant }, closed);
export const priceChange = Object(
  {
    itemId: bound.itemId,
    fromMinor: price,
    toMinor: price,
    /** When the server took it in. */
    at: bound.instant,
  },
  closed,
);
export type PriceChange = Static<typeof priceChange>;
export const priceChangesResponse = Object(
  { changes: Array(priceChange, { maxItems: PRICE_CHANGES_MAX }) },
  closed,
);
export type PriceChangesResponse = Static<typeof priceChangesResponse>;

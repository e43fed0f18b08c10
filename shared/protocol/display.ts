// The customer's screen as it crosses the wire: a till shows, the server hands on to the screens of that till and keeps nothing.

import { Array, Boolean, Integer, Literal, Null, Object, String, Union, type Static } from 'typebox';
import { DISPLAY_LINES_MAX, type DisplayContent } from '../domain/display-content.ts';
import * as bound from './bounds.ts';
import { unitOfMeasure } from './catalogue.ts';
import { describes } from './describes.ts';

const closed = { additionalProperties: false } as const;

export const displayContent = describes<DisplayContent>()(
  Object(
    {
      state: Union([Literal('idle'), Literal('cart'), Literal('pay'), Literal('finished')]),
      language: Union([Literal('en'), Literal('fa'), Literal('ar'), Literal('ru'), Literal('pl')]),
      storeName: bound.name,
      currency: bound.currency,
      isTraining: Boolean(),
      lines: Array(
        Object(
          {
            name: bound.name,
            quantityMilli: bound.positiveMilli,
            unit: unitOfMeasure,
            shelfMinor: bound.amountMinor,
            totalMinor: bound.amountMinor,
            offers: Array(bound.name, { maxItems: 32 }),
          },
          closed,
        ),
        { maxItems: DISPLAY_LINES_MAX },
      ),
      moreLines: bound.count,
      totalMinor: bound.amountMinor,
      savingsMinor: bound.amountMinor,
      changeMinor: Union([bound.amountMinor, Null()]),
      receiptNumber: Union([bound.code, Null()]),
    },
    closed,
  ),
);

/** Digits that pair a screen with a till, typed within a few minutes. */
export const DISPLAY_CODE_DIGITS = 6;
export const displayCode = String({
  pattern: `^\\d{${DISPLAY_CODE_DIGITS}}$`,
  maxLength: DISPLAY_CODE_DIGITS,
});

export const displayCodeResponse = Object({ code: displayCode, expiresAt: bound.instant }, closed);
export type DisplayCodeResponse = Static<typeof displayCodeResponse>;

export const displayPairRequest = Object({ code: displayCode }, closed);
/** What the screen shows itself with from now on. */
export const displayPairResponse = Object({ key: String({ maxLength: 1000 }) }, closed);

export const displayContentResponse = Object({ displays: Integer({ minimum: 0, maximum: 1_000 }) }, closed);

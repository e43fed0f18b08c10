// How a store's receipts look, as it crosses the wire: in the settings of a store, and in the request of a manager who
// changes it. What the schema cannot say (parts that never go, pictures that fit) is the domain's checkReceiptLayout.

import { Array, Integer, Literal, Object, Optional, String, Union, type Static } from 'typebox';
import type { Picture } from '../domain/picture.ts';
import { OWN_WORDS_MAX, RECEIPT_PARTS, type OwnWords, type ReceiptLayout } from '../domain/receipt-layout.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';

const closed = { additionalProperties: false } as const;

/** Base64 of 384 × 288 dots, one bit each. */
const PICTURE_TEXT_MAX = 18_432;

export const picture = describes<Picture>()(
  Object(
    {
      width: Integer({ minimum: 1, maximum: 384 }),
      height: Integer({ minimum: 1, maximum: 288 }),
      rowsBase64: String({ maxLength: PICTURE_TEXT_MAX, pattern: '^[A-Za-z0-9+/]*={0,2}$' }),
    },
    closed,
  ),
);

const own = () => Optional(String({ maxLength: OWN_WORDS_MAX }));
const ownWords = describes<OwnWords>()(
  Object({ en: own(), fa: own(), ar: own(), ru: own(), pl: own() }, closed),
);

const receiptPart = Union([
  Literal('logo'),
  Literal('store'),
  Literal('header'),
  Literal('title'),
  Literal('lines'),
  Literal('payment'),
  Literal('taxes'),
  Literal('journal'),
  Literal('barcode'),
  Literal('qr'),
  Literal('footer'),
]);

export const receiptLayout = describes<ReceiptLayout>()(
  Object(
    {
      version: Integer({ minimum: 0, maximum: 1_000_000_000 }),
      paperMm: Union([Literal(58), Literal(80)]),
      language: Union([
        Literal('till'),
        Literal('en'),
        Literal('fa'),
        Literal('ar'),
        Literal('ru'),
        Literal('pl'),
      ]),
      logo: Optional(picture),
      header: ownWords,
      footer: ownWords,
      parts: Array(receiptPart, { maxItems: RECEIPT_PARTS.length }),
    },
    closed,
  ),
);

/** `layout.version` is the version that was changed; the answer has the next one. */
export const receiptLayoutRequest = Object({ operatorId: bound.operatorId, layout: receiptLayout }, closed);
export type ReceiptLayoutRequest = Static<typeof receiptLayoutRequest>;
export const receiptLayoutResponse = Object({ layout: receiptLayout }, closed);
export type ReceiptLayoutResponse = Static<typeof receiptLayoutResponse>;

// What a till and the server say to each other about Needs attention: what may be offered, and what a person chose.

import { Array, Integer, Literal, Object, Optional, String, Union, type Static } from 'typebox';
import * as bound from './bounds.ts';
import { localizedText } from './catalogue.ts';

const closed = { additionalProperties: false } as const;
const OFFERS_MAX = 50;

export const attentionId = String({ minLength: 1, maxLength: 128 });

export const attentionChoice = Union([
  Literal('seen'),
  Literal('replay'),
  Literal('resend'),
  Literal('other-store'),
  Literal('later'),
  Literal('substitute'),
  Literal('cancel'),
  Literal('found'),
]);

/** Stores that have all of an order, and what else of the kind is here: as of now, and without a promise. */
export const attentionOffers = Object(
  {
    stores: Array(Object({ storeId: bound.storeId, name: bound.name, availableMilli: bound.count }, closed), {
      maxItems: OFFERS_MAX,
    }),
    substitutes: Array(
      Object(
        {
          itemId: bound.itemId,
          sku: bound.code,
          name: localizedText,
          priceMinor: bound.amountMinor,
          availableMilli: bound.count,
        },
        closed,
      ),
      { maxItems: OFFERS_MAX },
    ),
    /** The workstation that holds the order, or `channels`. */
    holder: String({ maxLength: 64 }),
    holderNumber: Optional(Integer({ minimum: 0 })),
  },
  closed,
);
export type AttentionOffers = Static<typeof attentionOffers>;

export const resolveAttentionRequest = Object(
  {
    operatorId: bound.operatorId,
    choice: attentionChoice,
    /** For `other-store`. */
    storeId: Optional(bound.storeId),
    /** For `later`. */
    dueAt: Optional(bound.instant),
    /** For `substitute`. */
    itemId: Optional(bound.itemId),
    note: Optional(bound.note),
  },
  closed,
);
export type ResolveAttentionRequest = Static<typeof resolveAttentionRequest>;

/** `code` names the order that goes on at another store. */
export const resolveAttentionResponse = Object(
  { choice: attentionChoice, code: Optional(bound.code) },
  closed,
);
export type ResolveAttentionResponse = Static<typeof resolveAttentionResponse>;

// What a till asks the server about a code that serves once, before it is used.

import { Literal, Object, Optional, Union, type Static } from 'typebox';
import * as bound from './bounds.ts';

const closed = { additionalProperties: false } as const;

export const codeToClaim = Object(
  {
    kind: Union([Literal('voucher'), Literal('coupon')]),
    code: bound.code,
    /** Of a coupon that each customer may use once. */
    customerId: Optional(bound.customerId),
  },
  closed,
);
export type CodeToClaim = Static<typeof codeToClaim>;

/** Nobody has used it, and no other till takes it until then. */
export const codeClaimed = Object({ until: bound.instant }, closed);

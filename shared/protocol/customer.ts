// Customers as they cross the wire: the entry that one was taken down (without the person), and the details that follow it.

import { Array, Boolean, Literal, Null, Object, Optional, String, Union, type TSchema } from 'typebox';
import type { Consent } from '../domain/customer.ts';
import type { FactBodies, FactKind } from '../domain/fact.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';
import { customerSchema } from './documents.ts';

const closed = { additionalProperties: false } as const;

const consent = describes<Consent>()(
  Object({ purpose: Union([Literal('order-messages'), Literal('offers')]), isGiven: Boolean() }, closed),
);

/** Bodies of the entries about customers. */
export const customerFactBodies = {
  'customer-recorded': describes<FactBodies['customer-recorded']>()(
    Object(
      {
        customerId: bound.customerId,
        change: Union([Literal('created'), Literal('edited')]),
        commitment: bound.hash,
        consents: Array(consent, { maxItems: 8 }),
      },
      closed,
    ),
  ),
} satisfies { readonly [Kind in FactKind]?: TSchema };

/** Details of customers whose entries the server has, or soon has. */
export const pushCustomersRequest = Object(
  {
    customers: Array(
      Object(
        {
          customerId: bound.customerId,
          factId: bound.factId,
          name: String({ minLength: 1, maxLength: 120 }),
          phone: Optional(bound.code),
          email: Optional(String({ maxLength: 120 })),
          salt: bound.plainId,
        },
        closed,
      ),
      { maxItems: 50 },
    ),
  },
  closed,
);

/**
 * One for each. `recorded`: the document as it now stands. `superseded`: a newer entry counts, and this is how it stands.
 * `waiting`: the entry is not here yet, ask again. `refused`: the details are not those of the entry.
 */
export const pushCustomersResponse = Object(
  {
    results: Array(
      Object(
        {
          factId: bound.factId,
          outcome: Union([
            Literal('recorded'),
            Literal('superseded'),
            Literal('waiting'),
            Literal('refused'),
          ]),
          customer: Union([customerSchema, Null()]),
        },
        closed,
      ),
    ),
  },
  closed,
);

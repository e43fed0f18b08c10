// What a customer follows with the code of an order: its states, the pickup token when it is ready, and what they thought of it. And
// customers themselves, as far as a channel may make one known.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Object, String } from 'typebox';
import { parseTrackingCode } from '../../shared/domain/order/tracking-code.ts';
import { plainId } from '../../shared/protocol/bounds.ts';
import { inTransaction } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { ChannelsGiven } from './channels-given.ts';
import { answerOnce } from './once.ts';
import { contactSchema, feedbackSchema } from './order-schemas.ts';
import { notPossible } from './not-possible.ts';
import { findOrder, orderView, type FoundOrder } from './order-view.ts';

const closed = { additionalProperties: false } as const;
const params = Object({ code: String({ minLength: 1, maxLength: 32 }) }, closed);
const answers = (description: string) => ({
  '2xx': { description, type: 'object', additionalProperties: true },
});

export function trackingRoutes(root: FastifyInstance, given: ChannelsGiven): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database, gate } = given;
  const guard = { onRequest: gate.require('tracking') };
  const schema = { tags: ['channels'], security: [{ channelKey: [] }] };
  const find = (request: FastifyRequest<{ Params: { code: string } }>): Promise<FoundOrder> =>
    gate.lookUp(request, () =>
      findOrder(given, gate.callerOf(request), { code: readCode(request.params.code) }),
    );

  app.get(
    '/tracking/:code',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'An order by its code, as typed',
        params,
        response: answers('The order'),
      },
    },
    async (request) => orderView(given, await find(request)),
  );

  app.post(
    '/tracking/:code/cancel',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'The customer gives the order up; refused once the store has taken it',
        params,
        response: answers('The order'),
      },
    },
    async (request) => {
      const { order } = await find(request);
      const moved = await given.moveOrder(
        { storeId: order.storeId, orderId: order.id },
        { kind: 'release', reasonCode: 'cancelled' },
      );
      if (!moved.ok) throw notPossible(moved);
      return orderView(given, await find(request));
    },
  );

  app.post(
    '/tracking/:code/feedback',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'What the customer thought of ordering, or of collecting; may be changed for a day',
        params,
        body: feedbackSchema,
        response: answers('The order'),
      },
    },
    async (request) => {
      const { order } = await find(request);
      gate.countWrite(request);
      const { stars, step = 'collection', text = null } = request.body;
      const taken = await given.takeFeedback(
        { storeId: order.storeId, orderId: order.id },
        { step, stars, text },
      );
      if (!taken.ok) throw notPossible(taken);
      return orderView(given, await find(request));
    },
  );

  const customers = { onRequest: gate.require('customers') };
  app.post(
    '/customers',
    {
      ...customers,
      schema: {
        ...schema,
        summary: 'Make a customer known (idempotency-key needed)',
        body: contactSchema,
        response: answers('The customer'),
      },
    },
    (request, reply) => {
      const caller = gate.callerOf(request);
      return answerOnce(database, { caller, request, reply }, async (id) => {
        const customer = { id, ...request.body };
        await inTransaction(database, async (transaction) => {
          const made = await transaction.sql`
            insert into customer (id, name, body) values (${id}, ${customer.name}, ${JSON.stringify(customer)})
            on conflict (id) do nothing returning 1`;
          if (made.length === 0) return;
          const documents = [{ id, body: JSON.stringify(customer) }];
          await publishDocuments(transaction, { scope: 'company', collection: 'customers', documents });
        });
        await database.sql`
          insert into channel_customer (customer_id, selector) values (${id}, ${caller.selector})
          on conflict (customer_id) do nothing`;
        return { status: 201, body: customer };
      });
    },
  );

  app.get(
    '/customers/:id',
    {
      ...customers,
      schema: {
        ...schema,
        summary: 'A customer that this key made known',
        params: Object({ id: plainId }, closed),
        response: answers('The customer'),
      },
    },
    async (request) => {
      const { selector } = gate.callerOf(request);
      const [row] = await database.sql<{ body: string }[]>`
        select c.body from customer c join channel_customer k on k.customer_id = c.id
        where c.id = ${request.params.id} and k.selector = ${selector}`;
      if (row === undefined) throw unknownCustomer();
      return JSON.parse(row.body) as unknown;
    },
  );
}

/** The code as it is stored; a wrong check character is told apart from an order that is not there. */
function readCode(typed: string): string {
  const code = parseTrackingCode(typed);
  if (code !== null) return code;
  throw new RequestRefused({
    status: 400,
    code: 'code-mistyped',
    detail:
      'That is no code of an order: a character is wrong or missing. Compare it with the message you got.',
  });
}

const unknownCustomer = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'customer-unknown',
    detail: 'This key has made no such customer known.',
  });

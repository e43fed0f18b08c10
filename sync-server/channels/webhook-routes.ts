// Where a channel wants to be told of changes: receivers with a secret of their own, what became of each event, and sending one again.

import { randomBytes } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Array, Literal, Object, String, Union, type TLiteral } from 'typebox';
import { plainId } from '../../shared/protocol/bounds.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { ChannelsGiven } from './channels-given.ts';

const closed = { additionalProperties: false } as const;
const params = Object({ id: plainId }, closed);
const HOOKS_PER_KEY_MAX = 20;
const DELIVERIES_SHOWN = 100;
const answers = (description: string) => ({
  '2xx': { description, type: 'object', additionalProperties: true },
});

export type WebhookRoutesGiven = ChannelsGiven & {
  readonly events: readonly string[];
  /** Plain http, and addresses inside the network. */
  readonly mayReachPrivate: boolean;
  readonly replay: (deliveryId: string) => Promise<boolean>;
};

export function webhookRoutes(root: FastifyInstance, given: WebhookRoutesGiven): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database, gate } = given;
  const guard = { onRequest: gate.require('webhooks') };
  const schema = { tags: ['channels'], security: [{ channelKey: [] }] };
  const event = Union(given.events.map((name): TLiteral<string> => Literal(name)));
  const hookSchema = Object(
    {
      url: String({ minLength: 8, maxLength: 500, pattern: '^https?://[^\\s\\u0000-\\u001f]+$' }),
      events: Array(event, { minItems: 1, maxItems: given.events.length }),
    },
    closed,
  );

  app.post(
    '/webhooks',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'Be told of changes; the secret is shown this once',
        body: hookSchema,
        response: answers('The receiver'),
      },
    },
    async (request, reply) => {
      const { selector } = gate.callerOf(request);
      const { url, events } = request.body;
      checkUrl(url, given.mayReachPrivate);
      const [count] = await database.sql<{ hooks: number }[]>`
        select count(*)::integer as hooks from webhook where selector = ${selector} and is_active`;
      if ((count?.hooks ?? 0) >= HOOKS_PER_KEY_MAX) throw tooManyHooks();
      const id = given.newId();
      const secret = `whsec_${randomBytes(32).toString('base64url')}`;
      await database.sql`
        insert into webhook (id, selector, url, secret, events)
        values (${id}, ${selector}, ${url}, ${secret}, ${[...new Set(events)].join(' ')})`;
      return reply.code(201).send({ id, url, events, secret });
    },
  );

  app.get(
    '/webhooks',
    { ...guard, schema: { ...schema, summary: 'The receivers of this key', response: answers('Receivers') } },
    async (request) => {
      const { selector } = gate.callerOf(request);
      const rows = await database.sql<{ id: string; url: string; events: string }[]>`
        select id, url, events from webhook where selector = ${selector} and is_active order by made_at, id`;
      return { webhooks: rows.map(({ id, url, events }) => ({ id, url, events: events.split(' ') })) };
    },
  );

  app.delete(
    '/webhooks/:id',
    {
      ...guard,
      schema: { ...schema, summary: 'Tell this receiver nothing more', params, response: answers('Done') },
    },
    async (request) => {
      const { selector } = gate.callerOf(request);
      const ended = await database.sql`
        update webhook set is_active = false where id = ${request.params.id} and selector = ${selector} returning 1`;
      if (ended.length === 0) throw unknownHook();
      return { id: request.params.id, isActive: false };
    },
  );

  app.get(
    '/webhooks/:id/deliveries',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'The newest events and what became of them',
        params,
        response: answers('Deliveries'),
      },
    },
    async (request) => {
      const { selector } = gate.callerOf(request);
      const rows = await database.sql`
        select d.id, d.event, d.state, d.attempts, d.last_answer as "lastAnswer", d.made_at as "madeAt",
               d.delivered_at as "deliveredAt"
        from webhook_delivery d join webhook w on w.id = d.webhook_id
        where w.id = ${request.params.id} and w.selector = ${selector}
        order by d.made_at desc, d.id limit ${DELIVERIES_SHOWN}`;
      return { deliveries: [...rows] };
    },
  );

  app.post(
    '/webhook-deliveries/:id/replay',
    { ...guard, schema: { ...schema, summary: 'Send an event again', params, response: answers('Waiting') } },
    async (request) => {
      const { selector } = gate.callerOf(request);
      const own = await database.sql`
        select 1 from webhook_delivery d join webhook w on w.id = d.webhook_id
        where d.id = ${request.params.id} and w.selector = ${selector}`;
      if (own.length === 0 || !(await given.replay(request.params.id))) throw unknownHook();
      return { id: request.params.id, state: 'waiting' };
    },
  );
}

function checkUrl(text: string, mayReachPrivate: boolean): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isFit =
    url !== null &&
    (url.protocol === 'https:' || mayReachPrivate) &&
    url.username === '' &&
    url.password === '';
  if (isFit) return;
  throw new RequestRefused({
    status: 400,
    code: 'webhook-address-unfit',
    detail: 'Events are sent to https addresses without a user name. Nothing was changed.',
  });
}

const tooManyHooks = (): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'too-many-webhooks',
    detail: `A key has at most ${HOOKS_PER_KEY_MAX} receivers.`,
  });

const unknownHook = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'webhook-unknown',
    detail: 'This key has no such receiver or event.',
  });

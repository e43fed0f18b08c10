// Puts the Channels API together: keys, routes, orders, events to receivers and messages to customers. Modules meet here and in db.

import type { FastifyInstance } from 'fastify';
import { aisleRoutes } from './aisle/routes.ts';
import { attentionRoutes, type RequireToken } from './attention/routes.ts';
import { createChannelGate } from './channels/channel-gate.ts';
import { cartRoutes } from './channels/cart-routes.ts';
import { catalogueRoutes } from './channels/catalogue-routes.ts';
import type { ChannelsGiven } from './channels/channels-given.ts';
import { askForPurge, purge, PURGE_JOB } from './channels/purge.ts';
import { priceLines } from './channels/price-items.ts';
import { orderRoutes } from './channels/order-routes.ts';
import { passportRoutes } from './channels/passport-routes.ts';
import { shopRoutes } from './channels/shop-routes.ts';
import { trackingRoutes } from './channels/tracking-routes.ts';
import { webhookRoutes } from './channels/webhook-routes.ts';
import { forgetClaims } from './codes/claim-code.ts';
import { forgetSettled } from './db/attention.ts';
import type { Database } from './db/database.ts';
import type { Log } from './db/log.ts';
import {
  giveUpMessage,
  MESSAGE_FIRST_PAUSE_MS,
  MESSAGE_JOB,
  MESSAGE_TRIES_MAX,
  resendMessage,
  sendMessage,
  writeMessage,
  writeMessages,
  type Carriers,
} from './messages/outbox.ts';
import { startOrderModules, type OrderModules } from './order-modules.ts';
import { createCodeMaker, takeCodeBlock } from './orders/code-blocks.ts';
import { forgetEndedOrders } from './orders/forget-ended.ts';
import { pickupTokenOf } from './orders/order-documents.ts';
import { REMIND_JOB } from './orders/order-timers.ts';
import type { ServerFacts } from './server-facts.ts';
import {
  deliver,
  giveUpDelivery,
  replayDelivery,
  replayWithin,
  WEBHOOK_FIRST_PAUSE_MS,
  WEBHOOK_TRIES_MAX,
} from './webhooks/deliver.ts';
import { EVENTS, WEBHOOK_JOB, writeEvents } from './webhooks/webhook-events.ts';

/** What was decided is shown at the tills for a week. */
const SETTLED_SHOWN_MS = 7 * 86_400_000;

export type ChannelModulesGiven = {
  readonly database: Database;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  /** From 0 up to 1, not to be guessed. */
  readonly chance: () => number;
  readonly serverFacts: ServerFacts;
  readonly carriers: Carriers;
  readonly trackingUrl: string | null;
  /** Receivers of events by plain http and inside the network: on a machine of one's own only. */
  readonly mayReachPrivate: boolean;
  /** How often jobs are looked for; null only when asked. */
  readonly jobsEveryMs: number | null;
  /** How long a receiver of events may take. */
  readonly webhookTimeoutMs?: number;
  /** Of auth: lets in the workstations of a store, for what tills ask about orders and Needs attention. */
  readonly requireToken: RequireToken;
};

/** Registers the routes on `app` (below /channels/v1) and starts what works behind them. */
export async function registerChannelModules(
  app: FastifyInstance,
  given: ChannelModulesGiven,
): Promise<OrderModules> {
  const { database, now, newId, serverFacts } = given;
  const orders = startOrders(given);
  const channels: ChannelsGiven = {
    database,
    gate: createChannelGate({ database, now }),
    now,
    newId,
    newCode: createCodeMaker({ takeBlock: () => takeCodeBlock(database, 'server'), chance: given.chance }),
    placeOrder: orders.desk.place,
    moveOrder: orders.desk.move,
    tokenOf: (ready) => pickupTokenOf(ready, serverFacts.signText),
    takeFeedback: orders.desk.takeFeedback,
  };
  await askForPurge(database, now());
  const webhooks = deliverGiven(given);
  await app.register(
    async (api) => {
      catalogueRoutes(api, channels);
      cartRoutes(api, channels);
      orderRoutes(api, channels);
      trackingRoutes(api, channels);
      shopRoutes(api, { database, now });
      webhookRoutes(api, {
        ...channels,
        events: EVENTS,
        mayReachPrivate: given.mayReachPrivate,
        replay: (deliveryId) => replayDelivery(webhooks, deliveryId),
      });
    },
    { prefix: '/channels/v1' },
  );
  await app.register((api) => storeRoutes(api, given, { orders, newCode: channels.newCode }), {
    prefix: '/api/v1',
  });
  return orders;
}

/** What tills ask of orders while there is a network. */
async function storeRoutes(
  api: FastifyInstance,
  given: ChannelModulesGiven,
  made: { readonly orders: OrderModules; readonly newCode: () => Promise<string> },
): Promise<void> {
  const { desk } = made.orders;
  attentionRoutes(api, {
    database: given.database,
    now: given.now,
    newCode: made.newCode,
    placeOrder: desk.place,
    moveOrder: desk.move,
    decide: desk.decide,
    append: given.serverFacts.appendWithin,
    enrol: given.serverFacts.enrol,
    replay: (transaction, deliveryId) => replayWithin(transaction, given, deliveryId),
    resend: (transaction, messageId) => resendMessage(transaction, given, messageId),
    requireToken: given.requireToken,
  });
  passportRoutes(api, given);
  aisleRoutes(api, {
    database: given.database,
    now: given.now,
    newCode: made.newCode,
    placeOrder: desk.place,
    price: (wanted, place) => priceLines(given.database, wanted, place),
    requireToken: given.requireToken,
  });
}

const deliverGiven = (given: ChannelModulesGiven) => ({
  database: given.database,
  now: given.now,
  mayReachPrivate: given.mayReachPrivate,
  ...(given.webhookTimeoutMs === undefined ? {} : { timeoutMs: given.webhookTimeoutMs }),
});

function startOrders(given: ChannelModulesGiven): OrderModules {
  const { database, now, newId, carriers, trackingUrl } = given;
  const outbox = { carriers, now, newId, trackingUrl };
  const webhooks = deliverGiven(given);
  const orders: OrderModules = startOrderModules({
    database,
    log: given.log,
    now,
    serverFacts: given.serverFacts,
    jobsEveryMs: given.jobsEveryMs,
    async onChanged(transaction, changed) {
      await writeEvents(transaction, changed, { nowMs: now(), newId });
      await writeMessages(transaction, changed, outbox);
    },
    handlers: {
      [WEBHOOK_JOB]: {
        triesMax: WEBHOOK_TRIES_MAX,
        firstPauseMs: WEBHOOK_FIRST_PAUSE_MS,
        run: ({ deliveryId = '' }) => deliver(webhooks, deliveryId),
        giveUp: ({ deliveryId = '' }, problem) => giveUpDelivery(webhooks, deliveryId, problem),
      },
      [MESSAGE_JOB]: {
        triesMax: MESSAGE_TRIES_MAX,
        firstPauseMs: MESSAGE_FIRST_PAUSE_MS,
        run: ({ messageId = '' }) => sendMessage(database, outbox, messageId),
        giveUp: ({ messageId = '' }, problem) => giveUpMessage(database, outbox, { messageId, problem }),
      },
      [PURGE_JOB]: {
        triesMax: Number.MAX_SAFE_INTEGER,
        firstPauseMs: 60_000,
        async run() {
          await forgetEndedOrders(database, now());
          await forgetSettled(database, new Date(now() - SETTLED_SHOWN_MS).toISOString());
          await forgetClaims(database, now());
          await purge(database, now());
        },
      },
      [REMIND_JOB]: {
        triesMax: MESSAGE_TRIES_MAX,
        firstPauseMs: MESSAGE_FIRST_PAUSE_MS,
        run: ({ storeId = '', orderId = '' }) =>
          orders.desk.withOpenOrder({ storeId, orderId }, (transaction, order) =>
            writeMessage(transaction, { order, event: 'reminder' }, outbox),
          ),
      },
    },
  });
  return orders;
}

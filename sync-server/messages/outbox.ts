// Messages to customers: rendered and written in the transaction of the change that they tell of, then sent by a job until the carrier
// has taken them. An address that the carrier refuses for good, or a carrier that is away too long, ends in Needs attention.

import type { Order } from '../../shared/domain/order/order.ts';
import type { Store } from '../../shared/domain/store.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { writeJobs } from '../db/jobs.ts';
import { raiseNotice } from '../db/notices.ts';
import { messageEventOf, type MessageEvent } from './message-events.ts';
import { renderMessage } from './templates.ts';

export const MESSAGE_JOB = 'message';
/** 30 s, 1 min, 2 min … up to an hour each: about a day. */
export const MESSAGE_TRIES_MAX = 30;
export const MESSAGE_FIRST_PAUSE_MS = 30_000;

export type OutgoingMessage = {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
};

/** How a message leaves; throws when it did not. */
export type Carrier = { readonly send: (message: OutgoingMessage) => Promise<void> };
export type Carriers = { readonly email: Carrier | null; readonly sms: Carrier | null };

export type OutboxGiven = {
  readonly carriers: Carriers;
  readonly now: () => number;
  readonly newId: () => string;
  /** Address of the page that shows an order, with `{code}` in it; null where the shop has none. */
  readonly trackingUrl: string | null;
};

type Changed = { readonly order: Order; readonly before: Order | null };

/** Writes what the customers of these orders are told, to every address that is known and that a carrier serves. */
export async function writeMessages(
  transaction: Transaction,
  changed: readonly Changed[],
  given: OutboxGiven,
): Promise<void> {
  for (const { order, before } of changed) {
    const event = messageEventOf(order, before);
    if (event !== null) await writeMessage(transaction, { order, event }, given);
  }
}

type Recipient = { readonly name: string; readonly phone: string | null; readonly email: string | null };

export async function writeMessage(
  { sql }: Transaction,
  { order, event }: { readonly order: Order; readonly event: MessageEvent },
  given: OutboxGiven,
): Promise<void> {
  const [recipient] = await sql<Recipient[]>`
    select name, phone, email from channel_order_contact where order_id = ${order.id}`;
  const [row] = await sql<{ body: string }[]>`select body from store where id = ${order.storeId}`;
  if (recipient === undefined || row === undefined) return;
  const store = JSON.parse(row.body) as Store; // Written by our own settings code as JSON of Store.
  const rendered = renderMessage({
    event,
    order,
    name: recipient.name,
    storeName: store.name,
    storeAddress: store.addressLines,
    timeZone: store.timeZone,
    trackingUrl: given.trackingUrl?.replace('{code}', encodeURIComponent(order.code)) ?? null,
  });
  const { subject, text, html, sms } = rendered;
  const messages = [
    ...(recipient.email !== null && given.carriers.email !== null
      ? [{ id: given.newId(), channel: 'email', recipient: recipient.email, subject, text, html }]
      : []),
    ...(recipient.phone !== null && given.carriers.sms !== null
      ? [{ id: given.newId(), channel: 'sms', recipient: recipient.phone, subject, text: sms, html: null }]
      : []),
  ];
  for (const message of messages) {
    await sql`
      insert into message (id, order_id, channel, recipient, subject, text, html, state)
      values (${message.id}, ${order.id}, ${message.channel}, ${message.recipient}, ${subject}, ${message.text},
              ${message.html}, 'waiting')`;
  }
  await writeJobs(
    sql,
    messages.map(({ id }) => ({
      id: `${MESSAGE_JOB}:${id}`,
      kind: MESSAGE_JOB,
      payload: { messageId: id },
      runAtMs: given.now(),
    })),
  );
}

/** Sends a message that waits; throws when it must be tried again. */
export async function sendMessage(
  database: Database,
  given: Pick<OutboxGiven, 'carriers' | 'now'>,
  messageId: string,
): Promise<void> {
  const [row] = await database.sql<(OutgoingMessage & { channel: 'email' | 'sms' })[]>`
    select id, channel, recipient, subject, text, html from message where id = ${messageId} and state = 'waiting'`;
  if (row === undefined) return;
  const carrier = given.carriers[row.channel];
  try {
    if (carrier === null) throw new Error(`no carrier for ${row.channel} is set up`);
    await carrier.send(row);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    await database.sql`
      update message set attempts = attempts + 1, last_problem = ${problem} where id = ${messageId}`;
    throw error;
  }
  await database.sql`
    update message set state = 'sent', attempts = attempts + 1, last_problem = null,
      sent_at = ${new Date(given.now())} where id = ${messageId}`;
}

/** The message was not taken in all that time. */
export async function giveUpMessage(
  database: Database,
  given: Pick<OutboxGiven, 'now'>,
  dead: { readonly messageId: string; readonly problem: string },
): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const [row] = await transaction.sql<{ channel: string; store_id: string; code: string }[]>`
      update message m set state = 'dead' from channel_order o
      where m.id = ${dead.messageId} and m.state = 'waiting' and o.id = m.order_id
      returning m.channel, o.store_id, o.code`;
    if (row === undefined) return;
    await raiseNotice(transaction, row.store_id, {
      id: `message-dead:${dead.messageId}`,
      kind: 'message-dead',
      at: new Date(given.now()).toISOString(),
      values: { channel: row.channel, code: row.code, problem: dead.problem },
    });
  });
}

/** Sends a message that was given up once more, from the start. False when there is none. */
export async function resendMessage(
  { sql }: Transaction,
  given: Pick<OutboxGiven, 'now'>,
  messageId: string,
): Promise<boolean> {
  const rows = await sql`
    update message set state = 'waiting' where id = ${messageId} and state = 'dead' returning 1`;
  if (rows.length === 0) return false;
  const job = { id: `${MESSAGE_JOB}:${messageId}`, kind: MESSAGE_JOB, payload: { messageId } };
  await writeJobs(sql, [{ ...job, runAtMs: given.now() }]);
  return true;
}

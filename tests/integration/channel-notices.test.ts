// What channels and customers are told: signed events to a real HTTP receiver that also fails, and messages over a real SMTP server and
// a real SMS gateway's stand-in.

import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smsCarrier, smtpCarrier } from '../../sync-server/messages/carriers.ts';
import { isPrivate } from '../../sync-server/webhooks/send-webhook.ts';
import { aChannelServer, type ChannelBody, type ChannelServer } from '../support/a-channel-server.ts';
import { aWorkstation, open, push, signIn, write, type TestWorkstation } from '../support/a-workstation.ts';

type Received = { readonly headers: IncomingMessage['headers']; readonly body: string };

/** An HTTP receiver that answers as the test says; `hang` never answers. */
function aReceiver() {
  const received: Received[] = [];
  const state: { answer: number | 'hang' } = { answer: 200 };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      if (state.answer !== 'hang') response.writeHead(state.answer).end();
    });
  });
  return { received, state, server };
}
const listening = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`),
    );
  });

const receiver = aReceiver();
const gateway = aReceiver();
const mails: string[] = [];
const recipients: string[] = [];
let isMailAway = false;
const mailServer = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onMailFrom: (_from, _session, done) => done(isMailAway ? new Error('come back later') : null),
  onRcptTo(address, _session, done) {
    recipients.push(address.address);
    done();
  },
  onData(stream, _session, done) {
    let text = '';
    stream.on('data', (part: Buffer) => (text += part.toString('utf8')));
    stream.on('end', () => {
      mails.push(text);
      done();
    });
  },
});
let mailer: ReturnType<typeof smtpCarrier>;
let server: ChannelServer;
let till: TestWorkstation;
let receiverUrl: string;

beforeAll(async () => {
  receiverUrl = await listening(receiver.server);
  const gatewayUrl = await listening(gateway.server);
  await new Promise<void>((resolve) => {
    mailServer.listen(0, '127.0.0.1', resolve);
  });
  const port = (mailServer.server.address() as AddressInfo).port;
  mailer = smtpCarrier({ url: `smtp://127.0.0.1:${String(port)}`, from: 'Shop <shop@example.org>' });
  server = await aChannelServer({
    carriers: { email: mailer, sms: smsCarrier({ url: `${gatewayUrl}/send`, token: 'gate' }) },
    trackingUrl: 'https://shop.example.org/track/{code}',
    webhookTimeoutMs: 300,
  });
  await server.receive(1, 60);
  till = await aWorkstation(server.sync);
});
afterAll(async () => {
  mailer.close();
  await server.stop();
  await new Promise<void>((resolve) => {
    mailServer.close(resolve);
  });
  receiver.server.closeAllConnections();
  receiver.server.close();
  gateway.server.close();
});

async function reserve(change: Record<string, unknown> = {}): Promise<ChannelBody> {
  const body = {
    storeId: 's1',
    customer: { name: 'Ada <b>Lovelace</b>', email: 'ada@example.org', phone: '+49 30 1234567' },
    lines: [{ itemId: 'item-1', quantityMilli: 1000 }],
    ...change,
  };
  const answer = await server.call('POST', '/reservations', { body, idempotencyKey: randomUUID() });
  expect(answer.status).toBe(201);
  return answer.body;
}
async function atTill(orderId: string, ...moves: readonly Record<string, unknown>[]): Promise<void> {
  await signIn(server.sync, till);
  const facts = till.facts.length === 0 ? [open(till)] : [];
  for (const move of moves) facts.push(write(till, 'channel-order-moved', { orderId, move }));
  expect((await push(server.sync, till, facts)).status).toBe(200);
  await server.orders.worker.settle();
}
const TO_READY = [
  { kind: 'accept' },
  { kind: 'start-picking' },
  { kind: 'pick', lineNumber: 1, pickedMilli: 1000, isShort: false },
  { kind: 'make-ready' },
];
const waitingJobs = async (kind: string): Promise<number> => {
  const rows = await server.database.sql`select 1 from job where kind = ${kind}`;
  return rows.length;
};

describe('events to receivers', () => {
  test('a receiver is told of each state it asked for, signed so that it can be checked', async () => {
    const events = ['order.placed', 'order.ready'];
    const hook = await server.call('POST', '/webhooks', { body: { url: `${receiverUrl}/in`, events } });
    expect(hook.status).toBe(201);
    const order = await reserve();
    await atTill(order.id, ...TO_READY);
    await server.orders.jobs.runDue();
    // Two that are due at once may arrive in any order.
    expect(
      receiver.received
        .map(({ body }) => JSON.parse(body).event as string)
        .toSorted((one, other) => one.localeCompare(other)),
    ).toEqual(events);
    for (const { headers, body } of receiver.received) {
      const signed = `${String(headers['tillandsia-webhook-id'])}.${String(headers['tillandsia-webhook-timestamp'])}.${body}`;
      const expected = createHmac('sha256', hook.body.secret).update(signed).digest('hex');
      expect(headers['tillandsia-webhook-signature']).toBe(`v1=${expected}`);
      expect(Number(headers['tillandsia-webhook-timestamp'])).toBe(Math.floor(server.clock.ms / 1000));
      expect(body).not.toContain('ada@example.org');
    }
  });

  test('a receiver that hangs or answers 500 is tried with growing pauses, then shown to people, and can be replayed', async () => {
    receiver.state.answer = 'hang';
    receiver.received.length = 0;
    await reserve();
    await server.orders.jobs.runDue();
    expect(receiver.received).toHaveLength(1);
    await server.orders.jobs.runDue();
    expect(receiver.received).toHaveLength(1);
    receiver.state.answer = 500;
    const pauses: number[] = [];
    for (let tries = 1; (await waitingJobs('webhook')) > 0 && tries < 60; tries += 1) {
      const [job] = await server.database.sql<
        { run_at: Date }[]
      >`select run_at from job where kind = 'webhook'`;
      pauses.push((job?.run_at.getTime() ?? 0) - server.clock.ms);
      server.clock.ms = job?.run_at.getTime() ?? server.clock.ms;
      await server.orders.jobs.runDue();
    }
    expect(pauses.slice(0, 4)).toEqual([10_000, 20_000, 40_000, 80_000]);
    expect(Math.max(...pauses)).toBe(3_600_000);
    expect(receiver.received).toHaveLength(28);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    const notices = await server.database
      .sql`select 1 from document where collection = 'attention' and body like '%webhook-dead%'`;
    expect(notices).toHaveLength(1);
    const { body } = await server.call('GET', '/webhooks');
    const deliveries = await server.call('GET', `/webhooks/${body.webhooks[0]?.id ?? ''}/deliveries`);
    const dead = deliveries.body.deliveries.find((each) => each.state === 'dead');
    expect(dead).toMatchObject({ attempts: 28, lastAnswer: 'the receiver answered 500' });
    receiver.state.answer = 204;
    const stranger = await server.newKey();
    const replay = `/webhook-deliveries/${dead?.id ?? ''}/replay`;
    expect((await server.call('POST', replay, { key: stranger })).status).toBe(404);
    expect((await server.call('POST', replay)).status).toBe(200);
    await server.orders.jobs.runDue();
    expect(receiver.received).toHaveLength(29);
  });

  test('addresses inside the network are known as such', () => {
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '192.168.0.1',
      '::1',
      'fd00::1',
      '::ffff:10.0.0.1',
    ]) {
      expect({ address, isPrivate: isPrivate(address) }).toEqual({ address, isPrivate: true });
    }
    for (const address of ['93.184.216.34', '2606:2800:220:1::1']) {
      expect({ address, isPrivate: isPrivate(address) }).toEqual({ address, isPrivate: false });
    }
  });
});

describe('messages to customers', () => {
  test('an order that is placed and made ready is told by e-mail and SMS, in the customer language', async () => {
    mails.length = 0;
    gateway.received.length = 0;
    const order = await reserve({ language: 'fa' });
    await server.orders.jobs.runDue();
    await atTill(order.id, ...TO_READY);
    await server.orders.jobs.runDue();
    expect(recipients).toContain('ada@example.org');
    const ready = mails.find(
      (mail) => mail.includes('multipart/alternative') && mail.includes(`track/${order.code}`.slice(0, 12)),
    );
    expect(ready).toBeDefined();
    const told = gateway.received.map(({ body }) => JSON.parse(body) as { to: string; text: string });
    expect(told).toHaveLength(2);
    expect(told[1]?.to).toBe('+49301234567');
    expect(told[1]?.text).toBe(
      `Store 1: سفارش ${order.code} آماده است. https://shop.example.org/track/${order.code}`,
    );
    expect(gateway.received[0]?.headers.authorization).toBe('Bearer gate');
    const [row] = await server.database.sql<{ html: string }[]>`
      select html from message where order_id = ${order.id} and channel = 'email' limit 1`;
    expect(row?.html).toContain('dir="rtl"');
    expect(row?.html).toContain('Ada &lt;b&gt;Lovelace&lt;/b&gt;');
  });

  test('while the mail server is away messages wait, and go out when it is back', async () => {
    mails.length = 0;
    isMailAway = true;
    await reserve();
    await server.orders.jobs.runDue();
    expect(mails).toHaveLength(0);
    expect(await waitingJobs('message')).toBe(1);
    isMailAway = false;
    server.clock.ms += 60_000;
    await server.orders.jobs.runDue();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('Subject: We have your order');
  });

  test('a reminder comes before the time is over, and a word when it is', async () => {
    mails.length = 0;
    await reserve({ holdMinutes: 40 });
    await server.orders.jobs.runDue();
    server.clock.ms += 30 * 60_000;
    await server.orders.jobs.runDue();
    server.clock.ms += 10 * 60_000;
    await server.orders.jobs.runDue();
    const subjects = mails.map((mail) => /^Subject: (.*)$/mu.exec(mail)?.[1] ?? '');
    expect(
      subjects.map((subject) => subject.replace(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}/u, 'CODE')),
    ).toEqual([
      'We have your order CODE',
      'Your order CODE is still waiting',
      'The time for your order CODE is over',
    ]);
  });
});

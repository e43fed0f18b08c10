// Card terminals through the server: the terminal is asked once for each attempt, whatever happens to the line, the server or
// the till, and what it took is what the attempt says, or the attempt says that nobody knows.

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createZvtTerminal } from '../../sync-server/terminals/zvt-terminal.ts';
import type { Log } from '../../sync-server/db/log.ts';
import type { TerminalAttemptState, TerminalClosing } from '../../shared/protocol/card-terminals.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { anotherPool, aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, call, type Problem, type TestWorkstation } from '../support/a-workstation.ts';
import { startZvtSimulator, type ZvtSimulator } from '../support/zvt-simulator.ts';

const LIMITS = { connectMs: 2_000, acknowledgeMs: 2_000, answerMs: 400 };
const CARD_NUMBER = '4242424242424242';

let database: TestDatabase;
let server: SyncServer;
let till: TestWorkstation;
let terminal: ZvtSimulator;
const logged: string[] = [];
const log: Log = {
  debug: (...told) => void logged.push(JSON.stringify(told)),
  info: (...told) => void logged.push(JSON.stringify(told)),
  warn: (...told) => void logged.push(JSON.stringify(told)),
  error: (...told) => void logged.push(JSON.stringify(told)),
};

const serverWith = (port: number, on = database as Parameters<typeof aSyncServer>[0]['database']) =>
  aSyncServer({
    database: on,
    log,
    terminals: new Map([
      ['counter', createZvtTerminal({ host: '127.0.0.1', port, password: '000000' }, LIMITS)],
    ]),
    lookAgainAfterMs: [20, 50, 100],
  });

beforeAll(async () => {
  database = await aShop();
  terminal = await startZvtSimulator({ cardNumber: CARD_NUMBER });
  server = await serverWith(terminal.port);
  till = await aWorkstation(server);
  await database.sql`insert into card_terminal (id, store_id, name, driver) values ('counter', 's1', 'Counter', 'zvt')`;
});
afterAll(async () => {
  await server.stop();
  await terminal.close();
  await database.drop();
});

const start = (attemptId: string, amountMinor: number, more: Record<string, unknown> = {}, at = server) =>
  call<TerminalAttemptState & Problem>(`${at.url}/terminals/counter/attempts`, {
    body: { attemptId, action: 'payment', amountMinor, currency: 'EUR', ...more },
    token: till.token,
  });
function deferred() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
/** Follows as a till does, until it has come to an end. */
async function ended(attemptId: string, at = server): Promise<TerminalAttemptState> {
  for (let seen = 0, turn = 0; turn < 100; turn += 1) {
    const { body } = await call<TerminalAttemptState>(
      `${at.url}/terminals/counter/attempts/${attemptId}?seen=${seen}&waitMs=5000`,
      { token: till.token },
    );
    if (body.state !== 'waiting' && body.state !== 'asking') return body;
    seen = body.version;
  }
  throw new Error('the attempt does not end');
}
const pay = async (amountMinor: number, more: Record<string, unknown> = {}) => {
  const attemptId = randomUUID();
  expect((await start(attemptId, amountMinor, more)).status).toBe(200);
  return ended(attemptId);
};
const find = (attemptId: string) =>
  call<TerminalAttemptState>(`${server.url}/terminals/counter/attempts/${attemptId}/find`, {
    method: 'POST',
    token: till.token,
  });

describe('a payment', () => {
  let cardsBefore = 0;
  let balanceBefore = 0;
  beforeEach(() => {
    cardsBefore = terminal.cards();
    balanceBefore = terminal.balance();
  });
  const taken = () => ({ cards: terminal.cards() - cardsBefore, amount: terminal.balance() - balanceBefore });

  test('is approved with what the receipt needs, and asked for once however often it is sent', async () => {
    const attemptId = randomUUID();
    await Promise.all([start(attemptId, 19_99), start(attemptId, 19_99), start(attemptId, 19_99)]);
    const told = await ended(attemptId);
    expect(told).toMatchObject({ state: 'approved', approvedMinor: 19_99, prompt: null });
    expect(told.card).toMatchObject({ scheme: 'girocard', lastDigits: '4321' });
    expect(told.card.slip).toContain('Payment approved');
    await start(attemptId, 19_99);
    expect(taken()).toEqual({ cards: 1, amount: 19_99 });
  });

  test('of another amount under the same attempt is refused', async () => {
    const attemptId = randomUUID();
    await start(attemptId, 10_00);
    await ended(attemptId);
    const changed = await start(attemptId, 11_00);
    expect([changed.status, changed.body.code]).toEqual([409, 'card-attempt-changed']);
    expect(taken()).toEqual({ cards: 1, amount: 10_00 });
  });

  test('that is declined takes nothing', async () => {
    terminal.program('decline');
    expect(await pay(5_00)).toMatchObject({ state: 'declined', reason: 'declined' });
    expect(taken()).toEqual({ cards: 1, amount: 0 });
  });

  test('whose line is cut after the approval is found by the terminal’s last transaction', async () => {
    terminal.program('cut-after-approval');
    expect(await pay(7_00)).toMatchObject({ state: 'approved', approvedMinor: 7_00 });
    expect(taken()).toEqual({ cards: 1, amount: 7_00 });
  });

  test('whose line is cut before the approval took nothing', async () => {
    terminal.program('cut-before-approval');
    expect(await pay(7_00)).toMatchObject({ state: 'declined', reason: 'never-arrived' });
    expect(taken()).toEqual({ cards: 1, amount: 0 });
  });

  test('after which the terminal hangs is found', async () => {
    terminal.program('hang-after-approval');
    expect(await pay(8_00)).toMatchObject({ state: 'approved', approvedMinor: 8_00 });
    expect(taken()).toEqual({ cards: 1, amount: 8_00 });
  });

  test('that is approved in part says how much', async () => {
    terminal.program('approve-less');
    expect(await pay(9_00)).toMatchObject({ state: 'approved', approvedMinor: 4_50 });
  });

  test('for which the terminal took more than was asked is unknown, for a person to decide', async () => {
    terminal.program('approve-more');
    expect(await pay(9_00)).toMatchObject({ state: 'unknown', reason: 'amount-not-possible' });
  });

  test('about which the terminal contradicts itself is looked up', async () => {
    terminal.program('contradict');
    expect(await pay(6_00)).toMatchObject({ state: 'approved', approvedMinor: 6_00 });
    expect(taken().cards).toBe(1);
  });

  test('shows what the terminal asks of the customer', async () => {
    terminal.program('slow');
    const attemptId = randomUUID();
    await start(attemptId, 5_00);
    const prompts = new Set<string | null>();
    for (let seen = 0, turn = 0; turn < 60; turn += 1) {
      const { body } = await call<TerminalAttemptState>(
        `${server.url}/terminals/counter/attempts/${attemptId}?seen=${seen}&waitMs=5000`,
        { token: till.token },
      );
      prompts.add(body.prompt);
      if (body.state === 'approved') break;
      seen = body.version;
    }
    // Which of them a look catches depends on how fast this machine is; that one is caught does not.
    expect([...prompts]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(present-card|enter-pin|please-wait|remove-card)$/)]),
    );
  });

  test('that the cashier gives up is stopped by the terminal itself', async () => {
    terminal.program('slow', 'approve');
    const attemptId = randomUUID();
    await start(attemptId, 5_00);
    await call(`${server.url}/terminals/counter/attempts/${attemptId}/cancel`, {
      method: 'POST',
      token: till.token,
    });
    const { state } = await ended(attemptId);
    // Stopped, or the card was quicker: in both cases the ledger agrees.
    expect(taken().amount).toBe(state === 'approved' ? 5_00 : 0);
  });

  test('at a terminal that serves somebody else takes nothing', async () => {
    terminal.program('slow');
    const first = randomUUID();
    await start(first, 5_00);
    expect(await pay(6_00)).toMatchObject({ state: 'declined', reason: 'terminal-busy' });
    expect(await ended(first)).toMatchObject({ state: 'approved' });
    expect(taken()).toEqual({ cards: 1, amount: 5_00 });
  });

  test('is taken back by its receipt number, and goes back to a card', async () => {
    const paid = await pay(12_00);
    expect(await pay(12_00, { action: 'reversal', reverses: paid.attemptId })).toMatchObject({
      state: 'approved',
      approvedMinor: 12_00,
    });
    expect(taken().amount).toBe(0);
    expect(await pay(3_00, { action: 'refund' })).toMatchObject({ state: 'approved' });
    expect(taken().amount).toBe(-3_00);
  });

  test('whose reversal is cut after it was done is found as done', async () => {
    const paid = await pay(12_00);
    terminal.program('cut-after-approval');
    expect(await pay(12_00, { action: 'reversal', reverses: paid.attemptId })).toMatchObject({
      state: 'approved',
    });
    expect(taken().amount).toBe(0);
  });

  test('that never came here is answered so, and can never come later', async () => {
    const attemptId = randomUUID();
    expect((await find(attemptId)).body).toMatchObject({ state: 'declined', reason: 'never-arrived' });
    expect((await start(attemptId, 5_00)).body).toMatchObject({ state: 'declined', reason: 'never-arrived' });
    expect(taken()).toEqual({ cards: 0, amount: 0 });
  });
});

describe('a server that dies', () => {
  let second: SyncServer | null = null;
  afterEach(async () => {
    await second?.stop();
    second = null;
  });

  test('while the customer pays leaves the attempt to the next one, which asks what became of it', async () => {
    terminal.program('hang-after-approval');
    const balance = terminal.balance();
    const cards = terminal.cards();
    // A pool that is ended in the middle: what this server does from then on is written nowhere, as after a kill.
    const pool = anotherPool(database);
    const dying = await serverWith(terminal.port, pool);
    const attemptId = randomUUID();
    await start(attemptId, 21_00, {}, dying);
    await expect.poll(() => terminal.cards(), { timeout: 20_000 }).toBe(cards + 1);
    await pool.close(0);
    // Its lease ends while nobody renews it.
    await database.sql`
      update terminal_attempt set until = now() - interval '1 second' where attempt_id = ${attemptId}`;
    await database.sql`update terminal_turn set until = now() - interval '1 second'`;
    second = await serverWith(terminal.port);
    expect((await ended(attemptId, second)).state).toMatch(/^(unknown|approved)$/);
    await expect
      .poll(async () => (await find(attemptId)).body, { timeout: 30_000 })
      .toMatchObject({ state: 'approved', approvedMinor: 21_00 });
    expect(terminal.balance() - balance).toBe(21_00);
    expect(terminal.cards() - cards).toBe(1);
    await dying.stop().catch(() => undefined);
  });

  test('before anything was sent has taken nothing', async () => {
    const attemptId = randomUUID();
    await database.sql`
      insert into terminal_attempt (workstation_id, attempt_id, store_id, terminal_id, action, amount_minor, currency,
        state, holder, until)
      values (${till.id}, ${attemptId}, 's1', 'counter', 'payment', 500, 'EUR', 'waiting', 'dead',
        now() - interval '1 second')`;
    expect(await ended(attemptId)).toMatchObject({ state: 'declined', reason: 'never-arrived' });
  });
});

describe('a server that freezes between writing an attempt down and sending it', () => {
  test.each([
    ['a process that was stopped', { monotonicMs: 16_000, wallMs: 16_000 }],
    ['a machine that slept', { monotonicMs: 0, wallMs: 16_000 }],
  ])('(%s) charges nothing once others have given the attempt up', async (_what, gone) => {
    const passed = { monotonicMs: 0, wallMs: 0 };
    const [written, thawed] = [deferred(), deferred()];
    const real = createZvtTerminal({ host: '127.0.0.1', port: terminal.port, password: '000000' }, LIMITS);
    const freezing = await aSyncServer({
      database,
      log,
      lookAgainAfterMs: [20],
      sendClocks: {
        monotonicMs: () => performance.now() + passed.monotonicMs,
        wallMs: () => Date.now() + passed.wallMs,
      },
      terminals: new Map([
        [
          'counter',
          {
            ...real,
            ask: (asked, watch) =>
              real.ask(asked, {
                ...watch,
                async aboutToAsk(mark) {
                  const permit = await watch.aboutToAsk(mark);
                  written.resolve();
                  await thawed.promise;
                  return permit;
                },
              }),
          },
        ],
      ]),
    });
    const [cards, balance] = [terminal.cards(), terminal.balance()];
    const attemptId = randomUUID();
    await start(attemptId, 13_00, {}, freezing);
    await written.promise;
    Object.assign(passed, gone);
    // Fifteen seconds go by in which it renews nothing; the other server is asked what became of the attempt.
    await expect
      .poll(
        async () => {
          await database.sql`
            update terminal_attempt set until = now() - interval '1 second' where attempt_id = ${attemptId}`;
          return (await find(attemptId)).body.state;
        },
        { timeout: 30_000 },
      )
      .toMatch(/^(unknown|declined)$/);
    thawed.resolve();
    expect(await ended(attemptId, freezing)).not.toMatchObject({ state: 'approved' });
    await freezing.stop();
    expect((await find(attemptId)).body).toMatchObject({ state: 'declined', reason: 'not-sent-in-time' });
    expect([terminal.cards() - cards, terminal.balance() - balance]).toEqual([0, 0]);
  });
});

describe('what others may see', () => {
  test('a terminal that is not set up, or of another store, is asked for nothing', async () => {
    const other = await aWorkstation(server, { storeId: 's2' });
    const body = { attemptId: 'x', action: 'payment', amountMinor: 100, currency: 'EUR' };
    for (const [terminalId, token] of [
      ['nowhere', till.token],
      ['counter', other.token],
    ] as const) {
      const answer = await call<Problem>(`${server.url}/terminals/${terminalId}/attempts`, { body, token });
      expect([answer.status, answer.body.code]).toEqual([404, 'terminal-unknown']);
    }
  });

  test('an attempt of one till is not there for another', async () => {
    const paid = await pay(1_00);
    const other = await aWorkstation(server);
    const answer = await call<Problem>(`${server.url}/terminals/counter/attempts/${paid.attemptId}`, {
      token: other.token,
    });
    expect([answer.status, answer.body.code]).toEqual([404, 'card-attempt-unknown']);
  });

  test('a card number that a careless terminal prints is in no row, no answer and no log', async () => {
    const paid = await pay(1_00);
    expect(JSON.stringify(paid)).not.toContain(CARD_NUMBER);
    expect(paid.card.slip?.join(' ')).toContain('************4242');
    const rows = await database.sql`select * from terminal_attempt`;
    expect(rows.length).toBeGreaterThan(5);
    expect(JSON.stringify(rows)).not.toContain(CARD_NUMBER);
    expect(logged.join('\n')).toContain('card-attempt-ended');
    expect(logged.join('\n')).not.toContain(CARD_NUMBER);
  });
});

describe('the terminal’s end of day', () => {
  const close = (closingId: string) =>
    call<TerminalClosing & Problem>(`${server.url}/terminals/counter/closings`, {
      body: { closingId, currency: 'EUR' },
      token: till.token,
    });

  test('shows its sums beside ours, and a repeat shows the same', async () => {
    await close(randomUUID());
    await pay(10_00);
    await pay(5_50);
    const closingId = randomUUID();
    const first = await close(closingId);
    expect(first.body).toMatchObject({
      terminal: { count: 2, amountMinor: 15_50 },
      recorded: { count: 2, amountMinor: 15_50 },
      unknownCount: 0,
      isEqual: true,
    });
    expect((await close(closingId)).body).toEqual(first.body);
  });

  test('shows the difference when the terminal took more than anybody knows of', async () => {
    await close(randomUUID());
    terminal.program('approve-more');
    await pay(10_00);
    expect((await close(randomUUID())).body).toMatchObject({
      terminal: { count: 1, amountMinor: 11_00 },
      recorded: { count: 0, amountMinor: 0 },
      unknownCount: 1,
      isEqual: false,
    });
  });
});

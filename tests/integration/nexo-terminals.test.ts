// An Adyen terminal in the shop, asked by the server over TLS and sealed messages: what it took is what is told, or nobody knows.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createNexoTerminal } from '../../sync-server/terminals/nexo-terminal.ts';
import type { AskedOfTerminal, Told } from '../../sync-server/terminals/terminal-driver.ts';
import type { SendPermit } from '../../sync-server/terminals/send-permit.ts';
import { startNexoSimulator, type NexoSimulator } from '../support/nexo-simulator.ts';

const LIMITS = { answerMs: 3_000, statusMs: 3_000 };
const CARD_NUMBER = '5555555555554444';
const now = () => Date.UTC(2026, 2, 2, 10);

let terminal: NexoSimulator;
let before = { cards: 0, balance: 0 };
beforeAll(async () => {
  terminal = await startNexoSimulator({ cardNumber: CARD_NUMBER });
});
beforeEach(() => {
  before = { cards: terminal.cards(), balance: terminal.balance() };
});
afterAll(() => terminal.close());

const taken = () => ({
  cards: terminal.cards() - before.cards,
  amount: terminal.balance() - before.balance,
});
const asking = (amountMinor: number, more: Partial<AskedOfTerminal> = {}): AskedOfTerminal => ({
  attemptId: crypto.randomUUID(),
  action: 'payment',
  amountMinor,
  currency: 'EUR',
  reversesReference: null,
  ...more,
});
async function ask(
  asked: AskedOfTerminal,
  cancelled: AbortSignal = new AbortController().signal,
  permit: SendPermit = { isOpen: () => true },
): Promise<{ readonly told: Told; readonly mark: string; readonly found: () => Promise<Told> }> {
  const driver = createNexoTerminal(terminal.address, { now, limits: LIMITS });
  let mark = '';
  const told = await driver.ask(asked, {
    onPrompt: () => undefined,
    aboutToAsk(given) {
      mark = given;
      return Promise.resolve(permit);
    },
    cancelled,
  });
  return { told, mark, found: () => driver.find(asked, mark) };
}

describe('a payment', () => {
  test('is approved with brand, last digits, code and slip, and no card number', async () => {
    const { told } = await ask(asking(10_99));
    expect(told).toMatchObject({
      outcome: 'approved',
      approvedMinor: 10_99,
      card: { scheme: 'mc', lastDigits: '9999', authorisationCode: '123456' },
    });
    expect(JSON.stringify(told)).toContain('Payment approved');
    expect(JSON.stringify(told)).not.toContain(CARD_NUMBER);
    expect(taken()).toEqual({ cards: 1, amount: 10_99 });
  });

  test('that is declined takes nothing', async () => {
    terminal.program('decline');
    expect((await ask(asking(5_00))).told).toEqual({ outcome: 'declined', reason: 'declined' });
    expect(taken().amount).toBe(0);
  });

  test('may be approved in part; more than was asked for is for a person to decide', async () => {
    terminal.program('approve-less', 'approve-more');
    expect((await ask(asking(9_00))).told).toMatchObject({ outcome: 'approved', approvedMinor: 4_50 });
    expect((await ask(asking(9_00))).told).toEqual({ outcome: 'unknown', reason: 'amount-not-possible' });
  });

  test.each(['cut-after-approval', 'hang-after-approval', 'wrong-key'] as const)(
    'whose answer is lost (%s) is unknown, and found by its name',
    async (step) => {
      terminal.program(step);
      const { told, found } = await ask(asking(7_00));
      expect(told).toEqual({ outcome: 'unknown', reason: 'line-lost' });
      expect(await found()).toMatchObject({ outcome: 'approved', approvedMinor: 7_00 });
      expect(taken()).toEqual({ cards: 1, amount: 7_00 });
    },
  );

  test('that never arrived is unknown, and found to have taken nothing', async () => {
    terminal.program('cut-before-approval');
    const { told, found } = await ask(asking(7_00));
    expect(told.outcome).toBe('unknown');
    expect(await found()).toEqual({ outcome: 'declined', reason: 'never-arrived' });
    expect(taken()).toEqual({ cards: 0, amount: 0 });
  });

  test('that a server which was frozen would send too late is not sent', async () => {
    const { told } = await ask(asking(7_00), undefined, { isOpen: () => false });
    expect(told).toEqual({ outcome: 'declined', reason: 'not-sent-in-time' });
    expect(taken()).toEqual({ cards: 0, amount: 0 });
  });

  test('is stopped at the terminal when the cashier gives up', async () => {
    terminal.program('wait-for-abort');
    const cancelling = new AbortController();
    const asked = ask(asking(5_00), cancelling.signal);
    await expect.poll(() => terminal.cards() - before.cards, { timeout: 60_000 }).toBe(1);
    cancelling.abort();
    expect((await asked).told).toEqual({ outcome: 'declined', reason: 'cancelled' });
  });

  test('is taken back whole, and goes back to a card', async () => {
    const { told } = await ask(asking(12_00));
    if (told.outcome !== 'approved') throw new Error('not approved');
    const reversal = asking(12_00, { action: 'reversal', reversesReference: told.reference });
    expect((await ask(reversal)).told).toMatchObject({ outcome: 'approved', approvedMinor: 12_00 });
    expect(taken().amount).toBe(0);
    expect((await ask(asking(3_00, { action: 'refund' }))).told).toMatchObject({ outcome: 'approved' });
    expect(taken().amount).toBe(-3_00);
  });
});

describe('who answers', () => {
  test('under the certificate of another terminal, or of nobody known, is asked for nothing', async () => {
    const stranger = await startNexoSimulator({ certificateName: 'v400m-1.test.terminal.adyen.com' });
    const addresses = [stranger.address, { ...terminal.address, port: stranger.address.port }];
    for (const address of addresses) {
      const driver = createNexoTerminal(address, { now, limits: LIMITS });
      const told = await driver.ask(asking(5_00), {
        onPrompt: () => undefined,
        aboutToAsk: () => Promise.resolve({ isOpen: () => true }),
        cancelled: new AbortController().signal,
      });
      expect(told).toEqual({ outcome: 'declined', reason: 'terminal-unreachable' });
    }
    expect(stranger.cards()).toBe(0);
    await stranger.close();
  });
});

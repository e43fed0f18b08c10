// Paying at a headless workstation: mixes of tenders, and card payments through declines, lost answers and crashes. Nothing is
// charged twice, nothing that was charged is forgotten.

import { afterEach, describe, expect, test } from 'vitest';
import { untilWithin } from '../../tests/support/until.ts';
import { aPage, anItem, anOperator, aSettings, verifyPlainPin } from '../../tests/support/a-shop.ts';
import { createProgrammedTerminal } from '../../tests/support/card-terminal-program.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import type { CardTerminal } from '../devices/ports.ts';
import { tillSubjects } from '../domain/approval.ts';
import { asOperatorId } from '../domain/ids.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation, type HeadlessDevice } from './headless.ts';

const open: RunningWorkstation[] = [];
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

const cashier = anOperator({
  id: asOperatorId('o2'),
  number: 2,
  name: 'Bo',
  roleName: 'cashier',
  permissions: ['sell'],
  pinVerifier: 'plain:2222',
});
const manager = anOperator();
const ITEM = anItem(0, { priceMinor: 40_00 });

function aServer(): FakeSyncServer {
  const settings = aSettings();
  const rate = {
    rateMicro: 920_000,
    perUnits: 1,
    validFrom: '2020-01-01T00:00:00.000Z',
    setBy: 'Head office',
  };
  const store = {
    ...settings.store,
    maySellWithoutTill: true,
    exchangeRates: [
      { ...rate, currency: 'USD' },
      { ...rate, currency: 'GBP', validUntil: '2021-01-01T00:00:00.000Z' },
    ],
  };
  const server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...settings, store });
  server.put('staff', { ...manager });
  server.put('staff', { ...cashier });
  server.put('catalogue_pages', aPage([ITEM]));
  return server;
}

const until = untilWithin(60_000);

async function aTill(
  server: FakeSyncServer,
  device: HeadlessDevice,
  isNew = true,
): Promise<RunningWorkstation> {
  const till = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device,
    replace: { fetch: server.fetch, verifyPin: verifyPlainPin },
  });
  open.push(till);
  await till.started;
  if (isNew) valueOf(await till.enrolInDemoStore());
  await until(() => till.operators.value.length === 2 && till.settings.value !== null, 'staff and settings');
  await until(() => till.status.value.catalogue.phase === 'ready', 'catalogue');
  valueOf(await till.signOn(cashier.id, '2222'));
  return till;
}

/** A till with 40.00 in the cart. */
async function aCartToPay(device = createHeadlessDevice(), server = aServer()) {
  const till = await aTill(server, device);
  valueOf(till.addItem(ITEM));
  return { till, server, device };
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}
const reasonOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.reason);
const tendersOf = (till: RunningWorkstation) => {
  const view = till.tenders.value;
  if (view === null) throw new Error('there is no cart');
  return view;
};
const complete = (till: RunningWorkstation) =>
  till.completeSale({ tenders: tendersOf(till).position.tenders });
const codes = (till: RunningWorkstation) => till.status.value.troubles.map(({ code }) => code);
const kinds = (server: FakeSyncServer) => server.facts().map(({ kind }) => kind);

describe('a mix of tenders', () => {
  test('card, voucher, dollars and cash settle one sale, and change is given from the cash', async () => {
    const { till } = await aCartToPay();
    const terminal = createProgrammedTerminal(['approve']);
    valueOf(till.addTender({ kind: 'voucher', number: 'gift-1234', amountMinor: 5_00 }));
    valueOf(await till.payByCard({ terminal, amountMinor: 10_00 }));
    valueOf(till.addTender({ kind: 'foreign-cash', currency: 'USD', foreignMinor: 10_00 }));
    expect(tendersOf(till).position.remainingMinor).toBe(15_80);
    valueOf(till.addTender({ kind: 'cash', tenderedMinor: 20_00 }));
    const { transaction } = valueOf(await complete(till));
    expect(
      transaction.tenders.map(({ kind, amountMinor, changeMinor }) => [kind, amountMinor, changeMinor]),
    ).toEqual([
      ['voucher', 5_00, 0],
      ['foreign-cash', 9_20, 0],
      ['cash', 15_80, 4_20],
      ['card', 10_00, 0],
    ]);
    expect(till.cardPayments.value).toEqual([]);
    expect(JSON.stringify(transaction)).not.toMatch(/\d{12,}/);
  });

  test('each can be taken away again, and a card only reversed', async () => {
    const { till } = await aCartToPay();
    const terminal = createProgrammedTerminal(['approve']);
    valueOf(till.addTender({ kind: 'cash', tenderedMinor: 20_00 }));
    valueOf(till.removeTender(0));
    expect(reasonOf(till.removeTender(0))).toBe('tender-not-found');
    valueOf(await till.payByCard({ terminal, amountMinor: 40_00 }));
    expect(tendersOf(till).removableCount).toBe(0);
    const [payment] = till.cardPayments.value;
    if (payment === undefined) throw new Error('nothing was approved');
    // A sale that leaves an approval behind is none.
    const cash = [{ kind: 'cash', amountMinor: 40_00, tenderedMinor: 40_00, changeMinor: 0 }] as const;
    expect(reasonOf(await till.completeSale({ tenders: cash }))).toBe('card-not-settled');
    valueOf(await till.reverseCard({ attemptId: payment.attemptId, terminal }));
    expect(till.cardPayments.value).toEqual([]);
    valueOf(await till.completeSale({ tenders: cash }));
  });

  test('a voucher serves once at a till, a currency without a rate not at all', async () => {
    const { till } = await aCartToPay();
    expect(reasonOf(till.addTender({ kind: 'foreign-cash', currency: 'GBP', foreignMinor: 1_00 }))).toBe(
      'currency-not-taken',
    );
    valueOf(till.addTender({ kind: 'voucher', number: 'GIFT1234', amountMinor: 40_00 }));
    const { transaction } = valueOf(await complete(till));
    valueOf(till.addItem(ITEM));
    expect(till.addTender({ kind: 'voucher', number: ' gift 1234', amountMinor: 5_00 })).toMatchObject({
      reason: 'voucher-used',
      details: { receiptNumber: transaction.receiptNumber },
    });
  });

  test('that was handed over is still there after a crash, and pays the cart', async () => {
    const { till, server, device } = await aCartToPay();
    valueOf(till.addTender({ kind: 'voucher', number: 'GIFT5678', amountMinor: 5_00 }));
    valueOf(till.addTender({ kind: 'foreign-cash', currency: 'USD', foreignMinor: 10_00 }));
    valueOf(till.addTender({ kind: 'cash', tenderedMinor: 30_00 }));
    const before = tendersOf(till);
    await till.close();
    open.splice(0);
    const again = await aTill(server, device, false);
    await until(() => again.tenders.value !== null, 'cart');
    expect(tendersOf(again)).toEqual(before);
    const { transaction } = valueOf(await complete(again));
    expect(transaction.tenders.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['voucher', 5_00],
      ['foreign-cash', 9_20],
      ['cash', 25_80],
    ]);
    valueOf(again.addItem(ITEM));
    expect(tendersOf(again).drafts).toEqual([]);
  });

  test('a card that was never approved sells nothing', async () => {
    const { till } = await aCartToPay();
    const card = { attemptId: 'made-up', terminalId: 't' };
    const tenders = [
      { kind: 'card', amountMinor: 40_00, tenderedMinor: 40_00, changeMinor: 0, card },
    ] as const;
    expect(reasonOf(await till.completeSale({ tenders }))).toBe('card-not-approved');
  });
});

describe('a card payment', () => {
  test('is in the journal before the terminal is asked', async () => {
    const { till, server } = await aCartToPay();
    const seen: string[] = [];
    const terminal: CardTerminal = {
      ...createProgrammedTerminal([]),
      async authorizeSales({ amountMinor }) {
        await till.drained(60_000);
        seen.push(...kinds(server));
        return { outcome: 'approved', approvedMinor: amountMinor, card: { lastDigits: '4242' } };
      },
    };
    valueOf(await till.payByCard({ terminal, amountMinor: 40_00 }));
    expect(seen.at(-1)).toBe('card-attempted');
    await till.drained(60_000);
    expect(kinds(server).at(-1)).toBe('card-answered');
  });

  test('that is declined is over, and one that is approved in part leaves a rest', async () => {
    const { till } = await aCartToPay();
    const terminal = createProgrammedTerminal(['decline', 'partial']);
    expect(valueOf(await till.payByCard({ terminal, amountMinor: 40_00 })).outcome).toBe('declined');
    expect(till.cardPayments.value).toEqual([]);
    expect(valueOf(await till.payByCard({ terminal, amountMinor: 40_00 })).approvedMinor).toBe(20_00);
    expect(tendersOf(till).position.remainingMinor).toBe(20_00);
  });

  test('whose answer was lost stops the sale until the terminal tells, and is not asked for again', async () => {
    const { till } = await aCartToPay();
    const terminal = createProgrammedTerminal(['answer-lost']);
    const told = valueOf(await till.payByCard({ terminal, amountMinor: 40_00 }));
    expect(told).toEqual({ outcome: 'unknown', approvedMinor: 0, reason: 'answer-lost' });
    expect(codes(till)).toContain('CD-01');
    expect(reasonOf(await till.payByCard({ terminal, amountMinor: 40_00 }))).toBe('card-unresolved');
    valueOf(till.addTender({ kind: 'cash', tenderedMinor: 40_00 }));
    expect(reasonOf(await complete(till))).toBe('card-unresolved');
    valueOf(till.removeTender(0));
    const { attemptId } = till.cardPayments.value[0] ?? { attemptId: '' };
    expect(valueOf(await till.askTerminal({ attemptId, terminal })).outcome).toBe('approved');
    expect(codes(till)).not.toContain('CD-01');
    valueOf(await complete(till));
    expect(terminal.done).toEqual(['answer-lost']);
  });

  test('that was asked when the till crashed is unknown at the next start, and comes back to its cart', async () => {
    const device = createHeadlessDevice();
    const { till, server } = await aCartToPay(device);
    const terminal = createProgrammedTerminal([]);
    let heard: (() => void) | undefined;
    const deaf: CardTerminal = {
      ...terminal,
      async authorizeSales(asked) {
        await terminal.authorizeSales(asked);
        // The till goes down here: nobody ever hears the answer.
        return new Promise((resolve) => {
          heard = () => resolve({ outcome: 'unknown', reason: 'gone' });
        });
      },
    };
    const waiting = till.payByCard({ terminal: deaf, amountMinor: 40_00 });
    await until(() => heard !== undefined, 'the terminal was asked');
    await till.close();
    heard?.();
    await waiting.catch(() => undefined);
    open.splice(0);

    const again = await aTill(server, device, false);
    expect(again.cardPayments.value).toMatchObject([{ state: 'unknown', amountMinor: 40_00 }]);
    expect(codes(again)).toContain('CD-01');
    const { attemptId } = again.cardPayments.value[0] ?? { attemptId: '' };
    expect(valueOf(await again.askTerminal({ attemptId, terminal })).outcome).toBe('approved');
    await until(() => again.cart.value !== null, 'the cart came back');
    const { transaction } = valueOf(await complete(again));
    expect(transaction.tenders).toMatchObject([{ kind: 'card', amountMinor: 40_00, card: { attemptId } }]);
    await again.drained(60_000);
    const answers = server.facts().flatMap(({ kind, body }) => (kind === 'card-answered' ? [body] : []));
    expect(answers).toMatchObject([
      { outcome: 'unknown', by: 'restart' },
      { outcome: 'approved', by: 'terminal' },
    ]);
  });

  test('is decided by whoever may, with a reason; a cashier needs a manager for exactly this', async () => {
    const { till } = await aCartToPay();
    const terminal = createProgrammedTerminal(['answer-lost']);
    valueOf(await till.payByCard({ terminal, amountMinor: 40_00 }));
    const { attemptId } = till.cardPayments.value[0] ?? { attemptId: '' };
    const decided = { attemptId, outcome: 'declined', reasonCode: 'slip' } as const;
    expect(reasonOf(await till.decideCard(decided))).toBe('permission-missing');
    expect(reasonOf(await till.decideCard({ ...decided, reasonCode: '' }))).toBe('reason-code-missing');
    const asked = (outcome: string) => ({
      subject: tillSubjects.decideCard(attemptId, outcome),
      approverId: manager.id,
      pin: '1234',
    });
    const other = valueOf(await till.approve(asked('approved')));
    expect(reasonOf(await till.decideCard({ ...decided, approval: other }))).toBe('approval-not-fitting');
    const approval = valueOf(await till.approve(asked('declined')));
    expect(valueOf(await till.decideCard({ ...decided, approval })).outcome).toBe('declined');
    expect(till.cardPayments.value).toEqual([]);
    expect(reasonOf(await till.decideCard({ ...decided, approval }))).toBe('card-not-open');
  });

  test('of a cart that was given up is a trouble until it is reversed', async () => {
    const { till } = await aCartToPay();
    const terminal = createProgrammedTerminal([]);
    valueOf(await till.payByCard({ terminal, amountMinor: 10_00 }));
    expect(codes(till)).not.toContain('CD-02');
    expect(reasonOf(till.clearCart())).toBe('card-not-settled');
    valueOf(till.removeLine(1));
    expect(codes(till)).toContain('CD-02');
    const { attemptId } = till.cardPayments.value[0] ?? { attemptId: '' };
    valueOf(await till.reverseCard({ attemptId, terminal }));
    expect(codes(till)).not.toContain('CD-02');
  });

  test('of a sale that is voided is to be reversed', async () => {
    const device = createHeadlessDevice();
    const { till } = await aCartToPay(device);
    const terminal = createProgrammedTerminal([]);
    valueOf(await till.payByCard({ terminal, amountMinor: 40_00 }));
    const { transaction } = valueOf(await complete(till));
    await till.signOff('switched');
    valueOf(await till.signOn(manager.id, '1234'));
    valueOf(await till.voidTransaction({ transactionId: transaction.id, reasonCode: 'mistake' }));
    expect(till.cardPayments.value).toMatchObject([{ state: 'approved', approvedMinor: 40_00 }]);
    expect(codes(till)).toContain('CD-02');
  });

  test('says what cannot be right: more than was asked for is unknown', async () => {
    const { till } = await aCartToPay();
    const terminal: CardTerminal = {
      ...createProgrammedTerminal([]),
      authorizeSales: () => Promise.resolve({ outcome: 'approved', approvedMinor: 999_99, card: {} }),
    };
    expect(valueOf(await till.payByCard({ terminal, amountMinor: 40_00 })).outcome).toBe('unknown');
  });

  test('through any program of a terminal: every cent that was charged is in a sale or shown', async () => {
    const { till } = await aCartToPay();
    for (let seed = 1; seed <= 12; seed += 1) {
      const terminal = createProgrammedTerminal({ seed });
      if (till.cart.value === null) valueOf(till.addItem(ITEM));
      for (let turn = 0; turn < 6 && till.tenders.value?.position.isSettled === false; turn += 1) {
        const [unknown] = till.tenders.value.unresolved;
        if (unknown !== undefined) await till.askTerminal({ attemptId: unknown.attemptId, terminal });
        else await till.payByCard({ terminal, amountMinor: till.tenders.value.position.remainingMinor });
      }
      const { position, unresolved } = tendersOf(till);
      if (!position.isSettled && unresolved.length === 0)
        valueOf(till.addTender({ kind: 'cash', tenderedMinor: position.remainingInCashMinor }));
      const { transaction } = valueOf(await complete(till));
      expect(transaction.tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(40_00);
      expect(till.cardPayments.value).toEqual([]);
    }
  });
});

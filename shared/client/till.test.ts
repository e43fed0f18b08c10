// The till of a headless workstation: approvals on the spot, sessions, cash movements, counting, closing, voids.

import { afterEach, describe, expect, test } from 'vitest';
import { untilWithin } from '../../tests/support/until.ts';
import {
  aPage,
  anItem,
  anOperator,
  aSettings,
  exactCash,
  verifyPlainPin,
} from '../../tests/support/a-shop.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import { cartSubjects, tillSubjects } from '../domain/approval.ts';
import { asOperatorId } from '../domain/ids.ts';
import type { Outcome } from '../domain/refusal.ts';
import { checkZReport, foldTill, NEW_TILL } from '../domain/till-session.ts';
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

function aServer(): FakeSyncServer {
  const server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings() });
  server.put('staff', { ...manager });
  server.put('staff', { ...cashier });
  server.put('catalogue_pages', aPage([anItem(0, { barcodes: ['05901234123457'] })]));
  server.put('stock', {
    id: 'p000000',
    page: 0,
    onHandMilli: Array.from({ length: 256 }, () => 5000),
    through: [],
  });
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

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}

const reasonOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.reason);

describe('a print that is given up', () => {
  test('is an entry with the reason, and needs somebody who may decide', async () => {
    const server = aServer();
    const till = await aTill(server, createHeadlessDevice());
    const print = { printId: 'print-1', queuedAtMs: Date.UTC(2026, 2, 2, 10), reasonCode: 'customer-left' };
    expect(reasonOf(await till.discardPrint({ ...print, reasonCode: ' ' }))).toBe('reason-code-missing');
    expect(reasonOf(await till.discardPrint(print))).toBe('permission-missing');
    const subject = tillSubjects.discardPrint('print-1', 'customer-left');
    const approval = valueOf(await till.approve({ subject, approverId: manager.id, pin: '1234' }));
    const other = { ...print, printId: 'print-2', approval };
    expect(reasonOf(await till.discardPrint(other))).toBe('approval-not-fitting');
    valueOf(await till.discardPrint({ ...print, approval }));
    expect(reasonOf(await till.discardPrint({ ...print, approval }))).toBe('approval-used');
    expect(await till.drained(60_000)).toBe(true);
    const given = server.facts().filter(({ kind }) => kind === 'print-discarded');
    expect(given).toMatchObject([
      {
        operatorId: cashier.id,
        body: {
          printId: 'print-1',
          queuedAt: '2026-03-02T10:00:00.000Z',
          reasonCode: 'customer-left',
          approvalId: approval.approvalId,
        },
      },
    ]);
  });
});

describe('an approval on the spot', () => {
  test('is an entry bound to one subject; nobody is signed on or off by it', async () => {
    const server = aServer();
    const till = await aTill(server, createHeadlessDevice());
    const subject = cartSubjects.overridePrice('cart-1', 1, 50);
    const approval = valueOf(await till.approve({ subject, approverId: manager.id, pin: '1234' }));
    expect(till.operator.value?.id).toBe(cashier.id);
    expect(await till.drained(60_000)).toBe(true);
    const entry = server.facts().at(-1);
    expect(entry).toMatchObject({
      kind: 'action-approved',
      operatorId: cashier.id,
      body: {
        approvalId: approval.approvalId,
        approverId: manager.id,
        action: 'override-price',
        cartId: 'cart-1',
      },
    });
  });

  test('wrong PINs count like those at sign-on, and who may not approve is refused', async () => {
    const till = await aTill(aServer(), createHeadlessDevice());
    const subject = cartSubjects.overridePrice('cart-1', 1, 50);
    const wrong = await till.approve({ subject, approverId: manager.id, pin: '9999' });
    expect(wrong).toMatchObject({ reason: 'pin-wrong', details: { triesLeft: 4 } });
    expect(await till.signOn(manager.id, '9999')).toMatchObject({ details: { triesLeft: 3 } });
    valueOf(await till.approve({ subject, approverId: manager.id, pin: '1234' }));
    expect(await till.signOn(manager.id, '9999')).toMatchObject({ details: { triesLeft: 4 } });
    const own = await till.approve({ subject, approverId: cashier.id, pin: '2222' });
    expect(reasonOf(own)).toBe('permission-missing');
  });
});

/** Cash in the drawer as one sum. */
const sum = (otherMinor: number) => ({ pieces: [], otherMinor });

async function sell(till: RunningWorkstation) {
  const [item] = till.findByCode('5901234123457');
  if (item === undefined) throw new Error('no item');
  valueOf(till.addItem(item));
  return valueOf(await till.completeSale({ tenders: exactCash(till.cart.value?.totals.grossMinor ?? 0) }));
}

describe('a till session', () => {
  test('opens, sells, moves cash, voids, is counted blindly and closed with a Z that computes again', async () => {
    const server = aServer();
    const device = createHeadlessDevice();
    const till = await aTill(server, device);
    expect(reasonOf(await till.countTill(sum(0)))).toBe('till-not-open');
    const float = { pieces: [{ valueMinor: 5000, count: 2 }], otherMinor: 0 };
    valueOf(await till.openTill(float));
    expect(reasonOf(await till.openTill(float))).toBe('till-already-open');
    const first = await sell(till);
    expect(first.transaction.tillSessionId).toBe(till.till.value?.open?.tillSessionId);
    const second = await sell(till);
    const out = { kind: 'paid-out', amountMinor: 30_00, reasonCode: 'window-cleaner' } as const;
    expect(reasonOf(await till.moveCash(out))).toBe('permission-missing');
    const subject = tillSubjects.moveCash(till.till.value?.open?.tillSessionId ?? '', 'paid-out', 30_00);
    const approval = valueOf(await till.approve({ subject, approverId: manager.id, pin: '1234' }));
    expect(reasonOf(await till.moveCash({ ...out, amountMinor: 31_00, approval }))).toBe(
      'approval-not-fitting',
    );
    valueOf(await till.moveCash({ ...out, approval }));
    expect(reasonOf(await till.moveCash({ ...out, approval }))).toBe('approval-used');
    valueOf(await till.signOn(manager.id, '1234'));
    const older = await till.voidTransaction({ transactionId: first.transaction.id, reasonCode: 'mistake' });
    expect(reasonOf(older)).toBe('not-last-transaction');
    const voided = valueOf(
      await till.voidTransaction({ transactionId: second.transaction.id, reasonCode: 'mistake' }),
    );
    expect(voided.transaction).toMatchObject({ kind: 'void', totals: { grossMinor: -100 } });
    const again = await till.voidTransaction({ transactionId: second.transaction.id, reasonCode: 'mistake' });
    expect(reasonOf(again)).toBe('already-voided');
    const itself = await till.voidTransaction({
      transactionId: voided.transaction.id,
      reasonCode: 'mistake',
    });
    expect(reasonOf(itself)).toBe('transaction-is-void');
    valueOf(await till.noSale({ reasonCode: 'change' }));
    expect(reasonOf(await till.closeTill())).toBe('till-not-counted');
    valueOf(await till.countTill(sum(70_00)));
    const z = valueOf(await till.closeTill());
    expect(z).toMatchObject({
      number: 1,
      cash: { floatMinor: 100_00, expectedMinor: 71_00, countedMinor: 70_00, differenceMinor: -1_00 },
      figures: { counts: { transactions: 3, sales: 2, voids: 1, noSales: 1, approvals: 1 } },
      perpetual: { salesMinor: 2_00, returnsMinor: 1_00, grandMinor: 1_00 },
    });
    expect(await till.drained(60_000)).toBe(true);
    let state = NEW_TILL;
    const found: unknown[] = [];
    for (const fact of server.facts()) {
      if (fact.kind === 'till-closed') found.push(checkZReport(state, fact));
      state = foldTill(state, fact);
    }
    expect(found).toEqual([[]]);
    expect(state).toEqual(till.till.value);
  });

  test('stays open over a restart, and goes on counting where it was', async () => {
    const server = aServer();
    const device = createHeadlessDevice();
    const till = await aTill(server, device);
    valueOf(await till.openTill(sum(10_00)));
    await sell(till);
    const before = till.till.value;
    await till.close();
    const next = await aTill(server, device, false);
    expect(next.till.value).toEqual(before);
    await sell(next);
    valueOf(await next.signOn(manager.id, '1234'));
    valueOf(await next.countTill(sum(12_00)));
    expect(valueOf(await next.closeTill()).cash.differenceMinor).toBe(0);
    valueOf(await next.openTill(sum(0)));
    valueOf(await next.countTill(sum(0)));
    expect(valueOf(await next.closeTill())).toMatchObject({ number: 2, perpetual: { salesMinor: 2_00 } });
  });

  test('a difference beyond the limit needs an approval of exactly this difference', async () => {
    const server = aServer();
    server.put('staff', {
      ...cashier,
      permissions: ['sell', 'close-till'],
      limits: { maxTillDifferenceMinor: 50 },
    });
    const till = await aTill(server, createHeadlessDevice());
    valueOf(await till.openTill(sum(10_00)));
    valueOf(await till.countTill(sum(9_49)));
    expect(await till.closeTill()).toMatchObject({
      reason: 'limit-exceeded',
      details: { limit: 'maxTillDifferenceMinor', asked: 51, differenceMinor: -51 },
    });
    const subject = tillSubjects.closeTill(till.till.value?.open?.tillSessionId ?? '', -51);
    const approval = valueOf(await till.approve({ subject, approverId: manager.id, pin: '1234' }));
    expect(valueOf(await till.closeTill({ approval })).number).toBe(1);
  });

  test('people clock in and out, once at a time', async () => {
    const till = await aTill(aServer(), createHeadlessDevice());
    expect(reasonOf(await till.clockOut())).toBe('not-clocked-in');
    valueOf(await till.clockIn());
    expect(reasonOf(await till.clockIn())).toBe('already-clocked-in');
    valueOf(await till.clockOut());
    valueOf(await till.clockIn());
  });
});

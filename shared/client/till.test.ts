// The till of a headless workstation: approvals on the spot, sessions, cash movements, counting, closing, voids.

import { afterEach, describe, expect, test } from 'vitest';
import {
  aPage,
  anItem,
  anOperator,
  aSettings,
  exactCash,
  verifyPlainPin,
} from '../../tests/support/a-shop.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import { cartSubjects } from '../domain/approval.ts';
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

async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

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

describe('an approval on the spot', () => {
  test('is an entry bound to one subject; nobody is signed on or off by it', async () => {
    const server = aServer();
    const till = await aTill(server, createHeadlessDevice());
    const subject = cartSubjects.overridePrice('cart-1', 1, 50);
    const approval = valueOf(await till.approve({ subject, approverId: manager.id, pin: '1234' }));
    expect(till.operator.value?.id).toBe(cashier.id);
    expect(await till.drained(10_000)).toBe(true);
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

// What the server says to openings and closings of a till and to voids: right ones are accepted, others disputed and shown.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOperatorId } from '../../shared/domain/ids.ts';
import { foldTill, NEW_TILL } from '../../shared/domain/till-session.ts';
import { buildZReport, type ZReport } from '../../shared/domain/z-report.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, open, push, sell, write } from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const outcomes = (answer: { body: { results: readonly { outcome: string }[] } }): readonly string[] =>
  answer.body.results.map((result) => result.outcome);

const operator = asOperatorId('operator-1');
const counted = { pieces: [], otherMinor: 100_00 };
type Till = Awaited<ReturnType<typeof aWorkstation>>;

const opening = (till: Till, sessionNumber: number) =>
  write(till, 'till-opened', {
    tillSessionId: `session-${String(sessionNumber)}`,
    sessionNumber,
    businessDay: '2026-03-02',
    currency: 'EUR',
    openedBy: operator,
    floatMinor: 100_00,
    counted,
  });

/** Moves 30.00 out, counts 100.00 and closes, with the Z that the till's own entries come to or with a changed one. */
function closing(till: Till, tillSessionId: string, change: (z: ZReport) => ZReport = (z) => z) {
  const moved = { tillSessionId, kind: 'pickup', amountMinor: 30_00, reasonCode: 'bank' } as const;
  const facts = [
    write(till, 'cash-moved', moved),
    write(till, 'till-counted', { tillSessionId, counted, countedMinor: 100_00 }),
  ];
  let state = NEW_TILL;
  for (const fact of till.facts) state = foldTill(state, fact);
  if (state.open === null) throw new Error('the till is not open');
  const last = { epoch: till.head.epoch, sequence: till.head.sequence + 1 };
  const closedAt = facts[0]?.recordedAt ?? '';
  const pending = { count: 2, amountMinor: 5 };
  const z = buildZReport(state.open, { former: state.former, closedAt, closedBy: operator, last, pending });
  if (!z.ok) throw new Error(z.reason);
  return [...facts, write(till, 'till-closed', { z: change(z.value) })];
}

describe('the till of a workstation', () => {
  test('openings and closings that compute again are accepted, in one push or in several', async () => {
    const till = await aWorkstation(server);
    const day = [open(till), opening(till, 1), sell(till), ...closing(till, 'session-1')];
    expect(outcomes(await push(server, till, day))).toEqual(day.map(() => 'accepted'));
    expect(outcomes(await push(server, till, [opening(till, 2)]))).toEqual(['accepted']);
    const rest = closing(till, 'session-2');
    expect(outcomes(await push(server, till, rest))).toEqual(['accepted', 'accepted', 'accepted']);
  });

  test('a Z that says something else, a skipped number and a second opening are disputed', async () => {
    const till = await aWorkstation(server);
    await push(server, till, [open(till), opening(till, 1)]);
    const less = closing(till, 'session-1', (z) => ({ ...z, cash: { ...z.cash, expectedMinor: 1 } }));
    expect(outcomes(await push(server, till, less))).toEqual(['accepted', 'accepted', 'disputed']);
    expect(outcomes(await push(server, till, [opening(till, 3), opening(till, 4)]))).toEqual([
      'disputed',
      'disputed',
    ]);
    const [row] = await database.sql<{ body: string }[]>`
      select body from attention where workstation_id = ${till.id} order by at limit 1`;
    expect(JSON.parse(row?.body ?? '{}')).toMatchObject({
      kind: 'fact-disputed',
      values: { path1: 'z.cash' },
    });
  });
});

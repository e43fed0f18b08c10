// What the server says to openings and closings of a till and to voids: right ones are accepted, others disputed and shown.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOperatorId } from '../../shared/domain/ids.ts';
import { foldTill, NEW_TILL } from '../../shared/domain/till-session.ts';
import { buildZReport, type ZReport } from '../../shared/domain/z-report.ts';
import { rebuildViews } from '../../sync-server/projections/rebuild-views.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, call, open, push, sell, write } from '../support/a-workstation.ts';

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

  test('the view of sessions says what each has come to, and a late entry belongs to its own', async () => {
    const till = await aWorkstation(server);
    const inSession = (pieces: number) => sell(till, { pieces, tillSessionId: 'session-1' });
    const first = [open(till), opening(till, 1), inSession(1), inSession(2), ...closing(till, 'session-1')];
    await push(server, till, first);
    await push(server, till, [opening(till, 2)]);
    // It names the session that was closed before: on no Z report, but not lost.
    await push(server, till, [inSession(1)]);
    await server.modules.foldWorker.settle();
    const answer = await call<{ sessions: readonly Record<string, unknown>[] }>(
      `${server.url}/till-sessions?from=2026-03-01&to=2026-03-31`,
      { token: till.token },
    );
    const own = answer.body.sessions.filter(({ workstationId }) => workstationId === till.id);
    expect(own.map(({ sessionNumber, zNumber, lateCount }) => [sessionNumber, zNumber, lateCount])).toEqual(
      expect.arrayContaining([
        [1, 1, 1],
        [2, null, 0],
      ]),
    );
    const closed = own.find(({ sessionNumber }) => sessionNumber === 1);
    expect(closed).toMatchObject({
      floatMinor: 100_00,
      // Float, three pieces and the late one, less what went to the bank.
      expectedMinor: 100_00 + 4 * 12_10 - 30_00,
      countedMinor: 100_00,
      differenceMinor: -6_30,
      figures: {
        totals: { grossMinor: 4 * 12_10 },
        tenders: [{ kind: 'cash', count: 3, amountMinor: 4 * 12_10 }],
      },
    });
    const other = await aWorkstation(server, { storeId: 's2' });
    const foreign = await call<{ sessions: readonly unknown[] }>(`${server.url}/till-sessions`, {
      token: other.token,
    });
    expect(foreign.body.sessions).toEqual([]);
    const kiosk = await aWorkstation(server, { kind: 'kiosk' });
    expect((await call(`${server.url}/till-sessions`, { token: kiosk.token })).status).toBe(403);
    const views = await rebuildViews(database);
    expect(views.filter(({ isEqual }) => !isEqual)).toEqual([]);
    expect(
      views.find(({ view, storeId }) => view === 'till_session_view' && storeId === 's1')?.rows,
    ).toBeGreaterThan(1);
  });
});

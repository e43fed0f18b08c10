// A till that pushes over HTTP while answers are lost, requests are repeated, late, and in any order: the server ends with
// each entry once, in a chain that verifies, and the views say what was sold. fast-check draws the deliveries.

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, open, push, sell, write } from '../support/a-workstation.ts';
import { holdsAsync } from './holds.ts';

/** Each run enrols a workstation; the server lets so many in from one address without a pause. */
const RUNS = Math.min(Number(process.env['PROPERTY_RUNS'] ?? 60), 150);

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

/** One request: which entries, sent how often at once, and whether its answer is heard. */
const delivery = fc.record({
  from: fc.nat(30),
  count: fc.integer({ min: 1, max: 8 }),
  copies: fc.integer({ min: 1, max: 3 }),
  isReversed: fc.boolean(),
});

test('whatever happens to requests and answers, each entry is there once and the sums are right', async () => {
  await holdsAsync(
    fc.asyncProperty(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }),
      fc.array(delivery, { maxLength: 25 }),
      async (pieces, deliveries) => {
        const till = await aWorkstation(server);
        open(till);
        for (const count of pieces) {
          if (count === 0) write(till, 'epoch-started', { reason: 'tail-missing', lost: null });
          else sell(till, { pieces: count, ordinal: 5000 });
        }
        // Lost answers: the till knows nothing of what these did.
        await Promise.all(
          deliveries.flatMap(({ from, count, copies, isReversed }) => {
            const start = from % till.facts.length;
            const facts = till.facts.slice(start, start + count);
            const sent = isReversed ? facts.toReversed() : facts;
            return Array.from({ length: copies }, () => push(server, till, sent));
          }),
        );
        const answer = await push(server, till, till.facts);
        expect(answer.status).toBe(200);
        expect(answer.body.head).toEqual(till.head);
        const rows = await database.sql`
          select id, hash from fact where workstation_id = ${till.id} order by epoch, sequence`;
        expect([...rows]).toEqual(till.facts.map(({ id, hash }) => ({ id, hash })));
        await server.modules.foldWorker.settle();
        const [sums] = await database.sql`
          select coalesce(sum(gross_minor), 0)::integer as gross, count(*)::integer as count
          from transaction_view where workstation_id = ${till.id}`;
        const sold = pieces.reduce((sum, count) => sum + count, 0);
        expect(sums).toEqual({ gross: 1210 * sold, count: pieces.filter((count) => count > 0).length });
      },
    ),
    { runs: RUNS },
  );
});

// First sync of a new till: from "Use the demo store" until the whole catalogue is on the device and searchable and the
// screen asks who sells, beside the plain ways of storing the same items in a browser. Enrolment, key and journal are
// in our time and not in the others'. Each run has a browser and a profile of its own on the disk.

import type { ServerProcess } from '../support/server-process.ts';
import { startBaselines } from './baseline-server.ts';
import type { BaselineKind } from './baselines/baseline-page.ts';
import type { Bench } from './bench.ts';
import { beside, told, type Row } from './row.ts';
import { median } from './statistics.ts';
import { measure } from './stopwatch.ts';
import { openBrowser, SIGN_ON_WITH_WHOLE_CATALOGUE, withProfile } from './till-rig.ts';

const LEAST_OF_RAW = 4;
const ROUNDS = 3;
const FIRST_SYNC_TIMEOUT_MS = 20 * 60_000;

const NAMES: Readonly<Record<BaselineKind, string>> = {
  raw: 'raw IndexedDB puts, no index',
  'raw-indexed': 'raw IndexedDB puts, barcode and sku indexes',
  rxdb: 'RxDB, one document per item',
  pouchdb: 'PouchDB bulkDocs',
};

export const firstSync: Bench = {
  name: 'first-sync',
  about: 'catalogue onto a new till beside raw IndexedDB, RxDB per item, PouchDB',
  async run({ items, isQuick, say, bigStore }) {
    const baselines = await startBaselines(items);
    try {
      const ours: number[] = [];
      const theirs = new Map<BaselineKind, number[]>();
      for (let round = 0; round < (isQuick ? 1 : ROUNDS); round += 1) {
        ours.push(await firstSyncMs(await bigStore()));
        say(`ours ${Math.round(ours.at(-1) ?? 0)} ms`);
        for (const kind of kindsOf(round, items)) {
          const ms = await baselines.run(kind);
          theirs.set(kind, [...(theirs.get(kind) ?? []), ms]);
          say(`${NAMES[kind]} ${Math.round(ms)} ms`);
        }
      }
      return [...theirs].map(([kind, times]): Row => {
        const ratios = times.map((ms, round) => ms / (ours[round] ?? ms));
        return beside(told(`first sync of ${items} items, beside ${NAMES[kind]}`, median(ours) / 1000, 's'), {
          other: `${NAMES[kind]} (${(median(times) / 1000).toPrecision(3)} s)`,
          ratio: median(ratios),
          atLeast: kind === 'raw' || kind === 'raw-indexed' ? LEAST_OF_RAW : null,
        });
      });
    } finally {
      await baselines.close();
    }
  },
};

/** The libraries take minutes: they are asked in the first round, and not at all for a million items. */
function kindsOf(round: number, items: number): readonly BaselineKind[] {
  return round === 0 && items <= 200_000 ? ['raw', 'raw-indexed', 'rxdb', 'pouchdb'] : ['raw', 'raw-indexed'];
}

function firstSyncMs(server: ServerProcess): Promise<number> {
  return withProfile(async (profile) => {
    const { till, page, browser } = await openBrowser(profile, server);
    try {
      await till.open();
      await till.waitForScreen('enrol');
      return await measure(
        page,
        { start: { kind: 'click' }, until: SIGN_ON_WITH_WHOLE_CATALOGUE },
        () => till.find('enrol-demo').click(),
        FIRST_SYNC_TIMEOUT_MS,
      );
    } finally {
      await browser.close();
    }
  });
}

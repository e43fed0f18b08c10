// Brings back, while the till sells on, what the server has confirmed and this device has lost: begun when a journal
// is open, tried again until the server answers, ended with the session. Every entry is verified as at a start; when
// all are here the journal is whole from its first entry to its last, and the till is folded anew.

import { restoreEntries } from './journal/restore-entries.ts';
import type { FactStore } from './journal/fact-store.ts';
import type { Journal } from './journal/journal.ts';
import { readTill } from './journal/read-till.ts';
import type { Parts } from './parts.ts';
import type { StoredIdentity } from './ports.ts';
import { pause } from './server/pause.ts';
import { createRetryPace } from './server/retry-pace.ts';
import { TROUBLES } from './troubles.ts';

export type FetchMissing = {
  /** Resolves when nothing is missing any more, or with the session. */
  run(): Promise<void>;
  close(): void;
};

export function createFetchMissing(
  parts: Parts,
  open: { readonly identity: StoredIdentity; readonly store: FactStore; readonly journal: Journal },
): FetchMissing {
  const { given, connection } = parts;
  const { identity, store, journal } = open;
  const { workstationId } = identity.enrolment;
  const pace = createRetryPace({ now: () => given.now().getTime(), random: given.random });
  const closing = new AbortController();
  return {
    async run() {
      for (;;) {
        const range = parts.journalNotes.missing(workstationId);
        if (range === null || !(await connection.whenOnline())) return;
        await pause(pace.delayMs(), closing.signal);
        if (closing.signal.aborted || !parts.mayWrite()) return;
        const { publicKey } = identity.keys;
        const restored = await restoreEntries(
          { connection, store, publicKey, subtle: given.subtle },
          range.after,
          range.to,
        );
        if (closing.signal.aborted) return;
        if (restored.kind === 'not-genuine') {
          parts.board.raise(TROUBLES.forked());
          return;
        }
        if (restored.kind === 'restored') {
          // In a log that is cut once more they would be the first to go, and leave a hole within the journal.
          await given.ballast.renewLog();
          parts.journalNotes.clearMissing();
          await foldTillAnew();
          tell(parts, restored.count, journal.head().epoch);
          return;
        }
        pace.failed();
      }
    },
    close: () => closing.abort(),
  };

  /** The till as all entries tell it; what is written meanwhile is folded in by the session, so it is read again. */
  async function foldTillAnew(): Promise<void> {
    for (;;) {
      const head = journal.head();
      const till = await readTill(store, head);
      if (journal.head() !== head && !closing.signal.aborted) continue;
      parts.till.value = till;
      parts.journalNotes.noteOpenTill(workstationId, till?.open?.tillSessionId ?? null);
      return;
    }
  }
}

/** The notice of the new epoch says what was brought back, and goes on naming what nobody has. */
function tell(parts: Parts, count: number, epoch: number): void {
  const notice = TROUBLES.newEpoch({ lost: null, restoredCount: count, epoch });
  const shown = parts.board.status.peek().troubles.find(({ code }) => code === notice.code);
  parts.board.raise({ ...notice, values: { ...notice.values, ...shown?.values, restoredCount: count } });
}

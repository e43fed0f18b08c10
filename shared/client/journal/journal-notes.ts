// What a till must know about its journal while a part of it is not on the device, kept beside the database: which
// entries the server has confirmed and this device has lost (a person went on without the server; they are brought back
// when it can be asked), and which till session was open, so that sales until then name the right one.

import type { JournalHead } from '../../domain/fact.ts';
import { compareJournalPositions } from '../../domain/journal.ts';
import type { TextStore } from '../ports.ts';
import { isHead } from '../storage/canary.ts';

/** Everything after `after` up to and with `to`. */
export type MissingRange = { readonly after: JournalHead; readonly to: JournalHead };

export type JournalNotes = {
  missing(workstationId: string): MissingRange | null;
  /** Notes a range beside one that is noted already. */
  noteMissing(workstationId: string, range: MissingRange): void;
  clearMissing(): void;
  /** The session that was open when the journal was last whole; null when none was, or nothing is noted. */
  openTill(workstationId: string): string | null;
  noteOpenTill(workstationId: string, tillSessionId: string | null): void;
};

/** The notes of the workstation in this namespace. */
export function createJournalNotes(textStore: TextStore, namespace: string): JournalNotes {
  const missingKey = `tillandsia.missing${namespace}`;
  const tillKey = `tillandsia.open-till${namespace}`;
  const read = (key: string, workstationId: string): object | null => {
    try {
      const kept: unknown = JSON.parse(textStore.getItem(key) ?? 'null');
      if (typeof kept !== 'object' || kept === null || !('workstationId' in kept)) return null;
      return kept.workstationId === workstationId ? kept : null;
    } catch {
      return null;
    }
  };
  const write = (key: string, note: Readonly<Record<string, unknown>>): void => {
    try {
      textStore.setItem(key, JSON.stringify(note));
    } catch {
      // The canary stands in the same place, and ST-06 says that nothing can be kept there.
    }
  };
  const notes: JournalNotes = {
    missing(workstationId) {
      const kept = read(missingKey, workstationId);
      if (kept === null || !('after' in kept) || !('to' in kept)) return null;
      return isHead(kept.after) && isHead(kept.to) ? { after: kept.after, to: kept.to } : null;
    },
    noteMissing(workstationId, { after, to }) {
      const former = notes.missing(workstationId)?.after ?? after;
      const first = compareJournalPositions(former, after) < 0 ? former : after;
      write(missingKey, { workstationId, after: first, to });
    },
    clearMissing: () => textStore.removeItem(missingKey),
    openTill(workstationId) {
      const kept = read(tillKey, workstationId);
      if (kept === null || !('tillSessionId' in kept)) return null;
      return typeof kept.tillSessionId === 'string' ? kept.tillSessionId : null;
    },
    noteOpenTill: (workstationId, tillSessionId) => write(tillKey, { workstationId, tillSessionId }),
  };
  return notes;
}

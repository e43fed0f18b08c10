// What must outlive IndexedDB: the last entry of the journal and what the server has confirmed, written to
// localStorage after each entry has been read back from disk. At every start the journal is compared with it
// before selling: browsers lose or wipe IndexedDB without an error (RELIABILITY F5), and then this is the
// only witness on the device.

import type { JournalHead } from '../../domain/fact.ts';
import type { TextStore } from '../ports.ts';

export type CanaryMark = {
  readonly workstationId: string;
  /** Newest entry that was written and read back. */
  readonly head: JournalHead;
  /** Newest entry that the server has confirmed. */
  readonly acknowledged: JournalHead;
  /** What would be gone with the device: entries not confirmed, and the money in them. */
  readonly pendingCount: number;
  readonly pendingAmountMinor: number;
};

export type Canary = {
  read(): CanaryMark | null;
  /** Throws nothing: a full or forbidden localStorage makes the answer false, and the caller says so. */
  write(mark: CanaryMark): boolean;
  /** Puts the mark of another identity aside under its own name and forgets it as the current one. */
  retire(): CanaryMark | null;
};

/** The canary of the workstation in this namespace. */
export function createCanary(textStore: TextStore, namespace: string): Canary {
  const key = `tillandsia.canary${namespace}`;
  const read = (): CanaryMark | null => {
    try {
      return parseMark(textStore.getItem(key));
    } catch {
      return null;
    }
  };
  return {
    read,
    write(mark) {
      try {
        textStore.setItem(key, JSON.stringify(mark));
        return true;
      } catch {
        return false;
      }
    },
    retire() {
      const mark = read();
      if (mark === null) return null;
      textStore.setItem(`${key}.retired.${mark.workstationId}`, JSON.stringify(mark));
      textStore.removeItem(key);
      return mark;
    },
  };
}

function parseMark(text: string | null): CanaryMark | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { workstationId, head, acknowledged, pendingCount, pendingAmountMinor } = {
      ...value,
    } as Partial<CanaryMark>; // Every field is checked on the next lines before it is trusted.
    if (typeof workstationId !== 'string' || !isHead(head) || !isHead(acknowledged)) return null;
    return {
      workstationId,
      head,
      acknowledged,
      pendingCount: pendingCount ?? 0,
      pendingAmountMinor: pendingAmountMinor ?? 0,
    };
  } catch {
    return null;
  }
}

/** Is it the newest place in a journal, with its hash? Used for whatever comes from outside. */
export function isHead(value: unknown): value is JournalHead {
  return (
    typeof value === 'object' &&
    value !== null &&
    'epoch' in value &&
    'sequence' in value &&
    'hash' in value &&
    Number.isSafeInteger(value.epoch) &&
    Number.isSafeInteger(value.sequence) &&
    typeof value.hash === 'string' &&
    value.hash.length === 64
  );
}

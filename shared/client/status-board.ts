// The one place where the workstation's status is kept: parts report what they know, screens read a signal.
// Troubles are keyed by their code; raising one twice replaces it, so the list never grows without bound.

import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { Trouble, WorkstationStatus } from './runtime.ts';

export type StatusBoard = {
  readonly status: ReadonlySignal<WorkstationStatus>;
  /** Replaces the named parts of the status; does nothing when they are equal already. */
  report(change: Partial<Omit<WorkstationStatus, 'troubles'>>): void;
  raise(trouble: Trouble): void;
  settle(code: string): void;
  /** The first trouble that forbids selling, or null. */
  blockingTrouble(): Trouble | null;
};

const INITIAL: WorkstationStatus = {
  enrolment: 'checking',
  writer: 'checking',
  connection: 'connecting',
  lastContactAt: null,
  pendingCount: 0,
  oldestPendingAt: null,
  storage: { isPersisted: false, usedBytes: 0, quotaBytes: 0, level: 'unknown' },
  catalogue: { phase: 'empty', loadedPages: 0, totalPages: 0, itemCount: 0 },
  clockDifferenceMs: null,
  troubles: [],
};

/** A board with nothing known yet. */
export function createStatusBoard(): StatusBoard {
  const status = signal<WorkstationStatus>(INITIAL);
  return {
    status,
    report(change) {
      const before = status.peek();
      const next = { ...before, ...change };
      if (JSON.stringify(next) !== JSON.stringify(before)) status.value = next;
    },
    raise(trouble) {
      const others = status.peek().troubles.filter((one) => one.code !== trouble.code);
      status.value = { ...status.peek(), troubles: [...others, trouble] };
    },
    settle(code) {
      const { troubles } = status.peek();
      if (!troubles.some((one) => one.code === code)) return;
      status.value = { ...status.peek(), troubles: troubles.filter((one) => one.code !== code) };
    },
    blockingTrouble() {
      return status.peek().troubles.find((one) => one.blocksSelling) ?? null;
    },
  };
}

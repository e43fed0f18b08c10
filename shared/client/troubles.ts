// Every fault that a person must know of, with its stable code. The sentences stand in the message files under
// trouble.<code>.happened, .safe and .do; nothing here is text.
//
//   ST storage · JR journal · EN enrolment · CL catalogue · CD cards · UP versions

import type { JournalPosition } from '../domain/fact.ts';
import type { Lost } from './journal/judge-heads.ts';
import type { Trouble } from './runtime.ts';

type Values = Trouble['values'];

const blocking = (code: Trouble['code'], actions: Trouble['actions'], values: Values = {}): Trouble => ({
  code,
  blocksSelling: true,
  actions,
  values,
});
const notice = (code: Trouble['code'], values: Values = {}, actions: Trouble['actions'] = []): Trouble => ({
  code,
  blocksSelling: false,
  actions,
  values,
});

export const TROUBLES = {
  /** The database does not open. */
  storeUnopened: (values: { readonly pendingCount: number; readonly pendingAmountMinor: number }) =>
    blocking('ST-01', ['retry', 'rebuild-from-server'], values),
  /** The database went away while selling. */
  storeLost: (pendingCount: number) => blocking('ST-02', ['reload'], { pendingCount }),
  /** There is no room left, even after the reserve was freed. */
  storageFull: () => notice('ST-03', {}, ['retry']),
  /** Another window of this workstation writes. */
  otherWindow: () => blocking('ST-04', ['take-over']),
  /** The browser may throw the storage away. */
  notPersistent: () => notice('ST-05', {}, ['retry']),
  /** The mark beside the database cannot be written. */
  canaryFailed: () => notice('ST-06'),
  storageNearlyFull: (usedPercent: number) => notice('ST-07', { usedPercent }),
  /** Entries were missing; a new epoch has begun. */
  newEpoch: (given: { readonly lost: Lost | null; readonly restoredCount: number; readonly epoch: number }) =>
    notice('JR-01', {
      restoredCount: given.restoredCount,
      newEpoch: given.epoch,
      lostCount: given.lost === null ? 0 : given.lost.toSequence - given.lost.fromSequence + 1,
      ...(given.lost === null ? {} : given.lost),
    }),
  /** Entries are missing and the server cannot be asked. */
  tailMissing: (lost: Lost, mayStartNow: boolean) =>
    blocking('JR-02', mayStartNow ? ['retry', 'start-new-epoch'] : ['retry'], { ...lost }),
  /** The journal is empty and nobody can say whether it ever had entries. */
  journalUnknown: () => blocking('JR-03', ['retry']),
  /** Two histories of one journal: copied device or damaged entry. */
  forked: () => blocking('JR-04', ['reload']),
  /** An entry on the disk is damaged. */
  damaged: (at: JournalPosition) =>
    blocking('JR-05', ['rebuild-from-server'], { epoch: at.epoch, sequence: at.sequence }),
  /** The server knows less than it had confirmed; the gap is sent again. */
  serverAmnesia: (confirmed: JournalPosition, server: JournalPosition) =>
    notice('JR-06', { fromSequence: server.sequence + 1, toSequence: confirmed.sequence }),
  /** The server does not take an entry; later ones wait behind it. */
  entryRefused: (reason: string) => notice('JR-07', { reason }),
  /** The key store does not open. */
  keysUnopened: () => blocking('EN-01', ['retry', 'reload']),
  /** The identity of this device is gone, while entries of it are known to have existed. */
  identityGone: (values: {
    readonly pendingCount: number;
    readonly pendingAmountMinor: number;
    readonly epoch: number;
    readonly sequence: number;
  }) => notice('EN-02', values),
  revoked: (pendingCount: number) => blocking('EN-03', ['retry', 'rebuild-from-server'], { pendingCount }),
  /** The page did not come over HTTPS, so the browser withholds what a till needs. */
  insecure: () => blocking('EN-04', ['reload']),
  /** A card terminal was asked and nobody knows its answer. */
  cardUnknown: (count: number) => notice('CD-01', { count }),
  /** A card was charged for a sale that is not there: it must be reversed. */
  cardNotSold: (count: number) => notice('CD-02', { count }),
  catalogueFailed: () => notice('CL-01', {}, ['reload']),
  /** Newer code runs in another window: this one must not write any more. */
  newerVersion: () => blocking('UP-01', ['reload']),
  /** The server no longer speaks our protocol. */
  outdated: () => notice('UP-02', {}, ['reload']),
} as const;

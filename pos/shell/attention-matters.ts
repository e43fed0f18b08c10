// Everything that a person must decide, as one list: what the server raised for the store, and what only this till knows (prints that
// wait, cards whose outcome nobody knows, faults). The badge of the top bar counts what is open.

import type { Attention } from '../../shared/client/attention-desk.ts';
import type { Trouble } from '../../shared/client/runtime.ts';
import type { PosContext } from './pos-context.ts';

export type Matter = {
  readonly id: string;
  /** A kind of the server's, or one of this till: `prints`, `cards`, `trouble`. */
  readonly kind: Attention['kind'] | 'prints' | 'cards' | 'trouble';
  readonly at: string;
  /** Of the server's. */
  readonly row: Attention | null;
  readonly trouble: Trouble | null;
};

/** This till's own first: nobody else can settle them. */
export function mattersOf(pos: PosContext): readonly Matter[] {
  const { workstation } = pos;
  const now = new Date(pos.now.value).toISOString();
  const own = (kind: 'prints' | 'cards', at: string): Matter => ({
    id: kind,
    kind,
    at,
    row: null,
    trouble: null,
  });
  const [oldest] = pos.printQueue.waiting.value;
  const troubles = workstation.status.value.troubles.filter(
    ({ code }) => code !== 'ST-05' && !code.startsWith('CD-'),
  );
  return [
    ...(oldest === undefined ? [] : [own('prints', new Date(oldest.createdAtMs).toISOString())]),
    ...(workstation.cardPayments.value.length === 0 ? [] : [own('cards', now)]),
    ...troubles.map((trouble): Matter => ({
      id: `trouble:${trouble.code}`,
      kind: 'trouble',
      at: now,
      row: null,
      trouble,
    })),
    ...workstation.attention.value.map((row): Matter => ({
      id: row.id,
      kind: row.kind,
      at: row.at,
      row,
      trouble: null,
    })),
  ];
}

/** What nobody has decided yet. */
export const openMatters = (pos: PosContext): number =>
  mattersOf(pos).filter(({ row }) => row?.resolved === undefined).length;

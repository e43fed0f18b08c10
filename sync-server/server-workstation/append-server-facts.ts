// Facts that the server itself makes (goods received, prices changed): entries of the journal of the server's own
// workstation, hashed, chained and signed like those of any till, and taken in by the same admission.
//
//   lock the head ──► (epoch-started at the very first) ──► entries head+1 … head+n ──► admit, all in one transaction

import { createHash, sign, type KeyObject } from 'node:crypto';
import type { Fact, FactBodies, FactContent, FactKind, JournalHead } from '../../shared/domain/fact.ts';
import { asFactId, type StoreId, type WorkstationId } from '../../shared/domain/ids.ts';
import { factPreimage } from '../../shared/domain/journal.ts';
import type { Transaction } from '../db/database.ts';

/** What is to be recorded: a kind and its body. */
export type ServerEvent = {
  [Kind in FactKind]: { readonly kind: Kind; readonly body: FactBodies[Kind] };
}[FactKind];

export type ServerWorkstation = {
  readonly id: WorkstationId;
  readonly storeId: StoreId;
  readonly privateKey: KeyObject;
};

export type AppendGiven = {
  readonly events: readonly ServerEvent[];
  /** ISO instant, by the server's clock. */
  readonly at: string;
  readonly newId: () => string;
  /** The admission that tills go through; throws when an entry is not accepted. */
  readonly admit: (
    transaction: Transaction,
    request: {
      readonly storeId: StoreId;
      readonly workstationId: WorkstationId;
      readonly facts: readonly Fact[];
    },
  ) => Promise<void>;
};

/** Facts of one admission, as many as a push may hold. */
const ADMITTED_AT_ONCE_MAX = 200;

/** Records the events as the next entries of the journal and returns its new head. */
export async function appendServerFacts(
  transaction: Transaction,
  workstation: ServerWorkstation,
  given: AppendGiven,
): Promise<JournalHead> {
  let head = await lockHead(transaction, workstation.id);
  const opening: ServerEvent = { kind: 'epoch-started', body: { reason: 'enrolled', lost: null } };
  const events = head.sequence === 0 ? [opening, ...given.events] : given.events;
  for (let from = 0; from < events.length; from += ADMITTED_AT_ONCE_MAX) {
    const facts: Fact[] = [];
    for (const event of events.slice(from, from + ADMITTED_AT_ONCE_MAX)) {
      const fact = nextEntry(head, event, { workstation, at: given.at, id: given.newId() });
      facts.push(fact);
      head = { epoch: fact.epoch, sequence: fact.sequence, hash: fact.hash };
    }
    await given.admit(transaction, { storeId: workstation.storeId, workstationId: workstation.id, facts });
  }
  return head;
}

/** The head of the journal; its row stays locked until the transaction ends. */
export async function lockHead(transaction: Transaction, id: WorkstationId): Promise<JournalHead> {
  const rows = await transaction.sql<JournalHead[]>`
    select head_epoch as epoch, head_sequence as sequence, head_hash as hash
    from workstation where id = ${id} for update`;
  const head = rows[0];
  if (head === undefined) throw new Error(`the workstation ${id} of the server is not enrolled`);
  return { epoch: head.epoch, sequence: head.sequence, hash: head.hash };
}

function nextEntry(
  head: JournalHead,
  event: ServerEvent,
  given: { readonly workstation: ServerWorkstation; readonly at: string; readonly id: string },
): Fact {
  const { workstation, at, id } = given;
  const content: FactContent = {
    id: asFactId(id),
    workstationId: workstation.id,
    storeId: workstation.storeId,
    epoch: Math.max(1, head.epoch),
    sequence: head.sequence + 1,
    previousHash: head.hash,
    kind: event.kind,
    recordedAt: at,
    body: event.body,
  };
  const bytes = Buffer.from(factPreimage(content), 'utf8');
  const hash = createHash('sha256').update(bytes).digest('hex');
  const signature = sign('sha256', bytes, { key: workstation.privateKey, dsaEncoding: 'ieee-p1363' });
  // Proof of the cast: `event` pairs its kind with the body of that kind, and both were copied together.
  return { ...content, hash, signature: signature.toString('base64url') } as Fact;
}

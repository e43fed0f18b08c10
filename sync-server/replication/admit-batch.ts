// Takes judged facts into the journals of one store, in one transaction. The journal's head row is locked first,
// in sorted order of workstations, then the store's feed counter: everybody locks in this order, so pushes never
// wait for each other in a circle. Facts are taken in order of (epoch, sequence); a repeat is recognised, a gap
// stops there, and two entries for one place are a fork, which stops the workstation.

import type { JournalHead } from '../../shared/domain/fact.ts';
import { checkLink, compareJournalPositions } from '../../shared/domain/journal.ts';
import type { PushOutcome } from '../../shared/protocol/messages.ts';
import { raiseAttention, type AttentionRaised } from '../db/attention.ts';
import type { Transaction } from '../db/database.ts';
import { hashKey, idKey, placeKey } from './journal-keys.ts';
import {
  findHeld,
  insertFacts,
  keepForkedFacts,
  lockJournals,
  quarantine,
  type Journal,
} from './journal-rows.ts';
import type { JudgedFact } from './judge-fact.ts';

export type AdmitRequest = {
  readonly workstationId: string;
  /** Genuine facts of this workstation, ascending; at least one. */
  readonly facts: readonly JudgedFact[];
};

export type AdmitResult =
  | {
      readonly kind: 'admitted' | 'forked';
      readonly head: JournalHead;
      readonly results: readonly { readonly id: string; readonly outcome: PushOutcome }[];
    }
  /** The chain of epochs is broken by an entry that is signed all the same: nothing from it on is taken in. */
  | { readonly kind: 'broken'; readonly head: JournalHead; readonly factId: string; readonly reason: string }
  | { readonly kind: 'unwelcome'; readonly reason: 'unknown' | 'revoked' | 'quarantined' };

type Plan = {
  readonly accepted: JudgedFact[];
  readonly forked: JudgedFact[];
  readonly attention: AttentionRaised[];
};

export type BatchGiven = {
  readonly storeId: string;
  /** ISO instant, by the server's clock. */
  readonly at: string;
  /** Looks for repeats everywhere, not only below the head; asked for after a unique key was hit. */
  readonly isCareful: boolean;
};

/** Results in the order of the requests. Runs again from the start when the database asks for it. */
export async function admitBatch(
  transaction: Transaction,
  requests: readonly AdmitRequest[],
  given: BatchGiven,
): Promise<readonly AdmitResult[]> {
  const journals = await lockJournals(transaction.sql, given.storeId, requests);
  const held = await findHeld(transaction.sql, journals, { requests, isCareful: given.isCareful });
  const plan: Plan = { accepted: [], forked: [], attention: [] };
  const results = requests.map((request) => {
    const journal = journals.get(request.workstationId);
    return journal === undefined
      ? ({ kind: 'unwelcome', reason: 'unknown' } as const)
      : planRequest(request, journal, { held, plan, at: given.at });
  });
  if (plan.accepted.length > 0) await insertFacts(transaction, given.storeId, plan.accepted);
  if (plan.forked.length > 0) {
    await keepForkedFacts(transaction.sql, plan.forked);
    await quarantine(transaction.sql, [...new Set(plan.forked.map((fact) => fact.envelope.workstationId))]);
  }
  if (plan.attention.length > 0) await raiseAttention(transaction, given.storeId, plan.attention);
  return results;
}

type PlanGiven = {
  readonly held: ReadonlyMap<string, string>;
  readonly plan: Plan;
  readonly at: string;
};

function planRequest(request: AdmitRequest, journal: Journal, given: PlanGiven): AdmitResult {
  if (journal.isRevoked) return { kind: 'unwelcome', reason: 'revoked' };
  if (journal.isQuarantined) return { kind: 'unwelcome', reason: 'quarantined' };
  const results: { id: string; outcome: PushOutcome }[] = [];
  for (const [place, fact] of request.facts.entries()) {
    const verdict = placeOf(fact, journal, given.held);
    if (verdict === 'broken') {
      const { id, kind } = fact.envelope;
      return { kind: 'broken', head: journal.head, factId: id, reason: `epoch rules are broken by ${kind}` };
    }
    if (verdict === 'fork') {
      given.plan.forked.push(...request.facts.slice(place));
      given.plan.attention.push(forkAttention(fact, journal.head, given.at));
      journal.isQuarantined = true;
      for (const rest of request.facts.slice(place)) {
        results.push({ id: rest.envelope.id, outcome: 'conflict' });
      }
      return { kind: 'forked', head: journal.head, results };
    }
    if (verdict === 'gap') {
      // What stands behind a gap is not judged: without the entries before it, an honest opening of an epoch
      // could not be told from a fork.
      for (const rest of request.facts.slice(place)) results.push({ id: rest.envelope.id, outcome: 'gap' });
      break;
    }
    if (verdict === 'next') takeIn(fact, journal, given);
    results.push({ id: fact.envelope.id, outcome: outcomeOf(verdict, fact) });
  }
  return { kind: 'admitted', head: journal.head, results };
}

type Verdict = 'next' | 'repeat' | 'gap' | 'fork' | 'broken';

function placeOf(fact: JudgedFact, journal: Journal, held: ReadonlyMap<string, string>): Verdict {
  const { workstationId, epoch, sequence, id, hash } = fact.envelope;
  const place = placeKey(workstationId, epoch, sequence);
  const heldHash = held.get(place) ?? journal.fresh.get(place);
  if (heldHash !== undefined) return heldHash === hash ? 'repeat' : 'fork';
  const heldById = held.get(idKey(workstationId, id)) ?? journal.fresh.get(idKey(workstationId, id));
  if (heldById !== undefined) return 'fork';
  const link = checkLink(journal.head, { ...fact.envelope, kind: linkKind(fact) });
  if (link.ok) return 'next';
  switch (link.reason) {
    case 'journal-gap':
      return 'gap';
    case 'wrong-previous-hash':
      return opensAhead(fact, journal, held) ? 'gap' : 'fork';
    case 'already-held':
      return 'fork';
    case 'epoch-not-started':
    case 'epoch-start-misplaced':
      return 'broken';
  }
}

/**
 * Does an epoch open on an entry that is not here yet? Then it came before what it stands on, which is a gap. One
 * that opens on an older entry than the head branches off, which is a fork.
 */
function opensAhead(fact: JudgedFact, journal: Journal, held: ReadonlyMap<string, string>): boolean {
  const { workstationId, epoch, previousHash } = fact.envelope;
  const key = hashKey(workstationId, previousHash);
  return epoch > journal.head.epoch && !held.has(key) && !journal.fresh.has(key);
}

/** Only the kind that opens an epoch matters to the chain. */
const linkKind = (fact: JudgedFact): 'epoch-started' | 'pin-failed' =>
  fact.envelope.kind === 'epoch-started' ? 'epoch-started' : 'pin-failed';

function takeIn(fact: JudgedFact, journal: Journal, given: PlanGiven): void {
  const { workstationId, epoch, sequence, id, hash } = fact.envelope;
  journal.fresh.set(placeKey(workstationId, epoch, sequence), hash);
  journal.fresh.set(idKey(workstationId, id), hash);
  journal.fresh.set(hashKey(workstationId, hash), hash);
  if (compareJournalPositions({ epoch, sequence }, journal.head) <= 0) {
    throw new Error('a journal head would move backwards');
  }
  journal.head = { epoch, sequence, hash };
  given.plan.accepted.push(fact);
  const kind = attentionKind(fact);
  if (kind === null) return;
  given.plan.attention.push({
    kind,
    at: given.at,
    workstationId,
    factId: id,
    position: { epoch, sequence },
    values: { ...fact.values, epoch, sequence },
  });
}

function attentionKind(fact: JudgedFact): AttentionRaised['kind'] | null {
  if (fact.mark === 'disputed') return 'fact-disputed';
  if (fact.mark === 'kept') return 'fact-kept';
  return fact.envelope.kind === 'epoch-started' && Object.keys(fact.values).length > 0
    ? 'entries-lost'
    : null;
}

function forkAttention(fact: JudgedFact, head: JournalHead, at: string): AttentionRaised {
  const { workstationId, epoch, sequence, id, hash } = fact.envelope;
  return {
    kind: 'journal-forked',
    at,
    workstationId,
    factId: id,
    position: { epoch, sequence },
    values: {
      epoch,
      sequence,
      hash,
      headEpoch: head.epoch,
      headSequence: head.sequence,
      headHash: head.hash,
    },
  };
}

function outcomeOf(verdict: 'next' | 'repeat', fact: JudgedFact): PushOutcome {
  return verdict === 'next' ? (fact.mark ?? 'accepted') : 'repeated';
}

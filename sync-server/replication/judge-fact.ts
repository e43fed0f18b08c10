// Judges one fact by itself, before the database is asked: has it a place in a journal, does it fit its schema,
// does its money compute again? A fact that has a place is always taken in; what is wrong with it becomes a mark
// and a row in Needs attention, so that it neither blocks the facts after it nor gets lost.
//
//   unknown JSON ──envelope──► place ──schema──► fits ──arithmetic──► fine
//        └ malformed (422)       └ kept            └ disputed

import { Object, String, Unknown, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { checkTransaction, type Difference } from '../../shared/domain/check-transaction.ts';
import { cashStepOf } from '../../shared/domain/currency.ts';
import type { Fact, FactKind } from '../../shared/domain/fact.ts';
import { placedBy } from '../../shared/domain/fold-order.ts';
import { factPreimage, receiptNumber } from '../../shared/domain/journal.ts';
import { checkPlacedOrder } from '../../shared/domain/place-order.ts';
import type { Store } from '../../shared/domain/store.ts';
import { envelopeProperties, factSchemas } from '../../shared/protocol/fact.ts';
import { TEXT_MAX } from '../../shared/protocol/limits.ts';
import type { Attention } from '../../shared/protocol/documents.ts';
import type { CallerKind } from '../db/caller.ts';
import { storableText } from '../db/storable-text.ts';
import { looseCanonicalJson } from './loose-canonical-json.ts';

/** What a fact must have to stand in a journal at all; the rest may be anything. */
const envelopeSchema = Object({
  ...envelopeProperties,
  kind: String({ minLength: 1, maxLength: TEXT_MAX.id }),
  body: Unknown(),
});
export type FactEnvelope = Static<typeof envelopeSchema>;

const envelopeValidator = Compile(envelopeSchema);
const validators = new Map<string, FactValidator>(
  globalThis.Object.entries(factSchemas).map(([kind, schema]) => [kind, Compile(schema)]),
);
type FactValidator = {
  Check(value: unknown): boolean;
  Errors(value: unknown): readonly { readonly instancePath: string; readonly message: string }[];
};

/** Kinds that only some workstations may write. A kiosk's are refused at the door, a till's are kept and marked. */
const KINDS_OF_SERVER: ReadonlySet<string> = new Set<FactKind>([
  'price-changed',
  'channel-order-placed',
  'attention-resolved',
  'settings-changed',
  'feedback-given',
]);
export const KINDS_OF_KIOSK: ReadonlySet<string> = new Set<FactKind>(['epoch-started']);

export type AttentionValues = Attention['values'];
export type FactMark = 'disputed' | 'kept';

export type JudgedFact = {
  readonly envelope: FactEnvelope;
  /** Bytes (as text) that hash and signature are over. */
  readonly preimage: string;
  /** JSON of the whole fact as it is stored: the preimage with hash and signature added. */
  readonly stored: string;
  readonly mark: FactMark | null;
  /** What Needs attention shows; empty when there is nothing to see. */
  readonly values: AttentionValues;
};

export type JudgeGiven = {
  readonly callerKind: CallerKind;
  readonly storeNumber: number;
  readonly workstationNumber: number;
  readonly store: Store;
  /** Of the store, made once (the time-zone data is looked up in it). */
  readonly businessDayOf: (instant: string) => string;
};

/** The envelope, or null when the value has no place in any journal. */
export function readEnvelope(value: unknown): FactEnvelope | null {
  return envelopeValidator.Check(value) ? value : null;
}

/** Judges a fact that has an envelope. Never throws: whatever a device sends is at least kept. */
export function judgeFact(envelope: FactEnvelope, given: JudgeGiven): JudgedFact {
  const preimage = preimageOf(envelope);
  const { hash, signature } = envelope;
  const stored = `${preimage.slice(0, -1)},"hash":"${hash}","signature":"${signature}"}`;
  const unfit = unfitness(envelope, given);
  if (unfit !== null) return { envelope, preimage, stored, mark: 'kept', values: unfit };
  // `unfitness` has just checked the value against the schema of its kind.
  const fact = envelope as unknown as Fact;
  const differences =
    fact.kind === 'transaction-completed'
      ? transactionDifferences(fact, given)
      : orderDifferences(fact, given);
  if (differences.length > 0) {
    return { envelope, preimage, stored, mark: 'disputed', values: valuesOfDifferences(differences) };
  }
  const values = fact.kind === 'epoch-started' && fact.body.lost !== null ? { ...fact.body.lost } : {};
  return { envelope, preimage, stored, mark: null, values };
}

/** Canonical text; for what canonical JSON refuses (halves of surrogate pairs) a text with escapes. */
function preimageOf(envelope: FactEnvelope): string {
  try {
    // Only the shape of the envelope matters to the preimage.
    return factPreimage(envelope as unknown as Fact);
  } catch {
    const { hash: _hash, signature: _signature, ...content } = envelope;
    return looseCanonicalJson(content);
  }
}

function unfitness(envelope: FactEnvelope, given: JudgeGiven): AttentionValues | null {
  const kind = envelope.kind;
  const validator = validators.get(kind);
  if (validator === undefined) return { reason: 'kind-unknown', factKind: clip(kind) };
  if (given.callerKind !== 'server' && KINDS_OF_SERVER.has(kind)) {
    return { reason: 'kind-not-allowed', factKind: kind };
  }
  if (validator.Check(envelope)) return null;
  const [first] = validator.Errors(envelope);
  return {
    reason: 'schema',
    factKind: kind,
    path: clip(first?.instancePath ?? ''),
    problem: clip(first?.message ?? ''),
  };
}

function transactionDifferences(
  fact: Fact<'transaction-completed'>,
  given: JudgeGiven,
): readonly Difference[] {
  const { transaction } = fact.body;
  const differences = [
    ...checkTransaction(transaction, {
      cashStepMinor: cashStepOf(given.store),
      receiptNumber: receiptNumber({
        storeNumber: given.storeNumber,
        workstationNumber: given.workstationNumber,
        epoch: fact.epoch,
        sequence: fact.sequence,
      }),
    }),
  ];
  const compare = (path: string, stated: string, computed: string): void => {
    if (stated !== computed) differences.push({ path, stated, computed });
  };
  compare('storeId', transaction.storeId, fact.storeId);
  compare('workstationId', transaction.workstationId, fact.workstationId);
  compare('currency', transaction.currency, given.store.currency);
  compare('businessDay', transaction.businessDay, dayOf(transaction.completedAt, given));
  const needsTill = given.store.maySellWithoutTill !== true && transaction.isTraining !== true;
  // A sale outside of a session stands on no closing report: people look at it.
  if (needsTill && transaction.tillSessionId === undefined) compare('tillSessionId', 'none', 'an open till');
  return differences;
}

/** An order as it was placed, computed again: sums, plan, number, day and currency. */
function orderDifferences(fact: Fact, given: JudgeGiven): readonly Difference[] {
  const order = placedBy(fact);
  if (order === null) return [];
  const { epoch, sequence } = fact;
  const { storeNumber, workstationNumber } = given;
  const number = receiptNumber({ storeNumber, workstationNumber, epoch, sequence });
  const differences = [...checkPlacedOrder(order, number)];
  const compare = (path: string, stated: string, computed: string): void => {
    if (stated !== computed) differences.push({ path, stated, computed });
  };
  compare('order.currency', order.currency, given.store.currency);
  compare('order.businessDay', order.businessDay, dayOf(order.placedAt, given));
  compare('order.kind', fact.kind, KIND_OF_ORDER[order.kind]);
  return differences;
}

const KIND_OF_ORDER = {
  quotation: 'quotation-made',
  'customer-order': 'customer-order-placed',
  layaway: 'layaway-opened',
} as const;

function dayOf(instant: string, given: JudgeGiven): string {
  try {
    return given.businessDayOf(instant);
  } catch {
    return 'no date';
  }
}

const DIFFERENCES_SHOWN = 8;

/** What Needs attention shows of them: how many, and the first few with both values. */
export function valuesOfDifferences(differences: readonly Difference[]): AttentionValues {
  const values: Record<string, string | number> = { differences: differences.length };
  for (const [place, { path, stated, computed }] of differences.slice(0, DIFFERENCES_SHOWN).entries()) {
    values[`path${place + 1}`] = clip(path);
    values[`stated${place + 1}`] = shown(stated);
    values[`computed${place + 1}`] = shown(computed);
  }
  return values;
}

/** A document holds whole numbers only; anything else is shown as text. */
const shown = (value: string | number): string | number =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : clip(globalThis.String(value));
const clip = (text: string): string => storableText(text.slice(0, TEXT_MAX.path));

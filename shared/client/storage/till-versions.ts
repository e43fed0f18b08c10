// The shapes of the `till` database, version by version. Whoever changes a schema raises its version, adds the step
// that carries a row of the version before over, and raises TILL_GENERATION (writer-lock.ts), so that code which
// only knows the former shape stops writing. Steps are kept for ever: a till may have slept through many versions.

import type { RxJsonSchema } from 'rxdb/plugins/core';

/** One entry of the journal as it is stored: the canonical text is the truth, the rest finds it again. */
export type StoredFact = {
  /** Epoch and sequence in fixed width: sorts as the journal does, and no number can be used twice. */
  readonly key: string;
  /** What it is about, to be found by: a transaction, an operator, or ''. */
  readonly subject: string;
  readonly kind: string;
  readonly recordedAt: string;
  /** Money in it, for the count of what is not delivered yet. */
  readonly amountMinor: number;
  /** RFC 8785 text of the whole fact with hash and signature. */
  readonly body: string;
};

/** A replicated document kept as text: cheap in every hop, and parsed once where it is used. */
export type StoredDocument = { readonly id: string; readonly body: string };

/** A stored row of any version. */
export type StoredRow = Readonly<Record<string, unknown>>;

export type Versions<Row> = {
  /** The present shape; its `version` is the number of steps. */
  readonly schema: RxJsonSchema<Row>;
  /** `steps[n]` carries a row of version n to version n + 1; null leaves a document out, and is refused for an entry. */
  readonly steps: readonly ((row: StoredRow) => StoredRow | null)[];
};

export type TillVersions = {
  readonly facts: Versions<StoredFact>;
  readonly document: (title: string) => Versions<StoredDocument>;
};

const text = { type: 'string' } as const;

export const TILL_VERSIONS: TillVersions = {
  facts: {
    schema: {
      title: 'facts',
      version: 0,
      primaryKey: 'key',
      type: 'object',
      properties: {
        key: { type: 'string', maxLength: 15 },
        subject: { type: 'string', maxLength: 64 },
        kind: text,
        recordedAt: text,
        amountMinor: { type: 'number' },
        body: text,
      },
      required: ['key', 'subject', 'kind', 'recordedAt', 'amountMinor', 'body'],
      // The key is named too: with another index declared, RxDB no longer makes the one over the key by itself.
      indexes: ['key', 'subject'],
    },
    steps: [],
  },
  document: (title) => ({
    schema: {
      title,
      version: 0,
      primaryKey: 'id',
      type: 'object',
      properties: { id: { type: 'string', maxLength: 128 }, body: text },
      required: ['id', 'body'],
    },
    steps: [],
  }),
};

// What a screen may ask about Needs attention: one list of everything that a person of the store must decide. It replicates, so it is
// readable without a network; deciding needs the server, and says so.

import type { ReadonlySignal } from '@preact/signals-core';
import type { AttentionChoice } from '../domain/attention-choices.ts';
import type { ItemId, StoreId } from '../domain/ids.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { AttentionOffers } from '../protocol/attention-messages.ts';
import type { Attention } from '../protocol/documents.ts';

export type { AttentionOffers } from '../protocol/attention-messages.ts';
export type { Attention } from '../protocol/documents.ts';

export type AttentionDesk = {
  /** Open ones first, each newest first; settled ones as long as the server keeps them here. */
  readonly attention: ReadonlySignal<readonly Attention[]>;
  /** What may be offered for an oversold order. `needs-server`, `attention-unknown`, `attention-settled`. */
  attentionOffers(id: string): Promise<Outcome<AttentionOffers>>;
  /**
   * Does what was chosen. `permission-missing` {permission: 'decide-attention'}, `needs-server`, and what the server says:
   * `attention-settled` {operatorName}, `order-held-elsewhere`, `order-units-short`, `order-over` … An order that this till holds is
   * passed on to the channels first, where only they may end it.
   */
  resolveAttention(
    id: string,
    chosen: {
      readonly choice: AttentionChoice;
      readonly storeId?: StoreId;
      readonly dueAt?: string;
      readonly itemId?: ItemId;
      readonly note?: string;
    },
  ): Promise<Outcome<{ readonly code: string | null }>>;
};

// When people came and went, folded from the journal in order. Somebody who comes twice without going has gone unnoticed:
// the former stay keeps its end open. Going without having come adds nothing.

import type { Fact } from './fact.ts';
import type { OperatorId } from './ids.ts';

export type Stay = { readonly inAt: string; readonly outAt: string | null };

/** Stays of each operator, oldest first. */
export function foldTimeClock(facts: readonly Fact[]): ReadonlyMap<OperatorId, readonly Stay[]> {
  const stays = new Map<OperatorId, readonly Stay[]>();
  for (const fact of facts) {
    if (fact.kind !== 'clocked-in' && fact.kind !== 'clocked-out') continue;
    const { operatorId } = fact.body;
    const known = stays.get(operatorId) ?? [];
    const last = known.at(-1);
    if (fact.kind === 'clocked-in') {
      stays.set(operatorId, [...known, { inAt: fact.recordedAt, outAt: null }]);
    } else if (last !== undefined && last.outAt === null) {
      stays.set(operatorId, [...known.slice(0, -1), { ...last, outAt: fact.recordedAt }]);
    }
  }
  return stays;
}

// Takes goods out of the cart. Where the shop wants to know why, the reason is asked and it is done with that.

import type { Why } from '../../shared/client/runtime.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { PosContext } from './pos-context.ts';

export function takeOut(pos: PosContext, act: (why: Why) => Outcome<null>): boolean {
  const outcome = act({});
  if (outcome.ok || outcome.reason !== 'reason-code-missing') return pos.report(outcome);
  pos.sell.question.value = { kind: 'why-taken-out', act };
  return false;
}

// A cart that left this till by itself, because the customer's phone has it, is never just gone: the cashier is told.

import { effect } from '@preact/signals';
import type { PosContext } from './pos-context.ts';

/** Answers what stops the telling. */
export function tellPassportsGone(pos: PosContext): () => void {
  let told = pos.workstation.passportsGone.peek();
  return effect(() => {
    const gone = pos.workstation.passportsGone.value;
    if (gone > told) pos.say('notice', pos.speech.peek().t('passport.gone'));
    told = gone;
  });
}

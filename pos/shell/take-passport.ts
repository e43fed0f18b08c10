// A customer shows the code of the cart on their phone: the till goes on with it. What costs something else here, and what cannot be
// sold here, is shown before anybody pays.

import { readPassportCode } from '../../shared/domain/cart-passport.ts';
import type { PosContext } from './pos-context.ts';

export const isPassportCode = (code: string): boolean => readPassportCode(code) !== null;

export async function takePassport(pos: PosContext, code: string): Promise<void> {
  const taken = await pos.workstation.takePassport(code);
  if (!pos.report(taken) || !taken.ok) {
    pos.sounds.bad();
    return;
  }
  pos.view.value = { kind: 'sell' };
  pos.sell.tab.value = 'cart';
  pos.sounds.good();
  const { differences, missing, lineCount } = taken.value;
  pos.say('good', pos.speech.value.t('passport.taken', { count: lineCount }));
  if (differences.length + missing.length > 0)
    pos.sell.question.value = { kind: 'passport-taken', taken: taken.value, from: 'phone' };
}

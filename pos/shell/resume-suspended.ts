// Takes up a cart that was set aside, from the list or by the code of its slip.

import type { Cart } from '../../shared/domain/cart.ts';
import type { PosContext } from './pos-context.ts';
import { resetSellState } from './sell-state.ts';

/** The cart with this code, or what is wrong said aloud. */
export function resumeByCode(pos: PosContext, code: string): void {
  const cart = pos.workstation.suspendedCarts.value.find((each) => each.suspended?.code === code);
  if (cart !== undefined) void resumeSuspended(pos, cart);
  else pos.report({ ok: false, reason: 'cart-not-found', details: {} });
}

export async function resumeSuspended(pos: PosContext, cart: Cart): Promise<void> {
  if (!pos.report(await pos.workstation.resumeCart(cart.id))) return;
  resetSellState(pos.sell);
  pos.overlay.value = 'none';
  pos.view.value = { kind: 'sell' };
  pos.sell.tab.value = 'cart';
  pos.sounds.good();
}

// Puts a customer into the cart: with the groups whose prices count, and whether they buy for the first time.

import type { Customer } from '../../shared/client/order-commands.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { PosContext } from './pos-context.ts';

/** Null takes the customer off. Who is in the cart already stays as they are. */
export async function chooseCustomer(pos: PosContext, customer: Customer | null): Promise<Outcome<null>> {
  const { workstation } = pos;
  if (customer === null) return workstation.setCustomer(null);
  const { id, groups } = customer;
  const before = workstation.cart.peek()?.cart;
  const isFirstPurchase =
    before?.customerId === id ? before.isFirstPurchase === true : await workstation.isFirstPurchase(id);
  return workstation.setCustomer({
    id,
    ...(groups !== undefined && { groups }),
    ...(isFirstPurchase && { isFirstPurchase }),
  });
}

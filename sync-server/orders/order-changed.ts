// An order before and after what happened at the desk; `before` is null when it has just been placed.

import type { Order } from '../../shared/domain/order/order.ts';

export type OrderChanged = { readonly order: Order; readonly before: Order | null };

// What a screen may ask about customers and about quotations, customer orders and layaways, in one object.

import type { ApprovalBook } from './approval-book.ts';
import { createCancelOrder } from './commands/cancel-order.ts';
import { createOrderCommands } from './commands/orders.ts';
import { createRecordCustomer } from './commands/record-customer.ts';
import type { OrderCommands } from './order-commands.ts';
import type { Parts } from './parts.ts';

export function createOrderDesk(parts: Parts, approvals: ApprovalBook): OrderCommands {
  return {
    orders: parts.orders.orders,
    ...createRecordCustomer(parts),
    ...createOrderCommands(parts),
    cancelOrder: createCancelOrder(parts, approvals),
  };
}

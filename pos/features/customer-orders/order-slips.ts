// The papers of an order: its slip with what was agreed, and the ticket that goods wait with.

import type { CustomerOrder } from '../../../shared/domain/customer-order.ts';
import { buildOrderReceipt } from '../../../shared/domain/order-receipt.ts';
import { buildPickupTicket } from '../../../shared/domain/pickup-ticket.ts';
import type { PosContext } from '../../shell/pos-context.ts';
import { customerOf } from './order-words.ts';

/** Prints the slip of an order: what was agreed, and bars to find it by. */
export async function printSlip(pos: PosContext, order: CustomerOrder): Promise<void> {
  const { settings, operators } = pos.workstation;
  if (settings.value === null) return;
  const operator = operators.value.find(({ id }) => id === order.operatorId);
  const names = { customer: customerName(pos, order), operator: operator?.name ?? null };
  await pos.printReport(buildOrderReceipt(order, settings.value, pos.receiptWords.value, names));
}

/** Prints the ticket that stays with the goods, or that the customer shows. */
export async function printPickupTicket(pos: PosContext, order: CustomerOrder): Promise<void> {
  const settings = pos.workstation.settings.value;
  if (settings === null) return;
  const names = { customer: customerName(pos, order) };
  await pos.printReport(buildPickupTicket(order, settings, pos.receiptWords.value, names));
}

const customerName = (pos: PosContext, order: CustomerOrder): string | null =>
  customerOf(order, pos.workstation.customers.value)?.name ?? null;

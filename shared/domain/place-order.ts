// From a cart to a quotation, a customer order or a layaway: what was chosen at the prices of now, with the terms of now. And
// the same computed again from the order itself, for the server.

import { businessDay } from './business-day.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Cart } from './cart.ts';
import { totalsOfLines, type CartTotals } from './cart-totals.ts';
import type { Difference } from './check-transaction.ts';
import { orderNumber, type OrderKind, type PlacedOrder } from './customer-order.ts';
import type { JournalPosition } from './fact.ts';
import type { OrderId, TaxGroupId } from './ids.ts';
import { instalmentPlan, type Instalment } from './instalment-plan.ts';
import { receiptNumber } from './journal.ts';
import { sumAmounts } from './money.ts';
import { dayAfter, orderTerms, type OrderRules, type OrderTerms } from './order-rules.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import type { StoreSettings } from './store.ts';
import type { TaxGroup } from './tax.ts';
import type { TransactionLine } from './transaction.ts';

export type PlaceOrderGiven = {
  readonly id: OrderId;
  readonly kind: OrderKind;
  /** Device clock, ISO instant. */
  readonly now: string;
  readonly position: JournalPosition;
  readonly workstationNumber: number;
  readonly operatorId: Cart['operatorId'];
  readonly rules: OrderRules;
  /** What the cart comes to now, promotions included. */
  readonly computed: CartTotals;
  readonly wantedOn?: string;
  /** Of a layaway: instalments besides the deposit, and the deposit where it is more than the least. */
  readonly instalments?: number;
  readonly depositMinor?: number;
};

export type PlaceOrderRefusal =
  | 'cart-empty'
  | 'order-with-returns'
  | 'order-with-exemption'
  | 'order-from-order'
  | 'order-in-training'
  | 'order-is-free'
  | 'customer-missing'
  | 'date-not-understood'
  | 'instalments-out-of-bounds'
  | 'deposit-out-of-bounds';

/** The order of a cart, ready to be journaled. Lines stand alone: parts of a bundle keep their share of its price. */
export function placeOrder(
  cart: Cart,
  settings: Pick<StoreSettings, 'store' | 'taxRules' | 'taxGroups'>,
  given: PlaceOrderGiven,
): Outcome<PlacedOrder, PlaceOrderRefusal> {
  const fit = checkFit(cart, given);
  if (!fit.ok) return fit;
  const today = businessDay(given.now, settings.store);
  if (given.wantedOn !== undefined && !isDay(given.wantedOn)) return refuse('date-not-understood');
  const { lines, taxes, totals } = given.computed;
  const planned = planOf(totals.grossMinor, given, today);
  if (!planned.ok) return planned;
  const number = receiptNumber({
    storeNumber: settings.store.number,
    workstationNumber: given.workstationNumber,
    ...given.position,
  });
  const { netMinor, taxMinor, grossMinor } = totals;
  return accept({
    id: given.id,
    kind: given.kind,
    number: orderNumber(given.kind, number),
    operatorId: given.operatorId,
    ...(cart.customerId === undefined ? {} : { customerId: cart.customerId }),
    placedAt: given.now,
    businessDay: today,
    currency: cart.currency,
    taxRules: settings.taxRules,
    taxGroups: groupsOf(lines, settings.taxGroups),
    lines: lines.map(standingAlone),
    taxes,
    totals: { netMinor, taxMinor, grossMinor },
    ...(given.kind === 'quotation' ? { validUntil: dayAfter(today, given.rules.quotationDays) } : {}),
    ...(given.wantedOn === undefined ? {} : { wantedOn: given.wantedOn }),
    ...planned.value,
    ...(cart.order === undefined
      ? {}
      : { quotation: { orderId: cart.order.orderId, orderNumber: cart.order.orderNumber } }),
    ...(cart.note === undefined ? {} : { note: cart.note }),
  });
}

/** Where an order is not what its lines, rules and plan come to. Never throws. */
export function checkPlacedOrder(order: PlacedOrder, number: string): readonly Difference[] {
  const differences: Difference[] = [];
  const compare = (path: string, stated: string | number, computed: string | number): void => {
    if (stated !== computed) differences.push({ path: `order.${path}`, stated, computed });
  };
  try {
    const computed = totalsOfLines(order.lines, false, order.taxRules, order.taxGroups);
    for (const amount of ['netMinor', 'taxMinor', 'grossMinor'] as const) {
      compare(`totals.${amount}`, order.totals[amount], computed.totals[amount]);
      for (const [place, line] of order.lines.entries()) {
        compare(`lines[${String(place)}].${amount}`, line[amount], computed.lines[place]?.[amount] ?? 0);
      }
    }
    compare('taxes', canonicalJson(order.taxes), canonicalJson(computed.taxes));
    compare('number', order.number, orderNumber(order.kind, number));
    compare('lines.length', order.lines.length, Math.max(1, order.lines.length));
    for (const { direction } of order.lines) compare('direction', direction, 'sale');
    const planMinor = sumAmounts((order.plan ?? []).map(({ amountMinor }) => amountMinor));
    compare('plan', planMinor, order.kind === 'layaway' ? order.totals.grossMinor : 0);
    compare('terms', Number(order.terms !== undefined), Number(order.kind !== 'quotation'));
    const { depositMinimumMinor = 0, feeMinor = 0 } = order.terms ?? {};
    for (const amount of [depositMinimumMinor, feeMinor]) {
      compare('terms', amount, Math.min(Math.max(0, amount), order.totals.grossMinor));
    }
  } catch (problem) {
    compare('order', 'computable', problem instanceof Error ? problem.message : 'unknown');
  }
  return differences;
}

function checkFit(cart: Cart, given: PlaceOrderGiven): Outcome<null, PlaceOrderRefusal> {
  if (cart.lines.length === 0) return refuse('cart-empty');
  if (cart.isTraining === true) return refuse('order-in-training');
  // Of a quotation an order may be made; a second quotation would hold its prices for longer than was said.
  const isOfQuotation = cart.order?.step === 'conversion' && given.kind !== 'quotation';
  if (cart.order !== undefined && !isOfQuotation)
    return refuse('order-from-order', { number: cart.order.orderNumber });
  if (cart.lines.some(({ direction }) => direction === 'return')) return refuse('order-with-returns');
  if (cart.exemption !== undefined) return refuse('order-with-exemption');
  if (given.kind === 'quotation') return accept(null);
  if (cart.customerId === undefined) return refuse('customer-missing');
  return given.computed.totals.grossMinor > 0 ? accept(null) : refuse('order-is-free');
}

function planOf(
  totalMinor: number,
  given: PlaceOrderGiven,
  today: string,
): Outcome<
  { readonly plan?: readonly Instalment[]; readonly terms?: OrderTerms },
  'instalments-out-of-bounds' | 'deposit-out-of-bounds'
> {
  const { kind, rules, wantedOn, instalments = 1 } = given;
  if (kind === 'quotation') return accept({});
  if (kind === 'customer-order') {
    return accept({ terms: orderTerms(totalMinor, rules, { kind, lastDay: wantedOn ?? null }) });
  }
  if (instalments > rules.instalmentsMax) {
    return refuse('instalments-out-of-bounds', { max: rules.instalmentsMax });
  }
  const { depositMinimumMinor } = orderTerms(totalMinor, rules, { kind, lastDay: null });
  const depositMinor = given.depositMinor ?? depositMinimumMinor;
  if (depositMinor < depositMinimumMinor) {
    return refuse('deposit-out-of-bounds', { minMinor: depositMinimumMinor, maxMinor: totalMinor });
  }
  const everyDays = rules.instalmentDays;
  const plan = instalmentPlan(totalMinor, { depositMinor, instalments, everyDays, today });
  if (!plan.ok) return plan;
  const lastDay = plan.value.at(-1)?.dueOn ?? null;
  return accept({ plan: plan.value, terms: orderTerms(totalMinor, rules, { kind, lastDay }) });
}

// What was typed by hand was judged with its approvals here and now; the order keeps what came of it.
function standingAlone(line: TransactionLine): TransactionLine {
  const { bundleOf: _bundle, ageCheck: _age, priced: _priced, modifiers, ...kept } = line;
  return { ...kept, ...(modifiers === undefined ? {} : { modifiers }) };
}

function groupsOf(
  lines: readonly TransactionLine[],
  groups: Readonly<Record<TaxGroupId, TaxGroup>>,
): Readonly<Record<TaxGroupId, TaxGroup>> {
  const used: Record<TaxGroupId, TaxGroup> = {};
  for (const { taxGroupId } of lines) {
    const group = groups[taxGroupId];
    if (group !== undefined) used[taxGroupId] = group;
  }
  return used;
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`));

// The independent verifier agrees with the journal of a till that took deposits, handed goods over and gave money back, and finds
// what whoever holds the key has changed about them.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { cartTotals } from '../../shared/domain/cart-totals.ts';
import type { Cart } from '../../shared/domain/cart.ts';
import type { CustomerOrder } from '../../shared/domain/customer-order.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import { foldOrder } from '../../shared/domain/fold-order.ts';
import {
  asCartId,
  asCustomerId,
  asOperatorId,
  asOrderId,
  type OrderId,
  asStoreId,
  asTransactionId,
  asWorkstationId,
} from '../../shared/domain/ids.ts';
import { DEFAULT_ORDER_RULES, type OrderRules } from '../../shared/domain/order-rules.ts';
import { dueNow, type OrderSettlement } from '../../shared/domain/order-settlement.ts';
import { placeOrder } from '../../shared/domain/place-order.ts';
import {
  cancelSettlement,
  depositCart,
  handOverCart,
  paymentBounds,
} from '../../shared/domain/settle-order.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import { foldTill, NEW_TILL } from '../../shared/domain/till-session.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import { buildZReport } from '../../shared/domain/z-report.ts';
import { aJournalWriter, append, exportText, type JournalWriter } from '../support/a-journal.ts';
import { aCart, anItem, someSettings, valueOf } from '../support/domain-builders.ts';
import { verifyExport } from '../verify-journal/verify-journal.mjs';
import { holds } from './holds.ts';

const operatorId = asOperatorId('operator-1');
const settings = someSettings();
const NOW = '2026-03-02T10:00:00.000Z';
const TODAY = '2026-03-02';
const HEAD = {
  id: asCartId('cart-1'),
  storeId: asStoreId('store-1'),
  workstationId: asWorkstationId('ws-1'),
  operatorId,
};
type Change = (transaction: Transaction) => Transaction;

const place = (writer: JournalWriter) => ({
  now: NOW,
  position: { epoch: 1, sequence: (writer.facts.at(-1)?.sequence ?? 0) + 1 },
  workstationNumber: 2,
});

/** A layaway of two goods of different taxes, entered into the journal. */
function openLayaway(writer: JournalWriter, id: string, rules: Partial<OrderRules>): CustomerOrder {
  const goods = aCart(
    { item: anItem({ sku: 'A', priceMinor: 19_99 }) },
    { item: anItem({ sku: 'B', priceMinor: 7_01, taxGroupId: 'tax-B' as never }), quantityMilli: 3000 },
  );
  const cart: Cart = { ...goods, customerId: asCustomerId('customer-1') };
  const order = valueOf(
    placeOrder(cart, settings, {
      ...place(writer),
      id: asOrderId(id),
      kind: 'layaway',
      operatorId,
      rules: { ...DEFAULT_ORDER_RULES, ...rules },
      computed: cartTotals(cart, settings.taxRules, settings.taxGroups),
      instalments: 2,
    }),
  );
  return folded(order.id, null, append(writer, 'layaway-opened', { order }));
}

function folded(id: OrderId, order: CustomerOrder | null, fact: Fact): CustomerOrder {
  const next = foldOrder(id, order, fact);
  if (next === null) throw new Error('the order is gone');
  return next;
}

function complete(
  writer: JournalWriter,
  order: CustomerOrder,
  given: { readonly cart: Cart; readonly change?: Change | undefined },
): CustomerOrder {
  const { cart, change = (same) => same } = given;
  const { grossMinor } = cartTotals(cart, settings.taxRules, settings.taxGroups).totals;
  const dueMinor = dueNow(grossMinor, cart.order);
  const { tenders } = valueOf(settleInCash(dueMinor, Math.max(0, dueMinor), { stepMinor: 1 }));
  const built = buildTransaction(cart, settings, {
    ...place(writer),
    id: asTransactionId(`transaction-${String(writer.facts.length)}`),
    tenders,
    tillSessionId: 'session-1',
    ordinalOf: () => 7,
  });
  return folded(
    order.id,
    order,
    append(writer, 'transaction-completed', { transaction: change(valueOf(built)) }),
  );
}

const cancelling = (order: CustomerOrder): Cart => ({
  ...HEAD,
  currency: 'EUR',
  lines: [],
  lastLineNumber: 0,
  order: valueOf(cancelSettlement(order, { today: TODAY, reasonCode: 'mind', approvalId: null })),
});

type Plan = {
  readonly shares: readonly number[];
  readonly end: 'hand-over' | 'cancel' | 'none';
  readonly feeMinor: number;
};

/** A day with an order, closed with its Z; `change` is done to its last transaction by whoever holds the key. */
function journalOf(plan: Plan, change?: Change): string {
  const writer = aJournalWriter();
  append(writer, 'epoch-started', { reason: 'enrolled', lost: null });
  const counted = { pieces: [], otherMinor: 0 };
  append(writer, 'till-opened', {
    tillSessionId: 'session-1',
    sessionNumber: 1,
    businessDay: TODAY,
    currency: 'EUR',
    openedBy: operatorId,
    floatMinor: 0,
    counted,
  });
  let order = openLayaway(writer, 'order-1', { cancellationFeeMinor: plan.feeMinor });
  for (const share of plan.shares) {
    const { minMinor, maxMinor } = paymentBounds(order);
    if (maxMinor === 0) break;
    const amountMinor = minMinor + Math.floor(((maxMinor - minMinor) * share) / 1000);
    order = complete(writer, order, { cart: valueOf(depositCart(order, amountMinor, HEAD)) });
  }
  if (plan.end === 'hand-over') complete(writer, order, { cart: valueOf(handOverCart(order, HEAD)), change });
  if (plan.end === 'cancel') complete(writer, order, { cart: cancelling(order), change });
  append(writer, 'till-counted', { tillSessionId: 'session-1', counted, countedMinor: 0 });
  let state = NEW_TILL;
  for (const fact of writer.facts) state = foldTill(state, fact);
  if (state.open === null) throw new Error('the till is not open');
  const z = buildZReport(state.open, {
    former: null,
    closedAt: NOW,
    closedBy: operatorId,
    last: place(writer).position,
    pending: { count: 0, amountMinor: 0 },
  });
  append(writer, 'till-closed', { z: valueOf(z) });
  return exportText(writer);
}

const faultOf = (text: string): string | undefined => verifyExport(text)[0]?.fault?.sentence;

const plans: fc.Arbitrary<Plan> = fc.record({
  shares: fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 4 }),
  end: fc.constantFrom('hand-over', 'cancel', 'none'),
  feeMinor: fc.integer({ min: 0, max: 30_00 }),
});

describe('the independent verifier', () => {
  test('agrees with journals of deposits, hand-overs and cancellations, and with their Z', () => {
    holds(
      fc.property(plans, (plan) => {
        expect(faultOf(journalOf(plan))).toBeUndefined();
      }),
      { runs: Math.min(200, Number(process.env['PROPERTY_RUNS'] ?? 100)) },
    );
  });

  const withOrder =
    (change: Partial<OrderSettlement>): Change =>
    (transaction) =>
      transaction.order === undefined
        ? transaction
        : { ...transaction, order: { ...transaction.order, ...change } };
  const some: Plan = { shares: [0, 300], end: 'hand-over', feeMinor: 5_00 };

  test.each([
    ['more redeemed than was paid', withOrder({ redeemedMinor: 40_00 }), 'tenders redeem'],
    ['an account that is not emptied', withOrder({ beforeMinor: 40_00 }), 'is left on its account'],
    ['money taken with the goods', withOrder({ takenMinor: 1 }), 'add up to'],
  ])('finds %s', (_, change, sentence) => {
    expect(faultOf(journalOf(some, change))).toContain(sentence);
  });

  test.each([
    ['more given back than was paid', withOrder({ refundedMinor: 99_00 })],
    ['a fee that was not kept', withOrder({ forfeitedMinor: 0 })],
  ])('finds a cancellation with %s', (_, change) => {
    expect(faultOf(journalOf({ ...some, end: 'cancel' }, change))).toBeDefined();
  });
});

// Orders with an account: whatever is paid, in whatever order, by whichever till, the sums are exact. Money in tenders is what
// stands on the account, was redeemed or kept; tax over the life of an order is that of its goods; a cancellation and a void
// leave nothing behind.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { cartTotals } from '../../shared/domain/cart-totals.ts';
import type { Cart } from '../../shared/domain/cart.ts';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import { checkTransaction } from '../../shared/domain/check-transaction.ts';
import { leftToPay, type CustomerOrder } from '../../shared/domain/customer-order.ts';
import { addTaxRows } from '../../shared/domain/deposit-tax.ts';
import type { Fact, FactBodies, FactKind } from '../../shared/domain/fact.ts';
import { figuresOfFact } from '../../shared/domain/figures-of-fact.ts';
import { foldOrder } from '../../shared/domain/fold-order.ts';
import { asCustomerId, asOperatorId, asOrderId, asTransactionId } from '../../shared/domain/ids.ts';
import { instalmentPlan, standingOf } from '../../shared/domain/instalment-plan.ts';
import { sumAmounts } from '../../shared/domain/money.ts';
import { DEFAULT_ORDER_RULES, type OrderRules } from '../../shared/domain/order-rules.ts';
import type { RefundPart } from '../../shared/domain/order-payment.ts';
import { inCash } from '../../shared/domain/order-refund.ts';
import { dueNow } from '../../shared/domain/order-settlement.ts';
import { checkPlacedOrder, placeOrder } from '../../shared/domain/place-order.ts';
import {
  cancelSettlement,
  depositCart,
  handOverCart,
  heldLines,
  paymentBounds,
} from '../../shared/domain/settle-order.ts';
import { dueInCash, exactTender, settleInCash } from '../../shared/domain/tender.ts';
import { addFigures, NO_FIGURES } from '../../shared/domain/till-figures.ts';
import type { Tender, Transaction } from '../../shared/domain/transaction.ts';
import { checkVoid, voidTransaction } from '../../shared/domain/void-transaction.ts';
import { aCart, someSettings, transactionGiven, valueOf, type SomeLine } from '../support/domain-builders.ts';
import { cartLines, taxGroups, taxRules } from './arbitraries.ts';
import { holds } from './holds.ts';

const NOBODY = asOperatorId('operator-1');
const ID = asOrderId('order-1');
const STEP = { stepMinor: 5 };

/** A shop, goods, and what a customer pays: shares of what may be paid, in thousandths. */
const lives = fc.record({
  lines: cartLines.map((lines) => lines.map((line): SomeLine => ({ ...line, direction: 'sale' }))),
  taxRules,
  taxGroups,
  rules: fc.record({
    layawayDepositPpm: fc.integer({ min: 0, max: 1_000_000 }),
    minimumInstalmentMinor: fc.integer({ min: 0, max: 50_00 }),
    cancellationFeeMinor: fc.integer({ min: 0, max: 20_00 }),
    cancellationFeePpm: fc.integer({ min: 0, max: 1_000_000 }),
    forfeitAfterDays: fc.option(fc.integer({ min: 0, max: 60 })),
    depositTax: fc.constantFrom('at-deposit', 'at-completion'),
  }),
  instalments: fc.integer({ min: 1, max: 12 }),
  payments: fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 6 }),
  /** Day of the end, after the start. */
  endsAfter: fc.integer({ min: 0, max: 500 }),
});
type Life = typeof lives extends fc.Arbitrary<infer Value> ? Value : never;

let sequence = 0;
function entry<Kind extends FactKind>(kind: Kind, body: FactBodies[Kind]): Fact<Kind> {
  sequence += 1;
  // Only what the folds read.
  const made: unknown = {
    kind,
    body,
    sequence,
    epoch: 1,
    workstationId: 'till-1',
    operatorId: NOBODY,
    recordedAt: '2026-03-02T10:00:00.000Z',
  };
  return made as Fact<Kind>;
}

const settingsOf = (life: Life) => {
  const settings = someSettings({ taxRules: life.taxRules, taxGroups: life.taxGroups });
  return { ...settings, store: { ...settings.store, cashRoundingStepMinor: 5 } };
};

function openLayaway(life: Life): CustomerOrder | null {
  const cart: Cart = { ...aCart(...life.lines), customerId: asCustomerId('customer-1') };
  const settings = settingsOf(life);
  const rules: OrderRules = { ...DEFAULT_ORDER_RULES, ...life.rules };
  const placed = placeOrder(cart, settings, {
    id: ID,
    kind: 'layaway',
    now: '2026-03-02T10:00:00.000Z',
    position: { epoch: 1, sequence: 1 },
    workstationNumber: 2,
    operatorId: NOBODY,
    rules,
    computed: cartTotals(cart, settings.taxRules, settings.taxGroups),
    instalments: life.instalments,
  });
  if (!placed.ok) {
    expect(placed.reason).toBe('order-is-free');
    return null;
  }
  expect(checkPlacedOrder(placed.value, '01-02-A000001')).toEqual([]);
  expect(sumAmounts((placed.value.plan ?? []).map(({ amountMinor }) => amountMinor))).toBe(
    placed.value.totals.grossMinor,
  );
  return foldOrder(ID, null, entry('layaway-opened', { order: placed.value }));
}

function pay(cart: Cart, life: Life): Transaction {
  const settings = settingsOf(life);
  const { grossMinor } = cartTotals(cart, settings.taxRules, settings.taxGroups).totals;
  const dueMinor = dueNow(grossMinor, cart.order);
  const { tenders } = valueOf(settleInCash(dueMinor, Math.max(0, dueInCash(dueMinor, STEP)), STEP));
  const transaction = valueOf(buildTransaction(cart, settings, transactionGiven({ tenders })));
  expect(checkTransaction(transaction, { cashStepMinor: 5 })).toEqual([]);
  return transaction;
}

type Split = { readonly turn: number; readonly cardMinor: number; readonly voucherMinor: number };

/** A deposit by card, by voucher and the rest in cash; parts of nothing are left out. */
function paySplit(cart: Cart, life: Life, { turn, cardMinor, voucherMinor }: Split): Transaction {
  const dueMinor = dueNow(0, cart.order);
  const restMinor = dueMinor - cardMinor - voucherMinor;
  const card = { attemptId: `attempt-${String(turn)}`, terminalId: 'terminal-1' };
  const { tenders: cash } = valueOf(settleInCash(restMinor, Math.max(0, dueInCash(restMinor, STEP)), STEP));
  const tenders: readonly Tender[] = [
    ...(cardMinor === 0 ? [] : [{ ...exactTender('card', cardMinor), card }]),
    ...(voucherMinor === 0
      ? []
      : [{ ...exactTender('voucher', voucherMinor), voucher: { number: `GIFT${String(turn)}` } }]),
    ...cash,
  ];
  const transaction = valueOf(buildTransaction(cart, settingsOf(life), transactionGiven({ tenders })));
  expect(checkTransaction(transaction, { cashStepMinor: 5 })).toEqual([]);
  return transaction;
}

/** Each part by its own tender; cash is rounded to the coin. */
const givenBack = (refunds: readonly RefundPart[]): readonly Tender[] =>
  refunds.map(({ kind, source, amountMinor }, place): Tender => {
    if (kind === 'cash') {
      return { kind, amountMinor: dueInCash(-amountMinor, STEP), tenderedMinor: 0, changeMinor: 0 };
    }
    const card = { attemptId: `refund-${String(place)}`, terminalId: 'terminal-1' };
    return {
      ...exactTender(kind, -amountMinor),
      ...(kind === 'card' ? { card } : { voucher: { number: source } }),
    };
  });

const head = { ...aCart(), order: undefined };
const HEAD = {
  id: head.id,
  storeId: head.storeId,
  workstationId: head.workstationId,
  operatorId: head.operatorId,
};

type Book = { order: CustomerOrder; readonly transactions: Transaction[] };

function book(state: Book, transaction: Transaction): void {
  state.transactions.push(transaction);
  const folded = foldOrder(ID, state.order, entry('transaction-completed', { transaction }));
  if (folded === null) throw new Error('the order is gone');
  state.order = folded;
}

/** Opens a layaway and pays what the life says, as far as it may be paid. */
function payIn(life: Life): Book | null {
  const order = openLayaway(life);
  if (order === null) return null;
  const state: Book = { order, transactions: [] };
  for (const share of life.payments) {
    const { minMinor, maxMinor } = paymentBounds(state.order);
    if (maxMinor === 0) break;
    const amountMinor = minMinor + Math.floor(((maxMinor - minMinor) / 1000) * share);
    book(state, pay(valueOf(depositCart(state.order, amountMinor, HEAD)), life));
  }
  return state;
}

const inTenders = (transactions: readonly Transaction[]): number =>
  sumAmounts(
    transactions.flatMap(({ tenders, totals }) => [
      ...tenders.filter(({ kind }) => kind !== 'deposit').map(({ amountMinor }) => amountMinor),
      -totals.cashRoundingMinor,
    ]),
  );

const taxOf = (transactions: readonly Transaction[]) =>
  transactions.reduce(
    (rows, { taxes, order }) => addTaxRows(addTaxRows(rows, taxes), order?.taxes ?? []),
    addTaxRows([], []),
  );

describe('an order that is paid in parts', () => {
  test('has on its account exactly what came in by tenders, and never more than it comes to', () => {
    holds(
      fc.property(lives, (life) => {
        const state = payIn(life);
        if (state === null) return;
        expect(state.order.paidMinor).toBe(inTenders(state.transactions));
        expect(state.order.paidMinor + leftToPay(state.order)).toBe(state.order.totals.grossMinor);
        expect(state.order.problems).toEqual([]);
      }),
    );
  });

  test('costs what was agreed when the goods are handed over, and its tax is that of the goods', () => {
    holds(
      fc.property(lives, (life) => {
        const state = payIn(life);
        if (state === null) return;
        const paid = state.order.paidMinor;
        const done = pay(valueOf(handOverCart(state.order, HEAD)), life);
        expect(done.totals.grossMinor).toBe(state.order.totals.grossMinor);
        expect(dueNow(done.totals.grossMinor, done.order)).toBe(state.order.totals.grossMinor - paid);
        book(state, done);
        expect(state.order).toMatchObject({
          state: 'collected',
          paidMinor: 0,
          problems: [],
          depositTaxes: [],
        });
        expect(inTenders(state.transactions)).toBe(state.order.totals.grossMinor);
        expect(taxOf(state.transactions)).toEqual(addTaxRows([], done.taxes));
      }),
    );
  });

  test('gives back all that was paid but what was agreed when it is cancelled, and its ledger is empty', () => {
    holds(
      fc.property(lives, (life) => {
        const state = payIn(life);
        if (state === null) return;
        const { paidMinor, terms } = state.order;
        const today = new Date(Date.UTC(2026, 2, 2 + life.endsAfter)).toISOString().slice(0, 10);
        const given = { today, reasonCode: 'customer', approvalId: null };
        const settlement = valueOf(cancelSettlement(state.order, given));
        const cancelled = pay({ ...aCart(), order: settlement }, life);
        book(state, cancelled);
        const { forfeitedMinor, refundedMinor } = settlement;
        expect(forfeitedMinor + refundedMinor).toBe(paidMinor);
        const isLate = terms?.forfeitOn !== undefined && today >= terms.forfeitOn;
        expect(forfeitedMinor).toBe(isLate ? paidMinor : Math.min(paidMinor, terms?.feeMinor ?? 0));
        expect(state.order).toMatchObject({
          state: 'cancelled',
          paidMinor: 0,
          depositTaxes: [],
          problems: [],
        });
        expect(inTenders(state.transactions)).toBe(forfeitedMinor);
        expect(taxOf(state.transactions)).toEqual([]);
      }),
    );
  });

  test('that was paid in several ways goes back as it came, to the minor unit, and its void restores it', () => {
    holds(
      fc.property(
        lives,
        fc.array(fc.nat({ max: 1000 }), { minLength: 12, maxLength: 12 }),
        (life, shares) => {
          const placed = openLayaway(life);
          if (placed === null) return;
          const state: Book = { order: placed, transactions: [] };
          for (const [turn, share] of life.payments.entries()) {
            const { minMinor, maxMinor } = paymentBounds(state.order);
            if (maxMinor === 0) break;
            const amountMinor = minMinor + Math.floor(((maxMinor - minMinor) / 1000) * share);
            const cart = valueOf(depositCart(state.order, amountMinor, HEAD));
            const cardMinor = Math.floor((amountMinor / 1000) * (shares[turn * 2] ?? 0));
            const voucherMinor = Math.floor(((amountMinor - cardMinor) / 1000) * (shares[turn * 2 + 1] ?? 0));
            book(state, paySplit(cart, life, { turn, cardMinor, voucherMinor }));
          }
          const { payments = [], paidMinor } = state.order;
          expect(sumAmounts(payments.map((payment) => payment.amountMinor))).toBe(paidMinor);
          const settlement = valueOf(
            cancelSettlement(state.order, { today: '2026-03-02', reasonCode: 'customer', approvalId: null }),
          );
          const { refunds = [], refundedMinor } = settlement;
          expect(sumAmounts(refunds.map((part) => part.amountMinor))).toBe(refundedMinor);
          for (const { kind, source, amountMinor } of refunds) {
            const paid = payments.find((one) => one.kind === kind && one.source === source)?.amountMinor ?? 0;
            // Never more to a card or a voucher than came from it; what is kept is kept of the cash first.
            expect(amountMinor).toBeLessThanOrEqual(paid);
          }
          const before = state.order;
          const cancelled = valueOf(
            buildTransaction(
              { ...aCart(), order: settlement },
              settingsOf(life),
              transactionGiven({ tenders: givenBack(refunds) }),
            ),
          );
          expect(checkTransaction(cancelled, { cashStepMinor: 5 })).toEqual([]);
          book(state, cancelled);
          expect(state.order).toMatchObject({ state: 'cancelled', paidMinor: 0, problems: [] });
          expect(inTenders(state.transactions)).toBe(settlement.forfeitedMinor);
          const wrong = { ...cancelled, order: { ...settlement, refunds: [inCash(refundedMinor)] } };
          const hasOthers = refunds.some(({ kind }) => kind !== 'cash');
          if (hasOthers) expect(checkTransaction(wrong, { cashStepMinor: 5 })).not.toEqual([]);
          const turned = valueOf(
            voidTransaction(cancelled, someSettings().store, {
              id: asTransactionId('void-1'),
              now: '2026-03-02T10:05:00.000Z',
              position: { epoch: 1, sequence: 18 },
              workstationNumber: 2,
              operatorId: NOBODY,
              reasonCode: 'mistake',
              approvalId: null,
              tillSessionId: null,
              isVoidedAlready: false,
            }),
          );
          expect(checkTransaction(turned, { cashStepMinor: 5 })).toEqual([]);
          book(state, turned);
          expect(state.order).toMatchObject({ state: before.state, paidMinor });
          expect(state.order.payments).toEqual(before.payments);
        },
      ),
    );
  });

  test('is as before when its last step is voided', () => {
    holds(
      fc.property(lives, fc.boolean(), (life, isEnded) => {
        const state = payIn(life);
        if (state === null) return;
        const before = state.order;
        const { maxMinor } = paymentBounds(before);
        const cart =
          isEnded || maxMinor === 0 ? handOverCart(before, HEAD) : depositCart(before, maxMinor, HEAD);
        const last = pay(valueOf(cart), life);
        book(state, last);
        const turned = valueOf(
          voidTransaction(last, someSettings().store, {
            id: asTransactionId('void-1'),
            now: '2026-03-02T10:05:00.000Z',
            position: { epoch: 1, sequence: 18 },
            workstationNumber: 2,
            operatorId: NOBODY,
            reasonCode: 'mistake',
            approvalId: null,
            tillSessionId: null,
            isVoidedAlready: false,
          }),
        );
        expect(checkVoid(turned, last, false)).toEqual([]);
        expect(checkTransaction(turned, { cashStepMinor: 5 })).toEqual([]);
        book(state, turned);
        const { paidMinor, depositTaxes, state: reopened, problems } = state.order;
        expect({ paidMinor, depositTaxes, state: reopened, problems }).toEqual({
          paidMinor: before.paidMinor,
          depositTaxes: before.depositTaxes,
          state: before.state,
          problems: [],
        });
        const sum = addFigures(
          figuresOfFact(entry('transaction-completed', { transaction: last })),
          figuresOfFact(entry('transaction-completed', { transaction: turned })),
        );
        expect(sum.deposits).toEqual(NO_FIGURES.deposits);
        expect(sum.totals).toEqual(NO_FIGURES.totals);
      }),
    );
  });

  test('stands in the figures of the tills once: taken = redeemed + refunded + kept + what is on the account', () => {
    holds(
      fc.property(lives, fc.constantFrom('collect', 'cancel', 'leave'), (life, end) => {
        const state = payIn(life);
        if (state === null) return;
        const given = { today: '2026-03-02', reasonCode: 'customer', approvalId: null };
        if (end === 'collect') book(state, pay(valueOf(handOverCart(state.order, HEAD)), life));
        if (end === 'cancel') {
          const order = valueOf(cancelSettlement(state.order, given));
          book(state, pay({ ...aCart(), order }, life));
        }
        let figures = NO_FIGURES;
        for (const transaction of state.transactions) {
          figures = addFigures(figures, figuresOfFact(entry('transaction-completed', { transaction })));
        }
        const { takenMinor, redeemedMinor, refundedMinor, forfeitedMinor } = figures.deposits;
        expect(takenMinor).toBe(redeemedMinor + refundedMinor + forfeitedMinor + state.order.paidMinor);
        expect(figures.salesMinor).toBe(end === 'collect' ? state.order.totals.grossMinor : 0);
      }),
    );
  });
});

describe('a layaway of two tills', () => {
  test('has the same account in whatever order the payments arrive', () => {
    holds(
      fc.property(lives, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (life, turns) => {
        const state = payIn(life);
        const placed = openLayaway(life);
        if (state === null || placed === null) return;
        const shuffled = state.transactions
          .map((transaction, place) => ({ transaction, turn: turns[place] ?? 0 }))
          .sort((one, other) => one.turn - other.turn);
        const again: Book = { order: placed, transactions: [] };
        for (const { transaction } of shuffled) book(again, transaction);
        expect(again.order.paidMinor).toBe(state.order.paidMinor);
        expect(again.order.depositTaxes).toEqual(state.order.depositTaxes);
        expect(again.order.problems).toEqual([]);
      }),
    );
  });

  test('handed over by both without knowing of each other is kept, and shown as a problem', () => {
    holds(
      fc.property(lives, (life) => {
        const state = payIn(life);
        if (state === null) return;
        const both = [0, 1].map(() => pay(valueOf(handOverCart(state.order, HEAD)), life));
        for (const transaction of both) book(state, transaction);
        expect(state.order.state).toBe('collected');
        expect(state.order.problems.map(({ kind }) => kind)).toEqual(['ended-twice']);
      }),
    );
  });
});

describe('a plan', () => {
  test('is the whole to the minor unit, and what is overdue falls by what is paid', () => {
    const totals = fc.integer({ min: 1, max: 1_000_000_000 });
    const shares = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 12 }));
    holds(
      fc.property(totals, shares, fc.nat({ max: 1000 }), (totalMinor, [share, instalments], paid) => {
        const depositMinor = Math.floor((totalMinor / 1000) * share);
        const given = { depositMinor, instalments, everyDays: 30, today: '2026-03-02' };
        const plan = valueOf(instalmentPlan(totalMinor, given));
        expect(sumAmounts(plan.map(({ amountMinor }) => amountMinor))).toBe(totalMinor);
        expect(plan.every(({ amountMinor }) => amountMinor > 0)).toBe(true);
        const paidMinor = Math.floor((totalMinor / 1000) * paid);
        expect(standingOf(plan, paidMinor, '9999-12-31').overdueMinor).toBe(totalMinor - paidMinor);
        expect(standingOf(plan, paidMinor, '2026-03-02').overdueMinor).toBe(0);
        expect(standingOf(plan, totalMinor, '9999-12-31').next).toBeNull();
      }),
    );
  });
});

describe('a day with orders', () => {
  test('X + rest = Z, wherever it is cut: deposits count beside sales', () => {
    holds(
      fc.property(lives, fc.nat({ max: 10 }), (life, cut) => {
        const state = payIn(life);
        if (state === null) return;
        book(state, pay(valueOf(handOverCart(state.order, HEAD)), life));
        const all = state.transactions.map((transaction) =>
          figuresOfFact(entry('transaction-completed', { transaction })),
        );
        const sum = (parts: typeof all) => parts.reduce(addFigures, NO_FIGURES);
        expect(addFigures(sum(all.slice(0, cut)), sum(all.slice(cut)))).toEqual(sum(all));
        expect(addFigures(sum(all.slice(cut)), sum(all.slice(0, cut)))).toEqual(sum(all));
      }),
    );
  });

  test('carts of orders are the same after they were written and read', () => {
    holds(
      fc.property(lives, (life) => {
        const state = payIn(life);
        if (state === null) return;
        const cart = valueOf(handOverCart(state.order, HEAD));
        // What was written as canonical JSON is read back as the same cart.
        const read = JSON.parse(canonicalJson(cart)) as Cart;
        expect(read).toEqual(cart);
        expect(pay(read, life)).toEqual(pay(cart, life));
      }),
    );
  });
});

describe('prices that are held', () => {
  test('come to the same again, whatever promotions and prices have become', () => {
    holds(
      fc.property(lives, (life) => {
        const order = openLayaway(life);
        if (order === null) return;
        const cart: Cart = { ...aCart(), lines: heldLines(order) };
        const { totals, lines } = cartTotals(cart, life.taxRules, life.taxGroups);
        expect(totals).toMatchObject(order.totals);
        expect(lines.map(({ grossMinor }) => grossMinor)).toEqual(
          order.lines.map(({ grossMinor }) => grossMinor),
        );
      }),
    );
  });
});

// What happens to carts is written down whole: what was added is what is in the cart and what the entries say was taken out;
// practice changes no view; carts survive being written, set aside, taken up and merged, in whichever order.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import { takenOut, type CartAction } from '../../shared/domain/cart-action.ts';
import { addLine, changeQuantity, removeLine } from '../../shared/domain/cart-changes.ts';
import { cartTotals } from '../../shared/domain/cart-totals.ts';
import type { Cart } from '../../shared/domain/cart.ts';
import { checkTransaction } from '../../shared/domain/check-transaction.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import { figuresOfFact } from '../../shared/domain/figures-of-fact.ts';
import { asOperatorId, asWorkstationId } from '../../shared/domain/ids.ts';
import { addedSinceResumed, resumeCart, suspendCart } from '../../shared/domain/resume-cart.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import { expectedCash, NO_COUNTS, NO_FIGURES } from '../../shared/domain/till-figures.ts';
import { foldTill, NEW_TILL } from '../../shared/domain/till-session.ts';
import { isSameCart, mergeCarts } from '../../shared/protocol/merge-carts.ts';
import { foldFacts } from '../../sync-server/projections/fold-facts.ts';
import { aCart, anItem, someSettings, transactionGiven, valueOf } from '../support/domain-builders.ts';
import { cartLines, taxGroups, taxRules } from './arbitraries.ts';
import { holds } from './holds.ts';

const deposit = anItem({ sku: 'DEPOSIT', priceMinor: 25 });
const bottle = anItem({ sku: 'BOTTLE', depositItemId: deposit.id });
const milk = anItem();
const itemOf = (id: string) => [deposit, bottle, milk].find((item) => item.id === id) ?? null;

type Change =
  | { readonly kind: 'add'; readonly isBottle: boolean; readonly pieces: number }
  | { readonly kind: 'quantity'; readonly place: number; readonly pieces: number }
  | { readonly kind: 'remove'; readonly place: number };

const pieces = fc.integer({ min: 1, max: 9 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), isBottle: fc.boolean(), pieces }),
  fc.record({ kind: fc.constant('quantity' as const), place: fc.nat(5), pieces }),
  fc.record({ kind: fc.constant('remove' as const), place: fc.nat(5) }),
);

const milliIn = (cart: Cart): number => cart.lines.reduce((sum, line) => sum + line.quantityMilli, 0);

/** The cart after a change; one that is refused leaves it as it was. */
function after(cart: Cart, one: Change): Cart {
  if (one.kind === 'add') {
    const item = one.isBottle ? bottle : milk;
    const added = addLine(cart, item, { quantityMilli: one.pieces * 1000, itemOf });
    return added.ok ? added.value.cart : cart;
  }
  const lineNumber = cart.lines[one.place]?.lineNumber ?? 0;
  const changed =
    one.kind === 'remove'
      ? removeLine(cart, lineNumber)
      : changeQuantity(cart, lineNumber, one.pieces * 1000, { itemOf });
  return changed.ok ? changed.value : cart;
}

const actionFact = (body: CartAction): Fact =>
  ({ kind: 'cart-action', body, epoch: 1, sequence: 2, recordedAt: '' }) as unknown as Fact; // Only what folds read.

describe('what was taken out of a cart', () => {
  test('is what was added and is not in it, and the closing counts each entry once', () => {
    holds(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        let cart = aCart();
        let addedMilli = 0;
        const actions: CartAction[] = [];
        for (const one of changes) {
          const next = after(cart, one);
          const out = takenOut(cart, next);
          const outMilli = out.reduce(
            (sum, each) => sum + ('quantityMilli' in each ? each.quantityMilli : 0),
            0,
          );
          addedMilli += milliIn(next) - milliIn(cart) + outMilli;
          actions.push(...out);
          cart = next;
        }
        const takenMilli = actions.reduce(
          (sum, each) => sum + ('quantityMilli' in each ? each.quantityMilli : 0),
          0,
        );
        expect(milliIn(cart) + takenMilli).toBe(addedMilli);
        const counted = actions.reduce(
          (sum, each) => sum + figuresOfFact(actionFact(each)).counts.removals,
          0,
        );
        expect(counted).toBe(actions.length);
      }),
    );
  });
});

describe('training', () => {
  test('changes no figure, no cash, no stock and no view, and still computes', () => {
    holds(
      fc.property(cartLines, taxRules, taxGroups, (lines, rules, groups) => {
        const settings = someSettings({ taxRules: rules, taxGroups: groups });
        const cart: Cart = { ...aCart(...lines), isTraining: true };
        const due = cartTotals(cart, rules, groups).totals.grossMinor;
        const { tenders } = valueOf(settleInCash(due, Math.max(0, due), { stepMinor: 1 }));
        const transaction = valueOf(
          buildTransaction(cart, settings, transactionGiven({ tenders, tillSessionId: 'session-1' })),
        );
        expect(checkTransaction(transaction, { cashStepMinor: 1 })).toEqual([]);
        const made: unknown = { kind: 'transaction-completed', body: { transaction }, epoch: 1, sequence: 3 };
        const fact = made as Fact; // Only what the folds read.
        const figures = figuresOfFact(fact);
        expect(figures).toEqual({ ...NO_FIGURES, counts: { ...NO_COUNTS, trainings: 1 } });
        expect(expectedCash(100, figures)).toBe(100);
        const views = foldFacts(
          [
            {
              position: 1,
              workstationId: 'w',
              workstationNumber: 1,
              epoch: 1,
              sequence: 3,
              id: 'f',
              kind: 'transaction-completed',
              mark: null,
              body: canonicalJson({ body: { transaction } }),
            },
          ],
          1,
        );
        expect([views.stock.size, views.transactions.length, views.itemSales.size]).toEqual([0, 0, 0]);
      }),
    );
  });

  test('a practice sale does not undo a count, nor add a business day', () => {
    const count = { counted: { pieces: [], otherMinor: 5 }, countedMinor: 5 };
    const open = {
      ...NEW_TILL,
      open: { tillSessionId: 's', businessDays: ['2026-03-02'], figures: NO_FIGURES, count },
    };
    const transaction = { isTraining: true, tillSessionId: 's', businessDay: '2026-03-03' };
    const made: unknown = { kind: 'transaction-completed', body: { transaction } };
    const state = foldTill(open as never, made as Fact);
    expect(state.open?.count).toEqual(count);
    expect(state.open?.businessDays).toEqual(['2026-03-02']);
  });
});

const given = {
  code: 'S01-01-A000009',
  label: 'Blue coat',
  at: '2026-03-02T09:00:00.000Z',
  operatorId: asOperatorId('operator-1'),
  workstationNumber: 1,
  totalMinor: 5,
};
const byTill = (number: number, second: number) => ({
  at: `2026-03-02T10:00:0${String(second)}.000Z`,
  operatorId: asOperatorId('operator-2'),
  workstationId: asWorkstationId(`till-${String(number)}`),
  workstationNumber: number,
});

describe('a cart that is set aside', () => {
  test('is the same cart after writing, reading, and being taken up', () => {
    holds(
      fc.property(cartLines, (lines) => {
        const cart = aCart(...lines);
        const suspended = valueOf(suspendCart(cart, given));
        const read = JSON.parse(JSON.stringify(suspended)) as Cart; // What was just written.
        expect(isSameCart(read, suspended)).toBe(true);
        const resumed = valueOf(resumeCart(read, byTill(2, 0)));
        expect(resumed.lines).toEqual(cart.lines);
        expect(addedSinceResumed(resumed, cart.id).lines).toEqual([]);
        expect(resumeCart(resumed, byTill(3, 1)).ok).toBe(false);
      }),
    );
  });

  test('merges to one and the same cart, whichever side asks, and merging again changes nothing', () => {
    const edit = fc.record({
      changes: fc.array(change, { maxLength: 6 }),
      second: fc.nat(9),
      till: fc.integer({ min: 1, max: 2 }),
    });
    holds(
      fc.property(
        fc.array(change, { maxLength: 8 }),
        edit,
        edit,
        fc.boolean(),
        (before, left, right, isResumed) => {
          const made = before.reduce(after, aCart({ item: milk }));
          const base = made.lines.length === 0 ? aCart({ item: milk }) : made;
          const waiting = valueOf(suspendCart(base, given));
          const edited = ({ changes, second, till }: typeof left): Cart => {
            const held = isResumed ? valueOf(resumeCart(waiting, byTill(till, second))) : base;
            const pricedAt = `2026-03-02T11:00:0${String(second)}.000Z`;
            return { ...changes.reduce(after, held), pricedAt };
          };
          const [one, other] = [edited(left), edited(right)];
          const known = isResumed ? waiting : base;
          const merged = mergeCarts({ base: known, mine: one, theirs: other });
          expect(isSameCart(mergeCarts({ base: known, mine: other, theirs: one }), merged)).toBe(true);
          expect(isSameCart(mergeCarts({ base: other, mine: merged, theirs: other }), merged)).toBe(true);
        },
      ),
    );
  });
});

// A sale and its full return net to zero in money, tax and stock; what a till builds, the server computes again.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { addLine, changeQuantity, removeLine } from '../../shared/domain/cart-changes.ts';
import { cartTotals } from '../../shared/domain/cart-totals.ts';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import { checkTransaction } from '../../shared/domain/check-transaction.ts';
import { asItemId } from '../../shared/domain/ids.ts';
import { sumAmounts } from '../../shared/domain/money.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import type { TaxComponent, TaxGroup } from '../../shared/domain/tax.ts';
import type { Transaction } from '../../shared/domain/transaction.ts';
import {
  aCart,
  anItem,
  someSettings,
  transactionGiven,
  valueOf,
  type SomeLine,
} from '../support/domain-builders.ts';
import { cartLine, cartLines, taxGroups, taxRules } from './arbitraries.ts';
import { holds } from './holds.ts';

type Groups = Transaction['taxGroups'];

function transactionOf(
  lines: readonly SomeLine[],
  rules: Transaction['taxRules'],
  groups: Groups,
): Transaction {
  const settings = someSettings({ taxRules: rules, taxGroups: groups });
  const cart = aCart(...lines);
  const dueMinor = cartTotals(cart, rules, groups).totals.grossMinor;
  const { tenders } = valueOf(settleInCash(dueMinor, Math.max(0, dueMinor), { stepMinor: 1 }));
  return valueOf(buildTransaction(cart, settings, transactionGiven({ tenders })));
}

describe('a transaction of any cart', () => {
  test('is right when the server computes it again', () => {
    holds(
      fc.property(cartLines, taxRules, taxGroups, (lines, rules, groups) => {
        expect(checkTransaction(transactionOf(lines, rules, groups), { cashStepMinor: 1 })).toEqual([]);
      }),
    );
  });

  test('is still right after a round trip over the wire', () => {
    holds(
      fc.property(cartLines, taxRules, taxGroups, (lines, rules, groups) => {
        const transaction = transactionOf(lines, rules, groups);
        // What was written as canonical JSON is read back as the same transaction.
        const read = JSON.parse(canonicalJson(transaction)) as Transaction;
        expect(read).toEqual(transaction);
        expect(checkTransaction(read, { cashStepMinor: 1 })).toEqual([]);
      }),
    );
  });

  test('and its full return net to zero in money, tax and stock', () => {
    holds(
      fc.property(cartLines, taxRules, taxGroups, (lines, rules, groups) => {
        const sale = transactionOf(lines, rules, groups);
        const turned = lines.map((line): SomeLine => {
          return { ...line, direction: line.direction === 'return' ? 'sale' : 'return' };
        });
        const back = transactionOf(turned, rules, groups);
        for (const amount of ['netMinor', 'taxMinor', 'grossMinor'] as const) {
          expect(sumAmounts([sale.totals[amount], back.totals[amount]])).toBe(0);
        }
        const paid = [...sale.tenders, ...back.tenders].map((tender) => tender.amountMinor);
        expect(sumAmounts(paid)).toBe(0);
        const taxes = [...sale.taxes, ...back.taxes];
        for (const { componentId, taxGroupId } of sale.taxes) {
          const own = taxes.filter((row) => row.componentId === componentId && row.taxGroupId === taxGroupId);
          expect(sumAmounts(own.map((row) => row.taxMinor))).toBe(0);
        }
        expect([...stockOf([sale, back]).values()].every((quantityMilli) => quantityMilli === 0)).toBe(true);
      }),
    );
  });

  test('any single amount that is changed is found', () => {
    holds(
      fc.property(cartLines, taxRules, taxGroups, fc.integer({ min: 1, max: 1000 }), fc.nat(), (...given) => {
        const [lines, rules, groups, byMinor, choice] = given;
        const right = transactionOf(lines, rules, groups);
        const changes: readonly ((each: Transaction) => Transaction)[] = [
          (each) => ({ ...each, totals: { ...each.totals, netMinor: each.totals.netMinor + byMinor } }),
          (each) => ({ ...each, totals: { ...each.totals, taxMinor: each.totals.taxMinor - byMinor } }),
          (each) => ({ ...each, totals: { ...each.totals, cashRoundingMinor: byMinor } }),
          (each) => ({
            ...each,
            lines: each.lines.map((line) => ({ ...line, extendedMinor: line.extendedMinor + byMinor })),
          }),
          (each) => ({
            ...each,
            taxes: each.taxes.map((row) => ({ ...row, netMinor: row.netMinor + byMinor })),
          }),
          (each) => ({
            ...each,
            stockMovements: each.stockMovements.map((one) => ({
              ...one,
              quantityMilli: one.quantityMilli + byMinor,
            })),
          }),
          (each) => ({
            ...each,
            tenders: [
              ...each.tenders,
              { kind: 'cash', amountMinor: byMinor, tenderedMinor: byMinor, changeMinor: 0 },
            ],
          }),
        ];
        const wrong = changes[choice % changes.length]?.(right) ?? right;
        expect(checkTransaction(wrong, { cashStepMinor: 1 })).not.toEqual([]);
      }),
    );
  });
});

describe('changes of a cart', () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), line: cartLine }),
    fc.record({
      kind: fc.constant('quantity' as const),
      lineNumber: fc.nat({ max: 12 }),
      quantityMilli: fc.integer({ max: 100_000 }),
    }),
    fc.record({ kind: fc.constant('remove' as const), lineNumber: fc.nat({ max: 12 }) }),
  );

  test('line numbers are never given twice and totals always compute', () => {
    holds(
      fc.property(fc.array(change, { maxLength: 30 }), taxRules, taxGroups, (changes, rules, groups) => {
        let cart = aCart();
        const given = new Set<number>();
        for (const each of changes) {
          if (each.kind === 'add') {
            const { item, ...options } = each.line;
            const added = addLine(cart, item, options);
            if (!added.ok) continue;
            const isNew = !cart.lines.some((line) => line.lineNumber === added.value.line.lineNumber);
            expect(isNew && given.has(added.value.line.lineNumber)).toBe(false);
            given.add(added.value.line.lineNumber);
            cart = added.value.cart;
          } else {
            const changed =
              each.kind === 'remove'
                ? removeLine(cart, each.lineNumber)
                : changeQuantity(cart, each.lineNumber, each.quantityMilli);
            if (changed.ok) cart = changed.value;
          }
          expect(cart.lines.every((line) => line.quantityMilli > 0)).toBe(true);
        }
        expect(() => cartTotals(cart, rules, groups)).not.toThrow();
      }),
    );
  });

  test('adding an item never lowers what is to be paid', () => {
    holds(
      fc.property(cartLines, cartLine, taxRules, taxGroups, (lines, another, rules, groups) => {
        fc.pre(another.direction === 'sale');
        // A fee inside the price that is larger than the price leaves a net below zero: no shop prices like that.
        fc.pre(!Object.values<TaxGroup>(groups).some((group) => group.components.some(isFeeInPrice)));
        const before = cartTotals(aCart(...lines), rules, groups).totals.grossMinor;
        const after = cartTotals(
          aCart(...lines, { ...another, item: anItem({ ...another.item, sku: 'NEW' }) }),
          rules,
          groups,
        );
        expect(after.totals.grossMinor).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

function isFeeInPrice(component: TaxComponent): boolean {
  return component.isIncludedInPrice && component.charge.kind === 'fixed-per-unit';
}

function stockOf(transactions: readonly Transaction[]): ReadonlyMap<string, number> {
  const stock = new Map<string, number>();
  for (const { itemId, quantityMilli } of transactions.flatMap((each) => each.stockMovements)) {
    const id = asItemId(itemId);
    stock.set(id, (stock.get(id) ?? 0) + quantityMilli);
  }
  return stock;
}

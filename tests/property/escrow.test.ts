// Escrow: whatever holders do with what they know, and in whatever order their changes travel, no right exists twice.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planCover, shortfallOf } from '../../shared/domain/escrow/plan-cover.ts';
import {
  applyRightsChange,
  giveRights,
  grantRights,
  holdersOf,
  mergeBooks,
  NO_RIGHTS,
  onHandOf,
  rightsOf,
  spendInHand,
  spendRights,
  type RightsBook,
  type RightsChange,
} from '../../shared/domain/escrow/rights-book.ts';
import { proposeRebalance, splitShares, type SharePolicy } from '../../shared/domain/escrow/share-policy.ts';
import { holds } from './holds.ts';

const HOLDERS = ['store', 'channel', 'promised', 'constructor'] as const;
const holder = fc.constantFrom(...HOLDERS);
const amount = fc.integer({ min: 1, max: 20 });

/** What happens in a small world of four holders, each with a copy of the book that is updated on contact only. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('grant' as const), who: holder, amount }),
  fc.record({ kind: fc.constant('spend' as const), who: holder, amount }),
  fc.record({ kind: fc.constant('give' as const), who: holder, to: holder, amount }),
  fc.record({ kind: fc.constant('contact' as const), who: holder, to: holder }),
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

type World = {
  readonly copies: Map<string, RightsBook>;
  readonly changes: RightsChange[];
  spent: number;
  granted: number;
};

function run(happenings: readonly Happening[]): World {
  const copies = new Map<string, RightsBook>(HOLDERS.map((name) => [name, NO_RIGHTS]));
  const world: World = { copies, changes: [], spent: 0, granted: 0 };
  for (const each of happenings) {
    const book = copies.get(each.who) ?? NO_RIGHTS;
    if (each.kind === 'contact') {
      const merged = mergeBooks(book, copies.get(each.to) ?? NO_RIGHTS);
      copies.set(each.who, merged).set(each.to, merged);
      continue;
    }
    const step =
      each.kind === 'grant'
        ? grantRights(book, each.who, each.amount)
        : each.kind === 'spend'
          ? spendRights(book, each.who, each.amount)
          : giveRights(book, { from: each.who, to: each.to, amount: each.amount });
    if (!step.ok) continue;
    copies.set(each.who, step.value.book);
    world.changes.push(step.value.change);
    if (each.kind === 'grant') world.granted += each.amount;
    if (each.kind === 'spend') world.spent += each.amount;
  }
  return world;
}

const mergeAll = (world: World): RightsBook =>
  [...world.copies.values()].reduce((all, book) => mergeBooks(all, book), NO_RIGHTS);

describe('rights', () => {
  test('never more is spent than was granted, and the rights of all holders add up to what is on hand', () => {
    holds(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const world = run(happenings);
        const book = mergeAll(world);
        expect(world.spent).toBeLessThanOrEqual(world.granted);
        expect(onHandOf(book)).toBe(world.granted - world.spent);
        expect(holdersOf(book).reduce((sum, who) => sum + rightsOf(book, who), 0)).toBe(onHandOf(book));
        for (const who of holdersOf(book)) expect(rightsOf(book, who)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('what a holder believes it has is never more than it really has', () => {
    holds(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const world = run(happenings);
        const truth = mergeAll(world);
        for (const [who, copy] of world.copies)
          expect(rightsOf(copy, who)).toBeLessThanOrEqual(rightsOf(truth, who));
      }),
    );
  });

  test('changes that arrive shuffled and twice give the same book', () => {
    const shuffled = fc.array(happening, { maxLength: 40 }).chain((happenings) => {
      const world = run(happenings);
      const twice = [...world.changes, ...world.changes];
      const order = fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length });
      return fc.tuple(fc.constant(mergeAll(world)), order);
    });
    holds(
      fc.property(shuffled, ([expected, changes]) => {
        const book = changes.reduce(applyRightsChange, NO_RIGHTS);
        for (const who of HOLDERS) expect(rightsOf(book, who)).toBe(rightsOf(expected, who));
        expect(onHandOf(book)).toBe(onHandOf(expected));
      }),
    );
  });

  test('merging commutes, associates and is idempotent', () => {
    const books = fc
      .array(happening, { maxLength: 40 })
      .map((happenings) => [...run(happenings).copies.values()]);
    holds(
      fc.property(books, ([a = NO_RIGHTS, b = NO_RIGHTS, c = NO_RIGHTS]) => {
        expect(mergeBooks(a, b)).toEqual(mergeBooks(b, a));
        expect(mergeBooks(mergeBooks(a, b), c)).toEqual(mergeBooks(a, mergeBooks(b, c)));
        expect(mergeBooks(a, a)).toEqual(a);
      }),
    );
  });
});

const policy: fc.Arbitrary<SharePolicy> = fc.record({
  channelPpm: fc.integer({ min: 0, max: 1_000_000 }),
  storeMinimum: fc.integer({ min: 0, max: 10_000 }),
  lastUnit: fc.constantFrom('store', 'channel'),
  step: fc.constantFrom(1, 1000),
});

describe('shares', () => {
  test('the two shares add up, and the channels get whole steps only', () => {
    holds(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), policy, (free, how) => {
        const { store, channel } = splitShares(free, how);
        expect(store + channel).toBe(free);
        expect(Math.min(store, channel)).toBeGreaterThanOrEqual(0);
        expect(channel % how.step === 0).toBe(true);
        if (free >= 2 * how.step && store < how.storeMinimum) expect(channel).toBe(0);
      }),
    );
  });

  test('the last unit goes where the policy says', () => {
    const how = { channelPpm: 500_000, storeMinimum: 1000, step: 1000 } as const;
    expect(splitShares(1000, { ...how, lastUnit: 'store' })).toEqual({ store: 1000, channel: 0 });
    expect(splitShares(1000, { ...how, lastUnit: 'channel' })).toEqual({ store: 0, channel: 1000 });
    expect(splitShares(3000, { ...how, lastUnit: 'store' })).toEqual({ store: 2000, channel: 1000 });
  });

  test('every proposed gift can be given, and afterwards nothing is left to propose', () => {
    const held = fc.record({
      one: fc.integer({ min: 0, max: 30_000 }),
      two: fc.nat(30_000),
      web: fc.nat(30_000),
    });
    holds(
      fc.property(held, policy, ({ one, two, web }, how) => {
        let book: RightsBook = NO_RIGHTS;
        for (const [who, granted] of [
          ['one', one],
          ['two', two],
          ['web', web],
        ] as const) {
          const step = grantRights(book, who, granted);
          if (step.ok) book = step.value.book;
        }
        const holders = { store: ['one', 'two'], channel: 'web' };
        const before = onHandOf(book);
        for (const gift of proposeRebalance(book, holders, how)) {
          const step = giveRights(book, gift);
          expect(step.ok).toBe(true);
          if (step.ok) book = step.value.book;
        }
        expect(onHandOf(book)).toBe(before);
        expect(proposeRebalance(book, holders, how)).toEqual([]);
        expect(rightsOf(book, 'web')).toBe(splitShares(before, how).channel);
      }),
    );
  });
});

describe('goods in a hand', () => {
  test('what was sold without a right is covered by shares first, and by the promise that is due last', () => {
    let book: RightsBook = NO_RIGHTS;
    for (const who of ['channel', 'r1', 'r2']) {
      const step = grantRights(book, who, 1000);
      if (step.ok) book = step.value.book;
    }
    const sold = spendInHand(book, 'store', 2000);
    if (sold.ok) book = sold.value.book;
    expect(shortfallOf(book, ['store'])).toBe(2000);
    const promises = [
      { holder: 'r1', dueAt: '2026-03-02T10:00:00.000Z' },
      { holder: 'r2', dueAt: '2026-03-03T10:00:00.000Z' },
    ];
    expect(planCover(book, 'store', { shares: ['channel'], promises })).toEqual([
      { from: 'channel', to: 'store', amount: 1000, breaksPromise: false },
      { from: 'r2', to: 'store', amount: 1000, breaksPromise: true },
    ]);
  });
});

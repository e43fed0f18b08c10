// Rights over something that must not be given out twice: units on a shelf, value on a card, points, uses of a coupon. Every unit
// of it is a right that exactly one holder has; a holder spends and gives away only its own, at once and without asking anybody.
//
//   granted ──► held ──given──► held by somebody else
//                 └──spent──► gone
//
// What a holder has written only grows and is written by nobody else, so two copies of a book merge by taking the larger of each
// number, in any order and as often as one likes. This is the escrow method (O'Neil 1986) in the form of the bounded
// counter (Balegas et al. 2015).

import { accept, refuse, type Outcome } from '../refusal.ts';

/** Who may hold rights: a workstation, the channels, one reservation. */
export type HolderId = string;

/** Everything one holder has written about one resource. Sums since the beginning, in the unit of the resource. */
export type RightsAccount = {
  /** Rights that came into being here: goods received, value loaded. */
  readonly granted: number;
  /** Rights used up here: goods sold, value taken. */
  readonly spent: number;
  /** Rights handed to others, by holder. */
  readonly given: Readonly<Record<HolderId, number>>;
};

/** One resource, as far as the owner of this copy knows. */
export type RightsBook = Readonly<Record<HolderId, RightsAccount>>;

/**
 * One change, as it travels. `totalAfter` is the holder's sum with this change, so that a change that comes twice, or after a
 * later one, changes nothing.
 */
export type RightsChange = {
  readonly kind: 'granted' | 'spent' | 'given';
  readonly holder: HolderId;
  /** For `given`: who has them now. */
  readonly to?: HolderId;
  readonly amount: number;
  readonly totalAfter: number;
};

export type RightsRefusal = 'rights-short' | 'rights-amount-invalid' | 'rights-same-holder';

export type RightsStep = { readonly book: RightsBook; readonly change: RightsChange };

export const NO_RIGHTS: RightsBook = {};
const NO_ACCOUNT: RightsAccount = { granted: 0, spent: 0, given: {} };

/** What a holder may still spend or give away; below 0 only after goods in a hand were sold without a right. */
export function rightsOf(book: RightsBook, holder: HolderId): number {
  const own = accountOf(book, holder);
  let held = own.granted - own.spent;
  for (const amount of Object.values(own.given)) held -= amount;
  for (const other of Object.values(book)) held += amountFor(other.given, holder);
  return held;
}

/** Everybody who holds rights or owes some, in sorted order. */
export function holdersOf(book: RightsBook): readonly HolderId[] {
  const holders = new Set<HolderId>(Object.keys(book));
  for (const account of Object.values(book)) for (const to of Object.keys(account.given)) holders.add(to);
  return [...holders].sort();
}

/** What is there: everything granted less everything spent. The rights of all holders always add up to it. */
export function onHandOf(book: RightsBook): number {
  return Object.values(book).reduce((sum, { granted, spent }) => sum + granted - spent, 0);
}

/** New rights for a holder: goods came in. Refuses what is no positive whole number. */
export function grantRights(
  book: RightsBook,
  holder: HolderId,
  amount: number,
): Outcome<RightsStep, RightsRefusal> {
  if (!isAmount(amount)) return refuse('rights-amount-invalid');
  return written(book, {
    kind: 'granted',
    holder,
    amount,
    totalAfter: accountOf(book, holder).granted + amount,
  });
}

/** Uses rights up. Refuses (`rights-short`) more than the holder has: then it must ask another holder first. */
export function spendRights(
  book: RightsBook,
  holder: HolderId,
  amount: number,
): Outcome<RightsStep, RightsRefusal> {
  const missing = shortOf(book, holder, amount);
  return missing ?? spendInHand(book, holder, amount);
}

/**
 * Uses rights up although they may be missing, because the thing is in a customer's hand and a manager agreed. What is missing then
 * shows as rights below 0, until somebody covers it (planCover).
 */
export function spendInHand(
  book: RightsBook,
  holder: HolderId,
  amount: number,
): Outcome<RightsStep, RightsRefusal> {
  if (!isAmount(amount)) return refuse('rights-amount-invalid');
  return written(book, {
    kind: 'spent',
    holder,
    amount,
    totalAfter: accountOf(book, holder).spent + amount,
  });
}

/** Hands rights to somebody else. Refuses more than the holder has, and giving to oneself. */
export function giveRights(
  book: RightsBook,
  given: { readonly from: HolderId; readonly to: HolderId; readonly amount: number },
): Outcome<RightsStep, RightsRefusal> {
  const { from, to, amount } = given;
  if (from === to) return refuse('rights-same-holder');
  const missing = shortOf(book, from, amount);
  if (missing !== null) return missing;
  const totalAfter = amountFor(accountOf(book, from).given, to) + amount;
  return written(book, { kind: 'given', holder: from, to, amount, totalAfter });
}

/** The book with a change that somebody wrote: once, twice or late, the result is the same. */
export function applyRightsChange(book: RightsBook, change: RightsChange): RightsBook {
  const own = accountOf(book, change.holder);
  const { kind, totalAfter, to } = change;
  if (kind === 'given') {
    if (to === undefined) return book;
    const given = { ...own.given, [to]: Math.max(amountFor(own.given, to), totalAfter) };
    return { ...book, [change.holder]: { ...own, given } };
  }
  return { ...book, [change.holder]: { ...own, [kind]: Math.max(own[kind], totalAfter) } };
}

/** Two copies of a book on contact: all that either knows. */
export function mergeBooks(one: RightsBook, other: RightsBook): RightsBook {
  const merged: Record<HolderId, RightsAccount> = { ...one };
  for (const [holder, theirs] of Object.entries(other)) {
    const ours = accountOf(one, holder);
    const given: Record<HolderId, number> = { ...ours.given };
    for (const [to, amount] of Object.entries(theirs.given))
      given[to] = Math.max(amountFor(given, to), amount);
    merged[holder] = {
      granted: Math.max(ours.granted, theirs.granted),
      spent: Math.max(ours.spent, theirs.spent),
      given,
    };
  }
  return merged;
}

function shortOf(
  book: RightsBook,
  holder: HolderId,
  amount: number,
): ReturnType<typeof refuse<RightsRefusal>> | null {
  if (!isAmount(amount)) return refuse('rights-amount-invalid');
  const held = rightsOf(book, holder);
  return amount <= held
    ? null
    : refuse('rights-short', { held: Math.max(0, held), missing: amount - Math.max(0, held) });
}

function written(book: RightsBook, change: RightsChange): Outcome<RightsStep, RightsRefusal> {
  if (!Number.isSafeInteger(change.totalAfter)) return refuse('rights-amount-invalid');
  return accept({ book: applyRightsChange(book, change), change });
}

const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount > 0;
const amountFor = (given: Readonly<Record<HolderId, number>>, holder: HolderId): number =>
  Object.hasOwn(given, holder) ? (given[holder] ?? 0) : 0;
const accountOf = (book: RightsBook, holder: HolderId): RightsAccount =>
  Object.hasOwn(book, holder) ? (book[holder] ?? NO_ACCOUNT) : NO_ACCOUNT;

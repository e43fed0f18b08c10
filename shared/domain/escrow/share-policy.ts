// How the free units of an item are split between the counter of a store and the channels, while both can be asked. A policy only
// proposes: rights move when the holder that has them gives them. After a cut everybody keeps what the last split gave.

import type { HolderId, RightsBook } from './rights-book.ts';
import { rightsOf } from './rights-book.ts';

export type SharePolicy = {
  /** Part of the free units that the channels may promise without asking, in millionths. */
  readonly channelPpm: number;
  /** The counter keeps at least so many, as long as there are so many. */
  readonly storeMinimum: number;
  /** Who gets what does not divide, and the last unit of all. */
  readonly lastUnit: 'store' | 'channel';
  /** The smallest amount that can be promised: 1000 for pieces, 1 for goods by weight. */
  readonly step: number;
};

export type Shares = { readonly store: number; readonly channel: number };

/** About a third for the channels (one of three), and the last one stays where a customer can take it. */
export const DEFAULT_SHARE_POLICY: SharePolicy = {
  channelPpm: 340_000,
  storeMinimum: 1000,
  lastUnit: 'store',
  step: 1000,
};

const PPM = 1_000_000;

/**
 * The two shares of `free` units (0 and up). They add up to `free`; the channels never get a part of a step; of one step alone
 * the side named by `lastUnit` has it.
 */
export function splitShares(free: number, policy: SharePolicy): Shares {
  if (!Number.isSafeInteger(free) || free <= 0) return { store: 0, channel: 0 };
  const step = Math.max(1, policy.step);
  const steps = Math.floor(free / step);
  const part = BigInt(steps) * BigInt(policy.channelPpm);
  const rounded = policy.lastUnit === 'channel' ? part + BigInt(PPM - 1) : part;
  const wanted = Math.min(Number(rounded / BigInt(PPM)), steps);
  // The last unit of all belongs to the side that the policy names, whatever the minimum says.
  if (steps === 1) return policy.lastUnit === 'channel' ? halves(free, step) : halves(free, 0);
  const leftToStore = free - wanted * step;
  if (leftToStore >= policy.storeMinimum) return halves(free, wanted * step);
  const channel = Math.max(0, Math.floor((free - policy.storeMinimum) / step)) * step;
  return halves(free, channel);
}

const halves = (free: number, channel: number): Shares => ({ store: free - channel, channel });

export type ProposedGift = { readonly from: HolderId; readonly to: HolderId; readonly amount: number };

/**
 * What should move between the counter's holders and the channels' holder so that the policy holds again; each gift is made by its
 * `from` or not at all. Holders that are short (below 0) are served first, by whoever has most.
 */
export function proposeRebalance(
  book: RightsBook,
  holders: { readonly store: readonly HolderId[]; readonly channel: HolderId },
  policy: SharePolicy,
): readonly ProposedGift[] {
  const held = new Map([...holders.store, holders.channel].map((holder) => [holder, rightsOf(book, holder)]));
  const free = [...held.values()].reduce((sum, amount) => sum + amount, 0);
  const target = splitShares(free, policy);
  const targets = new Map<HolderId, number>([[holders.channel, target.channel]]);
  for (const [place, holder] of holders.store.entries()) {
    targets.set(holder, evenPart(target.store, { place, of: holders.store.length, step: policy.step }));
  }
  const gifts: ProposedGift[] = [];
  const over = (holder: HolderId): number => (held.get(holder) ?? 0) - (targets.get(holder) ?? 0);
  const ordered = [...held.keys()].sort((one, other) => over(other) - over(one) || (one < other ? -1 : 1));
  for (const to of ordered.toReversed()) {
    for (const from of ordered) {
      const amount = Math.min(over(from), -over(to), held.get(from) ?? 0);
      if (amount <= 0) continue;
      gifts.push({ from, to, amount });
      held.set(from, (held.get(from) ?? 0) - amount);
      held.set(to, (held.get(to) ?? 0) + amount);
    }
  }
  return gifts;
}

/** Whole steps as evenly as can be; the first holder has what does not divide. */
function evenPart(
  amount: number,
  given: { readonly place: number; readonly of: number; readonly step: number },
): number {
  const step = Math.max(1, given.step);
  const steps = Math.floor(amount / step);
  const each = Math.floor(steps / given.of) + (given.place < steps % given.of ? 1 : 0);
  return each * step + (given.place === 0 ? amount - steps * step : 0);
}

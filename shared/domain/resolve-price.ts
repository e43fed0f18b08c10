// Which price an item has here and now, and which rule gave it. Without a rule the item's own price counts in every
// channel and store. The winner is the rule with the higher priority, among equals the lowest price, then the smaller id;
// the order in which rules are listed never matters. A price change with a start time is a rule that begins then, so every
// workstation changes over by itself, also without a network.

import type { Item } from './item.ts';
import { addAmounts, applyRate } from './money.ts';
import type { PriceContext, PriceResolution, PriceRule, RuleReason } from './price-rule.ts';

/** What the price book needs to know of an item. */
export type PricedItem = Pick<Item, 'id' | 'categoryId' | 'priceMinor'>;

/**
 * The unit price of an item for a line of `quantityMilli`, with the rule that gave it and why the other rules about the
 * item did not. Rules about other goods are not mentioned.
 */
export function resolvePrice(
  item: PricedItem,
  quantityMilli: number,
  rules: readonly PriceRule[],
  context: PriceContext,
): PriceResolution {
  const own = rules
    .filter((rule) => isAbout(rule, item))
    .sort((left, right) => compareTexts(left.id, right.id));
  const open = own.filter((rule) => closedReason(rule, quantityMilli, context) === null);
  let winner: PriceRule | null = null;
  for (const rule of open) if (winner === null || wins(rule, winner, item)) winner = rule;
  const considered = own.flatMap((rule) => {
    if (rule === winner) return [];
    const reason = closedReason(rule, quantityMilli, context) ?? lossReason(rule, winner);
    return [{ ruleId: rule.id, name: rule.name, reason }];
  });
  return {
    priceMinor: winner === null ? item.priceMinor : priceByRule(winner, item),
    rule: winner === null ? null : { id: winner.id, name: winner.name },
    considered,
  };
}

/** Instants after `now` at which some rule begins or ends, ascending: when shown prices have to be asked again. */
export function priceChangesAfter(now: string, rules: readonly PriceRule[]): readonly string[] {
  const instants = rules.flatMap((rule) => [rule.validFrom ?? [], rule.validUntil ?? []].flat());
  return [...new Set(instants)].filter((instant) => compareInstants(instant, now) > 0).sort(compareInstants);
}

/** The price that one rule gives: its own, or the item's less its rate (rounded half-up, never below zero). */
export function priceByRule(rule: PriceRule, item: Pick<PricedItem, 'priceMinor'>): number {
  if ('priceMinor' in rule) return rule.priceMinor;
  return Math.max(0, addAmounts(item.priceMinor, -applyRate(item.priceMinor, rule.ratePpm, 'half-up')));
}

function isAbout(rule: PriceRule, item: PricedItem): boolean {
  if (rule.itemIds === undefined && rule.categoryIds === undefined) return true;
  return rule.itemIds?.includes(item.id) === true || rule.categoryIds?.includes(item.categoryId) === true;
}

function closedReason(rule: PriceRule, quantityMilli: number, context: PriceContext): RuleReason | null {
  if (rule.channel !== undefined && rule.channel !== context.channel) return 'other-channel';
  if (rule.storeId !== undefined && rule.storeId !== context.storeId) return 'other-store';
  if (rule.customerGroup !== undefined && !context.customerGroups.includes(rule.customerGroup)) {
    return 'customer-not-in-group';
  }
  if (quantityMilli < (rule.minQuantityMilli ?? 0)) return 'quantity-too-low';
  if (rule.validFrom !== undefined && compareInstants(context.now, rule.validFrom) < 0)
    return 'not-yet-valid';
  if (rule.validUntil !== undefined && compareInstants(context.now, rule.validUntil) >= 0)
    return 'no-longer-valid';
  return null;
}

function wins(rule: PriceRule, other: PriceRule, item: PricedItem): boolean {
  if (rule.priority !== other.priority) return rule.priority > other.priority;
  const [own, others] = [priceByRule(rule, item), priceByRule(other, item)];
  return own === others ? compareTexts(rule.id, other.id) < 0 : own < others;
}

function lossReason(rule: PriceRule, winner: PriceRule | null): RuleReason {
  return winner !== null && winner.priority > rule.priority ? 'another-has-priority' : 'another-is-better';
}

// Instants may be written with different fractions of a second, so they are compared as times.
function compareInstants(left: string, right: string): number {
  return Date.parse(left) - Date.parse(right);
}

// Code-unit order: the same on every machine, unlike a locale's.
function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

// Computes the prices of a sale again, by the version of the price book, the settings and the items that the sale says it was
// computed with: unit prices and the rules that gave them, promotions and discounts line by line, tax groups and rates. A sale
// with old prices is right when they were the shop's prices then; what was never so is a difference with both values.

import { canonicalJson } from './canonical-json.ts';
import type { BundlePart, CartLine, ManualModifier } from './cart.ts';
import { pricesOf } from './cart-totals.ts';
import type { Difference } from './check-transaction.ts';
import { usedCoupons } from './coupon-use.ts';
import { pointsFor } from './earned-points.ts';
import type { ItemId, TaxGroupId } from './ids.ts';
import type { Item } from './item.ts';
import { wholeStamp, type PricedWith } from './stated-prices.ts';
import type { PriceStamp } from './price-stamp.ts';
import type { PriceBook } from './promotion-document.ts';
import type { PromotionContext } from './promotions/promotion.ts';
import { resolvePrice } from './resolve-price.ts';
import type { StoreSettings } from './store.ts';
import type { AppliedModifier, Transaction, TransactionLine } from './transaction.ts';

/** What the shop had published. Null means: never. */
export type PublishedPrices = {
  readonly bookOf: (revision: number) => PriceBook | null;
  readonly settingsOf: (revision: number) => StoreSettings | null;
  readonly itemOf: (id: ItemId, revision: number) => Item | null;
};

export type CheckPricesGiven = PublishedPrices & {
  readonly channel: string;
  /** Time and customer as promotions ask for them (promotionContextOf), by the store as it was then. */
  readonly contextOf: (
    buyer: Pick<PricedWith, 'customerGroups' | 'isFirstPurchase'> & {
      readonly pricedAt: string;
      readonly coupons?: readonly string[];
    },
    store: StoreSettings['store'],
  ) => PromotionContext;
  /** May this operator set prices by hand? */
  readonly mayOverride: boolean;
};

/** Is there anything to compute again? A void mirrors what was judged, practice counts nowhere. */
export function statesPrices(
  transaction: Transaction,
): transaction is Transaction & { readonly pricedWith: PricedWith } {
  const { pricedWith, voids, isTraining, lines } = transaction;
  return pricedWith !== undefined && voids === undefined && isTraining !== true && lines.length > 0;
}

/** All places where prices are not what the shop's published rules come to. Never throws. */
export function checkPrices(transaction: Transaction, given: CheckPricesGiven): readonly Difference[] {
  if (!statesPrices(transaction)) return [];
  try {
    return differencesOf(transaction, given);
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message : 'unknown';
    return [{ path: 'prices', stated: 'computable', computed: reason }];
  }
}

type Compare = (path: string, stated: string | number, computed: string | number) => void;

function differencesOf(
  transaction: Transaction & { readonly pricedWith: PricedWith },
  given: CheckPricesGiven,
): readonly Difference[] {
  const differences: Difference[] = [];
  const compare: Compare = (path, stated, computed) => {
    if (stated !== computed) differences.push({ path, stated, computed });
  };
  const { pricedWith } = transaction;
  const [book, settings] = [given.bookOf(pricedWith.book), given.settingsOf(pricedWith.settings)];
  if (book === null) compare('pricedWith.book', pricedWith.book, 'never published');
  if (settings === null) compare('pricedWith.settings', pricedWith.settings, 'never published');
  if (book === null || settings === null) return differences;
  compareSettings(compare, transaction, settings);
  // Foreign cash may have been counted a moment before new settings came.
  compareRates(compare, transaction.tenders, [settings, given.settingsOf(pricedWith.settings - 1)]);
  for (const [place, line] of transaction.lines.entries()) {
    if (line.direction === 'return' || line.heldPrice !== undefined) continue;
    comparePrice(compare, `lines[${String(place)}]`, line, { ...given, transaction });
  }
  comparePromotions(compare, transaction, { ...given, book, settings });
  return differences;
}

function compareSettings(
  compare: Compare,
  { taxRules, taxGroups }: Transaction,
  settings: StoreSettings,
): void {
  compareJson(compare, 'taxRules', taxRules, settings.taxRules);
  for (const [id, group] of Object.entries(taxGroups)) {
    const known = settings.taxGroups[id as TaxGroupId]; // A key of the record of groups.
    compareJson(compare, `taxGroups.${id}`, group, known ?? null);
  }
}

// Nearly always equal; the text is made for people where it is not.
function compareJson(compare: Compare, path: string, stated: unknown, computed: unknown): void {
  if (!isSameJson(stated, computed)) compare(path, canonicalJson(stated), canonicalJson(computed));
}

function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => isSameJson(one[key], other[key]));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function compareRates(
  compare: Compare,
  tenders: Transaction['tenders'],
  settings: readonly (StoreSettings | null)[],
): void {
  const rates = settings.flatMap((each) => each?.store.exchangeRates ?? []);
  for (const { foreign } of tenders) {
    if (foreign === undefined) continue;
    const { currency, rateMicro, perUnits } = foreign;
    const isKnown = rates.some(
      (rate) => rate.currency === currency && rate.rateMicro === rateMicro && rate.perUnits === perUnits,
    );
    if (!isKnown) compare('tenders.rate', `${String(rateMicro)} ${currency}`, 'never set');
  }
}

type LineGiven = CheckPricesGiven & {
  readonly transaction: Transaction & { readonly pricedWith: PricedWith };
};

function comparePrice(compare: Compare, path: string, line: TransactionLine, given: LineGiven): void {
  if (line.priced?.book === 0) return;
  const asked = askAgain(line.itemId, line.priced, { ...given, quantityMilli: line.quantityMilli });
  if (asked === null) {
    compare(`${path}.itemId`, line.itemId, 'no such version');
    return;
  }
  const { item, isTyped, resolution } = asked;
  for (const key of ['sku', 'unit', 'taxGroupId', 'categoryId'] as const) {
    compare(`${path}.${key}`, line[key] ?? 'none', item[key]);
  }
  for (const key of ['minimumPriceMinor', 'ageMinimum', 'trackBy'] as const) {
    compare(`${path}.${key}`, line[key] ?? 'none', item[key] ?? 'none');
  }
  compare(`${path}.isService`, Number(line.isService === true), Number(item.isService === true));
  if (isTyped) compareTyped(compare, `${path}.unitPriceMinor`, line, { ...given, item });
  else if (resolution === null) compare(`${path}.priced`, line.priced?.book ?? 'none', 'never published');
  else {
    compare(`${path}.unitPriceMinor`, line.unitPriceMinor, resolution.priceMinor);
    compare(`${path}.priceRule`, line.priceRule?.id ?? 'none', resolution.rule?.id ?? 'none');
  }
  if (line.bundleOf !== undefined) {
    compareBundle(compare, `${path}.bundleOf`, line.bundleOf, { ...given, itemId: line.itemId });
  }
}

/** The item as it was, and its price as the price book gave it then; null for a version that never was. */
function askAgain(
  id: ItemId,
  priced: PriceStamp | undefined,
  given: LineGiven & { readonly quantityMilli: number },
): {
  readonly item: Item;
  readonly isTyped: boolean;
  readonly resolution: ReturnType<typeof resolvePrice> | null;
} | null {
  const { transaction, channel } = given;
  const stamp = wholeStamp(priced, transaction.pricedWith, given.quantityMilli);
  const item = given.itemOf(id, stamp.itemRevision);
  if (item === null) return null;
  const book = given.bookOf(stamp.book);
  const { customerGroups, at: now, isTyped } = stamp;
  const context = { channel, storeId: transaction.storeId, customerGroups, now };
  const resolution = book === null ? null : resolvePrice(item, stamp.quantityMilli, book.priceRules, context);
  return { item, isTyped, resolution };
}

// A price that did not come from the price book: typed where the item's price is open, read off a label, or set by somebody
// who may.
function compareTyped(
  compare: Compare,
  path: string,
  { unitPriceMinor, scannedCode }: TransactionLine,
  { item, mayOverride }: LineGiven & { readonly item: Item },
): void {
  const { openPrice } = item;
  if (openPrice !== undefined) {
    const { minMinor, maxMinor } = openPrice;
    compare(path, unitPriceMinor, Math.min(Math.max(unitPriceMinor, minMinor), maxMinor));
  } else if (scannedCode === undefined && !mayOverride) compare(path, unitPriceMinor, item.priceMinor);
}

function compareBundle(
  compare: Compare,
  path: string,
  part: BundlePart,
  given: LineGiven & { readonly itemId: ItemId },
): void {
  if (part.priced?.book === 0) return;
  const asked = askAgain(part.itemId, part.priced, { ...given, quantityMilli: part.quantityMilli });
  if (asked === null || asked.item.bundle === undefined) {
    compare(`${path}.itemId`, part.itemId, 'no such bundle');
    return;
  }
  const { item, isTyped, resolution } = asked;
  const component = item.bundle?.components.find(({ itemId }) => itemId === given.itemId);
  compare(`${path}.partMilli`, part.partMilli, component?.quantityMilli ?? 0);
  if (isTyped) return;
  const own = item.bundle?.pricing === 'own' ? (resolution?.priceMinor ?? item.priceMinor) : 'parts';
  compare(`${path}.unitPriceMinor`, part.unitPriceMinor ?? 'parts', own);
}

function comparePromotions(
  compare: Compare,
  transaction: Transaction & { readonly pricedWith: PricedWith },
  given: CheckPricesGiven & { readonly book: PriceBook; readonly settings: StoreSettings },
): void {
  const { pricedWith, coupons: shown } = transaction;
  const { at, customerGroups, isFirstPurchase, discounts } = pricedWith;
  const { book, settings } = given;
  const context = given.contextOf(
    {
      pricedAt: at,
      ...(customerGroups === undefined ? {} : { customerGroups }),
      ...(isFirstPurchase === undefined ? {} : { isFirstPurchase }),
      ...(shown === undefined ? {} : { coupons: shown }),
    },
    settings.store,
  );
  const cart = {
    lines: transaction.lines.map(asEntered),
    ...(discounts === undefined ? {} : { discounts }),
  };
  const promotions = { promotions: book.promotions, context };
  const again = pricesOf(cart, transaction.taxRules, transaction.taxGroups, { promotions });
  for (const [place, line] of transaction.lines.entries()) {
    const { modifiers: computed = [] } = again.lines[place] ?? {};
    // What an exemption takes out of a price follows from the tax, which is computed again for every sale.
    const stated = (line.modifiers ?? []).filter(({ kind }) => kind !== 'exemption');
    if (stated.length === 0 && computed.length === 0) continue;
    compare(`lines[${String(place)}].modifiers`, textOf(stated), textOf(computed));
  }
  const bought = { lines: transaction.lines, pointsTimes: again.pointsTimes };
  const earned = pointsFor(transaction, bought, settings.store.points);
  compare('points', canonicalJson(transaction.points ?? null), canonicalJson(earned));
  const coupons = usedCoupons(again.lines, book.promotions, transaction.customerId);
  compare('usedCoupons', canonicalJson(transaction.usedCoupons ?? []), canonicalJson(coupons));
}

const textOf = (modifiers: readonly AppliedModifier[]): string =>
  modifiers.length === 0 ? 'none' : canonicalJson(modifiers);

/** The line of the cart, with what people decided about it and without what rules made of it. */
function asEntered(line: TransactionLine): CartLine {
  // Without modifiers it is one; taking it apart would cost more than judging it.
  if (line.modifiers === undefined) return line as CartLine;
  const { modifiers, ...kept } = line;
  const entered = modifiers.flatMap((modifier) => enteredOf(modifier) ?? []);
  return entered.length === 0 ? kept : { ...kept, modifiers: entered };
}

function enteredOf(modifier: AppliedModifier): ManualModifier | null {
  const { kind, reasonCode, operatorId, approvalId, ratePpm, enteredMinor, unitPriceMinor } = modifier;
  if (reasonCode === undefined || operatorId === undefined) return null;
  const decision = { reasonCode, operatorId, ...(approvalId === undefined ? {} : { approvalId }) };
  if (kind === 'price-override' && unitPriceMinor !== undefined) return { kind, unitPriceMinor, ...decision };
  if (kind !== 'line-discount') return null;
  if (ratePpm !== undefined) return { kind, ratePpm, ...decision };
  return enteredMinor === undefined ? null : { kind, amountMinor: enteredMinor, ...decision };
}

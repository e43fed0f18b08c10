// A store's settings as they replicate to its workstations.

import type { PointsRule } from './earned-points.ts';
import type { ExchangeRate } from './exchange-rate.ts';
import type { EmbeddedPattern } from './embedded-barcode.ts';
import type { Category } from './item.ts';
import type { Language } from './localized-text.ts';
import type { OrderRules } from './order-rules.ts';
import type { PrinterId, StoreId, TaxGroupId } from './ids.ts';
import type { ReceiptLayout } from './receipt-layout.ts';
import type { ReasonedAction } from './reason-code.ts';
import type { TaxGroup, TaxRules } from './tax.ts';

export type Store = {
  readonly id: StoreId;
  /** Two digits and up; the first part of every receipt number. */
  readonly number: number;
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly taxNumber: string;
  /** IANA name; the business day is cut in it. */
  readonly timeZone: string;
  /** Minutes after midnight at which the next business day begins, 0..720. */
  readonly dayStartsAtMinute: number;
  readonly currency: string;
  /** Smallest cash amount in minor units where the country differs from the currency's usual step (euro: 5). */
  readonly cashRoundingStepMinor?: number;
  /** Currencies that are taken as cash, past and coming rates included. */
  readonly exchangeRates?: readonly ExchangeRate[];
  readonly defaultLanguage: Language;
  readonly receiptFooter: string;
  /** How the shop's own scales print weight or price into a code. */
  readonly scalePatterns?: readonly EmbeddedPattern[];
  /** May goods be sold while no till session is open? Sales outside of a session stand on no Z report. Absent: no. */
  readonly maySellWithoutTill?: boolean;
  /** What the shop wants a reason for, though it takes no permission: removing lines, giving up carts. */
  readonly reasonsAskedFor?: readonly ReasonedAction[];
  /** What known customers earn points for; absent: there are none. */
  readonly points?: PointsRule;
  /** Where it stands, in millionths of a degree, for customers who look for the nearest store. */
  readonly location?: { readonly latitudeMicro: number; readonly longitudeMicro: number };
  /** When it is open, in its own time; a weekday that is missing is closed. Absent: nobody has said. */
  readonly hours?: readonly OpeningHours[];
};

export type OpeningHours = {
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Minutes after midnight. */
  readonly opensAtMinute: number;
  readonly closesAtMinute: number;
};

export type StoreSettings = {
  readonly store: Store;
  readonly taxRules: TaxRules;
  readonly taxGroups: Readonly<Record<TaxGroupId, TaxGroup>>;
  readonly categories: readonly Category[];
  readonly printers: readonly ConfiguredPrinter[];
  /** True in the demo store: the enrol screen offers it in one tap. */
  readonly isDemo: boolean;
  /** Terms of quotations, orders and layaways; DEFAULT_ORDER_RULES where absent. */
  readonly orderRules?: OrderRules;
  /** How receipts look; DEFAULT_RECEIPT_LAYOUT where absent. */
  readonly receiptLayout?: ReceiptLayout;
  /** Counts the versions of these settings. */
  readonly revision?: number;
  /** Public keys with which the server signs for this store (pickup tokens): P-256 points, base64url. */
  readonly serverKeys?: readonly ServerPublicKey[];
  /** Card terminals that the server may ask; absent where there are none. */
  readonly terminals?: readonly ConfiguredTerminal[];
};

/** A card terminal the server may ask. Workstations name it by id; the address never comes from a request. */
export type ConfiguredTerminal = {
  readonly id: string;
  readonly name: string;
  readonly driver: 'zvt' | 'nexo';
};

export type ServerPublicKey = { readonly x: string; readonly y: string };

/** A printer the server may reach. Workstations name it by id; the address never comes from a request. */
export type ConfiguredPrinter = {
  readonly id: PrinterId;
  readonly name: string;
  /** Characters per line in font A: 48 for 80 mm, 32 for 58 mm. */
  readonly columns: number;
  /** Key of a printer profile: code pages, symbols, knife. Absent: a usual Epson-compatible printer. */
  readonly profile?: string;
  /** A printer of labels that speaks ZPL, with that many dots per inch; absent for receipt printers. */
  readonly zplDpi?: 203 | 300;
};

/** Does it print receipts, not labels? */
export const isReceiptPrinter = ({ zplDpi }: Pick<ConfiguredPrinter, 'zplDpi'>): boolean =>
  zplDpi === undefined;

// What a manager may change of the shop's settings at a till: rates of foreign cash, the terms of orders, what the till asks, what earns points, and
// how far the operators' limits go. The server does it and writes it down; a till without the server changes nothing.

import type { ExchangeRate } from './exchange-rate.ts';
import type { OperatorId, WorkstationId } from './ids.ts';
import type { OperatorLimits } from './operator.ts';
import type { OrderRules } from './order-rules.ts';
import type { ReasonedAction } from './reason-code.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import type { Store } from './store.ts';

export type SettingsChange =
  /** From now on; the rate before ends by it. */
  | {
      readonly kind: 'exchange-rate';
      readonly currency: string;
      readonly rateMicro: number;
      readonly perUnits: number;
    }
  /** The currency is no longer taken. */
  | { readonly kind: 'exchange-rate-ended'; readonly currency: string }
  | { readonly kind: 'order-rules'; readonly rules: OrderRules }
  | {
      readonly kind: 'till-rules';
      readonly maySellWithoutTill: boolean;
      readonly reasonsAskedFor: readonly ReasonedAction[];
    }
  /** From now on; null: no points are given. */
  | { readonly kind: 'points'; readonly spendMinor: number | null }
  | { readonly kind: 'operator-limits'; readonly operatorId: OperatorId; readonly limits: OperatorLimits };

/** As it is written down: who changed what, at which workstation. */
export type SettingsChanged = {
  readonly change: SettingsChange;
  readonly changedBy: OperatorId;
  readonly changedAt: WorkstationId;
};

/** Rates of one store that are kept with their history. */
export const EXCHANGE_RATES_MAX = 500;

export type SettingsRefusal = 'rate-own-currency' | 'rate-not-taken' | 'too-many-rates';

/**
 * The store after a change of its own settings; of other changes as it was. Rates stay in the list when they end: sales that
 * come late are judged by them.
 */
export function changeStore(
  store: Store,
  change: SettingsChange,
  given: { readonly now: string; readonly setBy: string },
): Outcome<Store, SettingsRefusal> {
  const rates = store.exchangeRates ?? [];
  switch (change.kind) {
    case 'exchange-rate': {
      const { currency, rateMicro, perUnits } = change;
      if (currency === store.currency) return refuse('rate-own-currency', { currency });
      if (rates.length >= EXCHANGE_RATES_MAX) return refuse('too-many-rates', { max: EXCHANGE_RATES_MAX });
      const rate: ExchangeRate = { currency, rateMicro, perUnits, validFrom: given.now, setBy: given.setBy };
      return accept({ ...store, exchangeRates: [...rates, rate] });
    }
    case 'exchange-rate-ended': {
      const isOpen = ({ currency, validUntil }: ExchangeRate): boolean =>
        currency === change.currency && (validUntil === undefined || validUntil > given.now);
      if (!rates.some(isOpen)) return refuse('rate-not-taken', { currency: change.currency });
      const ended = rates.map((rate) => (isOpen(rate) ? { ...rate, validUntil: given.now } : rate));
      return accept({ ...store, exchangeRates: ended });
    }
    case 'till-rules': {
      const { maySellWithoutTill, reasonsAskedFor } = change;
      return accept({ ...store, maySellWithoutTill, reasonsAskedFor });
    }
    case 'points': {
      const { points: _before, ...rest } = store;
      return accept(
        change.spendMinor === null ? rest : { ...rest, points: { spendMinor: change.spendMinor } },
      );
    }
    case 'order-rules':
    case 'operator-limits':
      return accept(store);
  }
}

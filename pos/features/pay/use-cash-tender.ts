// What is typed while cash is taken, what it means, and the one step that makes the sale final. Less than what is
// due is refused before the till is asked.

import { useState } from 'preact/hooks';
import type { CartView } from '../../../shared/client/runtime.ts';
import { cashStepOf, currencyOf } from '../../../shared/domain/currency.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { quickAmounts, settleInCash } from '../../../shared/domain/tender.ts';
import { entryAfter, type NumpadKey } from '../../../shared/ui/numpad.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

const ENTRY_MAX = 10;

export type CashTender = {
  readonly entry: string;
  readonly digits: number;
  readonly dueMinor: number;
  /** What is typed, or exactly what is due while nothing is. */
  readonly tenderedMinor: number;
  readonly isShort: boolean;
  readonly isBusy: boolean;
  readonly problem: string | null;
  readonly quickMinor: readonly number[];
  readonly press: (key: NumpadKey) => void;
  /** Completes the sale with this much handed over, or says why not. */
  readonly take: (handedOverMinor: number) => Promise<void>;
};

export function useCashTender(view: CartView): CashTender {
  const pos = usePos();
  const words = useWords();
  const [entry, setEntry] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { currency } = view.cart;
  const { digits } = currencyOf(currency);
  const store = pos.workstation.settings.value?.store;
  const cash = { stepMinor: store === undefined ? 1 : cashStepOf(store) };
  const dueMinor = view.dueInCashMinor;
  const typed = parseDecimal(entry, digits);
  const tenderedMinor = typed.ok ? typed.value : dueMinor;

  const refuse = (refusal: Refusal): void => {
    pos.sounds.bad();
    setProblem(refusalText(words, refusal, currency));
  };
  return {
    entry,
    digits,
    dueMinor,
    tenderedMinor,
    isShort: entry !== '' && tenderedMinor < dueMinor,
    isBusy,
    problem,
    quickMinor: quickAmounts(view.totals.grossMinor, cash),
    press(key) {
      setProblem(null);
      setEntry((before) => {
        const once = entryAfter(before, key === '00' ? '0' : key, ENTRY_MAX);
        const next = key === '00' ? entryAfter(once, '0', ENTRY_MAX) : once;
        return (next.split('.')[1]?.length ?? 0) > digits ? before : next;
      });
    },
    async take(handedOverMinor) {
      if (isBusy) return;
      const settled = settleInCash(view.totals.grossMinor, handedOverMinor, cash);
      if (!settled.ok) return refuse(settled);
      const { tenders } = settled.value;
      setBusy(true);
      const outcome = await pos.workstation.completeSale({ tenders });
      setBusy(false);
      if (!outcome.ok) return refuse(outcome);
      pos.sounds.done();
      const changeMinor = tenders.reduce((sum, tender) => sum + tender.changeMinor, 0);
      pos.view.value = { kind: 'finished', sale: outcome.value, changeMinor };
    },
  };
}

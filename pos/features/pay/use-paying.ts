// What is typed at the pay screen, in which way it is paid, and the one step that makes the sale final: as soon as the last
// payment settles it. Less than what is due is refused before the till is asked, unless it is meant as a part.

import { useState } from 'preact/hooks';
import type { CardTold } from '../../../shared/client/paying/pay-commands.ts';
import type { TenderView } from '../../../shared/client/paying/tender-view.ts';
import type { CardTerminal } from '../../../shared/devices/ports.ts';
import { cashStepOf, currencyOf } from '../../../shared/domain/currency.ts';
import type { ExchangeRate } from '../../../shared/domain/exchange-rate.ts';
import { foreignCashAt, foreignNeeded, valueOfForeign } from '../../../shared/domain/foreign-cash.ts';
import type { RefundPart } from '../../../shared/domain/order-payment.ts';
import { partsLeft } from '../../../shared/domain/order-refund.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import { accept, refuse, type Outcome, type Refusal } from '../../../shared/domain/refusal.ts';
import { quickAmounts } from '../../../shared/domain/tender.ts';
import { entryAfter, type NumpadKey } from '../../../shared/ui/numpad.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { cardSentence } from './card-sentence.ts';

const ENTRY_MAX = 12;

export type Method = 'cash' | 'card' | 'foreign-cash' | 'voucher';

export type Paying = {
  readonly tenders: TenderView;
  readonly currency: string;
  readonly method: Method;
  readonly methods: readonly Method[];
  /** Parts of a refund that are still to be given, in their order; empty where any way will do. */
  readonly refunds: readonly RefundPart[];
  readonly choose: (method: Method) => void;
  readonly rates: readonly ExchangeRate[];
  readonly rate: ExchangeRate | null;
  readonly chooseRate: (currency: string) => void;
  readonly terminal: CardTerminal | null;
  readonly chooseTerminal: (id: string) => void;
  readonly voucher: string;
  readonly typeVoucher: (number: string) => void;
  readonly entry: string;
  /** Digits after the point of what is typed. */
  readonly digits: number;
  readonly press: (key: NumpadKey) => void;
  /** Still to pay in the chosen way: cash by its step, the others exactly. */
  readonly dueMinor: number;
  /** What is typed, or exactly what is due; of foreign cash in its own minor units. */
  readonly amountMinor: number;
  /** What it is worth here. */
  readonly valueMinor: number;
  readonly isShort: boolean;
  readonly isBusy: boolean;
  readonly problem: string | null;
  readonly quickMinor: readonly number[];
  /** Takes this much (`amountMinor` where nothing is said) in the chosen way; final when it settles the sale. */
  readonly take: (amountMinor?: number) => Promise<void>;
  /** Cash as a part: the rest is paid in another way. */
  readonly takePart: () => void;
  readonly remove: (place: number) => void;
  readonly finish: () => Promise<void>;
};

export function usePaying(tenders: TenderView, currency: string): Paying {
  const pos = usePos();
  const words = useWords();
  const { workstation } = pos;
  const [chosen, setMethod] = useState<Method | null>(null);
  const [entry, setEntry] = useState('');
  const [typedVoucher, setVoucher] = useState<string | null>(null);
  const [rateOf, setRateOf] = useState('');
  const [terminalId, setTerminalId] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  // What goes back goes as it came, one part after the other.
  const refunds = partsLeft(workstation.cart.value?.cart.order?.refunds ?? [], tenders.position.tenders);
  const next = refunds.find(({ kind }) => kind === chosen) ?? (chosen === null ? refunds[0] : undefined);
  const method = chosen ?? next?.kind ?? 'cash';
  const voucher = typedVoucher ?? (next?.kind === 'voucher' ? next.source : '');

  const rates = workstation.exchangeRates();
  const rate = rates.find((one) => one.currency === rateOf) ?? rates[0] ?? null;
  const isForeign = method === 'foreign-cash' && rate !== null;
  const terminals = pos.terminals.value;
  const terminal = terminals.find(({ id }) => id === terminalId) ?? terminals[0] ?? null;
  const store = workstation.settings.value?.store;
  const cash = { stepMinor: store === undefined ? 1 : cashStepOf(store) };
  const { position, removableCount } = tenders;
  const isExact = method === 'card' || method === 'voucher';
  const exactMinor = next === undefined ? position.remainingMinor : -next.amountMinor;
  const dueMinor = isExact ? exactMinor : position.remainingInCashMinor;
  const unit = isForeign ? rate.currency : currency;
  const { digits } = currencyOf(unit);
  const neededMinor = isForeign
    ? foreignNeeded(Math.max(0, dueMinor), foreignCashAt(rate, 0, currency))
    : dueMinor;
  const typed = parseDecimal(entry, digits);
  const sign = tenders.dueMinor < 0 ? -1 : 1;
  const amountMinor = typed.ok ? typed.value * (isExact ? sign : 1) : neededMinor;
  const valueMinor = isForeign ? worth(rate, amountMinor, currency) : amountMinor;

  const say = (refusal: Refusal): void => {
    pos.sounds.bad();
    setProblem(refusalText(words, refusal, currency));
  };
  const clear = (): void => {
    setEntry('');
    setVoucher(null);
    setProblem(null);
  };
  const choose = (next: Method): void => {
    setMethod(next);
    clear();
  };

  /** Final when everything is settled; otherwise there is more to come. */
  const settle = async (): Promise<Outcome<null>> => {
    const now = workstation.tenders.peek();
    if (now === null) return refuse('cart-empty');
    clear();
    if (!now.position.isSettled) {
      if (now.dueMinor < 0) setMethod(null);
      return accept(null);
    }
    const { changeMinor, tenders: settled } = now.position;
    const outcome = await workstation.completeSale({ tenders: settled });
    if (!outcome.ok) return outcome;
    pos.sounds.done();
    pos.view.value = { kind: 'finished', sale: outcome.value, changeMinor };
    return accept(null);
  };
  const run = async (work: () => Promise<Outcome<null>>): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const outcome = await work();
    setBusy(false);
    if (outcome.ok) return;
    say(outcome);
    if (outcome.reason !== 'stock-reserved') return;
    // Somebody was promised these goods while the customer was paying.
    pos.view.value = { kind: 'sell' };
    pos.sell.question.value = { kind: 'reserved' };
  };
  /** What was added for a sale that did not become final is taken away again. */
  const addAndSettle = async (
    tender: Parameters<typeof workstation.addTender>[0],
  ): Promise<Outcome<null>> => {
    const added = workstation.addTender(tender);
    if (!added.ok) return added;
    const settled = await settle();
    if (!settled.ok) workstation.removeTender(removableCount);
    return settled;
  };
  const askCard = async (askedMinor: number): Promise<Outcome<null>> => {
    if (terminal === null) return refuse('card-not-open');
    const told = await workstation.payByCard({ terminal, amountMinor: askedMinor });
    if (!told.ok) return told;
    if (told.value.outcome !== 'approved') {
      pos.sounds.bad();
      setEntry('');
      setProblem(cardSentence(words, told.value));
      return accept(null);
    }
    const settled = await settle();
    if (settled.ok && askedMinor > 0) sayPart(told.value, askedMinor);
    return settled;
  };
  const sayPart = ({ approvedMinor }: CardTold, askedMinor: number): void => {
    if (approvedMinor === Math.abs(askedMinor)) return;
    setProblem(words.t('pay.card-part', { amount: words.money(approvedMinor, currency) }));
  };

  /** What the customer brings must be free in the whole company, as far as that can be asked. */
  const takeVoucher = async (askedMinor: number): Promise<Outcome<null>> => {
    const free = askedMinor > 0 ? await workstation.claimCode('voucher', voucher) : accept(null);
    if (!free.ok) return free;
    const taken = await addAndSettle({ kind: 'voucher', number: voucher, amountMinor: askedMinor });
    if (!taken.ok) workstation.releaseCode('voucher', voucher);
    return taken;
  };

  const takeCash = (handedOverMinor: number): Promise<Outcome<null>> => {
    if (position.isSettled) return settle();
    if (handedOverMinor < dueMinor) {
      const missingMinor = dueMinor - handedOverMinor;
      return Promise.resolve(refuse('under-tendered', { dueMinor, missingMinor }));
    }
    return addAndSettle({ kind: 'cash', tenderedMinor: tenders.dueMinor < 0 ? 0 : handedOverMinor });
  };

  return {
    tenders,
    currency,
    method,
    methods: methodsFor(tenders, rates, refunds),
    refunds,
    choose,
    rates,
    rate,
    chooseRate(chosen) {
      setRateOf(chosen);
      clear();
    },
    terminal,
    chooseTerminal: setTerminalId,
    voucher,
    typeVoucher(number) {
      setVoucher(number);
      setProblem(null);
    },
    entry,
    digits,
    press(key) {
      setProblem(null);
      setEntry((before) => entryWith(before, key, digits));
    },
    dueMinor,
    amountMinor,
    valueMinor,
    isShort: entry !== '' && !isExact && dueMinor > 0 && valueMinor < dueMinor,
    isBusy,
    problem,
    quickMinor: quickAmounts(neededMinor, isForeign ? { stepMinor: 1 } : cash),
    take: (asked = amountMinor) =>
      run(() => {
        switch (method) {
          case 'cash':
            return takeCash(asked);
          case 'foreign-cash':
            if (rate === null) return Promise.resolve(refuse('currency-not-taken', { currency: '' }));
            return addAndSettle({ kind: 'foreign-cash', currency: rate.currency, foreignMinor: asked });
          case 'voucher':
            return takeVoucher(asked);
          case 'card':
            return askCard(asked);
        }
      }),
    takePart() {
      const added = workstation.addTender({ kind: 'cash', tenderedMinor: amountMinor });
      if (added.ok) clear();
      else say(added);
    },
    remove(place) {
      const draft = tenders.drafts[place];
      const removed = workstation.removeTender(place);
      if (removed.ok && draft?.kind === 'voucher') workstation.releaseCode('voucher', draft.number);
      if (removed.ok) clear();
      else say(removed);
    },
    finish: () => run(settle),
  };
}

function methodsFor(
  { dueMinor }: TenderView,
  rates: readonly ExchangeRate[],
  refunds: readonly RefundPart[],
): readonly Method[] {
  const goesOnVoucher = refunds.some(({ kind }) => kind === 'voucher');
  if (dueMinor < 0) return goesOnVoucher ? ['cash', 'card', 'voucher'] : ['cash', 'card'];
  return rates.length === 0 ? ['cash', 'card', 'voucher'] : ['cash', 'card', 'foreign-cash', 'voucher'];
}

function entryWith(before: string, key: NumpadKey, digits: number): string {
  const once = entryAfter(before, key === '00' ? '0' : key, ENTRY_MAX);
  const next = key === '00' ? entryAfter(once, '0', ENTRY_MAX) : once;
  return (next.split('.')[1]?.length ?? 0) > digits ? before : next;
}

// More than can be counted is worth nothing here; adding it is refused with a sentence.
function worth(rate: ExchangeRate, foreignMinor: number, currency: string): number {
  try {
    return valueOfForeign(foreignCashAt(rate, foreignMinor, currency));
  } catch {
    return 0;
  }
}

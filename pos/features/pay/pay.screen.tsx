// Taking cash: what is due (with cash rounding, where the currency has it), what the customer hands over, and the
// change, large. Less than what is due is refused before the till is asked; the sale is final only when the
// journal says so.

import { ArrowLeft, Banknote, Check } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { cashStepOf, currencyOf } from '../../../shared/domain/currency.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { multiplyByQuantity } from '../../../shared/domain/money.ts';
import { parseDecimal, toAsciiDigits } from '../../../shared/domain/parse-decimal.ts';
import { quickAmounts, settleInCash } from '../../../shared/domain/tender.ts';
import type { CartView } from '../../../shared/client/runtime.ts';
import { Money, Quantity } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { entryAfter, Numpad, type NumpadKey } from '../../../shared/ui/numpad.tsx';
import { usePos, useWords, type PosContext } from '../../shell/pos-context.ts';
import { useKeys, useScans } from '../../shell/use-keyboard.ts';
import { refusalText } from '../../../shared/ui/trouble-text.ts';

const ENTRY_MAX = 10;

export function PayScreen(): JSX.Element | null {
  const pos = usePos();
  const view = pos.workstation.cart.value;
  useEffect(() => {
    if (view === null || view.cart.lines.length === 0) pos.view.value = { kind: 'sell' };
  }, [view]);
  return view === null ? null : <CashTender view={view} />;
}

function CashTender({ view }: { readonly view: CartView }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [entry, setEntry] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { currency } = view.cart;
  const { digits } = currencyOf(currency);
  const cash = { stepMinor: cashStep(pos) };
  const dueMinor = view.dueInCashMinor;
  const tenderedMinor = amountOf(entry, digits) ?? dueMinor;
  const isShort = entry !== '' && tenderedMinor < dueMinor;

  const take = async (handedOverMinor: number) => {
    if (isBusy) return;
    const settled = settleInCash(view.totals.grossMinor, handedOverMinor, cash);
    if (!settled.ok) {
      pos.sounds.bad();
      setProblem(refusalText(words, settled, currency));
      return;
    }
    setBusy(true);
    const outcome = await pos.workstation.completeSale({ tenders: settled.value.tenders });
    setBusy(false);
    if (!outcome.ok) {
      pos.sounds.bad();
      setProblem(refusalText(words, outcome, currency));
      return;
    }
    pos.sounds.done();
    const changeMinor = settled.value.tenders.reduce((sum, tender) => sum + tender.changeMinor, 0);
    pos.view.value = { kind: 'finished', sale: outcome.value, changeMinor };
  };
  const press = (key: NumpadKey) => {
    setProblem(null);
    setEntry((before) => {
      const next =
        key === '00' ? entryAfter(entryAfter(before, '0'), '0') : entryAfter(before, key, ENTRY_MAX);
      return (next.split('.')[1]?.length ?? 0) > digits ? before : next;
    });
  };
  const back = () => {
    pos.view.value = { kind: 'sell' };
  };
  useKeys(({ key }) => {
    if (pos.overlay.value !== 'none') return false;
    const sign = toAsciiDigits(key).replace(/[,٫]/, '.');
    // The pattern leaves digits and the point, which are keys of the pad.
    if (/^[0-9]$/.test(sign) || (sign === '.' && digits > 0)) press(sign as NumpadKey);
    else if (key === 'Backspace') press('back');
    else if (key === 'Enter' || key === 'F9') void take(tenderedMinor);
    else if (key === 'Escape') back();
    else return false;
    return true;
  });
  // A code scanned here is not an amount: it is refused aloud and nothing is added behind the cashier's back.
  useScans(() => {
    pos.sounds.bad();
    pos.say('warning', words.t('pay.scan-first-finish'));
  });
  return (
    <main class="pay" data-testid="pay-screen" data-due-minor={dueMinor} data-busy={isBusy}>
      <section class="card pay-due">
        <Button testId="pay-back" look="quiet" icon={ArrowLeft} iconMirrors shortcut="Escape" onPress={back}>
          {words.t('pay.back')}
        </Button>
        <p class="soft">{words.t('pay.due')}</p>
        <Money class="huge" testId="pay-due" amountMinor={dueMinor} currency={currency} />
        {dueMinor !== view.totals.grossMinor && (
          <p class="soft" data-testid="pay-rounding">
            {words.t('pay.rounded', {
              total: words.money(view.totals.grossMinor, currency),
              difference: words.money(dueMinor - view.totals.grossMinor, currency),
            })}
          </p>
        )}
        <dl class="pay-change" data-short={isShort}>
          <div>
            <dt>{words.t('pay.handed-over')}</dt>
            <dd>
              <Money testId="pay-tendered" amountMinor={tenderedMinor} currency={currency} />
            </dd>
          </div>
          <div class="pay-change-due">
            <dt>{words.t(isShort ? 'pay.missing' : 'pay.change')}</dt>
            <dd>
              <Money
                class="huge"
                testId="pay-change"
                amountMinor={Math.abs(tenderedMinor - dueMinor)}
                currency={currency}
              />
            </dd>
          </div>
        </dl>
        <PayLines view={view} />
      </section>
      <section class="card pay-cash" aria-label={words.t('pay.cash')}>
        <h1>{words.t('pay.cash')}</h1>
        <div class="quick-amounts" role="group" aria-label={words.t('pay.quick')}>
          {quickAmounts(view.totals.grossMinor, cash).map((amountMinor, place) => (
            <Button
              key={amountMinor}
              testId={`quick-${amountMinor}`}
              size="large"
              isDisabled={isBusy}
              onPress={() => void take(amountMinor)}
            >
              <span class="quick">
                <Money amountMinor={amountMinor} currency={currency} />
                {place === 0 && <small>{words.t('pay.exact')}</small>}
              </span>
            </Button>
          ))}
        </div>
        <output class="big-entry" data-testid="pay-entry" data-entry={entry} data-empty={entry === ''}>
          {entry === '' ? (
            <span class="faint">{words.t('pay.type-amount')}</span>
          ) : (
            <bdi class="ltr">{words.digits(entry)}</bdi>
          )}
        </output>
        <p class="field-problem" role="alert" data-testid="pay-problem">
          {problem}
        </p>
        <Numpad
          testId="pay-key"
          label={words.t('pay.pad')}
          backLabel={words.t('numpad.back')}
          corner={digits > 0 ? '.' : '00'}
          isDisabled={isBusy}
          onKey={press}
        />
        <Button
          testId="pay-confirm"
          look="primary"
          size="large"
          icon={isBusy ? Check : Banknote}
          isDisabled={isBusy || isShort}
          onPress={() => void take(tenderedMinor)}
        >
          {words.t(isBusy ? 'pay.busy' : 'pay.take')}
        </Button>
      </section>
    </main>
  );
}

/** What is being paid, so that nobody has to go back to look. */
function PayLines({ view }: { readonly view: CartView }): JSX.Element {
  const words = useWords();
  return (
    <ol class="pay-lines" aria-label={words.t('pay.lines')}>
      {view.cart.lines.map((line) => (
        <li key={line.lineNumber}>
          <Quantity quantityMilli={line.quantityMilli} unit={line.unit} />
          <span>{textIn(line.name, words.language)}</span>
          <Money
            amountMinor={multiplyByQuantity(line.unitPriceMinor, line.quantityMilli)}
            currency={view.cart.currency}
          />
        </li>
      ))}
    </ol>
  );
}

function cashStep(pos: PosContext): number {
  const store = pos.workstation.settings.value?.store;
  return store === undefined ? 1 : cashStepOf(store);
}

function amountOf(entry: string, digits: number): number | null {
  const parsed = parseDecimal(entry, digits);
  return parsed.ok ? parsed.value : null;
}

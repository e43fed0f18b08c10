// Taking cash: what is due (with cash rounding, where the currency has it), what the customer hands over, and the
// change, large. The sale is final only when the journal says so.

import { ArrowLeft, Banknote, Check } from 'lucide';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { CartView } from '../../../shared/client/runtime.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { addAmounts, sumAmounts } from '../../../shared/domain/money.ts';
import { toAsciiDigits } from '../../../shared/domain/parse-decimal.ts';
import { Money, Quantity } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Numpad, type NumpadKey } from '../../../shared/ui/numpad.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useKeys, useScans } from '../../shell/use-keyboard.ts';
import { useCashTender, type CashTender } from './use-cash-tender.ts';

export function PayScreen(): JSX.Element | null {
  const pos = usePos();
  const view = pos.workstation.cart.value;
  useEffect(() => {
    if (view === null || view.cart.lines.length === 0) pos.view.value = { kind: 'sell' };
  }, [view]);
  return view === null ? null : <TakeCash view={view} />;
}

function TakeCash({ view }: { readonly view: CartView }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const cash = useCashTender(view);
  const back = () => {
    pos.view.value = { kind: 'sell' };
  };
  useKeys(({ key }) => {
    if (pos.overlay.value !== 'none') return false;
    const sign = toAsciiDigits(key).replace(/[,٫]/, '.');
    // The pattern leaves digits and the point, which are keys of the pad.
    if (/^[0-9]$/.test(sign) || (sign === '.' && cash.digits > 0)) cash.press(sign as NumpadKey);
    else if (key === 'Backspace') cash.press('back');
    else if (key === 'Enter' || key === 'F9') void cash.take(cash.tenderedMinor);
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
    <main class="pay" data-testid="pay-screen" data-due-minor={cash.dueMinor} data-busy={cash.isBusy}>
      <section class="card pay-due">
        <Button testId="pay-back" look="quiet" icon={ArrowLeft} iconMirrors shortcut="Escape" onPress={back}>
          {words.t('pay.back')}
        </Button>
        <Due view={view} cash={cash} />
        <PayLines view={view} />
      </section>
      <CashPad cash={cash} currency={view.cart.currency} />
    </main>
  );
}

function Due({ view, cash }: { readonly view: CartView; readonly cash: CashTender }): JSX.Element {
  const words = useWords();
  const { dueMinor, tenderedMinor, isShort } = cash;
  const { currency } = view.cart;
  const { grossMinor } = view.totals;
  return (
    <>
      <p class="soft">{words.t('pay.due')}</p>
      <Money class="huge" testId="pay-due" amountMinor={dueMinor} currency={currency} />
      {dueMinor !== grossMinor && (
        <p class="soft" data-testid="pay-rounding">
          {words.t('pay.rounded', {
            total: words.money(grossMinor, currency),
            difference: words.money(dueMinor - grossMinor, currency),
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
    </>
  );
}

function CashPad({ cash, currency }: { readonly cash: CashTender; readonly currency: string }): JSX.Element {
  const words = useWords();
  const { entry, isBusy } = cash;
  return (
    <section class="card pay-cash" aria-label={words.t('pay.cash')}>
      <h1>{words.t('pay.cash')}</h1>
      <div class="quick-amounts" role="group" aria-label={words.t('pay.quick')}>
        {cash.quickMinor.map((amountMinor, place) => (
          <Button
            key={amountMinor}
            testId={`quick-${amountMinor}`}
            size="large"
            isDisabled={isBusy}
            onPress={() => void cash.take(amountMinor)}
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
        {cash.problem}
      </p>
      <Numpad
        testId="pay-key"
        label={words.t('pay.pad')}
        backLabel={words.t('numpad.back')}
        corner={cash.digits > 0 ? '.' : '00'}
        isDisabled={isBusy}
        onKey={cash.press}
      />
      <Button
        testId="pay-confirm"
        look="primary"
        size="large"
        icon={isBusy ? Check : Banknote}
        isDisabled={isBusy || cash.isShort}
        onPress={() => void cash.take(cash.tenderedMinor)}
      >
        {words.t(isBusy ? 'pay.busy' : 'pay.take')}
      </Button>
    </section>
  );
}

/** What is being paid, so that nobody has to go back to look. */
function PayLines({ view }: { readonly view: CartView }): JSX.Element {
  const words = useWords();
  return (
    <ol class="pay-lines" aria-label={words.t('pay.lines')}>
      {view.lines.map((line) => (
        <li key={line.lineNumber}>
          <Quantity quantityMilli={line.quantityMilli} unit={line.unit} />
          <span>{textIn(line.name, words.language)}</span>
          <Money
            amountMinor={addAmounts(
              line.extendedMinor,
              sumAmounts((line.modifiers ?? []).map(({ amountMinor }) => amountMinor)),
            )}
            currency={view.cart.currency}
          />
        </li>
      ))}
    </ol>
  );
}

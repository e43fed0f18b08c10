// Taking the money: what is still to pay, in large figures, what was taken already, and the ways to pay. Plain cash is one
// tap; any mix of cash, cards, foreign cash and vouchers is taken one after the other. The sale is final only when the
// journal says so.

import { ArrowLeft } from 'lucide';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { CartView } from '../../../shared/client/runtime.ts';
import type { TenderView } from '../../../shared/client/paying/tender-view.ts';
import { toAsciiDigits } from '../../../shared/domain/parse-decimal.ts';
import { Button } from '../../../shared/ui/button.tsx';
import type { NumpadKey } from '../../../shared/ui/numpad.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useKeys, useScans } from '../../shell/use-keyboard.ts';
import { PayDue } from './pay-due.tsx';
import { PayLines } from './pay-lines.tsx';
import { PayMethods } from './pay-methods.tsx';
import { usePaying } from './use-paying.ts';

export function PayScreen(): JSX.Element | null {
  const pos = usePos();
  const { cart, tenders } = pos.workstation;
  const [view, collected] = [cart.value, tenders.value];
  useEffect(() => {
    // A deposit is paid without goods.
    if (view === null || (view.cart.lines.length === 0 && view.cart.order === undefined))
      pos.view.value = { kind: 'sell' };
  }, [view]);
  return view === null || collected === null ? null : <TakeMoney view={view} tenders={collected} />;
}

function TakeMoney(props: { readonly view: CartView; readonly tenders: TenderView }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { view, tenders } = props;
  const paying = usePaying(tenders, view.cart.currency);
  const back = () => {
    pos.view.value = { kind: 'sell' };
  };
  useKeys(({ key, isInField }) => {
    if (pos.overlay.value !== 'none' || pos.approval.value !== null || pos.cardAsked.value !== null)
      return false;
    if (key === 'F9') void paying.take();
    else if (key === 'Escape') back();
    else if (isInField) return false;
    else return pressPad(key, paying);
    return true;
  });
  // A code scanned here is a voucher where one is asked for; else it is refused aloud and nothing is added behind the
  // cashier's back.
  useScans((code) => {
    if (paying.method === 'voucher') return paying.typeVoucher(code);
    pos.sounds.bad();
    pos.say('warning', words.t('pay.scan-first-finish'));
  });
  return (
    <main
      class="pay"
      data-testid="pay-screen"
      data-due-minor={tenders.position.remainingInCashMinor}
      data-remaining-minor={tenders.position.remainingMinor}
      data-busy={paying.isBusy}
    >
      <section class="card pay-due">
        <Button testId="pay-back" look="quiet" icon={ArrowLeft} iconMirrors shortcut="Escape" onPress={back}>
          {words.t('pay.back')}
        </Button>
        <PayDue paying={paying} />
        <PayLines view={view} />
      </section>
      <PayMethods paying={paying} />
    </main>
  );
}

function pressPad(key: string, paying: ReturnType<typeof usePaying>): boolean {
  const sign = toAsciiDigits(key).replace(/[,٫]/, '.');
  // The pattern leaves digits and the point, which are keys of the pad.
  if (/^[0-9]$/.test(sign) || (sign === '.' && paying.digits > 0)) paying.press(sign as NumpadKey);
  else if (key === 'Backspace') paying.press('back');
  else if (key === 'Enter') void paying.take();
  else return false;
  return true;
}

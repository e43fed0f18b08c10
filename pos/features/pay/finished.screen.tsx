// The sale is final: the change in large figures, the receipt, and on to the next customer. A scan starts the next
// sale at once.

import { CircleCheck, Eye, Gift, Plus, Printer, PrinterCheck } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CompletedSale } from '../../../shared/client/runtime.ts';
import { hasGifts } from '../../../shared/domain/gift-receipt.ts';
import { moneyOf } from '../../../shared/domain/order-settlement.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { ReceiptDialog } from '../../shell/receipt-dialog.tsx';
import { giftReceiptOf } from '../../shell/receipts.ts';
import { resetSellState } from '../../shell/sell-state.ts';
import { takeCode } from '../../shell/take-code.ts';
import { useKeys, useScans } from '../../shell/use-keyboard.ts';

export function FinishedScreen(props: {
  readonly sale: CompletedSale;
  readonly changeMinor: number;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [isShown, setShown] = useState(false);
  const [isPrinting, setPrinting] = useState(false);
  const { transaction, fact } = props.sale;
  const sold = { transaction, hash: fact.hash };
  const next = () => {
    resetSellState(pos.sell);
    pos.view.value = { kind: 'sell' };
  };
  const print = async () => {
    if (isPrinting) return;
    setPrinting(true);
    await pos.print(sold, 0);
    setPrinting(false);
  };
  useScans((code) => {
    next();
    takeCode(pos, code);
  });
  useKeys(({ key }) => {
    if (isShown || pos.overlay.value !== 'none') return false;
    if (key === 'Enter' || key === 'Escape') next();
    else if (key === 'F7') void print();
    else return false;
    return true;
  });
  return (
    <main
      class="finished"
      data-testid="finished-screen"
      data-receipt-number={transaction.receiptNumber}
      data-change-minor={props.changeMinor}
    >
      <section class="card finished-card">
        <p class="finished-mark">
          <Icon of={CircleCheck} />
          {words.t('finished.done')}
        </p>
        <p class="soft">{words.t(props.changeMinor > 0 ? 'finished.give-change' : 'finished.no-change')}</p>
        <Money
          class="enormous"
          testId="change"
          amountMinor={props.changeMinor}
          currency={transaction.currency}
        />
        <dl class="finished-facts">
          <div>
            <dt>{words.t('finished.total')}</dt>
            <dd>
              <Money
                testId="finished-total"
                amountMinor={moneyOf(transaction)}
                currency={transaction.currency}
              />
            </dd>
          </div>
          <div>
            <dt>{words.t('finished.receipt-number')}</dt>
            <dd>
              <bdi class="ltr" data-testid="receipt-number">
                {transaction.receiptNumber}
              </bdi>
            </dd>
          </div>
        </dl>
        <div class="button-row">
          {pos.printer.value !== null && (
            <Button testId="print" icon={Printer} isDisabled={isPrinting} onPress={() => void print()}>
              {words.t('receipt.print')}
            </Button>
          )}
          <Button testId="show-receipt" icon={Eye} onPress={() => setShown(true)}>
            {words.t('receipt.show')}
          </Button>
          <Button testId="browser-print" icon={PrinterCheck} onPress={() => void pos.printInBrowser(sold, 0)}>
            {words.t('receipt.browser-print')}
          </Button>
          {hasGifts(transaction) && (
            <Button
              testId="gift-receipt"
              icon={Gift}
              onPress={() => void pos.printReport(giftReceiptOf(pos, sold))}
            >
              {words.t('receipt.gift')}
            </Button>
          )}
        </div>
        <Button testId="new-sale" look="primary" size="large" icon={Plus} hasFocusFirst onPress={next}>
          {words.t('finished.new-sale')}
        </Button>
      </section>
      {isShown && <ReceiptDialog sold={sold} copyNumber={0} onClose={() => setShown(false)} />}
    </main>
  );
}

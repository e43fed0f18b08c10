// One transaction as its receipt, printing it again, and turning it round as long as it is the last.

import { ArrowLeft, Gift, Printer, PrinterCheck, Undo2 } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { hasGifts } from '../../../shared/domain/gift-receipt.ts';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { ReceiptView } from '../../../shared/ui/receipt-view.tsx';
import { lazily } from '../../shell/lazily.tsx';
import { usePos, useWords, type Sold } from '../../shell/pos-context.ts';
import { giftReceiptOf, receiptOf } from '../../shell/receipts.ts';

const VoidQuestion = lazily(async () => (await import('./void-question.tsx')).VoidQuestion);

export function OneTransaction(props: {
  readonly sold: Sold;
  /** Only the last transaction of a workstation can be voided. */
  readonly isLast: boolean;
  readonly onBack: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { sold } = props;
  const { transaction } = sold;
  const isBusy = useSignal(false);
  const isVoiding = useSignal(false);
  const reprint = async (how: 'printer' | 'browser') => {
    isBusy.value = true;
    // The reprint is journaled before paper is asked, so that no copy exists that nobody wrote down.
    const recorded = await pos.workstation.recordReprint(transaction.id);
    if (pos.report(recorded) && recorded.ok) {
      const { copyNumber } = recorded.value;
      await (how === 'printer' ? pos.print(sold, copyNumber) : pos.printInBrowser(sold, copyNumber));
    }
    isBusy.value = false;
  };
  return (
    <>
      <header class="panel-head">
        <IconButton
          testId="transaction-back"
          class="only-narrow"
          icon={ArrowLeft}
          iconMirrors
          label={words.t('transactions.back-to-list')}
          onPress={props.onBack}
        />
        <h2>
          <bdi class="ltr" data-testid="transaction-number">
            {transaction.receiptNumber}
          </bdi>
        </h2>
      </header>
      <div class="receipt-scroll">
        <ReceiptView receipt={receiptOf(pos, sold, 0)} />
      </div>
      <div class="button-row">
        {pos.printer.value !== null && (
          <Button
            testId="reprint"
            look="primary"
            icon={Printer}
            isDisabled={isBusy.value}
            onPress={() => void reprint('printer')}
          >
            {words.t('transactions.reprint')}
          </Button>
        )}
        <Button
          testId="reprint-browser"
          icon={PrinterCheck}
          isDisabled={isBusy.value}
          onPress={() => void reprint('browser')}
        >
          {words.t('transactions.reprint-browser')}
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
        {props.isLast && transaction.kind !== 'void' && (
          <Button
            testId="void-transaction"
            icon={Undo2}
            isDisabled={isBusy.value}
            onPress={() => {
              isVoiding.value = true;
            }}
          >
            {words.t('void.take')}
          </Button>
        )}
      </div>
      {isVoiding.value && (
        <VoidQuestion
          transaction={transaction}
          onClose={() => {
            isVoiding.value = false;
          }}
        />
      )}
    </>
  );
}

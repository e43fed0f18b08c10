// Turning the last transaction round: why, who may, and then its own receipt. The goods and the money go back exactly as
// they came.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CompletedSale } from '../../../shared/client/runtime.ts';
import { tillSubjects } from '../../../shared/domain/approval.ts';
import { moneyOf } from '../../../shared/domain/order-settlement.ts';
import type { Transaction } from '../../../shared/domain/transaction.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';

export function VoidQuestion(props: {
  readonly transaction: Transaction;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { transaction, onClose } = props;
  const [reasonCode, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const reason = reasonCode.trim();
  const { currency } = transaction;
  const take = async () => {
    setBusy(true);
    const made: { sale: CompletedSale | null } = { sale: null };
    await decide(pos, {
      subject: tillSubjects.voidTransaction(transaction.id),
      async act(approval) {
        const outcome = await pos.workstation.voidTransaction({
          transactionId: transaction.id,
          reasonCode: reason,
          ...(approval !== undefined && { approval }),
        });
        if (outcome.ok) made.sale = outcome.value;
        return outcome;
      },
      onDone: () => {
        pos.say('good', words.t('void.done', { number: transaction.receiptNumber }));
        if (made.sale !== null)
          void pos.print({ transaction: made.sale.transaction, hash: made.sale.fact.hash }, 0);
        onClose();
      },
    });
    setBusy(false);
  };
  return (
    <Dialog
      testId="void"
      role="alertdialog"
      title={words.t('void.title', { number: transaction.receiptNumber })}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <>
          <Button testId="void-keep" size="large" hasFocusFirst onPress={onClose}>
            {words.t('void.keep')}
          </Button>
          <Button
            testId="void-ok"
            look="danger"
            size="large"
            isDisabled={reason === '' || isBusy}
            onPress={() => void take()}
          >
            {words.t('void.take')}
          </Button>
        </>
      }
    >
      <div class="decision">
        <p class="count-sum">
          <span>{words.t('void.money')}</span>
          <Money testId="void-amount" amountMinor={moneyOf(transaction)} currency={currency} />
        </p>
        <ReasonChoice action="void-transaction" value={reasonCode} onChoose={setReason} />
      </div>
    </Dialog>
  );
}

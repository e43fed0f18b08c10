// A receipt on the screen: the same blocks that paper gets.

import { PrinterCheck } from 'lucide';
import type { JSX } from 'preact';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { ReceiptView } from '../../shared/ui/receipt-view.tsx';
import { usePos, useWords, type Sold } from './pos-context.ts';
import { receiptOf } from './receipts.ts';

export function ReceiptDialog(props: {
  readonly sold: Sold;
  readonly copyNumber: number;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { sold, copyNumber } = props;
  return (
    <Dialog
      testId="receipt"
      title={words.t('receipt.title')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button
          testId="receipt-browser-print"
          icon={PrinterCheck}
          onPress={() => void pos.printInBrowser(sold, copyNumber)}
        >
          {words.t('receipt.browser-print')}
        </Button>
      }
    >
      <ReceiptView receipt={receiptOf(pos, sold, copyNumber)} />
    </Dialog>
  );
}

// The receipt on the screen instead of on paper: to read, and as a QR code to take along. A receipt that is too long for a
// code that phones can read is shown without one.

import { Check } from 'lucide';
import type { JSX } from 'preact';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import { receiptText } from '../../shared/domain/receipt-text.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { QrCode } from '../../shared/ui/qr-code.tsx';
import { ReceiptView } from '../../shared/ui/receipt-view.tsx';
import { useWords } from './pos-context.ts';

/** A code of so many bytes has modules that a phone still tells apart on a small till. */
const QR_BYTES_MAX = 1_000;

export function ShownReceipt(props: {
  readonly receipt: Receipt;
  readonly onClose: () => void;
}): JSX.Element {
  const words = useWords();
  const text = receiptText(props.receipt);
  const isShort = new TextEncoder().encode(text).length <= QR_BYTES_MAX;
  return (
    <Dialog
      testId="shown-receipt"
      width="wide"
      title={words.t('shown.title')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button testId="shown-done" look="primary" icon={Check} onPress={props.onClose}>
          {words.t('shown.done')}
        </Button>
      }
    >
      <p class="soft">{words.t('shown.hint')}</p>
      <div class="shown-receipt">
        <ReceiptView receipt={props.receipt} />
        {isShort && <QrCode text={text} label={words.t('shown.title')} />}
      </div>
    </Dialog>
  );
}

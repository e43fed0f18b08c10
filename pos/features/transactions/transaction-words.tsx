// What a row of a list says of a transaction: its number and time, whether the server has it, and its money.

import { CloudCheck, CloudUpload } from 'lucide';
import type { JSX } from 'preact';
import type { OwnTransaction } from '../../../shared/client/runtime.ts';
import { moneyOf } from '../../../shared/domain/order-settlement.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Badge } from '../../../shared/ui/notices.tsx';
import { useWords } from '../../shell/pos-context.ts';

export function TransactionWords({ own }: { readonly own: OwnTransaction }): JSX.Element {
  const words = useWords();
  const { transaction, isDelivered } = own;
  return (
    <>
      <span class="hit-words">
        <strong>
          <bdi class="ltr">{transaction.receiptNumber}</bdi>
        </strong>
        <small>{words.dateTime(transaction.completedAt)}</small>
      </span>
      <Badge tone={isDelivered ? 'good' : 'warning'} icon={isDelivered ? CloudCheck : CloudUpload}>
        <span>{words.t(isDelivered ? 'transactions.delivered' : 'transactions.waiting')}</span>
      </Badge>
      <span class="hit-price">
        <Money amountMinor={moneyOf(transaction)} currency={transaction.currency} />
      </span>
    </>
  );
}

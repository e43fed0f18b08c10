// The newest transactions of the till in a window that only shows: what the other window has sold, and whether the
// server has it. Looked at again as the clock ticks; nothing can be done with them here.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { OwnTransaction } from '../../../shared/client/runtime.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { TransactionWords } from './transaction-words.tsx';

const SHOWN_MAX = 50;

export function SalesOfTill(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [sales, setSales] = useState<readonly OwnTransaction[] | null>(null);
  const tick = pos.now.value;
  useEffect(() => {
    // A database that cannot be read now is looked at again at the next tick.
    pos.workstation.ownTransactions(SHOWN_MAX).then(setSales, () => undefined);
  }, [pos, tick]);
  return (
    <section class="card sales-of-till" data-testid="sales-of-till">
      <h2>{words.t('transactions.title')}</h2>
      {sales?.length === 0 && <p>{words.t('transactions.none')}</p>}
      <ul aria-live="polite">
        {sales?.map((own) => (
          <li
            key={own.transaction.id}
            class="transaction-row"
            data-testid={`transaction-${own.transaction.receiptNumber}`}
            data-delivered={own.isDelivered}
          >
            <TransactionWords own={own} />
          </li>
        ))}
      </ul>
    </section>
  );
}

// The sales of this workstation, newest first, with what the server has and has not yet. Choose one to see its
// receipt; printing it again is journaled and marked COPY.

import { ArrowLeft, ReceiptText } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { OwnTransaction } from '../../../shared/client/runtime.ts';
import { IconButton } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { VirtualList } from '../../../shared/ui/virtual-list.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { useKeys } from '../../shell/use-keyboard.ts';
import { OneTransaction } from './one-transaction.tsx';
import { TransactionWords } from './transaction-words.tsx';

const SHOWN_MAX = 1000;
const ROW_HEIGHT_PX = 68;

export function TransactionsScreen(): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const list = useSignal<readonly OwnTransaction[] | null>(null);
  const chosen = useSignal<string | null>(null);
  const pendingCount = pos.workstation.status.value.pendingCount;
  useEffect(() => {
    void pos.workstation.ownTransactions(SHOWN_MAX).then((found) => {
      list.value = found;
    });
  }, [pendingCount]);
  useKeys(({ key }) => {
    if (key !== 'Escape' || pos.overlay.value !== 'none') return false;
    if (chosen.value === null) pos.view.value = { kind: 'sell' };
    else chosen.value = null;
    return true;
  });
  const one = list.value?.find((own) => own.transaction.id === chosen.value);
  return (
    <main class="transactions" data-testid="transactions-screen" data-has-choice={one !== undefined}>
      <section class="card transactions-list">
        <header class="panel-head">
          <IconButton
            testId="transactions-back"
            icon={ArrowLeft}
            iconMirrors
            label={words.t('transactions.back')}
            onPress={() => {
              pos.view.value = { kind: 'sell' };
            }}
          />
          <h1>{words.t('transactions.title')}</h1>
        </header>
        {list.value?.length === 0 ? (
          <Nothing testId="transactions-empty" sentence={words.t('transactions.none')} />
        ) : (
          <VirtualList
            testId="transactions-rows"
            label={words.t('transactions.title')}
            rows={list.value ?? []}
            rowHeight={ROW_HEIGHT_PX}
            keyOf={(own) => own.transaction.id}
            render={(own) => (
              <TransactionRow
                own={own}
                isChosen={own === one}
                onPress={() => {
                  chosen.value = own.transaction.id;
                }}
              />
            )}
          />
        )}
      </section>
      <section class="card transaction-one" aria-live="polite">
        {one === undefined ? (
          <Nothing testId="transactions-choose" sentence={words.t('transactions.choose')} />
        ) : (
          <OneTransaction
            key={one.transaction.id}
            sold={one}
            isLast={one === list.value?.[0]}
            onBack={() => {
              chosen.value = null;
            }}
          />
        )}
      </section>
    </main>
  );
}

function Nothing(props: { readonly testId: string; readonly sentence: string }): JSX.Element {
  return (
    <div class="nothing" data-testid={props.testId}>
      <Icon of={ReceiptText} />
      <p>{props.sentence}</p>
    </div>
  );
}

function TransactionRow(props: {
  readonly own: OwnTransaction;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}): JSX.Element {
  const { own } = props;
  return (
    <button
      type="button"
      class="transaction-row"
      data-testid={`transaction-${own.transaction.receiptNumber}`}
      data-chosen={props.isChosen}
      data-delivered={own.isDelivered}
      onClick={props.onPress}
    >
      <TransactionWords own={own} />
    </button>
  );
}

// The sales of this workstation, newest first, with what the server has and has not yet. Choose one to see its
// receipt; printing it again is journaled and marked COPY.

import { ArrowLeft, CloudCheck, CloudUpload, Printer, PrinterCheck, ReceiptText } from 'lucide';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { OwnTransaction } from '../../../shared/client/runtime.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button, IconButton } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Badge } from '../../../shared/ui/notices.tsx';
import { ReceiptView } from '../../../shared/ui/receipt-view.tsx';
import { VirtualList } from '../../../shared/ui/virtual-list.tsx';
import { usePos, useWords, type Sold } from '../../shell/pos-context.ts';
import { useKeys } from '../../shell/use-keyboard.ts';

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
        {list.value !== null && list.value.length === 0 ? (
          <div class="nothing" data-testid="transactions-empty">
            <Icon of={ReceiptText} />
            <p>{words.t('transactions.none')}</p>
          </div>
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
          <div class="nothing">
            <Icon of={ReceiptText} />
            <p>{words.t('transactions.choose')}</p>
          </div>
        ) : (
          <OneTransaction
            key={one.transaction.id}
            sold={one}
            onBack={() => {
              chosen.value = null;
            }}
          />
        )}
      </section>
    </main>
  );
}

function TransactionRow(props: {
  readonly own: OwnTransaction;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}): JSX.Element {
  const words = useWords();
  const { transaction, isDelivered } = props.own;
  return (
    <button
      type="button"
      class="transaction-row"
      data-testid={`transaction-${transaction.receiptNumber}`}
      data-chosen={props.isChosen}
      data-delivered={isDelivered}
      onClick={props.onPress}
    >
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
        <Money
          amountMinor={transaction.totals.grossMinor + transaction.totals.cashRoundingMinor}
          currency={transaction.currency}
        />
      </span>
    </button>
  );
}

function OneTransaction(props: { readonly sold: Sold; readonly onBack: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { sold } = props;
  const { transaction } = sold;
  const isBusy = useSignal(false);
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
        <ReceiptView receipt={pos.receiptOf(sold, 0)} />
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
      </div>
    </>
  );
}

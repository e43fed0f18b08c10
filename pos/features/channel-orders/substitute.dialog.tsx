// Something else for goods that are not there. The customer must agree: they are asked by the channel and answer there, or they are asked on
// the telephone or at the counter, and how the store heard their answer is written down with it.

import { Search } from 'lucide';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { StoreMove } from '../../../shared/client/channel-order-commands.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import type { Order, OrderedItem } from '../../../shared/domain/order/order.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';

const HITS = 8;
const HEARD = ['telephone', 'counter'] as const;

export function SubstituteDialog(props: {
  readonly order: Order;
  readonly lineNumber: number;
  readonly onClose: () => void;
}): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const { order, lineNumber, onClose } = props;
  const line = order.lines.find((each) => each.lineNumber === lineNumber);
  const [text, setText] = useState('');
  const [hits, setHits] = useState<readonly Item[]>([]);
  const [chosen, setChosen] = useState<Item | null>(null);
  useEffect(() => {
    if (text.trim() === '') return setHits([]);
    void pos.workstation
      .search(text, HITS)
      .then((found) => setHits(found.map(({ item }) => item).filter((item) => item.unit === line?.unit)));
  }, [text]);
  if (line === undefined) return null;
  const isAsked = line.substitute?.consent === 'asked';
  const move = async (...moves: readonly StoreMove[]) => {
    for (const each of moves) if (!pos.report(await pos.workstation.moveChannelOrder(order.id, each))) return;
    onClose();
  };
  const offer = (item: Item): StoreMove => ({
    kind: 'propose-substitute',
    lineNumber,
    substitute: offered(
      item,
      line.quantityMilli,
      pos.workstation.priceOf(item, line.quantityMilli).priceMinor,
    ),
  });
  const answer = (isAgreed: boolean, heardBy: (typeof HEARD)[number]): StoreMove => ({
    kind: 'answer-substitute',
    lineNumber,
    isAgreed,
    heardBy,
  });
  const before = chosen === null ? [] : [offer(chosen)];
  return (
    <Dialog
      testId="substitute"
      title={words.t('channel.substitute-title', { name: textIn(line.name, words.language) })}
      closeLabel={words.t('common.close')}
      width="wide"
      onClose={onClose}
    >
      <div class="decision">
        {!isAsked && (
          <>
            <Field
              testId="substitute-search"
              label={words.t('channel.substitute-search')}
              icon={Search}
              inputMode="search"
              direction="auto"
              value={text}
              onInput={setText}
            />
            <div class="reason-list">
              {hits.map((item) => (
                <Button
                  key={item.id}
                  testId={`substitute-${item.sku}`}
                  isPressed={item.id === chosen?.id}
                  onPress={() => setChosen(item)}
                >
                  {textIn(item.name, words.language)}{' '}
                  <Money
                    amountMinor={pos.workstation.priceOf(item, line.quantityMilli).priceMinor}
                    currency={order.currency}
                  />
                </Button>
              ))}
            </div>
          </>
        )}
        {(isAsked || chosen !== null) && (
          <>
            <p class="soft">{words.t('channel.substitute-answer')}</p>
            <div class="reason-list">
              {HEARD.flatMap((heardBy) =>
                [true, false].map((isAgreed) => (
                  <Button
                    key={`${heardBy} ${String(isAgreed)}`}
                    testId={`substitute-${isAgreed ? 'yes' : 'no'}-${heardBy}`}
                    onPress={() => void move(...before, answer(isAgreed, heardBy))}
                  >
                    {words.t(`channel.answer.${isAgreed ? 'yes' : 'no'}-${heardBy}`)}
                  </Button>
                )),
              )}
              {!isAsked && (
                <Button testId="substitute-ask" look="primary" onPress={() => void move(...before)}>
                  {words.t('channel.substitute-ask')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

const offered = (item: Item, quantityMilli: number, unitPriceMinor: number): OrderedItem => ({
  itemId: item.id,
  ordinal: item.ordinal,
  sku: item.sku,
  name: item.name,
  unit: item.unit,
  quantityMilli,
  unitPriceMinor,
});

// How much of each line: a row with less and more for each, between nothing and what there is.

import { Minus, Plus } from 'lucide';
import type { JSX } from 'preact';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { boughtOf } from '../../../shared/domain/order/collect-order.ts';
import type { OrderLine } from '../../../shared/domain/order/order.ts';
import { Quantity } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { useWords } from '../../shell/pos-context.ts';

/** Thousandths by line number. */
export type Amounts = Readonly<Record<number, number>>;

const ONE = 1000;

export function LineAmounts(props: {
  readonly testId: string;
  readonly lines: readonly OrderLine[];
  readonly most: (line: OrderLine) => number;
  readonly amounts: Amounts;
  readonly onChange: (amounts: Amounts) => void;
}): JSX.Element {
  const words = useWords();
  const { amounts, most, onChange, testId } = props;
  return (
    <ul class="line-amounts">
      {props.lines
        .filter((line) => most(line) > 0)
        .map((line) => {
          const bought = boughtOf(line);
          const all = most(line);
          const step = bought.unit === 'piece' ? ONE : all;
          const amount = amounts[line.lineNumber] ?? 0;
          const set = (next: number) =>
            onChange({ ...amounts, [line.lineNumber]: Math.min(all, Math.max(0, next)) });
          return (
            <li key={line.lineNumber} data-testid={`${testId}-${line.lineNumber}`} data-amount-milli={amount}>
              <span class="line-amount-name">{textIn(bought.name, words.language)}</span>
              <IconButton
                testId={`${testId}-${line.lineNumber}-less`}
                icon={Minus}
                label={words.t('channel.less')}
                isDisabled={amount === 0}
                onPress={() => set(amount - step)}
              />
              <span class="line-amount">
                <Quantity quantityMilli={amount} unit={bought.unit} />
                {' / '}
                <Quantity quantityMilli={all} unit={bought.unit} />
              </span>
              <IconButton
                testId={`${testId}-${line.lineNumber}-more`}
                icon={Plus}
                label={words.t('channel.more')}
                isDisabled={amount >= all}
                onPress={() => set(amount + step)}
              />
            </li>
          );
        })}
    </ul>
  );
}

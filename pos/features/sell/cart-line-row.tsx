// One line of the cart. The chosen line shows what can be done with it; the others stay quiet.

import { Minus, NotebookPen, Plus, Trash2 } from 'lucide';
import type { JSX } from 'preact';
import type { CartLine } from '../../../shared/domain/cart.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { multiplyByQuantity } from '../../../shared/domain/money.ts';
import { Money, Quantity } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { steady } from '../../../shared/ui/steady.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { stepQuantity } from './sell-keys.ts';

type CartLineRowProps = {
  readonly line: CartLine;
  readonly currency: string;
  readonly isChosen: boolean;
};

export const CartLineRow = steady(function CartLineRow(props: CartLineRowProps): JSX.Element {
  const { line, currency, isChosen } = props;
  const pos = usePos();
  const words = useWords();
  const name = textIn(line.name, words.language);
  return (
    <li
      class="cart-line"
      data-testid={`line-${line.lineNumber}`}
      data-chosen={isChosen}
      data-sku={line.sku}
      data-direction={line.direction}
    >
      <button
        type="button"
        class="cart-line-main"
        data-testid={`line-${line.lineNumber}-choose`}
        aria-expanded={isChosen}
        onClick={() => {
          pos.sell.chosenLine.value = line.lineNumber;
        }}
      >
        <span class="cart-line-name">{name}</span>
        <Money
          class="cart-line-total"
          testId={`line-${line.lineNumber}-total`}
          amountMinor={multiplyByQuantity(line.unitPriceMinor, line.quantityMilli)}
          currency={currency}
        />
        <small class="cart-line-each">
          <Quantity
            quantityMilli={line.quantityMilli}
            unit={line.unit}
            testId={`line-${line.lineNumber}-quantity`}
          />
          {' × '}
          <Money amountMinor={line.unitPriceMinor} currency={currency} />
          {line.note !== undefined && <q>{line.note}</q>}
        </small>
      </button>
      {isChosen && <LineActions line={line} />}
    </li>
  );
});

function LineActions({ line }: { readonly line: CartLine }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { sell, workstation } = pos;
  const id = `line-${line.lineNumber}`;
  return (
    <div class="line-actions">
      <span class="stepper">
        <IconButton
          testId={`${id}-less`}
          icon={Minus}
          label={words.t('line.less')}
          onPress={() => stepQuantity(pos, -1000)}
        />
        <button
          type="button"
          class="button"
          data-look="quiet"
          data-testid={`${id}-set-quantity`}
          aria-label={words.t('line.set-quantity')}
          onClick={() => {
            sell.question.value = { kind: 'line-quantity', line };
          }}
        >
          <Quantity quantityMilli={line.quantityMilli} unit={line.unit} />
        </button>
        <IconButton
          testId={`${id}-more`}
          icon={Plus}
          label={words.t('line.more')}
          onPress={() => stepQuantity(pos, 1000)}
        />
      </span>
      <IconButton
        testId={`${id}-note`}
        icon={NotebookPen}
        label={words.t('line.note')}
        onPress={() => {
          sell.question.value = { kind: 'note', line };
        }}
      />
      <IconButton
        testId={`${id}-remove`}
        icon={Trash2}
        label={words.t('line.remove')}
        onPress={() => {
          pos.report(workstation.removeLine(line.lineNumber));
        }}
      />
    </div>
  );
}

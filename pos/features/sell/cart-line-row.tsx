// One line of the cart with why it costs what it costs. The chosen line shows what can be done with it; the others stay
// quiet. Pressing the chosen line once more opens everything about it.

import { Ellipsis, Minus, NotebookPen, Plus, Trash2 } from 'lucide';
import type { JSX } from 'preact';
import type { CartLine } from '../../../shared/domain/cart.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import type { CaptureNeed } from '../../../shared/domain/capture-line.ts';
import type { AppliedModifier } from '../../../shared/domain/transaction.ts';
import { Money, Quantity } from '../../../shared/ui/amounts.tsx';
import { IconButton } from '../../../shared/ui/button.tsx';
import { steady } from '../../../shared/ui/steady.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { takeOut } from '../../shell/take-out.ts';
import { LineStory } from './line-story.tsx';
import { openLine, stepQuantity } from './sell-keys.ts';

const NO_MODIFIERS: readonly AppliedModifier[] = [];

type CartLineRowProps = {
  readonly line: CartLine;
  /** Price at the shelf, and after everything that changed it; negative for goods that come back. */
  readonly shelfMinor: number;
  readonly totalMinor: number;
  readonly modifiers?: readonly AppliedModifier[] | undefined;
  readonly need: CaptureNeed | null;
  /** Promised to somebody else: paying asks for a manager. */
  readonly isReserved: boolean;
  readonly currency: string;
  readonly isChosen: boolean;
};

export const CartLineRow = steady(function CartLineRow(props: CartLineRowProps): JSX.Element {
  const { line, shelfMinor, totalMinor, currency, isChosen } = props;
  const isCut = totalMinor < shelfMinor && line.direction === 'sale';
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
      data-is-child={line.parentLineNumber !== undefined}
    >
      <button
        type="button"
        class="cart-line-main"
        data-testid={`line-${line.lineNumber}-choose`}
        aria-expanded={isChosen}
        onClick={() => {
          if (pos.sell.chosenLine.value === line.lineNumber && isChosen) openLine(pos, line);
          else pos.sell.chosenLine.value = line.lineNumber;
        }}
      >
        <span class="cart-line-name">{name}</span>
        <span class="cart-line-price">
          {isCut && (
            <s>
              <Money amountMinor={shelfMinor} currency={currency} />
            </s>
          )}
          <Money
            class="cart-line-total"
            testId={`line-${line.lineNumber}-total`}
            amountMinor={totalMinor}
            currency={currency}
          />
        </span>
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
        <LineStory
          line={line}
          modifiers={props.modifiers ?? NO_MODIFIERS}
          need={props.need}
          isReserved={props.isReserved}
          currency={currency}
        />
      </button>
      {isChosen && line.parentLineNumber === undefined && <LineActions line={line} />}
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
        testId={`${id}-open`}
        icon={Ellipsis}
        label={words.t('line.more-actions')}
        shortcut="F7"
        onPress={() => openLine(pos, line)}
      />
      <IconButton
        testId={`${id}-remove`}
        icon={Trash2}
        label={words.t('line.remove')}
        onPress={() => {
          takeOut(pos, (why) => workstation.removeLine(line.lineNumber, why));
        }}
      />
    </div>
  );
}

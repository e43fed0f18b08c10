// Everything about one line of the cart: what it costs and why, and everything that can be done with it.

import { Hash, NotebookPen, Percent, ScanBarcode, Store, Tag, Tags, Trash2, X } from 'lucide';
import type { IconNode } from 'lucide';
import type { JSX } from 'preact';
import type { CartView } from '../../../shared/client/runtime.ts';
import type { CartLine } from '../../../shared/domain/cart.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { addAmounts, sumAmounts } from '../../../shared/domain/money.ts';
import type { AppliedModifier } from '../../../shared/domain/transaction.ts';
import { Money, Quantity } from '../../../shared/ui/amounts.tsx';
import { Button, IconButton, type ButtonLook } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import type { SellQuestion } from '../../shell/sell-state.ts';
import { takeOut } from '../../shell/take-out.ts';
import { StockFacts } from './stock-facts.tsx';
import { LineOffers } from './line-offers.tsx';
import { captureTexts, modifierText } from './line-words.ts';

type LineSheetProps = {
  readonly view: CartView;
  readonly line: CartLine;
  readonly onClose: () => void;
};

export function LineSheet(props: LineSheetProps): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { line, onClose } = props;
  const ask = (question: SellQuestion) => () => {
    pos.sell.question.value = question;
  };
  const { lineNumber } = line;
  const action = (
    name: string,
    icon: IconNode,
    label: string,
    given: { readonly onPress: () => void; readonly look?: ButtonLook },
  ) => (
    <Button
      key={name}
      testId={`line-sheet-${name}`}
      size="large"
      icon={icon}
      look={given.look ?? 'secondary'}
      onPress={given.onPress}
    >
      {label}
    </Button>
  );
  const isSale = line.direction === 'sale';
  const item = pos.workstation.item(line.itemId);
  return (
    <Dialog
      testId="line-sheet"
      kind="sheet"
      title={textIn(line.name, words.language)}
      closeLabel={words.t('common.close')}
      onClose={onClose}
    >
      <div class="line-sheet">
        <LineFacts {...props} />
        <LineOffers line={line} />
        <StockFacts itemId={line.itemId} unit={line.unit} />
        <div class="sheet-actions">
          {action('quantity', Hash, words.t('line.set-quantity'), {
            onPress: ask({ kind: 'line-quantity', line }),
          })}
          {action('override', Tag, words.t('line.override'), {
            onPress: ask({ kind: 'override-price', lineNumber }),
          })}
          {isSale &&
            action('discount', Percent, words.t('line.discount'), {
              onPress: ask({ kind: 'discount-line', lineNumber }),
            })}
          {line.trackBy !== undefined &&
            action('capture', ScanBarcode, words.t(`line.capture-${line.trackBy}`), {
              onPress: ask({
                kind: 'capture',
                need:
                  line.trackBy === 'lot'
                    ? { lineNumber, kind: 'lot' }
                    : { lineNumber, kind: 'serials', missing: 0 },
                isForPaying: false,
              }),
            })}
          {item !== null &&
            action('elsewhere', Store, words.t('aisle.open'), {
              onPress: ask({ kind: 'elsewhere', item, quantityMilli: line.quantityMilli }),
            })}
          {action('note', NotebookPen, words.t('line.note'), { onPress: ask({ kind: 'note', line }) })}
          {action('label', Tags, words.t('line.label'), {
            onPress: () => {
              pos.labelledItem.value = pos.workstation.item(line.itemId);
              onClose();
              pos.overlay.value = 'labels';
            },
          })}
          {action('remove', Trash2, words.t('line.remove'), {
            look: 'danger',
            onPress: () => {
              if (takeOut(pos, (why) => pos.workstation.removeLine(lineNumber, why))) onClose();
            },
          })}
        </div>
      </div>
    </Dialog>
  );
}

function LineFacts({ view, line }: LineSheetProps): JSX.Element {
  const words = useWords();
  const { currency } = view.cart;
  const amounts = view.lines.find((each) => each.lineNumber === line.lineNumber);
  const modifiers = amounts?.modifiers ?? [];
  const totalMinor = addAmounts(
    amounts?.extendedMinor ?? 0,
    sumAmounts(modifiers.map(({ amountMinor }) => amountMinor)),
  );
  return (
    <dl class="facts line-facts">
      <div>
        <dt>
          <Quantity quantityMilli={line.quantityMilli} unit={line.unit} />
          {' × '}
          <Money amountMinor={line.unitPriceMinor} currency={currency} />
        </dt>
        <dd>
          <Money amountMinor={amounts?.extendedMinor ?? 0} currency={currency} />
        </dd>
      </div>
      {line.priceRule !== undefined && (
        <div>
          <dt>{words.t('line.price-rule')}</dt>
          <dd>
            <bdi>{line.priceRule.name}</bdi>
          </dd>
        </div>
      )}
      <ModifierRows line={line} modifiers={modifiers} currency={currency} />
      <div class="line-facts-total">
        <dt>{words.t('line.total')}</dt>
        <dd>
          <Money testId="line-sheet-total" amountMinor={totalMinor} currency={currency} />
        </dd>
      </div>
      {captureTexts(words, line).map((text) => (
        <div key={text}>
          <dt>{text}</dt>
        </div>
      ))}
    </dl>
  );
}

const MADE_BY_HAND: ReadonlySet<AppliedModifier['kind']> = new Set(['price-override', 'line-discount']);

/** What changed the price; what somebody decided about this line can be taken back. */
function ModifierRows(props: {
  readonly line: CartLine;
  readonly modifiers: readonly AppliedModifier[];
  readonly currency: string;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { line, modifiers, currency } = props;
  return (
    <>
      {modifiers.map((modifier, at) => {
        // Applied decisions stand in the order in which they were made.
        const place = modifiers.slice(0, at).filter(({ kind }) => MADE_BY_HAND.has(kind)).length;
        const name = modifierText(words, modifier);
        return (
          <div key={at} class="line-facts-modifier">
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <Money amountMinor={modifier.amountMinor} currency={currency} />
              {MADE_BY_HAND.has(modifier.kind) && (
                <IconButton
                  testId={`line-sheet-take-back-${place}`}
                  icon={X}
                  label={words.t('modifier.take-back', { name })}
                  onPress={() => void pos.report(pos.workstation.removeModifier(line.lineNumber, place))}
                />
              )}
            </dd>
          </div>
        );
      })}
    </>
  );
}

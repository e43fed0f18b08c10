// Size and colour of a style as a table with the stock in each cell. Arrow keys move in it, Enter takes; what does not exist is
// an empty cell, what is not on hand can be sold all the same, because the goods are in the customer's hand.

import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Item } from '../../../shared/domain/item.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { takeItem } from '../../shell/take-code.ts';
import { StockLabel } from './stock-label.tsx';

/** Rows and columns of the table with the item in each cell; null where there is none. */
export type Matrix = {
  readonly colours: readonly string[];
  readonly sizes: readonly string[];
  readonly at: (colour: string, size: string) => Item | null;
};

/** Colours and sizes in the order in which the catalogue has them, which is the order of the label. */
export function matrixOf(items: readonly Item[]): Matrix {
  const colours = [...new Set(items.map((item) => item.variant?.colour ?? ''))];
  const sizes = [...new Set(items.map((item) => item.variant?.size ?? ''))];
  const cells = new Map(
    items.map((item) => [`${item.variant?.colour ?? ''}\n${item.variant?.size ?? ''}`, item]),
  );
  return { colours, sizes, at: (colour, size) => cells.get(`${colour}\n${size}`) ?? null };
}

export function VariantMatrix(props: {
  readonly item: Item;
  readonly onClose: () => void;
}): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const { item, onClose } = props;
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const styleId = item.variant?.styleId ?? '';
  const take = (chosen: Item) => {
    onClose();
    takeItem(pos, chosen);
  };
  useEffect(() => {
    void pos.workstation.itemsOfStyle(styleId).then((found) => {
      // A style of one is no question.
      if (found.length <= 1) take(item);
      else setItems(found);
    });
  }, [styleId]);
  if (items === null) return null;
  return (
    <Dialog
      testId="variants"
      width="wide"
      title={textIn(item.name, words.language)}
      closeLabel={words.t('common.close')}
      onClose={onClose}
    >
      <MatrixTable matrix={matrixOf(items)} first={item} onTake={take} />
    </Dialog>
  );
}

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function MatrixTable(props: {
  readonly matrix: Matrix;
  readonly first: Item;
  readonly onTake: (item: Item) => void;
}): JSX.Element {
  const words = useWords();
  const { matrix, first } = props;
  const { colours, sizes } = matrix;
  const table = useRef<HTMLTableElement>(null);
  const move = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    const [row, column] = (event.currentTarget.dataset['place'] ?? '0 0').split(' ').map(Number);
    if (step === undefined || row === undefined || column === undefined) return;
    event.preventDefault();
    // Where the language runs from right to left, the next size stands on the left.
    const columns = words.direction === 'rtl' ? -step[1] : step[1];
    const [nextRow, nextColumn] = nextCell(matrix, [row, column], [step[0], columns]);
    const next = `[data-place="${String(nextRow)} ${String(nextColumn)}"]`;
    table.current?.querySelector<HTMLElement>(next)?.focus();
  };
  return (
    <div class="matrix-scroll">
      <table ref={table} class="matrix" data-testid="variant-table">
        <thead>
          <tr>
            <th />
            {sizes.map((size) => (
              <th key={size} scope="col">
                <bdi>{size}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {colours.map((colour, row) => (
            <tr key={colour}>
              <th scope="row">
                <bdi>{colour}</bdi>
              </th>
              {sizes.map((size, column) => (
                <td key={size}>
                  <Cell
                    item={matrix.at(colour, size)}
                    firstId={first.id}
                    place={`${String(row)} ${String(column)}`}
                    onKeyDown={move}
                    onTake={props.onTake}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The next cell in that direction that has an item; the same one where there is none. */
function nextCell(
  matrix: Matrix,
  from: readonly [number, number],
  step: readonly [number, number],
): readonly [number, number] {
  let [row, column] = from;
  for (;;) {
    row += step[0];
    column += step[1];
    const [colour, size] = [matrix.colours[row], matrix.sizes[column]];
    if (colour === undefined || size === undefined) return from;
    if (matrix.at(colour, size) !== null) return [row, column];
  }
}

function Cell(props: {
  readonly item: Item | null;
  /** The variant that was tapped has the focus first. */
  readonly firstId: string;
  readonly place: string;
  readonly onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => void;
  readonly onTake: (item: Item) => void;
}): JSX.Element {
  const { workstation } = usePos();
  const { item } = props;
  if (item === null) return <span class="matrix-none" />;
  const { priceMinor } = workstation.priceOf(item);
  return (
    <button
      type="button"
      class="matrix-cell"
      data-testid={`variant-${item.sku}`}
      data-item-id={item.id}
      data-place={props.place}
      autofocus={item.id === props.firstId}
      onKeyDown={props.onKeyDown}
      onClick={() => props.onTake(item)}
    >
      <Money amountMinor={priceMinor} currency={workstation.settings.value?.store.currency ?? 'EUR'} />
      <StockLabel item={item} />
    </button>
  );
}

// How much: whole pieces, or decimals for what is sold by weight, volume or length.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { UnitOfMeasure } from '../../../shared/domain/item.ts';
import { textIn, type LocalizedText } from '../../../shared/domain/localized-text.ts';
import { toAsciiDigits } from '../../../shared/domain/parse-decimal.ts';
import { parseQuantity, quantityText } from '../../../shared/domain/quantity.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { entryAfter, Numpad, type NumpadKey } from '../../../shared/ui/numpad.tsx';
import { useWords } from '../../shell/pos-context.ts';
import { useKeys } from '../../shell/use-keyboard.ts';
import { refusalText } from '../../../shared/ui/trouble-text.ts';

export function QuantityQuestion(props: {
  readonly name: LocalizedText;
  readonly unit: UnitOfMeasure;
  readonly beforeMilli?: number;
  /** Usual weight of the packing: offered to be taken off what the scale shows. */
  readonly tareMilli?: number;
  readonly onAnswer: (quantityMilli: number, tareMilli: number | null) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const words = useWords();
  const { unit } = props;
  const [entry, setEntry] = useState('');
  const { tareMilli } = props;
  const [isTareOff, setTareOff] = useState(tareMilli !== undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const press = (key: NumpadKey) => {
    setProblem(null);
    setEntry((before) => entryAfter(before, key, 9));
  };
  const answer = () => {
    const quantity = parseQuantity(entry, unit);
    if (quantity.ok) props.onAnswer(quantity.value, isTareOff ? (tareMilli ?? null) : null);
    else setProblem(refusalText(words, quantity, null));
  };
  useKeys(({ key }) => {
    const sign = toAsciiDigits(key).replace(/[,٫]/, '.');
    // The pattern leaves digits and the point, which are keys of the pad.
    if (/^[0-9.]$/.test(sign)) press(sign as NumpadKey);
    else if (key === 'Backspace') press('back');
    else if (key === 'Enter') answer();
    else return false;
    return true;
  });
  const shown = entry === '' ? quantityText(props.beforeMilli ?? 0) : entry;
  return (
    <Dialog
      testId="quantity"
      title={textIn(props.name, words.language)}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button testId="quantity-ok" look="primary" size="large" isDisabled={entry === ''} onPress={answer}>
          {words.t('quantity.take')}
        </Button>
      }
    >
      <p class="soft">{words.t(`quantity.how-many-${unit}`)}</p>
      <output class="big-entry" data-testid="quantity-entry" data-entry={entry} data-empty={entry === ''}>
        <bdi class="ltr">{words.digits(shown)}</bdi>
        {unit !== 'piece' && <small>{words.t(`unit.${unit}`)}</small>}
      </output>
      {tareMilli !== undefined && (
        <Button
          testId="quantity-tare"
          class="tare"
          isPressed={isTareOff}
          onPress={() => setTareOff((before) => !before)}
        >
          {words.t(isTareOff ? 'quantity.tare-off' : 'quantity.tare-on', {
            weight: words.quantity(tareMilli, unit),
          })}
        </Button>
      )}
      <p class="field-problem" role="alert" data-testid="quantity-problem">
        {problem}
      </p>
      <Numpad
        testId="quantity-key"
        label={words.t('quantity.pad')}
        backLabel={words.t('numpad.back')}
        corner={unit === 'piece' ? 'none' : '.'}
        onKey={press}
      />
    </Dialog>
  );
}

// The price of an item that has none of its own: typed between the limits that the item sets.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { currencyOf } from '../../../shared/domain/currency.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Numpad } from '../../../shared/ui/numpad.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import type { SellQuestion } from '../../shell/sell-state.ts';
import { addItem } from '../../shell/take-code.ts';
import { useTypedEntry } from '../../shell/use-typed-entry.ts';

export function OpenPriceQuestion(props: {
  readonly question: Extract<SellQuestion, { kind: 'open-price' }>;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { item, adding } = props.question;
  const [problem, setProblem] = useState<string | null>(null);
  const currency = pos.workstation.settings.value?.store.currency ?? 'EUR';
  const { digits } = currencyOf(currency);
  const { minMinor = 0, maxMinor = 0 } = item.openPrice ?? {};
  const limits = words.t('open-price.limits', {
    min: words.money(minMinor, currency),
    max: words.money(maxMinor, currency),
  });
  const answer = (): boolean => {
    const typed = parseDecimal(entry, digits);
    if (!typed.ok) return false;
    if (typed.value < minMinor || typed.value > maxMinor) {
      pos.sounds.bad();
      setProblem(limits);
    } else addItem(pos, item, { ...adding, unitPriceMinor: typed.value });
    return true;
  };
  const { entry, press } = useTypedEntry({
    decimals: digits,
    onEnter: answer,
    onChange: () => setProblem(null),
  });
  const typed = parseDecimal(entry, digits);
  return (
    <Dialog
      testId="open-price"
      title={textIn(item.name, words.language)}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button
          testId="open-price-ok"
          look="primary"
          size="large"
          isDisabled={!typed.ok}
          onPress={() => void answer()}
        >
          {words.t('quantity.take')}
        </Button>
      }
    >
      <div class="decision">
        <p class="soft">{words.t('open-price.ask')}</p>
        <output class="big-entry" data-testid="open-price-entry" data-entry={entry} data-empty={entry === ''}>
          <bdi>{words.money(typed.ok ? typed.value : 0, currency)}</bdi>
        </output>
        <p
          class={problem === null ? 'soft' : 'field-problem'}
          role={problem === null ? undefined : 'alert'}
          data-testid="open-price-limits"
        >
          {limits}
        </p>
        <Numpad
          testId="open-price-key"
          label={words.t('open-price.ask')}
          backLabel={words.t('numpad.back')}
          corner={digits === 0 ? 'none' : '.'}
          onKey={press}
        />
      </div>
    </Dialog>
  );
}

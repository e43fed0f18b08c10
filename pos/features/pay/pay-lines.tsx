// What is being paid, so that nobody has to go back to look.

import type { JSX } from 'preact';
import type { CartView } from '../../../shared/client/runtime.ts';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { addAmounts, sumAmounts } from '../../../shared/domain/money.ts';
import { Money, Quantity } from '../../../shared/ui/amounts.tsx';
import { useWords } from '../../shell/pos-context.ts';

export function PayLines({ view }: { readonly view: CartView }): JSX.Element {
  const words = useWords();
  return (
    <ol class="pay-lines" aria-label={words.t('pay.lines')}>
      {view.lines.map((line) => (
        <li key={line.lineNumber}>
          <Quantity quantityMilli={line.quantityMilli} unit={line.unit} />
          <span>{textIn(line.name, words.language)}</span>
          <Money
            amountMinor={addAmounts(
              line.extendedMinor,
              sumAmounts((line.modifiers ?? []).map(({ amountMinor }) => amountMinor)),
            )}
            currency={view.cart.currency}
          />
        </li>
      ))}
    </ol>
  );
}

// The drawer counted for closing: the store's own cash first, then each other currency that was taken, by itself. Nothing of
// what there should be is shown.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CountedCash, CountedPieces } from '../../../shared/domain/denominations.ts';
import type { OpenTill } from '../../../shared/domain/z-report.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { CountForm } from './count-form.tsx';

export function CountTill(props: {
  readonly open: OpenTill;
  readonly onCounted: (countedMinor: number) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { open, onCounted } = props;
  const [counts, setCounts] = useState<readonly CountedPieces[]>([]);
  const currencies = [open.currency, ...open.figures.foreignCash.map(({ currency }) => currency)];
  const currency = currencies[counts.length] ?? open.currency;
  const isLast = counts.length === currencies.length - 1;
  const take = async (counted: CountedCash) => {
    const all = [...counts, { currency, counted }];
    const [own, ...foreign] = all;
    if (!isLast || own === undefined) {
      setCounts(all);
      return;
    }
    const outcome = await pos.workstation.countTill(own.counted, foreign);
    if (pos.report(outcome) && outcome.ok) onCounted(outcome.value.countedMinor);
  };
  return (
    <CountForm
      key={currency}
      currency={currency}
      lead={
        currencies.length === 1 ? words.t('till.count-blind') : words.t('till.count-currency', { currency })
      }
      submit={words.t(isLast ? 'till.counted' : 'till.count-next')}
      onCounted={(counted) => void take(counted)}
    />
  );
}

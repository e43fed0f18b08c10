// Goods whose last day is over: the code says so, a person decides. Leaving them out is what Enter does.

import type { JSX } from 'preact';
import { textIn } from '../../../shared/domain/localized-text.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import type { SellQuestion } from '../../shell/sell-state.ts';
import { takeItem } from '../../shell/take-code.ts';

export function ExpiredQuestion(props: {
  readonly question: Extract<SellQuestion, { kind: 'expired' }>;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { item, scannedCode, lastDay } = props.question;
  return (
    <Dialog
      testId="expired"
      role="alertdialog"
      title={words.t('expired.title')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <>
          <Button testId="expired-sell" onPress={() => takeItem(pos, item, scannedCode, true)}>
            {words.t('expired.sell')}
          </Button>
          <Button testId="expired-leave" look="primary" hasFocusFirst onPress={props.onClose}>
            {words.t('expired.leave')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{textIn(item.name, words.language)}</strong>
      </p>
      <p data-testid="expired-day" data-day={lastDay}>
        {words.t('expired.more', { day: words.date(lastDay) })}
      </p>
    </Dialog>
  );
}

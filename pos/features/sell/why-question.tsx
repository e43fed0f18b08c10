// Why goods are taken out of the cart: asked only where the shop wants to know.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';
import type { SellQuestion } from '../../shell/sell-state.ts';

export function WhyQuestion(props: {
  readonly question: Extract<SellQuestion, { kind: 'why-taken-out' }>;
  readonly onClose: () => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [reasonCode, setReason] = useState('');
  const reason = reasonCode.trim();
  return (
    <Dialog
      testId="why"
      title={words.t('why.title')}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button
          testId="why-ok"
          look="primary"
          size="large"
          isDisabled={reason === ''}
          onPress={() => {
            if (pos.report(props.question.act({ reasonCode: reason }))) props.onClose();
          }}
        >
          {words.t('why.take')}
        </Button>
      }
    >
      <ReasonChoice action="remove-line" value={reasonCode} onChoose={setReason} />
    </Dialog>
  );
}

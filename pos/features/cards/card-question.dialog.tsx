// The cashier works a card terminal that is not connected: types the amount into it, and what it said back here. There is no
// way around an answer: closing the dialog says that it is not known.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { authorisationCode } from '../../../shared/domain/card-details.ts';
import { Money } from '../../../shared/ui/amounts.tsx';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { refusalText } from '../../../shared/ui/trouble-text.ts';
import type { CardAskedOfCashier } from '../../shell/create-terminals.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';

const CODE_MAX = 24;
const LAST_DIGITS = /^\d{4}$/;

export function CardQuestionDialog({ asked }: { readonly asked: CardAskedOfCashier }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [code, setCode] = useState('');
  const [lastDigits, setLastDigits] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { question, answer } = asked;
  const approve = () => {
    const checked = authorisationCode(code);
    if (!checked.ok) {
      pos.sounds.bad();
      if (checked.reason === 'card-number-typed') setCode('');
      setProblem(refusalText(words, checked, question.currency));
      return;
    }
    const card = {
      authorisationCode: checked.value,
      ...(LAST_DIGITS.test(lastDigits) ? { lastDigits } : {}),
    };
    answer({ kind: 'approved', card });
  };
  return (
    <Dialog
      testId="card-question"
      role="alertdialog"
      title={words.t(`card-question.${question.action}`)}
      closeLabel={words.t('card-question.unclear')}
      onClose={() => answer({ kind: 'unclear' })}
    >
      <div class="decision">
        <Money class="huge" amountMinor={question.amountMinor} currency={question.currency} />
        <p class="soft">{words.t('card-question.more')}</p>
        <Field
          testId="authorisation-code"
          label={words.t('card-question.code')}
          value={code}
          maxLength={CODE_MAX}
          direction="ltr"
          hasFocusFirst
          onInput={(text) => {
            setCode(text);
            setProblem(null);
          }}
          onEnter={approve}
          {...(problem !== null && { problem })}
        />
        <Field
          testId="last-digits"
          label={words.t('card-question.last-digits')}
          value={lastDigits}
          maxLength={4}
          inputMode="numeric"
          direction="ltr"
          onInput={setLastDigits}
          onEnter={approve}
        />
        <Button testId="card-approved" look="primary" size="large" onPress={approve}>
          {words.t('card-question.approved')}
        </Button>
        <Button testId="card-declined" size="large" onPress={() => answer({ kind: 'declined' })}>
          {words.t('card-question.declined')}
        </Button>
        <Button testId="card-unclear" look="quiet" onPress={() => answer({ kind: 'unclear' })}>
          {words.t('card-question.unclear')}
        </Button>
      </div>
    </Dialog>
  );
}

// Cash that goes into the drawer or out of it without a sale: which way, how much, and why.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { tillSubjects } from '../../../shared/domain/approval.ts';
import { currencyOf } from '../../../shared/domain/currency.ts';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import type { CashMoveKind } from '../../../shared/domain/till-figures.ts';
import type { OpenTill } from '../../../shared/domain/z-report.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { decide } from '../../shell/decide.ts';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';

const KINDS: readonly CashMoveKind[] = ['paid-in', 'paid-out', 'loan', 'pickup', 'safe-drop'];

export function MoveForm(props: { readonly open: OpenTill; readonly onDone: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { currency, tillSessionId } = props.open;
  const [kind, setKind] = useState<CashMoveKind>('paid-in');
  const [amount, setAmount] = useState('');
  const [reasonCode, setReason] = useState('');
  const typed = parseDecimal(amount, currencyOf(currency).digits);
  const reason = reasonCode.trim();
  const isWhole = typed.ok && typed.value > 0 && reason !== '';
  const take = () => {
    if (!typed.ok || !isWhole) return;
    const amountMinor = typed.value;
    void decide(pos, {
      subject: tillSubjects.moveCash(tillSessionId, kind, amountMinor),
      ...(kind === 'paid-out' && { limit: { name: 'maxPaidOutMinor', asked: amountMinor } as const }),
      act: (approval) =>
        pos.workstation.moveCash({
          kind,
          amountMinor,
          reasonCode: reason,
          ...(approval !== undefined && { approval }),
        }),
      onDone: () => {
        pos.say('good', words.t('till.moved'));
        props.onDone();
      },
    });
  };
  return (
    <div class="decision" data-testid="move-form">
      <div class="reason-list" role="group" aria-label={words.t('till.move')}>
        {KINDS.map((each) => (
          <Button key={each} testId={`move-${each}`} isPressed={each === kind} onPress={() => setKind(each)}>
            {words.t(`till.move-${each}`)}
          </Button>
        ))}
      </div>
      <Field
        testId="move-amount"
        label={words.t('till.amount')}
        inputMode="decimal"
        direction="ltr"
        maxLength={12}
        hasFocusFirst
        value={amount}
        onInput={setAmount}
        onEnter={take}
      />
      <ReasonChoice action="move-cash" value={reasonCode} onChoose={setReason} />
      <Button testId="move-ok" look="primary" size="large" isDisabled={!isWhole} onPress={take}>
        {words.t('till.move-take')}
      </Button>
    </div>
  );
}

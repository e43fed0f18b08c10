// The frame of a decision about a price: a number typed on the pad, and the reason for it.

import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { parseDecimal } from '../../../shared/domain/parse-decimal.ts';
import type { ReasonedAction } from '../../../shared/domain/reason-code.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Numpad } from '../../../shared/ui/numpad.tsx';
import { useWords } from '../../shell/pos-context.ts';
import { useTypedEntry } from '../../shell/use-typed-entry.ts';
import { ReasonChoice } from '../../shell/reason-choice.tsx';

export type DecisionDialogProps = {
  readonly testId: string;
  readonly title: string;
  readonly reasonFor: ReasonedAction;
  /** Decimals of what is typed; the answer counts in the last of them. */
  readonly decimals: number;
  /** How a typed number is spoken ("€2.50", "10 %"). */
  readonly spoken: (value: number) => string;
  readonly confirm: string;
  readonly onDecide: (value: number, reasonCode: string) => void;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
};

export function DecisionDialog(props: DecisionDialogProps): JSX.Element {
  const words = useWords();
  const { testId, decimals } = props;
  const [reasonCode, setReason] = useState('');
  const answer = (): boolean => {
    const typed = parseDecimal(entry, decimals);
    if (!typed.ok || reasonCode.trim() === '') return false;
    props.onDecide(typed.value, reasonCode.trim());
    return true;
  };
  const { entry, press } = useTypedEntry({ decimals, onEnter: answer });
  const typed = parseDecimal(entry, decimals);
  const isWhole = typed.ok && reasonCode.trim() !== '';
  return (
    <Dialog
      testId={testId}
      title={props.title}
      closeLabel={words.t('common.close')}
      onClose={props.onClose}
      actions={
        <Button
          testId={`${testId}-ok`}
          look="primary"
          size="large"
          isDisabled={!isWhole}
          onPress={() => void answer()}
        >
          {props.confirm}
        </Button>
      }
    >
      <div class="decision">
        {props.children}
        <output
          class="big-entry"
          data-testid={`${testId}-entry`}
          data-entry={entry}
          data-empty={entry === ''}
        >
          <bdi>{props.spoken(typed.ok ? typed.value : 0)}</bdi>
        </output>
        <ReasonChoice action={props.reasonFor} value={reasonCode} onChoose={setReason} />
        <Numpad
          testId={`${testId}-key`}
          label={props.title}
          backLabel={words.t('numpad.back')}
          corner={decimals === 0 ? 'none' : '.'}
          onKey={press}
        />
      </div>
    </Dialog>
  );
}

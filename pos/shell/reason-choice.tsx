// Why something is done by hand: one of the shop's own reasons, or in a few words where the shop keeps no list.

import type { JSX } from 'preact';
import { textIn } from '../../shared/domain/localized-text.ts';
import type { ReasonedAction } from '../../shared/domain/reason-code.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { usePos, useWords } from './pos-context.ts';
import { useKeys } from './use-keyboard.ts';

const REASON_MAX = 64;

export function ReasonChoice(props: {
  readonly action: ReasonedAction;
  readonly value: string;
  readonly onChoose: (reasonCode: string) => void;
}): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const { value, onChoose } = props;
  const reasons = pos.workstation.priceBook.value.reasonCodes.filter(({ actions }) =>
    actions.includes(props.action),
  );
  useKeys(({ key, isInField }) => {
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || isInField || reasons.length === 0 || pos.approval.value !== null) return false;
    const place = reasons.findIndex((reason) => reason.id === value);
    const next = place === -1 && step === -1 ? reasons.length - 1 : place + step;
    const reason = reasons[(next + reasons.length) % reasons.length];
    if (reason !== undefined) onChoose(reason.id);
    return true;
  });
  if (reasons.length === 0) {
    return (
      <Field
        testId="reason-text"
        label={words.t('reason.label')}
        value={value}
        maxLength={REASON_MAX}
        direction="auto"
        onInput={onChoose}
      />
    );
  }
  return (
    <div class="reasons">
      <p class="soft">{words.t('reason.label')}</p>
      <div class="reason-list" role="group" aria-label={words.t('reason.label')} data-testid="reasons">
        {reasons.map((reason) => (
          <Button
            key={reason.id}
            testId={`reason-${reason.id}`}
            isPressed={reason.id === value}
            onPress={() => onChoose(reason.id)}
          >
            {textIn(reason.name, words.language)}
          </Button>
        ))}
      </div>
    </div>
  );
}

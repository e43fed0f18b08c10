// The way to Needs attention, with how much is open. Only for those who may decide; this till's own matters also stand in its notices.

import { BellRing } from 'lucide';
import type { JSX } from 'preact';
import { hasPermission } from '../../shared/domain/permissions.ts';
import { IconButton } from '../../shared/ui/button.tsx';
import { openMatters } from './attention-matters.ts';
import { usePos, useWords } from './pos-context.ts';

export function AttentionButton(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  const operator = pos.workstation.operator.value;
  if (operator === null || !hasPermission(operator, 'decide-attention')) return null;
  const count = openMatters(pos);
  const isOpen = pos.view.value.kind === 'attention';
  return (
    <span
      class={count === 0 ? 'with-count not-narrow' : 'with-count'}
      data-testid="attention-count"
      data-count={count}
    >
      <IconButton
        testId="open-attention"
        icon={BellRing}
        label={words.t('attention.button', { count })}
        isDisabled={pos.view.value.kind === 'pay'}
        isPressed={isOpen}
        onPress={() => {
          pos.view.value = isOpen ? { kind: 'sell' } : { kind: 'attention' };
        }}
      />
      {count > 0 && <b aria-hidden="true">{words.number(count)}</b>}
    </span>
  );
}

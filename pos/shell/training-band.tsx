// Says on every screen, in words and colour, that nothing counts; the way out stands beside it.

import { GraduationCap } from 'lucide';
import type { JSX } from 'preact';
import { Button } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { usePos, useWords } from './pos-context.ts';
import { switchTraining } from './switch-training.ts';

export function TrainingBand(): JSX.Element | null {
  const pos = usePos();
  const words = useWords();
  if (pos.workstation.till.value?.isTraining !== true) return null;
  return (
    <div class="training-band" role="status" data-testid="training-band">
      <Icon of={GraduationCap} />
      <strong>{words.t('training.band')}</strong>
      <Button
        testId="training-leave"
        isDisabled={pos.workstation.cart.value !== null || pos.view.value.kind === 'pay'}
        onPress={() => switchTraining(pos, false)}
      >
        {words.t('training.leave')}
      </Button>
    </div>
  );
}

// Setting the open cart aside: a name to find it by, then the slip where there is a printer.

import { Pause } from 'lucide';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { LABEL_MAX } from '../../../shared/domain/resume-cart.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Dialog } from '../../../shared/ui/dialog.tsx';
import { Field } from '../../../shared/ui/field.tsx';
import { usePos, useWords } from '../../shell/pos-context.ts';
import { resetSellState } from '../../shell/sell-state.ts';
import { suspendSlip } from './suspend-slip.ts';

export function SuspendQuestion({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const pos = usePos();
  const words = useWords();
  const [label, setLabel] = useState('');
  const [isBusy, setBusy] = useState(false);
  const take = async () => {
    if (isBusy) return;
    setBusy(true);
    const outcome = await pos.workstation.suspendCart({ label: label.trim() });
    setBusy(false);
    if (!pos.report(outcome) || !outcome.ok) return;
    resetSellState(pos.sell);
    onClose();
    pos.say('good', words.t('suspend.done', { code: outcome.value.suspended?.code ?? '' }));
    const settings = pos.workstation.settings.value;
    const slip = settings === null ? null : suspendSlip(outcome.value, settings, words);
    if (slip !== null && pos.printer.value !== null) await pos.printReport(slip);
  };
  return (
    <Dialog
      testId="suspend"
      title={words.t('suspend.title')}
      closeLabel={words.t('common.close')}
      onClose={onClose}
      actions={
        <Button
          testId="suspend-ok"
          look="primary"
          size="large"
          icon={Pause}
          isDisabled={isBusy}
          onPress={() => void take()}
        >
          {words.t('suspend.take')}
        </Button>
      }
    >
      <Field
        testId="suspend-label"
        label={words.t('suspend.label')}
        value={label}
        maxLength={LABEL_MAX}
        direction="auto"
        hasFocusFirst
        hint={words.t('suspend.hint')}
        onInput={setLabel}
        onEnter={() => void take()}
      />
    </Dialog>
  );
}
